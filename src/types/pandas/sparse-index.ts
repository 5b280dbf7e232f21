/** Where the values of a sparse array are: one by one, or in blocks. */
import { lengthOf } from '../../arrays/dtype-state.ts';
import { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';

export class SparseIndex {
  /** As if the array were dense. */
  readonly length: number;
  readonly #starts: Int32Array;
  /** Of blocks; undefined where each is one. */
  readonly #lengths: Int32Array | undefined;
  readonly #count: number;

  private constructor(length: number, starts: Int32Array, lengths: Int32Array | undefined) {
    this.length = length;
    this.#starts = starts;
    this.#lengths = lengths;
    let end = 0;
    let count = 0;
    starts.forEach((start, i) => {
      const size = lengths?.[i] ?? 1;
      if (start < end || size < 0 || size > length - start)
        refuse('Places of a sparse array do not rise, or lie outside.');
      end = start + size;
      count += size;
    });
    this.#count = count;
  }

  /**
   * `IntIndex(length, indices)` and `BlockIndex(length, starts, lengths)`; undefined for other arguments.
   * @throws PickleError INVALID_STATE where the places do not rise, or lie outside
   */
  static of(args: readonly unknown[], hasBlocks: boolean): SparseIndex | undefined {
    const length = lengthOf(args[0]);
    const [starts, lengths] = args.slice(1, 3).map(intsOf);
    if (length === undefined || starts === undefined || args.length < (hasBlocks ? 3 : 2)) return undefined;
    if (!hasBlocks) return new SparseIndex(length, starts, undefined);
    return lengths?.length === starts.length ? new SparseIndex(length, starts, lengths) : undefined;
  }

  /**
   * The places, rising.
   * @param count how many values there are for them
   * @throws PickleError INVALID_STATE where there are more places or fewer
   */
  places(count: number): Int32Array {
    if (count !== this.#count) refuse(`${count} sparse values have ${this.#count} places.`);
    if (this.#lengths === undefined) return this.#starts;
    const places = new Int32Array(count);
    let at = 0;
    this.#starts.forEach((start, i) => {
      for (let j = 0; j < this.#lengths![i]!; j++) places[at++] = start + j;
    });
    return places;
  }
}

function intsOf(value: unknown): Int32Array | undefined {
  if (!(value instanceof NdArray) || value.ndim !== 1) return undefined;
  const data = value.toTyped();
  return data instanceof Int32Array ? data : undefined;
}
