/** What the types of Python's library ask of their arguments, whatever options the values were made with. */
import { latin1Bytes } from '../../bytes/latin1.ts';
import type { PyType, TypeContext } from '../../spec/options.ts';
import { PyFloat, PyTuple } from '../../values/py.ts';

/** Keyword arguments by name. */
export type Kwargs = ReadonlyMap<unknown, unknown>;

/** How an instance is made; undefined declines, and the call stays inert. */
export type Make<T> = (args: readonly unknown[], kwargs: Kwargs, context: TypeContext) => T | undefined;

const NO_KWARGS: Kwargs = new Map();

/** A type that is called, by REDUCE or with NEWOBJ alike. */
export function made<T>(make: Make<T>, more: Partial<PyType> = {}): PyType {
  const call: NonNullable<PyType['call']> = (args, kwargs, context) => make(args, kwargs ?? NO_KWARGS, context);
  return { call, create: call, ...more };
}

/** As `made`, for what takes no keyword arguments. */
export function madeOf<T>(make: (args: readonly unknown[], context: TypeContext) => T | undefined): PyType {
  return made((args, kwargs, context) => (kwargs.size > 0 ? undefined : make(args, context)));
}

/** A Python int; undefined for anything else, bools too. Where ints are numbers, so is a whole float. */
export function intOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : undefined;
}

/** An int from `min` to `max` as a number; undefined for anything else. */
export function smallIntOf(value: unknown, min: number, max: number): number | undefined {
  const number = typeof value === 'bigint' && value >= BigInt(min) && value <= BigInt(max) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max ? number : undefined;
}

/** A Python float as a number, also where an exact decode has a class for it; undefined for anything else but numbers. */
export function floatOf(value: unknown): number | undefined {
  if (value instanceof PyFloat) return value.value;
  return typeof value === 'number' ? value : undefined;
}

/** Ints as the option `int` has them. */
export function asInt(value: bigint, { options }: TypeContext): number | bigint {
  if (options.int === 'bigint') return value;
  const number = Number(value);
  return options.int === 'number' || Number.isSafeInteger(number) ? number : value;
}

/** The entries of a dict with nothing but str keys; undefined for anything else. */
export function fieldsOf(dict: unknown): ReadonlyMap<string, unknown> | undefined {
  if (dict instanceof Map) {
    const entries = dict as ReadonlyMap<unknown, unknown>;
    for (const key of entries.keys()) if (typeof key !== 'string') return undefined;
    return entries as ReadonlyMap<string, unknown>;
  }
  if (typeof dict !== 'object' || dict === null) return undefined;
  const prototype: unknown = Object.getPrototypeOf(dict);
  return prototype === Object.prototype || prototype === null ? new Map(Object.entries(dict)) : undefined;
}

/** The entries of any dict; undefined for anything else. */
export function entriesOf(dict: unknown): (readonly [unknown, unknown])[] | undefined {
  if (dict instanceof Map) return Array.from(dict as ReadonlyMap<unknown, unknown>);
  const fields = fieldsOf(dict);
  return fields && Array.from(fields);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** A list as the decode has tuples. */
export function asTuple(items: readonly unknown[], { options }: TypeContext): readonly unknown[] {
  return options.tuple === 'tagged' ? PyTuple.from(items) : items;
}

/** Bytes as they are, or a str of Python 2 whose characters are its bytes. */
export function octetsOf(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  return typeof value === 'string' ? latin1Bytes(value) : undefined;
}

/** Positional arguments by name, and then keyword arguments; undefined where one is unknown or given twice. */
export function bound(
  names: readonly string[],
  args: readonly unknown[],
  kwargs: Kwargs,
): ReadonlyMap<string, unknown> | undefined {
  if (args.length > names.length) return undefined;
  const given = new Map<string, unknown>();
  args.forEach((arg, i) => given.set(names[i]!, arg));
  for (const [name, value] of kwargs) {
    if (typeof name !== 'string' || !names.includes(name) || given.has(name)) return undefined;
    given.set(name, value);
  }
  return given;
}
