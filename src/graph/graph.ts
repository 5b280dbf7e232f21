/** Reading access to a machine's graph. The layout is drawn in `README.md` beside this file. */

/** The keys of a dict of few text keys, and what has been seen under them. */
export interface Shape {
  readonly number: number;
  /** In order, all different. */
  readonly keys: readonly string[];
  /** For each key the `KIND_*` mask of its values, in every dict of this shape so far. */
  readonly kinds: Uint8Array;
  /** Moves when a mask widens. */
  readonly version: number;
}

export interface Graph {
  /** All slots, as doubles and as pairs of words: `f64[i]`, `u32[2 * i]` = lo, `u32[2 * i + 1]` = hi. */
  readonly f64: Float64Array;
  readonly u32: Uint32Array;
  readonly i32: Int32Array;
  /** Slot index where the result's slot lies, after STATUS_DONE. */
  readonly root: number;
  /** How many strings the memo has given back so far. */
  readonly sharedCount: number;
  /** Slot index where the STR1 or STR2 slot of a shared string lies. */
  sharedSlot(index: number): number;
  /** The long string of chunk `n` of the one-byte text: characters from offset n * 2^20 on. */
  chunk1(n: number): string;
  /** The long string of chunk `n` of the two-byte text: units from byte offset n * 2^20 on. */
  chunk2(n: number): string;
  /** The string of the STR1 or STR2 slot at a slot index, by itself: for text that is wanted before the graph is done. */
  text(slot: number): string;
  /** The shape of a number, as it is now. */
  shape(number: number): Shape;
}

/** The string of a STR1 or STR2 slot. */
export function textAt(graph: Graph, slot: number): string {
  return graph.text(slot);
}
