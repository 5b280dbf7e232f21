/** Columns that count: categories by their codes, and intervals by their ends. */
import type { ArrayData } from '../../arrays/storage.ts';
import type { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import { type Column, listOf } from './column.ts';
import { type Closed, Interval } from './scalars.ts';

/** What a category or an end of an interval is looked up in: an Index, or a column. */
export type Labels = Pick<Column, 'length' | 'get' | 'dtype'>;

/** The lowest and the highest code of arrays that were looked at: many indexes may share one. */
const extremes = new WeakMap<NdArray, readonly [low: number, high: number]>();

function extremesOf(array: NdArray, codes: ArrayLike<number | bigint>): readonly [low: number, high: number] {
  const known = extremes.get(array);
  if (known !== undefined) return known;
  let low = 0;
  let high = -1;
  for (let i = 0; i < codes.length; i++) {
    const code = Number(codes[i]);
    if (code < low) low = code;
    if (code > high) high = code;
  }
  extremes.set(array, [low, high]);
  return [low, high];
}

/**
 * Codes of one dimension as numbers.
 * @throws PickleError INVALID_STATE where one is neither -1 nor below `count`, or they are no ints
 */
export function codesOf(array: NdArray, count: number): Int8Array | Int16Array | Int32Array | BigInt64Array {
  const data = array.toTyped();
  const isInts =
    data instanceof Int8Array ||
    data instanceof Int16Array ||
    data instanceof Int32Array ||
    data instanceof BigInt64Array;
  if (array.ndim !== 1 || !isInts) refuse('Codes of categories are no ints.');
  const [low, high] = extremesOf(array, data);
  if (low < -1 || high >= count) refuse(`Codes from ${low} to ${high} are not all of ${count} categories.`);
  return data;
}

export class CategoryColumn implements Column {
  readonly kind = 'category';
  readonly dtype = 'category';
  readonly array: NdArray;
  readonly categories: Labels;
  readonly ordered: boolean;
  /** -1 where a value is missing. */
  readonly codes: Int8Array | Int16Array | Int32Array | BigInt64Array;

  /** @throws PickleError INVALID_STATE where a code is of no category */
  constructor(array: NdArray, categories: Labels, ordered: boolean) {
    this.array = array;
    this.categories = categories;
    this.ordered = ordered;
    this.codes = codesOf(array, categories.length);
  }

  get length(): number {
    return this.codes.length;
  }

  get(i: number): unknown {
    const code = Number(this.codes[i]);
    return code < 0 ? null : this.categories.get(code);
  }

  values(): unknown[] {
    return listOf(this);
  }
}

export class IntervalColumn implements Column {
  readonly kind = 'interval';
  readonly left: Labels;
  readonly right: Labels;
  readonly closed: Closed;

  /** @throws PickleError INVALID_STATE where there are more left ends than right ones, or fewer */
  constructor(left: Labels, right: Labels, closed: Closed) {
    if (left.length !== right.length) refuse(`${left.length} intervals have ${right.length} right ends.`);
    this.left = left;
    this.right = right;
    this.closed = closed;
  }

  get dtype(): string {
    return `interval[${this.left.dtype}, ${this.closed}]`;
  }

  get length(): number {
    return this.left.length;
  }

  /** Missing where an end is. */
  get(i: number): Interval | null {
    const left = this.left.get(i);
    const isMissing = left === null || (typeof left === 'number' && Number.isNaN(left));
    return isMissing ? null : new Interval(left, this.right.get(i), this.closed, this.left.dtype.startsWith('float'));
  }

  values(): ArrayData {
    return listOf(this);
  }
}
