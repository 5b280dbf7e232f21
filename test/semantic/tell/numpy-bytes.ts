/** The elements of an array as the truths digest them: in C order and little-endian. */
import type { Dtype, NdArray } from '../../../src/index.ts';
import { placesOf } from '../../../src/arrays/shape.ts';
import { storageOf } from '../../../src/arrays/storage.ts';

/**
 * Null for objects.
 * @param padding whether what lies between and behind the fields of structured dtypes is told too
 */
export function canonicalBytes(array: NdArray, padding: 'with padding' | 'without padding'): Uint8Array | null {
  const { data, descr, shape, strides, offset } = array;
  if (descr.strings !== undefined) return textBytes(array);
  if (Array.isArray(data)) return null;
  const { width, isRaw } = storageOf(descr);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const size = width * data.BYTES_PER_ELEMENT;
  const parts: Uint8Array[] = [];
  for (const at of placesOf(shape, strides, offset)) {
    const start = at * data.BYTES_PER_ELEMENT;
    const element = bytes.subarray(start, start + size);
    if (isRaw && padding === 'with padding') parts.push(swappedCopy(element, descr));
    else if (isRaw) addRaw(parts, element, descr);
    else parts.push(element);
  }
  return Buffer.concat(parts);
}

function addRaw(parts: Uint8Array[], bytes: Uint8Array, dtype: Dtype): void {
  const { fields, subarray, kind, itemsize } = dtype;
  if (fields !== undefined) {
    for (const { offset, dtype: inner } of fields)
      addRaw(parts, bytes.subarray(offset, offset + inner.itemsize), inner);
  } else if (subarray !== undefined) {
    const step = subarray.base.itemsize;
    for (let at = 0; at < bytes.length; at += step) addRaw(parts, bytes.subarray(at, at + step), subarray.base);
  } else if (dtype.byteorder === '>') {
    const unit = kind === 'U' ? 4 : kind === 'c' ? itemsize / 2 : itemsize;
    for (let at = 0; at < bytes.length; at += unit)
      parts.push(Uint8Array.from([...bytes.subarray(at, at + unit)].toReversed()));
  } else parts.push(bytes);
}

function swappedCopy(bytes: Uint8Array, dtype: Dtype): Uint8Array {
  const copy = bytes.slice();
  const swap = (at: number, inner: Dtype): void => {
    const { fields, subarray, itemsize } = inner;
    for (const field of fields ?? []) swap(at + field.offset, field.dtype);
    if (subarray !== undefined) {
      for (let i = 0; i < itemsize; i += subarray.base.itemsize) swap(at + i, subarray.base);
    } else if (fields === undefined) {
      const parts: Uint8Array[] = [];
      addRaw(parts, bytes.subarray(at, at + itemsize), inner);
      copy.set(Buffer.concat(parts), at);
    }
  };
  swap(0, dtype);
  return copy;
}

/** Each text's length in UTF-8, in 32 bits, and its bytes; a missing one is ffffffff. */
function textBytes(array: NdArray): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const element of array.flat()) {
    const length = Buffer.alloc(4);
    const text = Buffer.from(typeof element === 'string' ? element : '');
    length.writeUInt32LE(typeof element === 'string' ? text.length : 0xffffffff);
    parts.push(length, text);
  }
  return Buffer.concat(parts);
}
