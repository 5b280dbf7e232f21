/**
 * The conversions in wasm SIMD. Data goes through a small memory in windows, which stay in the processor's cache, so
 * that the copies cost little and the memory does not grow with the data.
 */
import { latin1Text, utf16Text } from '../../bytes/chunks.ts';
import { bytesOf, type Converters, type JoinedText } from './converters.ts';
import { type ConvertExports, ENDS, FROM, instantiate, TO } from './module.ts';
import { plainConverters } from './plain.ts';
import { BlockTransposer, TRANSPOSED_SIZES } from './wasm-transpose.ts';

/** Bytes of input that are converted at a time. */
export const WINDOW_BYTES = 64 * 1024;

/** Throws what WebAssembly throws where it, or SIMD, is not to be had. */
export function createWasmConverters(): Converters {
  return new WasmConverters(instantiate());
}

class WasmConverters implements Converters {
  readonly #exports: ConvertExports;
  readonly #bytes: Uint8Array;
  readonly #transposer: BlockTransposer;

  constructor(exports: ConvertExports) {
    this.#exports = exports;
    this.#bytes = new Uint8Array(exports.memory.buffer);
    this.#transposer = new BlockTransposer(exports);
  }

  swapBytes(source: Uint8Array, itemSize: number, out: Uint8Array): void {
    const { swapBytes } = this.#exports;
    this.#eachWindow(source, out, FROM, 1, (size) => swapBytes(FROM, size, itemSize));
  }

  float16ToFloat32(source: Uint8Array, out: Float32Array): void {
    const { float16ToFloat32 } = this.#exports;
    this.#eachWindow(source, bytesOf(out), TO, 2, (size) => float16ToFloat32(FROM, size, TO));
  }

  bfloat16ToFloat32(source: Uint8Array, out: Float32Array): void {
    const { bfloat16ToFloat32 } = this.#exports;
    this.#eachWindow(source, bytesOf(out), TO, 2, (size) => bfloat16ToFloat32(FROM, size, TO));
  }

  boolsToBytes(source: Uint8Array, out: Uint8Array): void {
    const { boolsToBytes } = this.#exports;
    this.#eachWindow(source, out, FROM, 1, (size) => boolsToBytes(FROM, size));
  }

  int64ToFloat64(source: Uint8Array, signed: boolean, out: Float64Array): boolean {
    const convert = signed ? this.#exports.int64ToFloat64 : this.#exports.uint64ToFloat64;
    return this.#eachWindow(source, bytesOf(out), TO, 1, (size) => convert(FROM, size, TO) !== 0);
  }

  transpose(source: Uint8Array, itemSize: number, shape: readonly number[], out: Uint8Array): void {
    if (TRANSPOSED_SIZES.has(itemSize)) this.#transposer.transpose(source, itemSize, shape, out);
    else plainConverters.transpose(source, itemSize, shape, out);
  }

  joinUcs4(source: Uint8Array, width: number, bigEndian: boolean): JoinedText | null {
    const size = source.length;
    // One item that is too large for the memory.
    if (size > WINDOW_BYTES) return plainConverters.joinUcs4(source, width, bigEndian);
    const exports = this.#exports;
    this.#bytes.set(source, FROM);
    if (bigEndian) exports.swapBytes(FROM, size, 4);
    const count = size / (4 * width);
    const ends = new Uint32Array(exports.memory.buffer, ENDS, count);
    const widest = exports.widestUcs4(FROM, size) >>> 0;
    if (widest <= 0xff) {
      exports.joinLatin1(FROM, count, width, TO, ENDS);
      return { text: latin1Text(this.#bytes, TO, TO + ends.at(-1)!), ends };
    }
    if (widest <= 0xffff) exports.joinUtf16(FROM, count, width, TO, ENDS);
    else if (!exports.joinUtf16Pairs(FROM, count, width, TO, ENDS)) return null;
    return { text: utf16Text(this.#bytes, TO, TO + 2 * ends.at(-1)!), ends };
  }

  /**
   * Copies each window in, has it converted, and copies the result out.
   * @param result where it is
   * @param growth bytes of it for each byte of input
   * @param convert is told the window's size; false ends it all
   */
  #eachWindow(
    source: Uint8Array,
    out: Uint8Array,
    result: number,
    growth: number,
    convert: (size: number) => boolean | void,
  ): boolean {
    const bytes = this.#bytes;
    for (let at = 0; at < source.length; at += WINDOW_BYTES) {
      const size = Math.min(WINDOW_BYTES, source.length - at);
      bytes.set(source.subarray(at, at + size), FROM);
      if (convert(size) === false) return false;
      out.set(bytes.subarray(result, result + size * growth), at * growth);
    }
    return true;
  }
}
