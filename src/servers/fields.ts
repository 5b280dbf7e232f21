/** Looks into decoded dicts and tuples, whatever the options made of them. */
import { unsupported } from './refuse.ts';

/** A dict: a plain object, a Map or a PyDict, by the options. */
export type Dict = Readonly<Record<string, unknown>> | ReadonlyMap<unknown, unknown>;

export function isDict(value: unknown): value is Dict {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof Map || Object.getPrototypeOf(value) === Object.prototype;
}

/** The value of a str key; undefined where there is none. */
export function entryOf(dict: Dict, key: string): unknown {
  if (dict instanceof Map) return (dict as ReadonlyMap<unknown, unknown>).get(key);
  return Object.hasOwn(dict, key) ? (dict as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** The same, where it must be text if it is there. */
export function textEntryOf(dict: Dict, key: string): string | undefined {
  const value = entryOf(dict, key);
  return typeof value === 'string' ? value : undefined;
}

/** @throws PickleError UNSUPPORTED_CONTAINER where it is no list or tuple */
export function itemsOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw unsupported(`${what} is no list or tuple.`);
  return value;
}

/** @throws PickleError UNSUPPORTED_CONTAINER where it is no dict */
export function dictOf(value: unknown, what: string): Dict {
  if (!isDict(value)) throw unsupported(`${what} is no dict.`);
  return value;
}
