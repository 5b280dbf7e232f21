/** Arrays within arrays, of the elements of an array. */
import { Datetime64, Timedelta64 } from './datetime64.ts';
import type { Dtype } from './dtype.ts';
import { type NdRecord, type Reader, recordFrom } from './elements.ts';
import { refuse } from './refuse.ts';
import { LazyList } from '../spec/lazy-json.ts';
import type { ArrayView } from './view.ts';

export interface NestedOptions {
  /** 64-bit ints: 'bigint' (default), 'number', rounded, or 'auto': a number where it is a safe integer. */
  readonly int64?: 'bigint' | 'number' | 'auto' | undefined;
}

/** Elements in the lists of an array whose strides give the same ones again and again: a few bytes may say any number. */
const MAX_REPEATED = 2 ** 26;

/** @throws PickleError INVALID_STATE where an array is wider than its data, and too wide to be lists */
function checkExtent({ data, shape }: ArrayView): void {
  const count = shape.reduce((product, length) => product * length, 1);
  if (count > MAX_REPEATED && count > data.length) {
    refuse(`An array of shape (${shape.join(', ')}) repeats its ${data.length} elements too often to become lists.`);
  }
}

/** @throws PickleError INVALID_STATE, as lazyNestedOf */
export function nestedOf(view: ArrayView, read: Reader, options: NestedOptions): unknown {
  checkExtent(view);
  const { shape, strides, offset } = view;
  const { int64 = 'bigint' } = options;
  const element = int64 === 'bigint' ? read : (at: number): unknown => narrowed(read(at), int64);
  const level = (axis: number, from: number): unknown => {
    if (axis === shape.length) return element(from);
    const stride = strides[axis]!;
    const items: unknown[] = [];
    for (let i = 0; i < shape[axis]!; i++) items.push(level(axis + 1, from + i * stride));
    return items;
  };
  return level(0, offset);
}

/** The same with lists of which each item is made when it is asked for. */
export function lazyNestedOf(view: ArrayView, element: Reader): unknown {
  checkExtent(view);
  const { shape, strides, offset } = view;
  const level = (axis: number, from: number): unknown => {
    if (axis === shape.length) return element(from);
    const stride = strides[axis]!;
    if (axis === shape.length - 1) return new LazyList(shape[axis]!, (i) => element(from + i * stride));
    return new LazyList(shape[axis]!, (i) => level(axis + 1, from + i * stride));
  };
  return level(0, offset);
}

function narrowed(value: unknown, int64: 'number' | 'auto'): unknown {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return int64 === 'number' || Number.isSafeInteger(number) ? number : value;
}

/** An element as JSON can say it; objects say themselves what they are. */
export function jsonable(value: unknown, dtype: Dtype): unknown {
  if (dtype.hasObjects) return value;
  if (dtype.subarray !== undefined) {
    const { base } = dtype.subarray;
    return Array.isArray(value) ? value.map((item) => jsonable(item, Array.isArray(item) ? dtype : base)) : value;
  }
  if (dtype.fields !== undefined) {
    return recordFrom(dtype.fields.map(({ name, dtype: inner }) => [name, jsonable((value as NdRecord)[name], inner)]));
  }
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return value instanceof Datetime64 || value instanceof Timedelta64 ? value.toJSON() : value;
}
