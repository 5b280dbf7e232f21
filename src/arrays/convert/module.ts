/** The compiled module of the conversions, and where things are in its memory. */
import { WASM_BASE64 } from './bytes.ts';

/** What `assembly/convert/index.ts` exports. Addresses and sizes are in bytes. */
export interface ConvertExports {
  readonly memory: WebAssembly.Memory;
  swapBytes(at: number, size: number, itemSize: number): void;
  float16ToFloat32(from: number, size: number, to: number): void;
  bfloat16ToFloat32(from: number, size: number, to: number): void;
  boolsToBytes(at: number, size: number): void;
  int64ToFloat64(from: number, size: number, to: number): number;
  uint64ToFloat64(from: number, size: number, to: number): number;
  widestUcs4(at: number, size: number): number;
  joinLatin1(from: number, count: number, width: number, to: number, ends: number): void;
  joinUtf16(from: number, count: number, width: number, to: number, ends: number): void;
  joinUtf16Pairs(from: number, count: number, width: number, to: number, ends: number): number;
  transpose(
    from: number,
    fromPitch: number,
    to: number,
    toPitch: number,
    rows: number,
    columns: number,
    itemSize: number,
  ): void;
}

/** Its memory is 3 MB: a region for what is converted, one for the result, and one for the ends of texts. */
export const FROM = 0;
export const TO = 1280 * 1024;
export const ENDS = 2560 * 1024;
/** Bytes of a region that may be used: loops reach 64 bytes further. */
export const REGION_BYTES = 1280 * 1024 - 64;

/** A new instance. Throws what WebAssembly throws where it is not to be had. */
export function instantiate(): ConvertExports {
  const compiled = new WebAssembly.Module(decodeBase64(WASM_BASE64));
  // It imports nothing.
  return new WebAssembly.Instance(compiled).exports as unknown as ConvertExports;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
