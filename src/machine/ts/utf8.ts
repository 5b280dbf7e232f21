/** What `decodeUtf8` adds to the count of units where one of them is no Latin-1. */
export const WIDE = 0x10000;

/**
 * Decodes `length` bytes (at most 16,384) to UTF-16, as Python's `surrogatepass` does: surrogates written in three bytes
 * pass; overlong forms, code points above 10FFFF, cut sequences and lone continuation bytes do not.
 * @returns the number of units written at `units[at]`, plus WIDE if any is above FF; -1 where the text is not valid
 */
export function decodeUtf8(bytes: Uint8Array, from: number, length: number, units: Uint16Array, at: number): number {
  const end = from + length;
  let p = from;
  let out = at;
  let seen = 0;
  while (p < end) {
    const first = bytes[p]!;
    if (first < 0x80) {
      units[out++] = first;
      p++;
    } else if (first < 0xe0) {
      // C0 and C1 would be overlong, 80 to BF continue nothing.
      if (first < 0xc2 || end - p < 2) return -1;
      const second = bytes[p + 1]!;
      if ((second & 0xc0) !== 0x80) return -1;
      const unit = ((first & 0x1f) << 6) | (second & 0x3f);
      seen |= unit;
      units[out++] = unit;
      p += 2;
    } else if (first < 0xf0) {
      if (end - p < 3) return -1;
      const second = bytes[p + 1]!;
      const third = bytes[p + 2]!;
      if ((second & 0xc0) !== 0x80 || (third & 0xc0) !== 0x80) return -1;
      const unit = ((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
      if (unit < 0x800) return -1;
      seen |= unit;
      units[out++] = unit;
      p += 3;
    } else {
      if (first > 0xf4 || end - p < 4) return -1;
      const second = bytes[p + 1]!;
      const third = bytes[p + 2]!;
      const fourth = bytes[p + 3]!;
      if ((second & 0xc0) !== 0x80 || (third & 0xc0) !== 0x80 || (fourth & 0xc0) !== 0x80) return -1;
      const point = ((first & 0x07) << 18) | ((second & 0x3f) << 12) | ((third & 0x3f) << 6) | (fourth & 0x3f);
      if (point < 0x10000 || point > 0x10ffff) return -1;
      seen |= WIDE - 1;
      units[out] = 0xd7c0 + (point >>> 10);
      units[out + 1] = 0xdc00 | (point & 0x3ff);
      out += 2;
      p += 4;
    }
  }
  return out - at + (seen > 0xff ? WIDE : 0);
}
