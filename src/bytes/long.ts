/** Integers in two's complement, little-endian: what LONG1 and LONG4 carry. */
import { shortLatin1 } from './latin1.ts';

/** Up to this many bytes are taken eight at a time; the cost is quadratic, but small. */
const FEW = 64;

/** The integer of the bytes; of no bytes, 0. The cost is linear. */
export function bigintOf(bytes: Uint8Array): bigint {
  const length = bytes.length;
  if (length === 0) return 0n;
  return BigInt.asIntN(8 * length, length <= FEW ? byWords(bytes) : byHex(bytes));
}

function byWords(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = bytes.length & ~7;
  let value = 0n;
  for (let i = bytes.length - 1; i >= at; i--) value = (value << 8n) | BigInt(bytes[i]!);
  while (at > 0) {
    at -= 8;
    const word = view.getBigUint64(at, true);
    value = at + 8 === bytes.length ? word : (value << 64n) | word;
  }
  return value;
}

/** V8 reads hex digits in linear time. */
function byHex(bytes: Uint8Array): bigint {
  const text = new Uint8Array(2 * bytes.length + 2);
  text[0] = 0x30;
  text[1] = 0x78;
  for (let i = bytes.length - 1, at = 2; i >= 0; i--) {
    const byte = bytes[i]!;
    text[at++] = hexDigit(byte >> 4);
    text[at++] = hexDigit(byte & 15);
  }
  return BigInt(shortLatin1(text));
}

function hexDigit(value: number): number {
  return value < 10 ? 0x30 + value : 0x57 + value;
}
