import { enlarge, KEEP_BYTES, type Budget } from './budget.ts';

/** Words that an area has at first, so that a small message costs little. */
const FIRST_WORDS = 256;

/** The most that `expect` provides. What is not touched costs nothing. */
const EXPECTED_BYTES = 4 * KEEP_BYTES;
const NO_WORDS = new Int32Array(0);

/**
 * A growing array of words. `limit` is what this decode has been granted; the array itself may be longer, left over from
 * an earlier decode, but is used only as far as it is granted: the same pickle meets the same limits every time.
 */
export class WordsArea {
  words: Int32Array = new Int32Array(FIRST_WORDS);
  /** Words granted. */
  limit = 0;
  private readonly budget: Budget;

  constructor(budget: Budget) {
    this.budget = budget;
  }

  begin(): void {
    if (this.words.byteLength > KEEP_BYTES) this.words = new Int32Array(FIRST_WORDS);
    this.limit = 0;
    // A limit below even this is met by the first thing that needs room.
    this.grow(FIRST_WORDS);
  }

  /**
   * Provides an array of about `bytes`, before anything is in it. It is granted bit by bit as before; but untouched memory
   * costs next to nothing, and what is there need not be copied when the area grows.
   */
  expect(bytes: number): void {
    const wanted = Math.min(bytes, EXPECTED_BYTES);
    if (wanted <= this.words.byteLength) return;
    // A power of two, as the sizes are that are granted.
    const length = 1 << (30 - Math.clz32(wanted - 1));
    const larger = enlarge(NO_WORDS, length);
    if (larger === null) return;
    this.words = larger;
    this.onMoved();
  }

  /** Makes room for `needed` words in all, an even number. Readers must fetch `words` and `limit` again. */
  grow(needed: number): boolean {
    if (needed <= this.limit) return true;
    const bytes = this.budget.grow(4 * this.limit, 4 * needed);
    if (bytes === 0) return false;
    const limit = bytes / 4;
    if (limit > this.words.length) {
      const larger = enlarge(this.words.subarray(0, this.limit), limit);
      if (larger === null) {
        this.budget.asked = bytes;
        return false;
      }
      this.words = larger;
      this.onMoved();
    }
    this.limit = limit;
    return true;
  }

  /** Called when `words` is another array. */
  protected onMoved(): void {}
}
