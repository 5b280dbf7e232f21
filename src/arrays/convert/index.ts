/**
 * Conversions of the items of arrays: in wasm where there is enough to do and WebAssembly is to be had, else in
 * TypeScript. The results are the same to the bit. Inputs may start at any byte. Where `out` is given the result goes
 * there: new memory often costs more than converting. Sizes that do not fit together are a RangeError.
 */
import { bytesOf, type Converters } from './converters.ts';
import { plainConverters } from './plain.ts';
import { stringsBy } from './strings.ts';
import { createWasmConverters } from './wasm.ts';

/** From so many bytes of input on wasm is faster, the copies included. */
const ENOUGH_BYTES = 256;
/** The same for transposing, where blocks have to be laid out. */
const ENOUGH_TO_TRANSPOSE = 8192;

/** Compiling takes some milliseconds: it waits until so many bytes have been asked for, one by one or together. */
const ENOUGH_TO_COMPILE = 2 ** 20;

let wasm: Converters | null | undefined;
let bytesAskedFor = 0;

function convertersFor(source: Uint8Array, enough = ENOUGH_BYTES): Converters {
  if (source.length < enough) return plainConverters;
  if (wasm === undefined) {
    bytesAskedFor += source.length;
    if (bytesAskedFor < ENOUGH_TO_COMPILE) return plainConverters;
    try {
      wasm = createWasmConverters();
    } catch {
      wasm = null;
    }
  }
  return wasm ?? plainConverters;
}

/** Reverses the bytes of each item. The result has as many bytes as `bytes`, and `out` may be `bytes` itself. */
export function swapBytes(
  bytes: Uint8Array,
  itemSize: 2 | 4 | 8 | 16,
  out: Uint8Array = new Uint8Array(bytes.length),
): Uint8Array {
  checkItems(bytes, itemSize);
  checkRoom(bytes.length, out.length);
  convertersFor(bytes).swapBytes(bytes, itemSize, out);
  return out;
}

/** float16, as words or as bytes (little-endian), to float32: exact, and a NaN keeps its sign and payload. */
export function float16ToFloat32(
  bits: Uint16Array | Uint8Array,
  out: Float32Array = new Float32Array(bits.byteLength >>> 1),
): Float32Array {
  const bytes = bytesOf(bits);
  checkItems(bytes, 2);
  checkRoom(bytes.length / 2, out.length);
  convertersFor(bytes).float16ToFloat32(bytes, out);
  return out;
}

/** bfloat16, as words or as bytes (little-endian), to float32: the same bits, 16 zeros after them. */
export function bfloat16ToFloat32(
  bits: Uint16Array | Uint8Array,
  out: Float32Array = new Float32Array(bits.byteLength >>> 1),
): Float32Array {
  const bytes = bytesOf(bits);
  checkItems(bytes, 2);
  checkRoom(bytes.length / 2, out.length);
  convertersFor(bytes).bfloat16ToFloat32(bytes, out);
  return out;
}

/** Bools as bytes, of which any but 0 is true, to 0 and 1. `out` may be `bytes` itself. */
export function boolsToBytes(bytes: Uint8Array, out: Uint8Array = new Uint8Array(bytes.length)): Uint8Array {
  checkRoom(bytes.length, out.length);
  convertersFor(bytes).boolsToBytes(bytes, out);
  return out;
}

/** Bools as bytes, of which any but 0 is true, to booleans. */
export function toBooleans(bytes: Uint8Array): boolean[] {
  return Array.from(bytes, (byte) => byte !== 0);
}

/** int64 to numbers, or null where one is over 2 ** 53 - 1 in magnitude; `out` is then of no use. */
export function int64ToFloat64(
  source: BigInt64Array | Uint8Array,
  out: Float64Array = new Float64Array(source.byteLength >>> 3),
): Float64Array | null {
  return wideIntegers(bytesOf(source), true, out);
}

/** The same for uint64. */
export function uint64ToFloat64(
  source: BigUint64Array | Uint8Array,
  out: Float64Array = new Float64Array(source.byteLength >>> 3),
): Float64Array | null {
  return wideIntegers(bytesOf(source), false, out);
}

function wideIntegers(bytes: Uint8Array, signed: boolean, out: Float64Array): Float64Array | null {
  checkItems(bytes, 8);
  checkRoom(bytes.length / 8, out.length);
  return convertersFor(bytes).int64ToFloat64(bytes, signed, out) ? out : null;
}

/**
 * Fortran order to C order (and, with the extents of `shape` reversed, back). The result has as many bytes as `source`.
 * @param itemSize bytes of an item, any number
 * @param shape extents of any number of dimensions, none for a single item
 */
export function transpose(
  source: Uint8Array,
  itemSize: number,
  shape: readonly number[],
  out: Uint8Array = new Uint8Array(source.length),
): Uint8Array {
  checkItems(source, itemSize);
  checkRoom(source.length, out.length);
  const items = shape.reduce((product, extent) => product * extent, 1);
  if (items * itemSize !== source.length || shape.some((extent) => !Number.isInteger(extent) || extent < 0))
    throw new RangeError(`${source.length} bytes are no array of ${itemSize}-byte items of shape [${shape}].`);
  const proper = shape.filter((extent) => extent !== 1);
  if (source.length === 0 || proper.length < 2) out.set(source);
  else convertersFor(source, ENOUGH_TO_TRANSPOSE).transpose(source, itemSize, proper, out);
  return out;
}

/**
 * Fixed-width UCS-4 text to strings, without the NULs at their ends. Characters above U+FFFF become surrogate pairs;
 * lone surrogates stay.
 * @param width characters of an item
 * @throws PickleError INVALID_STATE where a character is above U+10FFFF
 */
export function ucs4ToStrings(bytes: Uint8Array, width: number, bigEndian = false): string[] {
  if (!Number.isInteger(width)) throw new RangeError(`No item has ${width} characters.`);
  const itemSize = 4 * width;
  checkItems(bytes, itemSize);
  if (bytes.length === 0) return [];
  return stringsBy(convertersFor(bytes), bytes, width, bigEndian);
}

function checkItems(bytes: Uint8Array, itemSize: number): void {
  if (
    !Number.isInteger(itemSize) ||
    itemSize < 0 ||
    (itemSize === 0 ? bytes.length > 0 : bytes.length % itemSize !== 0)
  )
    throw new RangeError(`${bytes.length} bytes are no whole number of ${itemSize}-byte items.`);
}

function checkRoom(needed: number, room: number): void {
  if (needed !== room) throw new RangeError(`The result takes ${needed} items, and there is room for ${room}.`);
}
