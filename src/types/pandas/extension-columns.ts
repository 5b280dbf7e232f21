/** Columns of pandas' own array types: nullable numbers, strings, sparse values. */
import type { ArrayData } from '../../arrays/storage.ts';
import type { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import { type Column, listOf } from './column.ts';
import { fillText, plainFill } from './fill-value.ts';
import { NumpyColumn, objectOf } from './numpy-column.ts';

const NULLABLE: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int8: 'Int8',
  int16: 'Int16',
  int32: 'Int32',
  int64: 'Int64',
  uint8: 'UInt8',
  uint16: 'UInt16',
  uint32: 'UInt32',
  uint64: 'UInt64',
  float32: 'Float32',
  float64: 'Float64',
};

/** Int64, Float32, boolean and their like: numbers, and a mask that is true where one is missing. */
export class MaskedColumn implements Column {
  readonly kind = 'masked';
  readonly dtype: string;
  readonly data: NdArray;
  readonly mask: Uint8Array;
  readonly #numbers: NumpyColumn;

  /** @throws PickleError INVALID_STATE where the two are not as long as each other, or of a dtype that has no such type */
  constructor(data: NdArray, mask: NdArray) {
    const dtype = NULLABLE[data.dtype];
    const marks = mask.toTyped();
    if (dtype === undefined || data.ndim !== 1) refuse(`There are no nullable values of ${data.dtype}.`);
    if (mask.descr.kind !== 'b' || mask.ndim !== 1 || !(marks instanceof Uint8Array)) refuse('A mask is no bools.');
    if (marks.length !== data.shape[0]) refuse(`${data.shape[0]} values have a mask of ${marks.length}.`);
    this.dtype = dtype;
    this.data = data;
    this.mask = marks;
    this.#numbers = new NumpyColumn(data);
  }

  get length(): number {
    return this.mask.length;
  }

  get(i: number): unknown {
    return this.mask[i] === 0 ? this.#numbers.get(i) : null;
  }

  values(): ArrayData {
    return this.mask.includes(1) ? listOf(this) : this.#numbers.values();
  }
}

/** Strings that came as an array of objects. */
export class StringColumn implements Column {
  readonly kind = 'string';
  /** What stands for a missing string. */
  readonly na: 'NA' | 'nan';
  readonly array: NdArray;
  readonly #items: readonly unknown[];

  /** @throws PickleError INVALID_STATE where they are no objects in one dimension */
  constructor(array: NdArray, na: 'NA' | 'nan') {
    const items = array.toTyped();
    if (array.ndim !== 1 || !Array.isArray(items)) refuse('Strings are no array of objects.');
    this.array = array;
    this.na = na;
    this.#items = items;
  }

  get dtype(): string {
    return this.na === 'NA' ? 'string' : 'str';
  }

  get length(): number {
    return this.#items.length;
  }

  get(i: number): unknown {
    const item = objectOf(this.#items[i]);
    return typeof item === 'string' ? item : null;
  }

  values(): unknown[] {
    return listOf(this);
  }
}

/** Values of which all but a few are one. */
export class SparseColumn implements Column {
  readonly kind = 'sparse';
  readonly length: number;
  readonly fillValue: unknown;
  /** Places of the values that are told, rising. */
  readonly indices: Int32Array;
  readonly points: NdArray;
  readonly #points: NumpyColumn;
  readonly #fill: unknown;

  /**
   * @param indices rising, each from 0 to before `length`
   * @throws PickleError INVALID_STATE where there are more places than values, or fewer
   */
  constructor(length: number, indices: Int32Array, points: NdArray, fillValue: unknown) {
    if (points.ndim !== 1 || points.shape[0] !== indices.length) {
      refuse(`${points.size} sparse values have ${indices.length} places.`);
    }
    this.length = length;
    this.indices = indices;
    this.points = points;
    this.fillValue = fillValue;
    this.#points = new NumpyColumn(points);
    this.#fill = objectOf(plainFill(fillValue));
  }

  get dtype(): string {
    return `Sparse[${this.#points.dtype}, ${fillText(this.fillValue, this.#points.dtype)}]`;
  }

  get(i: number): unknown {
    let low = 0;
    let high = this.indices.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.indices[middle]! < i) low = middle + 1;
      else high = middle;
    }
    return this.indices[low] === i ? this.#points.get(low) : this.#fill;
  }

  /** Dense: as long as the column, whatever few values are told. */
  values(): unknown[] {
    return listOf(this);
  }
}
