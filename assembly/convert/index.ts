/**
 * Conversions of array items, in SIMD: a module of its own, so that it is compiled only where arrays are converted. The
 * host copies windows of its data into memory, calls, and copies out; it owns the memory, of which this module keeps
 * nothing. It has checked all sizes. Loops run over whole vectors: they read and write up to 64 bytes past the data, and
 * the host leaves that much room.
 */
export {
  bfloat16ToFloat32,
  boolsToBytes,
  float16ToFloat32,
  int64ToFloat64,
  swapBytes,
  uint64ToFloat64,
} from './numbers';
export { joinLatin1, joinUtf16, joinUtf16Pairs, widestUcs4 } from './text';
export { transpose } from './transpose';
