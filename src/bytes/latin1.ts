import { checkStringUnits, type Where } from './where.ts';

/** Up to this many bytes, one call of fromCharCode is the quickest, and safe for the call stack. */
const FEW = 4096;

/**
 * The string whose characters are the bytes.
 * @throws PickleLimitError LIMIT_STRING where JavaScript cannot hold it
 */
export function latin1(bytes: Uint8Array, where: Where): string {
  checkStringUnits(bytes.length, where);
  return shortLatin1(bytes);
}

/** The same for bytes that are known to be no more than a string can have. */
export function shortLatin1(bytes: Uint8Array): string {
  if (bytes.length <= FEW) return fromUnits(bytes);
  if (typeof Buffer !== 'undefined')
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += FEW) parts.push(fromUnits(bytes.subarray(i, i + FEW)));
  return parts.join('');
}

/** The bytes whose Latin-1 string a text is, or undefined where a character is beyond it. */
export function latin1Bytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0xff) return undefined;
    bytes[i] = unit;
  }
  return bytes;
}

/** The string of a few (up to 4,096) units of UTF-16. */
export function fromUnits(units: Uint8Array | Uint16Array): string {
  return String.fromCharCode.apply(null, units as unknown as number[]);
}

/** Index of the first byte from `from` on that is not ASCII; the length where all are. */
export function asciiEnd(bytes: Uint8Array, from = 0): number {
  const length = bytes.length;
  let i = from;
  while (i < length && bytes[i]! < 0x80) i++;
  return i;
}
