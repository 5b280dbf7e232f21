/** Arrow's chunked arrays: arrays of one type, one behind the other. */
import { lazyJson, LazyList } from '../../spec/lazy-json.ts';
import { listOf } from '../pandas/column.ts';
import type { ArrowArray } from './array.ts';
import type { ArrowType } from './type.ts';

export class ArrowChunkedArray {
  readonly type: ArrowType;
  readonly chunks: readonly ArrowArray[];
  readonly length: number;
  readonly #starts: readonly number[];

  constructor(type: ArrowType, chunks: readonly ArrowArray[]) {
    this.type = type;
    this.chunks = chunks;
    const starts: number[] = [];
    let length = 0;
    for (const chunk of chunks) {
      starts.push(length);
      length += chunk.length;
    }
    this.#starts = starts;
    this.length = length;
  }

  /** The value at a place; null where it is missing or there is none. */
  get(i: number): unknown {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! <= i) low = middle;
      else high = middle;
    }
    const chunk = this.chunks[low];
    const at = i - (this.#starts[low] ?? 0);
    return chunk !== undefined && at >= 0 && at < chunk.length ? chunk.get(at) : null;
  }

  /** @throws RangeError where there are more than 2^28 */
  toArray(): unknown[] {
    return listOf(this);
  }

  *[Symbol.iterator](): Generator<unknown, void> {
    for (const chunk of this.chunks) yield* chunk;
  }

  toJSON(): unknown {
    return this.toArray();
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    return new LazyList(this.length, (i) => this.get(i));
  }
}
