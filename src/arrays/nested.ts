/** Arrays within arrays, of the elements of an array. */
import { Datetime64, Timedelta64 } from './datetime64.ts';
import type { Reader } from './elements.ts';
import type { ArrayView } from './view.ts';

export interface NestedOptions {
  /** 64-bit ints: 'bigint' (default), 'number', rounded, or 'auto': a number where it is a safe integer. */
  readonly int64?: 'bigint' | 'number' | 'auto' | undefined;
}

export function nestedOf({ shape, strides, offset }: ArrayView, read: Reader, options: NestedOptions): unknown {
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

function narrowed(value: unknown, int64: 'number' | 'auto'): unknown {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return int64 === 'number' || Number.isSafeInteger(number) ? number : value;
}

/** What is in arrays and records that JSON has no word for, as text. Other objects say themselves what they are. */
export function jsonable(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(jsonable);
  if (value instanceof Datetime64 || value instanceof Timedelta64) return value.toJSON();
  return value;
}
