/** Arrow's buffers: numbers, bits and offsets, checked before they are used. */
import { dtypeOfText } from '../../arrays/dtype-text.ts';
import { numbersOf } from '../../arrays/from-bytes.ts';
import { refuse } from '../../arrays/refuse.ts';
import type { NumberArray } from '../../arrays/storage.ts';

const NONE = new Uint8Array(0);

/**
 * The first `count` numbers of a buffer: a view of it where they lie as a typed array needs them.
 * @param numpy numpy's text of them, '<i8'
 * @throws PickleError INVALID_STATE where the buffer is too short
 */
export function numbersIn(buffer: Uint8Array | null, numpy: string, count: number): NumberArray {
  const dtype = dtypeOfText(numpy)!.seal();
  const bytes = buffer ?? NONE;
  if (count > Math.floor(bytes.length / dtype.itemsize)) {
    refuse(`An Arrow buffer of ${bytes.length} bytes is too short for ${count} values.`);
  }
  return numbersOf(bytes.subarray(0, count * dtype.itemsize), dtype) as NumberArray;
}

/** @throws PickleError INVALID_STATE where the buffer has fewer bits */
export function checkBits(bits: Uint8Array, count: number): void {
  if (Math.ceil(count / 8) > bits.length)
    refuse(`An Arrow buffer of ${bits.length} bytes is too short for ${count} bits.`);
}

export const bitAt = (bits: Uint8Array, i: number): boolean => ((bits[Math.floor(i / 8)]! >> (i % 8)) & 1) === 1;

/**
 * Offsets of `count` values from the first on: one more than there are values.
 * @param limit what no offset may exceed
 * @throws PickleError INVALID_STATE where one is less than the one before it, or beyond the limit
 */
export function offsetsIn(
  buffer: Uint8Array | null,
  width: number,
  count: number,
  limit: number,
): Int32Array | BigInt64Array {
  // An array of nothing may come without any.
  const isBare = count === 0 && (buffer === null || buffer.length < width);
  const offsets = isBare
    ? Int32Array.of(0)
    : (numbersIn(buffer, width === 4 ? '<i4' : '<i8', count + 1) as Int32Array | BigInt64Array);
  let last = 0;
  for (let i = 0; i < offsets.length; i++) {
    const offset = Number(offsets[i]);
    if (!(offset >= last)) refuse('Offsets of an Arrow array decrease.');
    last = offset;
  }
  if (last > limit) refuse(`An offset of ${last} lies beyond the ${limit} that there are.`);
  return offsets;
}
