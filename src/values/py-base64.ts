/** Base64 of bytes, without Node. */

/** Bytes for one call of `btoa`: a multiple of 3, and few enough for the arguments of one call. */
const BLOCK = 6144;

export function toBase64(bytes: Uint8Array): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += BLOCK) {
    const block = new Uint8Array(bytes.buffer, bytes.byteOffset + at, Math.min(BLOCK, bytes.length - at));
    out += btoa(String.fromCharCode.apply(null, block as unknown as number[]));
  }
  return out;
}
