/** Dtypes as pickles have them: a call with a text, then a state of numpy's versions 0 to 4. */
import { type DatetimeUnit, isUnitName } from './datetime64.ts';
import { Dtype, type DtypeField, type DtypeParts } from './dtype.ts';
import { subarrayParts } from './dtype-text.ts';
import { refuse } from './refuse.ts';

/** numpy's NPY_ALIGNED_STRUCT. */
const FLAG_ALIGNED = 0x80;

/** A str, or the bytes that a Python 2 str is with `{ encoding: 'bytes' }`. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof Uint8Array && value.length <= 0xffff ? String.fromCharCode(...value) : undefined;
}

/** An int from 0 as a number, whatever the decode makes ints of; undefined for anything else. */
export function lengthOf(value: unknown): number | undefined {
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** The lengths of a shape: a tuple of ints, or one int; undefined for anything else. */
export function lengthsOf(value: unknown): number[] | undefined {
  const single = lengthOf(value);
  if (single !== undefined) return [single];
  if (!Array.isArray(value)) return undefined;
  const lengths = value.map(lengthOf);
  return lengths.every((length) => length !== undefined) ? lengths : undefined;
}

/** The places in each version's tuple, by its length: -1 where it has none. */
const PLACES: Readonly<Record<number, Readonly<Record<'names' | 'fields' | 'size' | 'flags' | 'metadata', number>>>> = {
  5: { names: -1, fields: 2, size: 3, flags: -1, metadata: -1 },
  6: { names: -1, fields: 3, size: 4, flags: -1, metadata: -1 },
  7: { names: 3, fields: 4, size: 5, flags: -1, metadata: -1 },
  8: { names: 3, fields: 4, size: 5, flags: 7, metadata: -1 },
  9: { names: 3, fields: 4, size: 5, flags: 7, metadata: 8 },
};

/**
 * BUILD of a dtype.
 * @throws PickleError INVALID_STATE where the state is none, or the dtype is in use already
 */
export function setDtypeState(dtype: Dtype, state: unknown): void {
  if (!Array.isArray(state) || PLACES[state.length] === undefined)
    refuse('The state of a dtype is no tuple of 5 to 9.');
  const { names, fields, size, flags, metadata } = PLACES[state.length]!;
  const first = state.length === 5 ? 0 : 1;
  const version = first === 0 ? 0 : lengthOf(state[0]);
  if (version === undefined || version > 4) refuse('The version of a dtype is not known.');
  const at = (place: number): unknown => (place < 0 ? null : (state[place] as unknown));
  const { kind, alignment, unit, isRecord, strings, extension } = dtype;
  const subarray = subarrayAt(at(first + 1));
  // Only these may have another size than their text says.
  const isFlexible = kind === 'S' || kind === 'U' || kind === 'V';
  const itemsize = isFlexible ? lengthOf(at(size)) : dtype.itemsize;
  if (itemsize === undefined) refuse('The itemsize of a dtype is wrong.');
  if (subarray !== undefined && subarray.itemsize !== itemsize) refuse('A subarray is not of the size of its dtype.');
  const given = at(metadata);
  dtype.become({
    kind,
    itemsize,
    byteorder: dtype.byteorder === '|' ? '|' : byteorderOf(at(first)),
    alignment: (isFlexible && lengthOf(at(size + 1))) || alignment,
    unit: unit && (unitAt(given) ?? unit),
    fields: fieldsAt(at(fields), names < 0 ? undefined : at(names)),
    subarray: subarray?.subarray,
    metadata: unit === undefined ? (given ?? undefined) : metadataAt(given),
    // numpy 1 has the flags in a signed byte.
    isAligned: (Number(at(flags) ?? 0) & FLAG_ALIGNED) !== 0,
    isRecord,
    strings,
    extension,
  });
}

function byteorderOf(value: unknown): '<' | '>' {
  const order = textOf(value);
  if (order === '>') return '>';
  return order === '<' || order === '=' || order === '|' ? '<' : refuse('The byte order of a dtype is not known.');
}

function subarrayAt(value: unknown): DtypeParts | undefined {
  if (value === null || value === undefined) return undefined;
  const [base, given] = Array.isArray(value) ? (value as unknown[]) : [];
  const shape = lengthsOf(given);
  if (!(base instanceof Dtype) || shape === undefined) refuse('The subarray of a dtype is wrong.');
  return subarrayParts(base, shape);
}

function entriesOf(dict: unknown): Map<string, unknown> {
  if (typeof dict !== 'object' || dict === null || Array.isArray(dict)) refuse('The fields of a dtype are no dict.');
  const entries: Iterable<[unknown, unknown]> = dict instanceof Map ? dict : Object.entries(dict);
  const fields = new Map<string, unknown>();
  for (const [key, value] of entries) {
    // Titles are keys too, and may be anything.
    const name = Number(key) === -1 ? '-1' : textOf(key);
    if (name !== undefined) fields.set(name, value);
  }
  return fields;
}

/** @param names undefined where the fields' own dict holds them, under -1 */
function fieldsAt(dict: unknown, names: unknown): DtypeField[] | undefined {
  if (dict === null || dict === undefined) return undefined;
  const fields = entriesOf(dict);
  const list = names === undefined ? fields.get('-1') : names;
  if (!Array.isArray(list)) refuse('The names of the fields of a dtype are no tuple.');
  const seen = new Set<string>();
  return list.map((label: unknown) => {
    const name = textOf(label);
    if (name === undefined || seen.has(name)) refuse('The names of the fields of a dtype are wrong.');
    seen.add(name);
    const field = fields.get(name);
    const [dtype, givenOffset, title] = Array.isArray(field) ? (field as unknown[]) : [];
    const offset = lengthOf(givenOffset);
    if (!(dtype instanceof Dtype) || offset === undefined) refuse('A field of a dtype is wrong.');
    return { name, offset, dtype, title };
  });
}

/** Of `(metadata, (unit, numerator, denominator, event))`. */
function unitAt(value: unknown): DatetimeUnit | undefined {
  if (value === null || value === undefined) return undefined;
  const parts = Array.isArray(value) ? (value[1] as unknown) : undefined;
  const [givenName, numerator, denominator] = Array.isArray(parts) ? (parts as unknown[]) : [];
  const name = textOf(givenName);
  const count = lengthOf(numerator);
  if (name === undefined || !isUnitName(name) || count === undefined || count < 1 || count >= 2 ** 31) {
    refuse('The unit of a datetime dtype is wrong.');
  }
  if (lengthOf(denominator) !== 1) refuse('The unit of a datetime dtype is divided.');
  return { name, count };
}

/** None and an empty dict are nothing to tell. */
function metadataAt(value: unknown): unknown {
  const metadata: unknown = Array.isArray(value) ? value[0] : undefined;
  if (metadata === null || metadata === undefined) return undefined;
  if (metadata instanceof Map) return metadata.size === 0 ? undefined : metadata;
  return typeof metadata === 'object' && Object.keys(metadata).length === 0 ? undefined : metadata;
}
