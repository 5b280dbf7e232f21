/** Columns whose values lie in Arrow's buffers. */
import type { ArrayData } from '../../arrays/storage.ts';
import type { ArrowArray } from '../arrow/array.ts';
import { ArrowChunkedArray } from '../arrow/chunked.ts';
import type { ArrowType } from '../arrow/type.ts';
import { type Column, listOf } from './column.ts';

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
    const [chunk] = this.chunks;
    const { layout, parts } = this.type;
    const isPlain = this.chunks.length === 1 && layout === 'number' && parts.numpy !== '<f2' && chunk!.nullCount === 0;
    if (!isPlain || parts.counts !== undefined) return listOf(this);
    return chunk!.data.subarray(chunk!.offset, chunk!.offset + chunk!.length);
  }
}
