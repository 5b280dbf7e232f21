/**
 * What one decode has taken of `maxAllocation`. The areas (graph, stack, memo, text) grow by doubling, but never past
 * what is left, so that a pickle fails only when it needs more than the limit.
 */
export class Budget {
  /** After a refusal: the bytes that would have been in use. */
  asked = 0;
  limit = 0;
  private taken = 0;

  begin(limit: number): void {
    this.limit = limit;
    this.taken = 0;
  }

  /**
   * The new size of an area of `size` bytes that must hold `needed`, both multiples of 8.
   * @returns bytes, a multiple of 8; 0 where the limit forbids it
   */
  grow(size: number, needed: number): number {
    const others = this.taken - size;
    const left = this.limit - others;
    if (!(needed <= left)) {
      this.asked = others + needed;
      return 0;
    }
    const grown = Math.min(Math.max(2 * size, needed), left - (left % 8));
    this.taken = others + grown;
    return grown;
  }

  /** Takes bytes that are not an area's, for instance a Map's entry. */
  take(bytes: number): boolean {
    if (!(this.taken + bytes <= this.limit)) {
      this.asked = this.taken + bytes;
      return false;
    }
    this.taken += bytes;
    return true;
  }
}

/** An area's buffers that are larger than this are let go at the next `begin`. */
export const KEEP_BYTES = 64 * 1024 * 1024;

/** A copy of `words` with room for `length`, or null where the runtime has no memory for it. */
export function enlarge(words: Int32Array, length: number): Int32Array | null {
  try {
    const larger = new Int32Array(length);
    larger.set(words);
    return larger;
  } catch {
    return null;
  }
}
