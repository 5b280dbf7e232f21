/** The conversions in TypeScript: for where WebAssembly is not to be had, and for little data. */
import type { Converters } from './converters.ts';
import { joinUcs4 } from './plain-text.ts';
import { transpose } from './plain-transpose.ts';

export const plainConverters: Converters = {
  swapBytes,
  float16ToFloat32,
  bfloat16ToFloat32,
  boolsToBytes,
  int64ToFloat64,
  transpose,
  joinUcs4,
};

function swapBytes(source: Uint8Array, itemSize: number, out: Uint8Array): void {
  const unit = itemSize === 2 ? 2 : 4;
  if (out.byteOffset % unit !== 0) {
    const aligned = new Uint8Array(source.length);
    swapBytes(source, itemSize, aligned);
    out.set(aligned);
  } else if (itemSize === 2) {
    const from = halves(source);
    const to = halves(out);
    for (let i = 0; i < from.length; i++) to[i] = (from[i]! << 8) | (from[i]! >>> 8);
  } else {
    swapWords(words(source), itemSize / 4, words(out));
  }
}

/** Reverses the words of each item, and the bytes of each word. */
function swapWords(from: Uint32Array, wordsPerItem: number, to: Uint32Array): void {
  if (wordsPerItem === 1) {
    for (let i = 0; i < from.length; i++) to[i] = swapped(from[i]!);
    return;
  }
  for (let i = 0; i < from.length; i += wordsPerItem) {
    for (let first = i, last = i + wordsPerItem - 1; first < last; first++, last--) {
      const word = swapped(from[first]!);
      to[first] = swapped(from[last]!);
      to[last] = word;
    }
  }
}

function swapped(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}

/** Bits are put in as integers: a float that is moved as a number may lose the payload of a NaN. */
function float16ToFloat32(source: Uint8Array, out: Float32Array): void {
  const from = halves(source);
  const bits = new Uint32Array(out.buffer, out.byteOffset, out.length);
  for (let i = 0; i < from.length; i++) {
    const half = from[i]!;
    const magnitude = half & 0x7fff;
    if (magnitude >= 0x400) {
      const bias = magnitude < 0x7c00 ? 112 << 23 : 224 << 23;
      bits[i] = ((half & 0x8000) << 16) | ((magnitude << 13) + bias);
    } else {
      out[i] = half === magnitude ? magnitude * 2 ** -24 : -magnitude * 2 ** -24;
    }
  }
}

function bfloat16ToFloat32(source: Uint8Array, out: Float32Array): void {
  const from = halves(source);
  const bits = new Uint32Array(out.buffer, out.byteOffset, out.length);
  for (let i = 0; i < from.length; i++) bits[i] = from[i]! << 16;
}

function boolsToBytes(source: Uint8Array, out: Uint8Array): void {
  // The sign of what is below 0: a branch would be guessed wrong half of the time.
  for (let i = 0; i < source.length; i++) out[i] = -source[i]! >>> 31;
}

function int64ToFloat64(source: Uint8Array, signed: boolean, out: Float64Array): boolean {
  const from = words(source);
  const sign = signed ? 2 ** 31 : 0;
  for (let i = 0, k = 0; i < out.length; i++, k += 2) {
    const high = ((from[k + 1]! ^ sign) >>> 0) - sign;
    const value = high * 2 ** 32 + from[k]!;
    // One that is not exact has been rounded to 2 ** 53 at least.
    if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) return false;
    out[i] = value;
  }
  return true;
}

function halves(bytes: Uint8Array): Uint16Array {
  const { buffer, byteOffset, length } = bytes.byteOffset % 2 === 0 ? bytes : new Uint8Array(bytes);
  return new Uint16Array(buffer, byteOffset, length / 2);
}

function words(bytes: Uint8Array): Uint32Array {
  const { buffer, byteOffset, length } = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  return new Uint32Array(buffer, byteOffset, length / 4);
}
