/** The bytes and the objects of arrays as numpy writes them. */
import { swapBytes } from '../../arrays/convert/index.ts';
import type { Dtype } from '../../arrays/dtype.ts';
import type { NdArray } from '../../arrays/nd-array.ts';
import { NATIVE_ORDER, type NumberArray, storageOf } from '../../arrays/storage.ts';
import { contiguousOf } from '../../arrays/typed.ts';

/**
 * The bytes of an array's elements, one after another, in the byte order of a dtype that else is the array's own. No copy
 * where they lie so.
 * @param order of an array in Fortran order 'F' for its own, 'C' for a copy
 */
export function bytesOf(array: NdArray, order: 'C' | 'F', dtype: Dtype = array.descr): Uint8Array {
  const data = contiguousOf(order === 'C' ? array : array.transpose()) as NumberArray;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const { isRaw } = storageOf(array.descr);
  const lies = isRaw ? array.descr.byteorder : NATIVE_ORDER;
  const unit = swapUnitOf(dtype);
  return unit !== 1 && dtype.byteorder !== '|' && dtype.byteorder !== lies ? swapBytes(bytes, unit) : bytes;
}

/** The objects of an array, in C order: numpy writes them so in any case. */
export function objectsOf(array: NdArray): unknown[] {
  return contiguousOf(array) as unknown[];
}

type SwapUnit = 1 | 2 | 4 | 8 | 16;

/** Bytes that are turned round when the byte order changes; 1 where nothing has an order, or each field its own. */
export function swapUnitOf({ kind, itemsize, byteorder }: Dtype): SwapUnit {
  if (byteorder === '|') return 1;
  const unit = kind === 'U' ? 4 : kind === 'c' ? itemsize / 2 : itemsize;
  return unit === 2 || unit === 4 || unit === 8 || unit === 16 ? unit : 1;
}
