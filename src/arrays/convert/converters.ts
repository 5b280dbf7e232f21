/** What both paths of the conversions offer. Sizes have been checked: `out` has room for exactly what there is. */
export interface Converters {
  /** `itemSize` is 2, 4, 8 or 16. `out` may be `source` itself. */
  swapBytes(source: Uint8Array, itemSize: number, out: Uint8Array): void;
  float16ToFloat32(source: Uint8Array, out: Float32Array): void;
  bfloat16ToFloat32(source: Uint8Array, out: Float32Array): void;
  boolsToBytes(source: Uint8Array, out: Uint8Array): void;
  /** False where an item is over 2 ** 53 - 1 in magnitude: `out` is then of no use. */
  int64ToFloat64(source: Uint8Array, signed: boolean, out: Float64Array): boolean;
  /** `shape` has no extent below 2, and two dimensions at least. */
  transpose(source: Uint8Array, itemSize: number, shape: readonly number[], out: Uint8Array): void;
  /** Joins the items of one window of fixed-width UCS-4. Null where a character is no code point. */
  joinUcs4(source: Uint8Array, width: number, bigEndian: boolean): JoinedText | null;
}

/** The texts of some items, without NULs at their ends, one after the other. */
export interface JoinedText {
  readonly text: string;
  /** Where each item ends, in units of `text`. Good until the next call. */
  readonly ends: Uint32Array;
}

/** The bytes of a typed array, shared with it. */
export function bytesOf(array: ArrayBufferView): Uint8Array {
  if (array instanceof Uint8Array) return array;
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
