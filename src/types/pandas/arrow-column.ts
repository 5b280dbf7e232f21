/** Columns whose values lie in Arrow's buffers. */
import type { ArrayData, NumberArray } from '../../arrays/storage.ts';
import type { ArrowArray } from '../arrow/array.ts';
import { ArrowChunkedArray } from '../arrow/chunked.ts';
import type { ArrowType } from '../arrow/type.ts';
import { type Column, listOf, MAX_LIST } from './column.ts';

export class ArrowColumn implements Column {
  readonly kind = 'arrow';
  readonly dtype: string;
  readonly type: ArrowType;
  readonly #array: ArrowChunkedArray;

  /** @param dtype pandas' name: 'string', 'str', or the type's own with `[pyarrow]` */
  constructor(dtype: string, array: ArrowArray | ArrowChunkedArray) {
    this.dtype = dtype;
    this.type = array.type;
    this.#array = array instanceof ArrowChunkedArray ? array : new ArrowChunkedArray(array.type, [array]);
  }

  get chunks(): readonly ArrowArray[] {
    return this.#array.chunks;
  }

  get length(): number {
    return this.#array.length;
  }

  get(i: number): unknown {
    return this.#array.get(i);
  }

  values(): ArrayData {
    const { layout, parts } = this.type;
    const isPlain = layout === 'number' && parts.counts === undefined && parts.numpy !== '<f2';
    if (!isPlain || this.chunks.some(({ nullCount }) => nullCount > 0)) return listOf(this);
    return numbersOfChunks(this.chunks) ?? [];
  }
}

/**
 * The numbers of all chunks, one after another: those of a single one as they lie; undefined where there is none.
 * @throws RangeError where more than 2^28 would have to be copied
 */
export function numbersOfChunks(chunks: readonly ArrowArray[]): NumberArray | undefined {
  const [first] = chunks;
  if (first === undefined) return undefined;
  if (chunks.length === 1) return first.data.subarray(first.offset, first.offset + first.length);
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (length > MAX_LIST) throw new RangeError(`${length} values are too many for one array`);
  const data = new (first.data.constructor as new (length: number) => NumberArray)(length);
  let at = 0;
  for (const chunk of chunks) {
    data.set(chunk.data.subarray(chunk.offset, chunk.offset + chunk.length) as never, at);
    at += chunk.length;
  }
  return data;
}
