/** What numpy writes for a dtype: a call with its text, then a state of numpy's version 3, or 4 where there is metadata. */
import { latin1Bytes } from '../../bytes/latin1.ts';
import type { Reduction } from '../../spec/reducer.ts';
import type { Dtype } from '../../arrays/dtype.ts';
import { PyGlobal } from '../../values/py.ts';
import { tuple } from '../stdlib/reduce.ts';

const DTYPE = /* @__PURE__ */ new PyGlobal('numpy', 'dtype');
const RECORD = /* @__PURE__ */ new PyGlobal('numpy', 'record');
const STRING_DTYPE = /* @__PURE__ */ new PyGlobal('numpy._core._internal', '_convert_to_stringdtype_kwargs');

/*
 * numpy's flags of a dtype.
 */
const NEEDS_PYTHON = 0x10;
const OF_OBJECT = 0x3f;
const OF_STR = 0x08;
/** Those that a structured dtype has of its fields: it is counted, written as a list, to be zeroed, needs Python. */
const OF_FIELDS = 0x1b;
const ALIGNED = 0x80;

export function reduceDtype(dtype: Dtype): Reduction {
  const { strings } = dtype;
  if (strings !== undefined) {
    const coerce = strings.coerce ? 1 : 0;
    return [STRING_DTYPE, strings.na === undefined ? [coerce] : [coerce, strings.na]];
  }
  return [DTYPE, [typeOf(dtype), false, true], tuple(...stateOf(dtype))];
}

function typeOf({ kind, itemsize, extension, isRecord }: Dtype): string | PyGlobal {
  if (isRecord) return RECORD;
  if (extension === undefined) return `${kind}${kind === 'U' ? itemsize / 4 : itemsize}`;
  const dot = extension.lastIndexOf('.');
  return new PyGlobal(dot < 0 ? 'ml_dtypes' : extension.slice(0, dot), extension.slice(dot + 1));
}

function stateOf(dtype: Dtype): unknown[] {
  const { kind, byteorder, subarray, itemsize, alignment, unit, metadata, extension } = dtype;
  const isSized = kind === 'S' || kind === 'U' || kind === 'V' || extension !== undefined;
  const [names, fields] = fieldsOf(dtype);
  const state = [
    byteorder,
    subarray === undefined ? null : tuple(subarray.base, tuple(...subarray.shape)),
    names,
    fields,
    ...(isSized ? [itemsize, alignment] : [-1, -1]),
    flagsOf(dtype),
  ];
  if (unit !== undefined) {
    return [4, ...state, tuple(metadata ?? null, tuple(latin1Bytes(unit.name), unit.count, 1, 1))];
  }
  return metadata === undefined ? [3, ...state] : [4, ...state, metadata];
}

/** Names, and places by name: a title that is text is a name, too. */
function fieldsOf({ fields }: Dtype): [names: unknown, places: unknown] {
  if (fields === undefined) return [null, null];
  const places = new Map<string, unknown>();
  for (const { name, dtype, offset, title } of fields) {
    const place = title === undefined ? tuple(dtype, offset) : tuple(dtype, offset, title);
    places.set(name, place);
    if (typeof title === 'string') places.set(title, place);
  }
  return [tuple(...fields.map(({ name }) => name)), places];
}

function flagsOf({ kind, fields, subarray, isAligned }: Dtype): number {
  if (subarray !== undefined) return flagsOf(subarray.base);
  if (fields === undefined) return kind === 'O' ? OF_OBJECT : kind === 'U' ? OF_STR : 0;
  const inherited = fields.reduce((flags, { dtype }) => flags | flagsOf(dtype), 0) & OF_FIELDS;
  return NEEDS_PYTHON | inherited | (isAligned ? ALIGNED : 0);
}
