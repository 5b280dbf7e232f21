/** The contents of leaf nodes: ints, floats, bytes. */
import { exactFloat, PyFloat } from '../values/py-data.ts';

const INT = /^-?[0-9]/;
const FOREIGN_DIGIT = /[^0-9]/;

/** The int that digits spell; undefined where they spell none. */
export function intOf(content: unknown): bigint | undefined {
  if (typeof content !== 'string' || !INT.test(content)) return undefined;
  // Searched for, not matched: of a million digits a match would be remembered one by one.
  return FOREIGN_DIGIT.test(content.slice(1)) ? undefined : BigInt(content);
}

/** The float of 64 bits in hex, as an exact decode gives it; undefined where the text is none. */
export function floatOf(content: unknown): number | PyFloat | undefined {
  if (typeof content !== 'string' || !/^[0-9a-f]{16}$/.test(content)) return undefined;
  const float = PyFloat.fromBits(BigInt(`0x${content}`));
  return float.nanBits === undefined ? exactFloat(float.value) : float;
}

/** Units of Base64 for one call of `atob`: a multiple of 4. */
const BLOCK = 8192;
const FOREIGN = /[^A-Za-z0-9+/]/;

/** Newer engines have it, and it is ten times as fast. */
interface NativeBase64 {
  fromBase64?(text: string): Uint8Array<ArrayBuffer>;
}

/** The bytes of Base64 with its padding; undefined where the text is none. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  if (FOREIGN.test(padding === 0 ? text : text.slice(0, -padding))) return undefined;
  const native = (Uint8Array as unknown as NativeBase64).fromBase64;
  if (native !== undefined) return native.call(Uint8Array, text);
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let at = 0, to = 0; at < text.length; at += BLOCK) {
    const block = atob(text.slice(at, at + BLOCK));
    for (let i = 0; i < block.length; i++) bytes[to++] = block.charCodeAt(i);
  }
  return bytes;
}
