/** Long strings from memory that is known to hold Latin-1 or UTF-16: no checks, no decoding. */

type Slice = (this: Uint8Array, start: number, end: number) => string;

/** Node's and Bun's own, which run at memory speed and take any unit, lone surrogates too. */
const latin1Slice = /* @__PURE__ */ nativeSlice('latin1Slice');
const ucs2Slice = /* @__PURE__ */ nativeSlice('ucs2Slice');

/** Units for one call of `String.fromCharCode`: all are arguments, and engines limit those. */
const BLOCK = 8192;

function nativeSlice(name: 'latin1Slice' | 'ucs2Slice'): Slice | undefined {
  return typeof Buffer === 'function' ? (Buffer.prototype as unknown as Record<typeof name, Slice>)[name] : undefined;
}

/** The string of Latin-1 bytes `start` to `end`. */
export function latin1Text(bytes: Uint8Array, start: number, end: number): string {
  if (latin1Slice !== undefined) return latin1Slice.call(bytes, start, end);
  return fromUnits(bytes.subarray(start, end));
}

/** The string of UTF-16 units in bytes `start` to `end`, little-endian. */
export function utf16Text(bytes: Uint8Array, start: number, end: number): string {
  if (ucs2Slice !== undefined) return ucs2Slice.call(bytes, start, end);
  const units = new Uint16Array((end - start) >>> 1);
  for (let i = 0; i < units.length; i++) units[i] = bytes[start + 2 * i]! | (bytes[start + 2 * i + 1]! << 8);
  return fromUnits(units);
}

function fromUnits(units: Uint8Array | Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += BLOCK) {
    text += String.fromCharCode.apply(null, units.subarray(at, at + BLOCK) as unknown as number[]);
  }
  return text;
}
