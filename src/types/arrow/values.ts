/** Values of Arrow's arrays as JavaScript has them. */
import { halfToNumber } from '../../arrays/float-formats.ts';
import { refuse } from '../../arrays/refuse.ts';
import type { NumberArray } from '../../arrays/storage.ts';
import { setOwn } from '../../values/dicts.ts';
import { floorDiv, isTimeUnit, perSecond, type TimeUnit } from '../pandas/calendar.ts';
import { plainInt } from '../pandas/column.ts';
import { Timedelta, Timestamp } from '../pandas/scalars.ts';
import { PyDate, PyTime } from '../stdlib/dates.ts';
import { PyDecimal } from '../stdlib/numbers.ts';
import { PyTimeDelta, PyTimezone } from '../stdlib/spans.ts';
import { PyZoneInfo } from '../stdlib/zones.ts';
import { bitAt } from './buffers.ts';
import type { ArrowTypeParts, ArrowType } from './type.ts';

/** What values are read from: an ArrowArray. */
export interface Readable {
  readonly type: ArrowType;
  readonly data: NumberArray;
  readonly offsets: Int32Array | BigInt64Array | undefined;
  /** Of views, what they look into. */
  readonly views: readonly Uint8Array[];
  readonly children: readonly Child[];
  readonly dictionary: { get(i: number): unknown } | null;
}

interface Child {
  get(i: number): unknown;
  /** The values of a struct's fields, whether or not the struct itself is there. */
  fieldsAt(i: number): unknown[];
}

/** Gives the value at a place from the buffers' start that is not missing; undefined of types that are not read. */
export function getterOf(array: Readable): (at: number) => unknown {
  const { type, data, children, dictionary } = array;
  const { layout, parts, fields } = type;
  switch (layout) {
    case 'bool':
      return (at) => bitAt(data as Uint8Array, at);
    case 'number':
      return parts.counts === undefined ? numberGetter(parts, data) : countGetter(parts, data);
    case 'int128':
      return (at) => plainInt(intOf(bytesAt(array, at), parts.text === 'int128'));
    case 'decimal':
      return (at) => decimalOf(bytesAt(array, at), parts.scale!);
    case 'fixed':
      return (at) => bytesAt(array, at);
    case 'bytes':
      return (at) => data.subarray(...spanOf(array, at));
    case 'text':
      return textGetter(array);
    case 'view':
      return viewGetter(array);
    case 'list':
      return (at) => itemsOf(children[0]!, ...spanOf(array, at));
    case 'fixed_list':
      return (at) => itemsOf(children[0]!, at * parts.width!, (at + 1) * parts.width!);
    case 'map':
      return (at) => entriesOf(children[0]!, ...spanOf(array, at));
    case 'struct':
      return (at) => {
        const record: Record<string, unknown> = {};
        fields.forEach(({ name }, i) => setOwn(record, name, children[i]!.get(at)));
        return record;
      };
    case 'dictionary':
      return (at) => dictionary!.get(Number(data[at]));
    default:
      return () => undefined;
  }
}

const bytesAt = ({ data, type }: Readable, at: number): Uint8Array => {
  const { width = 0 } = type.parts;
  return data.subarray(at * width, (at + 1) * width) as Uint8Array;
};

const spanOf = ({ offsets }: Readable, at: number): [number, number] => [
  Number(offsets![at]),
  Number(offsets![at + 1]),
];

function itemsOf(child: { get(i: number): unknown }, start: number, end: number): unknown[] {
  const items: unknown[] = [];
  for (let i = start; i < end; i++) items.push(child.get(i));
  return items;
}

function entriesOf(child: Child, start: number, end: number): unknown[][] {
  const entries: unknown[][] = [];
  for (let i = start; i < end; i++) entries.push(child.fieldsAt(i));
  return entries;
}

function numberGetter({ numpy }: ArrowTypeParts, data: NumberArray): (at: number) => unknown {
  if (numpy === '<f2') return (at) => halfToNumber(data[at] as number);
  return numpy === '<i8' || numpy === '<u8' ? (at) => plainInt(data[at] as bigint) : (at) => data[at];
}

