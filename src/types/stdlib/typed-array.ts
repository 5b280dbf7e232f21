/** An array of module array, where it has to tell its type. */
import { lazyJson, LazyList } from '../../spec/lazy-json.ts';
import type { NumberArray } from '../../arrays/storage.ts';

/** An array.array of an exact decode. In other decodes it is its `data` alone. */
export class PyArray {
  /** As `d` for doubles; `u` and `w` are text. */
  readonly typecode: string;
  readonly data: NumberArray | string;

  constructor(typecode: string, data: NumberArray | string) {
    this.typecode = typecode;
    this.data = data;
  }

  toJSON(): unknown {
    const items = typeof this.data === 'string' ? this.data : Array.from<number | bigint>(this.data).map(jsonNumber);
    return { $array: this.typecode, items };
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    const { data, typecode } = this;
    const items = typeof data === 'string' ? data : new LazyList(data.length, (i) => jsonNumber(data[i]!));
    return { $array: typecode, items };
  }
}

function jsonNumber(value: number | bigint): number | string {
  return typeof value === 'bigint' && !Number.isSafeInteger(Number(value)) ? String(value) : Number(value);
}
