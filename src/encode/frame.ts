/** What is being written: the encoder's stack, in place of the calls that JavaScript has too few of. */

/** Items with a closing opcode for each batch: lists, dicts (keys and values in turn), sets. */
export const ITEMS = 0;
/** A dict whose keys are read from an object: its own properties. */
export const PROPERTIES = 1;
/** Tuples and frozensets, and arguments above a mark. */
export const TUPLE = 2;
/** Steps of a plan: see `plan.ts`. */
export const PLAN = 3;

export type FrameKind = typeof ITEMS | typeof PROPERTIES | typeof TUPLE | typeof PLAN;

/** When batches are marked, and when there is another: CPython has three habits. */
export const BY_LIST = 0;
export const BY_DICT = 1;
export const BY_ITERATOR = 2;
/** Protocol 0: each item has its opcode. */
export const ONE_BY_ONE = 3;

export type BatchHabit = typeof BY_LIST | typeof BY_DICT | typeof BY_ITERATOR | typeof ONE_BY_ONE;

/** One level of the stack. Frames are used again and again: what is no field of a kind holds what was there before. */
export class Frame {
  kind: FrameKind = ITEMS;
  /** What is written, for the memo and for finding cycles; null where it has no identity. */
  value: object | null = null;
  /** ITEMS, TUPLE: the items. PROPERTIES: the names. PLAN: the steps. */
  items: readonly unknown[] = [];
  /** PROPERTIES: what has them. */
  source: Record<string, unknown> | null = null;
  /** Index of the next item; of the next step, for PLAN. */
  at = 0;
  end = 0;
  /** Where the batch ends, and where it began. */
  batchEnd = 0;
  batchStart = 0;
  isMarked = false;
  /** The opcode that ends a batch, or the tuple. */
  close = 0;
  habit: BatchHabit = BY_LIST;
  /** PROPERTIES: the opcode that follows the dict; 0: none. */
  tail = 0;
  /** Items that belong together: 2 for keys and values. */
  width = 1;
  /** Whether the encoder keeps note that the value is open. */
  isNoted = false;
}