export const VIEW_BYTES = 16;
const MAX_INLINE = 12;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** All of it at once where every byte is a character, for then a text lies where its bytes do. */
function textGetter(array: Readable): (at: number) => string {
  const bytes = array.data as Uint8Array;
  const isAscii = bytes.every((byte) => byte < 0x80);
  if (isAscii && bytes.length < 2 ** 28) {
    const whole = strict.decode(bytes);
    return (at) => whole.slice(...spanOf(array, at));
  }
  return (at) => decoded(bytes.subarray(...spanOf(array, at)));
}

/** Of up to 12 bytes the view has all; of more, their buffer and their place in it. */
function viewGetter({ data, views, type }: Readable): (at: number) => unknown {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const isText = type.parts.text === 'string_view';
  return (at) => {
    const start = at * VIEW_BYTES;
    const length = view.getInt32(start, true);
    const isInside = length <= MAX_INLINE;
    const from = isInside ? (data as Uint8Array) : views[view.getInt32(start + 8, true)];
    const offset = isInside ? start + 4 : view.getInt32(start + 12, true);
    if (from === undefined || length < 0 || offset < 0 || length > from.length - offset) {
      return refuse('A view of an Arrow array lies outside its buffers.');
    }
    const bytes = from.subarray(offset, offset + length);
    return isText ? decoded(bytes) : bytes;
  };
}

function decoded(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return refuse('A string of an Arrow array is no UTF-8.');
  }
}

/** A little-endian int. */
function intOf(bytes: Uint8Array, isSigned: boolean): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
  return isSigned ? BigInt.asIntN(bytes.length * 8, value) : value;
}

/** An int of 4 to 32 bytes, and how many of its digits come behind the point. */
function decimalOf(bytes: Uint8Array, scale: number): PyDecimal {
  const value = intOf(bytes, true);
  const sign = value < 0n ? '-' : '';
  const digits = String(value < 0n ? -value : value);
  if (scale <= 0) return new PyDecimal(sign + digits + (scale === 0 || value === 0n ? '' : `E+${-scale}`));
  const padded = digits.padStart(scale + 1, '0');
  return new PyDecimal(`${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`);
}

function countGetter({ counts, unit, tz }: ArrowTypeParts, data: NumberArray): (at: number) => unknown {
  const countAt = (at: number): bigint => BigInt(data[at]!);
  if (counts === 'date') {
    return (at) => dateOf(unit === 'day' ? Number(data[at]) : Math.floor(Number(data[at]) / 86_400_000));
  }
  if (!isTimeUnit(unit)) return countAt;
  if (counts === 'duration') return (at) => new Timedelta(countAt(at), unit);
  if (counts === 'time') return (at) => timeOf(countAt(at), unit);
  const zone = tz === null || tz === undefined ? null : zoneOf(tz);
  return (at) => new Timestamp(countAt(at), unit, zone);
}

/** Beyond Python's years 1 to 9999 as text. */
function dateOf(days: number): PyDate | string {
  const date = new Date(days * 86_400_000);
  const year = date.getUTCFullYear();
  const isInside = year >= 1 && year <= 9999;
  return isInside ? new PyDate(year, date.getUTCMonth() + 1, date.getUTCDate()) : `${days} days since 1970-01-01`;
}

/** A time of day, to the microsecond; a count that is none as it is. */
function timeOf(ticks: bigint, unit: TimeUnit): PyTime | bigint {
  const micro = floorDiv(ticks * 1_000_000n, perSecond(unit));
  const seconds = Number(floorDiv(micro, 1_000_000n));
  if (seconds < 0 || seconds >= 86_400) return ticks;
  return new PyTime(
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60) % 60,
    seconds % 60,
    Number(micro % 1_000_000n),
  );
}

/** A name of the time zone database, or an offset as `+05:30`. */
export function zoneOf(name: string): PyTimezone | PyZoneInfo {
  const [, sign, hours, minutes] = /^([-+])(\d\d):(\d\d)$/.exec(name) ?? [];
  if (sign === undefined) return new PyZoneInfo(name);
  const size = BigInt(Number(hours) * 60 + Number(minutes)) * 60_000_000n;
  return new PyTimezone(PyTimeDelta.fromMicroseconds(sign === '-' ? -size : size)!, null);
}
