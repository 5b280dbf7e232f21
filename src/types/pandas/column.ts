/** What columns, Series and indexes hold: one dimension of values of one dtype. */
import { LazyList } from '../../spec/lazy-json.ts';
import type { ArrayData } from '../../arrays/storage.ts';

export type ColumnKind =
  | 'numpy'
  | 'datetime'
  | 'timedelta'
  | 'period'
  | 'category'
  | 'interval'
  | 'masked'
  | 'string'
  | 'sparse'
  | 'arrow'
  | 'range'
  | 'multi';

export interface Column {
  readonly kind: ColumnKind;
  /** pandas' name of the dtype: 'int64', 'datetime64[ns, UTC]', 'category', 'string', 'Int64', 'int64[pyarrow]'. */
  readonly dtype: string;
  readonly length: number;
  /** The value at a place from 0 to before `length`; null where it is missing. NaN of floats stays NaN. */
  get(i: number): unknown;
  /**
   * All values: a typed array where there are numbers and none is missing (shared with the pickle where they lie one after
   * another there), counts since 1970 of datetimes, timedeltas and periods; else an array as `get` gives them.
   */
  values(): ArrayData;
}

/** A pickle may say of few bytes that they are many values: no list is made of more. */
export const MAX_LIST = 2 ** 28;

/**
 * Values of `get`, one after another.
 * @throws RangeError where there are more than 2^28
 */
export function listOf(column: Pick<Column, 'length' | 'get'>): unknown[] {
  if (column.length > MAX_LIST) throw new RangeError(`${column.length} values are too many for a list`);
  const items = new Array<unknown>(column.length);
  for (let i = 0; i < items.length; i++) items[i] = column.get(i);
  return items;
}

/** An int of 64 bits as a number where that is exact. */
export const plainInt = (value: bigint): number | bigint => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
};

/** What to_json writes null for: what is missing, and NaN and the infinities. */
export const orNull = (value: unknown): unknown =>
  value === undefined || (typeof value === 'number' && !Number.isFinite(value)) ? null : value;

/**
 * The values as `toJSON` tells them, each made when it is asked for. A few bytes of a pickle may be a range of 2^50 labels:
 * the limit is that of `listOf`.
 * @throws RangeError where there are more than 2^28
 */
export function lazyListOf(column: Pick<Column, 'length' | 'get'>, json: (value: unknown) => unknown): LazyList {
  if (column.length > MAX_LIST) throw new RangeError(`${column.length} values are too many for a list`);
  return new LazyList(column.length, (i) => json(column.get(i)));
}

/**
 * As `orNull`, for JSON: ints are numbers, and beyond 2^53 text; complex pairs stay. What lies within lists and dicts of
 * cells stays as it is: `toJsonText` writes it, bigints and all.
 */
export const jsonValue = (value: unknown): unknown => (typeof value === 'bigint' ? jsonInt(value) : orNull(value));

/** As `jsonValue`, for a label of several levels too. */
export const jsonLabel = (label: unknown): unknown =>
  Array.isArray(label) ? (label as unknown[]).map(jsonValue) : jsonValue(label);

const jsonInt = (value: bigint): number | string => {
  const plain = plainInt(value);
  return typeof plain === 'number' ? plain : String(plain);
};
