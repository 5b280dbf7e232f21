/** pandas' extension arrays: what pd.array gives, and what blocks and indexes hold. */
import { lazyJson } from '../../spec/lazy-json.ts';
import { NdArray } from '../../arrays/nd-array.ts';
import { dtypeOfText } from '../../arrays/dtype-text.ts';
import { refuse } from '../../arrays/refuse.ts';
import type { ArrayData } from '../../arrays/storage.ts';
import { type Column, type ColumnKind, jsonValue, lazyListOf, listOf } from './column.ts';
import { NumpyColumn } from './numpy-column.ts';

/** Rows of no values take no bytes: a pickle may tell of any number. */
export const MAX_EMPTY_ROWS = 2 ** 20;

const NOTHING: Column = new NumpyColumn(new NdArray({ data: [], descr: dtypeOfText('O')!.seal(), shape: [0] }));

/** An array of one of pandas' own types. Of blocks of a DataFrame, it may have rows: one for each column. */
export class ExtensionArray implements Column {
  /** The class, as the pickle has it: 'pandas.arrays.DatetimeArray'. */
  readonly className: string;
  #column: Column = NOTHING;
  #rows: readonly Column[] | undefined;

  constructor(className: string) {
    this.className = className;
  }

  /** What the values are made of: codes and categories, data and mask, counts, Arrow's arrays. */
  get column(): Column {
    return this.#column;
  }

  get kind(): ColumnKind {
    return this.#column.kind;
  }

  get dtype(): string {
    return this.#column.dtype;
  }

  get length(): number {
    return this.#column.length;
  }

  /** The columns of a block; undefined where the array has one dimension, as any that stands alone. */
  get rows(): readonly Column[] | undefined {
    return this.#rows;
  }

  get(i: number): unknown {
    return i >= 0 && i < this.length ? this.#column.get(i) : undefined;
  }

  values(): ArrayData {
    return this.#column.values();
  }

  *[Symbol.iterator](): Generator<unknown, void> {
    for (let i = 0; i < this.length; i++) yield this.#column.get(i);
  }

  toJSON(): unknown {
    return listOf(this.#column).map(jsonValue);
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    return lazyListOf(this.#column, jsonValue);
  }

  /** Takes the column of a pickled state: the array was made before it. */
  become(column: Column): void {
    this.#column = column;
    this.#rows = undefined;
  }

  /**
   * Takes the state of an array of one or two dimensions.
   * @throws PickleError INVALID_STATE where there are more or none
   */
  becomeRows(array: NdArray, columnOf: (row: NdArray) => Column): void {
    if (array.ndim === 1) {
      this.become(columnOf(array));
      return;
    }
    if (array.ndim !== 2) refuse(`An extension array of ${array.ndim} dimensions.`);
    const rows = array.shape[0]!;
    if (rows > Math.max(array.size, MAX_EMPTY_ROWS)) refuse('An extension array has too many rows without values.');
    this.#column = columnOf(new NdArray({ data: array.toTyped(), descr: array.descr, shape: [array.size] }));
    this.#rows = Array.from({ length: rows }, (_, i) => columnOf(array.at(i) as NdArray));
  }
}
