/** Integers in two's complement, little-endian: what LONG1 and LONG4 carry. */

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

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** V8 reads hex digits in linear time. */
function byHex(bytes: Uint8Array): bigint {
  const parts = new Array<string>(bytes.length);
  for (let i = 0, last = bytes.length - 1; i <= last; i++) parts[i] = DIGITS[bytes[last - i]!]!;
  return BigInt(`0x${parts.join('')}`);
}
