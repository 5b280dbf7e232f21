/** polars' values as JSON. */
import { setOwn } from '../../values/dicts.ts';
import { jsonValue } from '../pandas/column.ts';

/** Ints beyond 2^53 are text, NaN and the infinities null. Lists and structs are at most 64 levels deep. */
export function jsonOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) {
    return jsonValue(value);
  }
  const record: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) setOwn(record, name, jsonOf(part));
  return record;
}
