/** Elements of arrays as JavaScript values. */
import { Datetime64, Timedelta64 } from './datetime64.ts';
import type { Dtype } from './dtype.ts';
import { bfloatToNumber, float8Of, halfToNumber, longdoubleToNumber } from './float-formats.ts';
import { type ArrayData, type NumberArray, storageOf } from './storage.ts';

/** Gives the element that begins at an entry of the data. */
export type Reader = (at: number) => unknown;

/**
 * What an element becomes: bool, number, bigint (64 bits), `[re, im]`, string (of bytes: Latin-1), Datetime64,
 * Timedelta64, an object of a structured element's fields, Uint8Array (void), or the object that it is.
 */
export function readerOf(data: ArrayData, dtype: Dtype): Reader {
  if (Array.isArray(data)) return dtype.fields === undefined ? (at) => data[at] : (at) => recordOf(data[at], dtype);
  const storage = storageOf(dtype);
  if (storage.isRaw) {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    return (at) => readRaw(view, at, dtype);
  }
  return numberReader(data, dtype);
}

function numberReader(data: NumberArray, dtype: Dtype): Reader {
  if (dtype.extension !== undefined) {
    const decode = dtype.extension === 'bfloat16' ? bfloatToNumber : float8Of(dtype.extension);
    return decode === undefined ? (at) => data[at] : (at) => decode(data[at] as number);
  }
  const { unit } = dtype;
  switch (dtype.kind) {
    case 'b':
      return (at) => data[at] !== 0;
    case 'c':
      return (at) => [data[at], data[at + 1]];
    case 'M':
      return (at) => new Datetime64(data[at] as bigint, unit!);
    case 'm':
      return (at) => new Timedelta64(data[at] as bigint, unit!);
    case 'f':
      return dtype.itemsize === 2 ? (at) => halfToNumber(data[at] as number) : (at) => data[at];
    default:
      return (at) => data[at];
  }
}

/**
 * The element of a dtype at an offset of raw bytes. Dtypes are at most 32 levels deep.
 * @param at bytes from the view's start; the element must lie inside
 */
export function readRaw(view: DataView, at: number, dtype: Dtype): unknown {
  const { kind, itemsize, subarray, fields, extension } = dtype;
  const isLittle = dtype.byteorder !== '>';
  if (subarray !== undefined) return readSubarray(view, at, subarray.base, subarray.shape);
  if (fields !== undefined) return readFields(view, at, dtype);
  if (extension !== undefined) return readExtension(view, at, dtype, extension);
  switch (kind) {
    case 'b':
      return view.getUint8(at) !== 0;
    case 'i':
      return itemsize === 8 ? view.getBigInt64(at, isLittle) : signed(view, at, itemsize, isLittle);
    case 'u':
      return itemsize === 8 ? view.getBigUint64(at, isLittle) : unsigned(view, at, itemsize, isLittle);
    case 'f':
      return float(view, at, itemsize, isLittle);
    case 'c':
      return [0, itemsize / 2].map((offset) => float(view, at + offset, itemsize / 2, isLittle));
    case 'M':
      return new Datetime64(view.getBigInt64(at, isLittle), dtype.unit!);
    case 'm':
      return new Timedelta64(view.getBigInt64(at, isLittle), dtype.unit!);
    case 'S':
      return byteText(view, at, itemsize);
    case 'U':
      return wideText(view, at, itemsize, isLittle);
    default:
      return new Uint8Array(view.buffer, view.byteOffset + at, itemsize);
  }
}

function readExtension(view: DataView, at: number, { itemsize }: Dtype, extension: string): unknown {
  if (extension === 'bfloat16' && itemsize === 2) return bfloatToNumber(view.getUint16(at, true));
  const decode = itemsize === 1 ? float8Of(extension) : undefined;
  if (decode !== undefined) return decode(view.getUint8(at));
  if (itemsize === 1 && /^u?int[24]$/.test(extension)) {
    return extension.startsWith('u') ? view.getUint8(at) : view.getInt8(at);
  }
  return new Uint8Array(view.buffer, view.byteOffset + at, itemsize);
}

function signed(view: DataView, at: number, itemsize: number, isLittle: boolean): number {
  if (itemsize === 1) return view.getInt8(at);
  return itemsize === 2 ? view.getInt16(at, isLittle) : view.getInt32(at, isLittle);
}

function unsigned(view: DataView, at: number, itemsize: number, isLittle: boolean): number {
  if (itemsize === 1) return view.getUint8(at);
  return itemsize === 2 ? view.getUint16(at, isLittle) : view.getUint32(at, isLittle);
}

function float(view: DataView, at: number, itemsize: number, isLittle: boolean): number {
  if (itemsize === 8) return view.getFloat64(at, isLittle);
  if (itemsize === 4) return view.getFloat32(at, isLittle);
  if (itemsize === 2) return halfToNumber(view.getUint16(at, isLittle));
  return longdoubleToNumber(view, at, itemsize, isLittle);
}

/** Without the zeros behind it, as numpy gives it. */
function byteText(view: DataView, at: number, itemsize: number): string {
  let length = itemsize;
  while (length > 0 && view.getUint8(at + length - 1) === 0) length--;
  let text = '';
  for (let i = 0; i < length; i++) text += String.fromCharCode(view.getUint8(at + i));
  return text;
}

/** UTF-32; what is no code point becomes U+FFFD. */
function wideText(view: DataView, at: number, itemsize: number, isLittle: boolean): string {
  let length = itemsize;
  while (length > 0 && view.getUint32(at + length - 4, isLittle) === 0) length -= 4;
  let text = '';
  for (let i = 0; i < length; i += 4) {
    const code = view.getUint32(at + i, isLittle);
    text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  }
  return text;
}

function readSubarray(view: DataView, at: number, base: Dtype, shape: readonly number[], axis = 0): unknown[] {
  const length = shape[axis]!;
  const step = shape.slice(axis + 1).reduce((product, inner) => product * inner, base.itemsize);
  const items: unknown[] = [];
  for (let i = 0; i < length; i++) {
    const place = at + i * step;
    items.push(
      axis === shape.length - 1 ? readRaw(view, place, base) : readSubarray(view, place, base, shape, axis + 1),
    );
  }
  return items;
}

export type NdRecord = Readonly<Record<string, unknown>>;

function readFields(view: DataView, at: number, dtype: Dtype): NdRecord {
  return recordFrom(
    dtype.fields!.map(({ name, offset, dtype: inner }) => [name, readRaw(view, at + offset, inner)] as const),
  );
}

/** A structured element that holds objects comes as a tuple of its fields. */
function recordOf(tuple: unknown, dtype: Dtype): unknown {
  if (!Array.isArray(tuple)) return tuple;
  return recordFrom(
    dtype.fields!.map(({ name, dtype: inner }, i) => {
      const value: unknown = tuple[i];
      return [name, inner.fields === undefined ? value : recordOf(value, inner)] as const;
    }),
  );
}

/** Own properties, whatever their names: `__proto__` may be a field too. */
export function recordFrom(entries: readonly (readonly [name: string, value: unknown])[]): NdRecord {
  return Object.fromEntries(entries);
}
