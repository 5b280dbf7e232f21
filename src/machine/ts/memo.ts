import type { Budget } from './budget.ts';
import { LIMIT_ALLOC, LIMIT_MEMO } from './faults.ts';
import { WordsArea } from './words-area.ts';
import { HI_NOTHING } from './words.ts';

/** Numbers up to this far beyond twice the count of entries lie in the dense part. */
const DENSE_SLACK = 64;
/** What an entry of the sparse part costs, roughly: a Map's entry and its two words. */
const SPARSE_BYTES = 64;

/**
 * The memo. Picklers count up from 0, and so its dense part is an array of slots; numbers far beyond the count of entries
 * lie in a Map, so that the memo costs by its entries and never by a number that a pickle names.
 *
 * While the memo is *plain*, its entries are exactly 0 to count - 1, and the loop appends to and reads from `area` by
 * itself. Everything else comes here.
 */
export class Memo {
  readonly area: WordsArea;
  /** Dense places in use; those that hold nothing have HI_NOTHING. */
  known = 0;
  /** Different numbers stored so far: what MEMOIZE stores under. */
  count = 0;
  /** The loop may append while `known` is below this; 0 once the memo is no longer plain. */
  room = 0;
  /** What `find` found. */
  lo = 0;
  hi = 0;
  private maxEntries = 0;
  private readonly budget: Budget;
  /** From a number to its place in `sparseWords`. */
  private sparse: Map<number, number> | null = null;
  private sparseWords: number[] = [];

  constructor(budget: Budget) {
    this.budget = budget;
    this.area = new WordsArea(budget);
  }

  begin(maxEntries: number): void {
    this.area.begin();
    this.known = 0;
    this.count = 0;
    this.maxEntries = maxEntries;
    this.sparse = null;
    this.sparseWords = [];
    this.room = Math.min(this.area.limit >> 1, maxEntries);
  }

  /** Takes over what the loop has appended to a plain memo. */
  setPlain(known: number): void {
    if (this.room > 0) this.known = this.count = known;
  }

  /** Stores a slot under a number, 0 to 2^32 - 1. @returns 0, or an error's number */
  store(index: number, lo: number, hi: number): number {
    if (index < this.known) {
      const inSparse = this.sparse?.get(index);
      if (inSparse !== undefined) return this.setSparse(inSparse, lo, hi);
      const words = this.area.words;
      if (words[2 * index + 1] === HI_NOTHING) {
        if (this.count >= this.maxEntries) return LIMIT_MEMO;
        this.count++;
      }
      words[2 * index] = lo;
      words[2 * index + 1] = hi;
      return 0;
    }
    const inSparse = this.sparse?.get(index);
    if (inSparse !== undefined) return this.setSparse(inSparse, lo, hi);
    if (this.count >= this.maxEntries) return LIMIT_MEMO;
    return index <= 2 * this.count + DENSE_SLACK ? this.storeDense(index, lo, hi) : this.storeSparse(index, lo, hi);
  }

  /** Looks a number up, and leaves its slot in `lo` and `hi`. */
  find(index: number): boolean {
    if (index < this.known) {
      this.lo = this.area.words[2 * index]!;
      this.hi = this.area.words[2 * index + 1]!;
      if (this.hi !== HI_NOTHING) return true;
    }
    const inSparse = this.sparse?.get(index);
    if (inSparse === undefined) return false;
    this.lo = this.sparseWords[inSparse]!;
    this.hi = this.sparseWords[inSparse + 1]!;
    return true;
  }

  private storeDense(index: number, lo: number, hi: number): number {
    const area = this.area;
    if (2 * index + 2 > area.limit && !area.grow(2 * index + 2)) return LIMIT_ALLOC;
    const words = area.words;
    for (let i = this.known; i < index; i++) words[2 * i + 1] = HI_NOTHING;
    words[2 * index] = lo;
    words[2 * index + 1] = hi;
    const plain = this.room > 0 && index === this.known;
    this.known = index + 1;
    this.count++;
    this.room = plain ? Math.min(area.limit >> 1, this.maxEntries) : 0;
    return 0;
  }

  private storeSparse(index: number, lo: number, hi: number): number {
    if (!this.budget.take(SPARSE_BYTES)) return LIMIT_ALLOC;
    this.sparse ??= new Map();
    this.sparse.set(index, this.sparseWords.length);
    this.sparseWords.push(lo, hi);
    this.count++;
    this.room = 0;
    return 0;
  }

  private setSparse(at: number, lo: number, hi: number): number {
    this.sparseWords[at] = lo;
    this.sparseWords[at + 1] = hi;
    return 0;
  }
}
