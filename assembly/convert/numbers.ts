/** Items that are converted one by one. */

/** Reverses the bytes of each item, in place. `itemSize` is 2, 4, 8 or 16. */
export function swapBytes(at: usize, size: usize, itemSize: u32): void {
  const end = at + size;
  if (itemSize == 2) {
    for (; at < end; at += 32) {
      const a = v128.load(at);
      const b = v128.load(at, 16);
      v128.store(at, v128.shuffle<u8>(a, a, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));
      v128.store(at, v128.shuffle<u8>(b, b, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14), 16);
    }
  } else if (itemSize == 4) {
    for (; at < end; at += 32) {
      const a = v128.load(at);
      const b = v128.load(at, 16);
      v128.store(at, v128.shuffle<u8>(a, a, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
      v128.store(at, v128.shuffle<u8>(b, b, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12), 16);
    }
  } else if (itemSize == 8) {
    for (; at < end; at += 32) {
      const a = v128.load(at);
      const b = v128.load(at, 16);
      v128.store(at, v128.shuffle<u8>(a, a, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8));
      v128.store(at, v128.shuffle<u8>(b, b, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8), 16);
    }
  } else {
    for (; at < end; at += 16) {
      const a = v128.load(at);
      v128.store(at, v128.shuffle<u8>(a, a, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
    }
  }
}

/** Four float16, as 32-bit words, to float32. Exact; a NaN keeps its payload. */
// @ts-expect-error: decorator
@inline
function widenHalf(half: v128): v128 {
  const magnitude = v128.and(half, i32x4.splat(0x7fff));
  const sign = i32x4.shl(v128.xor(half, magnitude), 16);
  // The exponent's bias goes from 15 to 127; for infinity and NaN the exponent goes from 31 to 255, as far again.
  const special = v128.and(i32x4.gt_s(magnitude, i32x4.splat(0x7bff)), i32x4.splat(112 << 23));
  const normal = i32x4.add(i32x4.add(i32x4.shl(magnitude, 13), i32x4.splat(112 << 23)), special);
  // Subnormals are multiples of 2 ** -24.
  const small = f32x4.mul(f32x4.convert_i32x4_s(magnitude), f32x4.splat(<f32>5.960464477539063e-8));
  const isSmall = i32x4.lt_s(magnitude, i32x4.splat(0x400));
  return v128.or(v128.bitselect(small, normal, isSmall), sign);
}

/** `size` bytes of float16 at `from` to twice as many of float32 at `to`. */
export function float16ToFloat32(from: usize, size: usize, to: usize): void {
  for (const end = from + size; from < end; from += 16, to += 32) {
    const halves = v128.load(from);
    v128.store(to, widenHalf(i32x4.extend_low_i16x8_u(halves)));
    v128.store(to, widenHalf(i32x4.extend_high_i16x8_u(halves)), 16);
  }
}

/** `size` bytes of bfloat16 at `from` to twice as many of float32 at `to`: they are its upper halves. */
export function bfloat16ToFloat32(from: usize, size: usize, to: usize): void {
  const zero = i32x4.splat(0);
  for (const end = from + size; from < end; from += 32, to += 64) {
    const a = v128.load(from);
    const b = v128.load(from, 16);
    v128.store(to, v128.shuffle<u16>(zero, a, 0, 8, 1, 9, 2, 10, 3, 11));
    v128.store(to, v128.shuffle<u16>(zero, a, 4, 12, 5, 13, 6, 14, 7, 15), 16);
    v128.store(to, v128.shuffle<u16>(zero, b, 0, 8, 1, 9, 2, 10, 3, 11), 32);
    v128.store(to, v128.shuffle<u16>(zero, b, 4, 12, 5, 13, 6, 14, 7, 15), 48);
  }
}

/** Makes 1 of every byte that is not 0, in place. */
export function boolsToBytes(at: usize, size: usize): void {
  const one = i8x16.splat(1);
  for (const end = at + size; at < end; at += 32) {
    v128.store(at, i8x16.min_u(v128.load(at), one));
    v128.store(at, i8x16.min_u(v128.load(at, 16), one), 16);
  }
}

/** `size` bytes of int64 at `from` to float64 at `to`. False where one is over 2 ** 53 - 1 in magnitude. */
export function int64ToFloat64(from: usize, size: usize, to: usize): bool {
  padItem(from + size);
  return smallInt64(from, size, to) || wideToFloat64(from, size, to, 0x4530000080000000, HIGH + SIGN + LOW);
}

/** The same for uint64. */
export function uint64ToFloat64(from: usize, size: usize, to: usize): bool {
  padItem(from + size);
  return smallUint64(from, size, to) || wideToFloat64(from, size, to, 0x4530000000000000, HIGH + LOW);
}

/** What follows the last item counts as an item if the number of items is odd. */
// @ts-expect-error: decorator
@inline
function padItem(end: usize): void {
  store<u64>(end, 0);
}

/** 2 ** 52, whose fraction takes the lower half of an item, and 2 ** 84, whose fraction takes the upper. */
const LOW: f64 = 4503599627370496.0;
const HIGH: f64 = 19342813113834066795298816.0;
/** 2 ** 63: what makes the upper half of a signed item unsigned, where it stands. */
const SIGN: f64 = 9223372036854775808.0;
/** 2 ** 51: what makes a small signed item unsigned. */
const SMALL_SIGN: f64 = 2251799813685248.0;

/** Items from -(2 ** 51) to 2 ** 51 - 1, in one addition to the fraction of 2 ** 52. False where others are found. */
function smallInt64(from: usize, size: usize, to: usize): bool {
  const magic = f64x2.splat(LOW + SMALL_SIGN);
  const low = f64x2.splat(LOW);
  let bits = i64x2.splat(0);
  for (const end = from + size; from < end; from += 16, to += 16) {
    const sum = i64x2.add(v128.load(from), magic);
    bits = v128.or(bits, v128.xor(sum, low));
    v128.store(to, f64x2.sub(sum, magic));
  }
  return !v128.any_true(i64x2.shr_u(bits, 52));
}

/** Items up to 2 ** 52 - 1, the same way. */
function smallUint64(from: usize, size: usize, to: usize): bool {
  const low = f64x2.splat(LOW);
  let bits = i64x2.splat(0);
  for (const end = from + size; from < end; from += 16, to += 16) {
    const items = v128.load(from);
    bits = v128.or(bits, items);
    v128.store(to, f64x2.sub(v128.or(items, low), low));
  }
  return !v128.any_true(i64x2.shr_u(bits, 52));
}

/** Any items: their halves are put into fractions, which is exact, and added, which is one rounding. */
function wideToFloat64(from: usize, size: usize, to: usize, high: u64, away: f64): bool {
  const low = f64x2.splat(LOW);
  let largest = f64x2.splat(0);
  for (const end = from + size; from < end; from += 16, to += 16) {
    const items = v128.load(from);
    const upper = f64x2.sub(v128.xor(i64x2.shr_u(items, 32), i64x2.splat(high)), f64x2.splat(away));
    const sum = f64x2.add(upper, v128.shuffle<u32>(items, low, 0, 5, 2, 7));
    largest = f64x2.pmax(largest, f64x2.abs(sum));
    v128.store(to, sum);
  }
  // One that is not exact has been rounded to 2 ** 53 at least.
  return max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1)) < 9007199254740992.0;
}
