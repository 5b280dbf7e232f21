/**
 * Fixed-width UCS-4 text: the items of a window are joined, without the NULs at their ends, into one text that the host
 * cuts up. Where each item ends goes to `ends`, in units, 32 bits each.
 */

/** All bits that occur in `size` bytes of UCS-4: tells how wide the units must be. */
export function widestUcs4(at: usize, size: usize): u32 {
  let bits = i32x4.splat(0);
  const whole = at + (size & ~15);
  for (; at < whole; at += 16) bits = v128.or(bits, v128.load(at));
  let rest: u32 = 0;
  for (const end = whole + (size & 15); at < end; at += 4) rest |= load<u32>(at);
  rest |= i32x4.extract_lane(bits, 0) | i32x4.extract_lane(bits, 1);
  return rest | i32x4.extract_lane(bits, 2) | i32x4.extract_lane(bits, 3);
}

/** Characters of the item at `at`, NULs at its end left out. */
// @ts-expect-error: decorator
@inline
function lengthOf(at: usize, width: usize): usize {
  let length = width;
  while (length >= 4 && !v128.any_true(v128.load(at + 4 * (length - 4)))) length -= 4;
  while (length > 0 && load<u32>(at + 4 * (length - 1)) == 0) length--;
  return length;
}

/** Joins items of characters up to U+00FF, as Latin-1. */
export function joinLatin1(from: usize, count: u32, width: usize, to: usize, ends: usize): void {
  const start = to;
  for (let i: u32 = 0; i < count; i++, from += 4 * width) {
    const length = lengthOf(from, width);
    for (let k: usize = 0; k < length; k += 16) {
      const at = from + 4 * k;
      const a = i16x8.narrow_i32x4_u(v128.load(at), v128.load(at, 16));
      const b = i16x8.narrow_i32x4_u(v128.load(at, 32), v128.load(at, 48));
      v128.store(to + k, i8x16.narrow_i16x8_u(a, b));
    }
    to += length;
    store<u32>(ends + 4 * i, <u32>(to - start));
  }
}

/** Joins items of characters up to U+FFFF, lone surrogates among them, as UTF-16. */
export function joinUtf16(from: usize, count: u32, width: usize, to: usize, ends: usize): void {
  const start = to;
  for (let i: u32 = 0; i < count; i++, from += 4 * width) {
    const length = lengthOf(from, width);
    for (let k: usize = 0; k < length; k += 8) {
      const at = from + 4 * k;
      v128.store(to + 2 * k, i16x8.narrow_i32x4_u(v128.load(at), v128.load(at, 16)));
    }
    to += 2 * length;
    store<u32>(ends + 4 * i, (<u32>(to - start)) >>> 1);
  }
}

/** Joins items of any characters as UTF-16. False where one is no code point. */
export function joinUtf16Pairs(from: usize, count: u32, width: usize, to: usize, ends: usize): bool {
  const start = to;
  let largest: u32 = 0;
  for (let i: u32 = 0; i < count; i++, from += 4 * width) {
    const length = lengthOf(from, width);
    for (let k: usize = 0; k < length; k++) {
      // No branch: which characters are pairs cannot be guessed. What is written after a single one is written over.
      const character = load<u32>(from + 4 * k);
      const pair = (0xd7c0 + (character >>> 10)) | ((0xdc00 | (character & 0x3ff)) << 16);
      const isPair = character > 0xffff;
      store<u32>(to, select<u32>(pair, character, isPair));
      to += 2 + 2 * <usize>isPair;
      largest = max(largest, character);
    }
    store<u32>(ends + 4 * i, (<u32>(to - start)) >>> 1);
  }
  return largest <= 0x10ffff;
}
