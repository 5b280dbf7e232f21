/** The data of arrays from bytes: where they lie if that can be, else one copy. */
import { swapBytes } from './convert/index.ts';
import type { Dtype } from './dtype.ts';
import { refuse } from './refuse.ts';
import { NATIVE_ORDER, type NumberArray, storageOf } from './storage.ts';

/**
 * The data of elements that lie one after another: a view of the bytes where the dtype is raw, or the byte order and the
 * alignment are what a typed array needs; else a copy.
 * @throws PickleError INVALID_STATE where the dtype is of objects
 */
export function numbersOf(bytes: Uint8Array, dtype: Dtype): NumberArray {
  const { type, width, isRaw } = storageOf(dtype);
  if (type === null) refuse('Objects cannot lie in bytes.');
  // A plain Uint8Array, not one of a subclass, as bytearrays of an exact decode are.
  if (isRaw) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const size = type.BYTES_PER_ELEMENT;
  const count = (bytes.length / dtype.itemsize) * width;
  if (size > 1 && dtype.byteorder !== '|' && dtype.byteorder !== NATIVE_ORDER) {
    const swapped = swapBytes(bytes, size as 2 | 4 | 8);
    return new type(swapped.buffer, swapped.byteOffset, count);
  }
  if (bytes.byteOffset % size === 0) return new type(bytes.buffer, bytes.byteOffset, count);
  return new type(bytes.slice().buffer, 0, count);
}
