/** The elements of an array one after another, in C order. */
import { float16ToFloat32, bfloat16ToFloat32, swapBytes, transpose } from './convert/index.ts';
import { readerOf } from './elements.ts';
import { isContiguous, placesOf, sizeOf } from './shape.ts';
import { type ArrayData, NATIVE_ORDER, type NumberArray, storageOf } from './storage.ts';
import type { ArrayView } from './view.ts';

export interface TypedOptions {
  /** 'bigint' (default), or 'number': int64 and uint64 become Float64Array, rounded where that is not exact. */
  readonly int64?: 'bigint' | 'number' | undefined;
}

export function typedOf(array: ArrayView, { int64 = 'bigint' }: TypedOptions): ArrayData {
  const { descr } = array;
  const data = contiguousOf(array);
  if (Array.isArray(data)) return data;
  if (int64 === 'number' && (descr.kind === 'i' || descr.kind === 'u') && descr.itemsize === 8) {
    return Float64Array.from(data as BigInt64Array, Number);
  }
  if (descr.extension === 'bfloat16' && descr.itemsize === 2) return bfloat16ToFloat32(littleBytesOf(data));
  if (descr.kind === 'f' && descr.itemsize === 2) return float16ToFloat32(littleBytesOf(data));
  const { isRaw, width } = storageOf(descr);
  if (!isRaw || (descr.kind !== 'f' && descr.kind !== 'c')) return data;
  return longdoublesOf(data as Uint8Array, width, readerOf(data, descr));
}

/** As little-endian bytes, which the conversions take. */
function littleBytesOf(data: NumberArray): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return NATIVE_ORDER === '<' ? bytes : swapBytes(bytes, 2);
}

/** Longdoubles, and complexes of them, which are read as pairs. */
function longdoublesOf(bytes: Uint8Array, width: number, read: (at: number) => unknown): Float64Array {
  const numbers: number[] = [];
  for (let at = 0; at < bytes.length; at += width) {
    const element = read(at);
    if (Array.isArray(element)) numbers.push(...(element as number[]));
    else numbers.push(element as number);
  }
  return Float64Array.from(numbers);
}

/** The array's own data where they are in C order already, else a copy. */
export function contiguousOf(array: ArrayView): ArrayData {
  const { data, shape, strides, offset, descr } = array;
  const { width } = storageOf(descr);
  const length = sizeOf(shape) * width;
  const start = length === 0 ? 0 : offset;
  if (isContiguous(shape, strides, width, 'C')) {
    if (start === 0 && length === data.length) return data;
    return Array.isArray(data) ? data.slice(start, start + length) : data.subarray(start, start + length);
  }
  if (Array.isArray(data)) return Array.from(placesOf(shape, strides, offset), (at) => data[at] as unknown);
  const copy = new (data.constructor as new (length: number) => NumberArray)(length);
  if (isContiguous(shape, strides, width, 'F')) {
    const source = data.subarray(start, start + length);
    transpose(bytesOf(source), width * data.BYTES_PER_ELEMENT, shape, bytesOf(copy));
    return copy;
  }
  let to = 0;
  for (const at of placesOf(shape, strides, offset)) {
    for (let i = 0; i < width; i++) copy[to++] = data[at + i] as never;
  }
  return copy;
}

const bytesOf = (data: NumberArray): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
