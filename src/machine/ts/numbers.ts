/** Little-endian numbers in the input. */

export function int4(bytes: Uint8Array, p: number): number {
  return bytes[p]! | (bytes[p + 1]! << 8) | (bytes[p + 2]! << 16) | (bytes[p + 3]! << 24);
}

export function uint4(bytes: Uint8Array, p: number): number {
  return int4(bytes, p) >>> 0;
}

/** A two's complement number of up to 4 bytes; 0 of none. */
export function longWord(bytes: Uint8Array, p: number, length: number): number {
  if (length === 0) return 0;
  let value = 0;
  for (let i = 0; i < length; i++) value |= bytes[p + i]! << (8 * i);
  const unused = 32 - 8 * length;
  return (value << unused) >> unused;
}
