/** Strings from memory: through Node's Buffer where there is one, else by `fromCharCode` in pieces. */

/** Arguments to one call of `fromCharCode`: more could overflow the stack. */
const PIECE = 8192;
/** Below this many units a call of `fromCharCode` is cheaper than a Buffer. */
const SHORT = 32;

const hasBuffer = typeof Buffer === 'function' && typeof Buffer.from === 'function';

/** Bytes as Latin-1. TextDecoder cannot do it: its 'latin1' is windows-1252. */
export function latin1String(bytes: Uint8Array, from: number, to: number): string {
  if (hasBuffer && to - from > SHORT) {
    return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
  }
  return fromUnits(bytes, from, to);
}

/** UTF-16 units; `TextDecoder` would replace lone surrogates. */
export function utf16String(units: Uint16Array, from: number, to: number): string {
  if (hasBuffer && to - from > SHORT) {
    return Buffer.from(units.buffer, units.byteOffset + 2 * from, 2 * (to - from)).toString('utf16le');
  }
  return fromUnits(units, from, to);
}

function fromUnits(units: Uint8Array | Uint16Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += PIECE) {
    text += String.fromCharCode.apply(null, units.subarray(at, Math.min(at + PIECE, to)) as unknown as number[]);
  }
  return text;
}
