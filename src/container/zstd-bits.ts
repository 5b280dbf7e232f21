/** Bits that are read from the end of some bytes to their start, as zstd's codes lie. */
export class BackwardBits {
  readonly #bytes: Uint8Array;
  /** Bits that are not read yet; below zero where more were read than there are: those were zeros. */
  left: number;

  /** The highest bit that is set in the last byte is no part of them. Where there is none, `left` is below zero. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const last = bytes.at(-1) ?? 0;
    this.left = last === 0 ? -1 : 8 * bytes.length - 8 + (31 - Math.clz32(last));
  }

  /** The next bits, at most 24, without reading them. */
  peek(count: number): number {
    const from = this.left - count;
    if (from < 0) return this.left <= 0 ? 0 : this.#at(0, this.left) << -from;
    return this.#at(from, count);
  }

  /** The next bits, at most 24. */
  read(count: number): number {
    const value = this.peek(count);
    this.left -= count;
    return value;
  }

  #at(bit: number, count: number): number {
    const bytes = this.#bytes;
    const at = bit >> 3;
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    return (word >>> (bit & 7)) & ((1 << count) - 1);
  }
}
