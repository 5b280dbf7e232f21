import { checkStringUnits, type Where } from './where.ts';

/** Up to this many bytes, one call of fromCharCode is the quickest, and safe for the call stack. */
const FEW = 4096;

/** The string whose characters are the bytes. */
export function latin1(bytes: Uint8Array, where: Where): string {
  if (bytes.length <= FEW) return String.fromCharCode.apply(null, bytes as unknown as number[]);
  checkStringUnits(bytes.length, where);
  if (typeof Buffer !== 'undefined') {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  }
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += FEW) {
    parts.push(String.fromCharCode.apply(null, bytes.subarray(i, i + FEW) as unknown as number[]));
  }
  return parts.join('');
}

/** Index of the first byte from `from` on that is not ASCII; the length where all are. */
export function asciiEnd(bytes: Uint8Array, from = 0): number {
  const length = bytes.length;
  let i = from;
  while (i < length && bytes[i]! < 0x80) i++;
  return i;
}
