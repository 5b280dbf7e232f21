/** What a registered class, function or PyType can be used for. Found out once for each global of a decode. */
import type { Row } from './factories.ts';
import type { PyType } from '../spec/options.ts';
import type { PyGlobal } from './py.ts';
import type { Shape } from '../graph/graph.ts';

type AnyFunction = (...args: unknown[]) => unknown;
type AnyClass = new (...args: unknown[]) => unknown;

/** A global of this decode. */
export interface GlobalEntry {
  /** What it is where a pickle uses it as a value: a registered class or function, else a PyGlobal. */
  readonly value: unknown;
  /** Its name: in an exact decode even where the value is a registered class or function; else null for those. */
  readonly global: PyGlobal | null;
  /** What happens where a pickle calls it; null where it is inert. */
  readonly callable: Callable | null;
}

/** The globals of this decode, by the index that SPECIAL_GLOBAL slots have. */
export interface GlobalEntries {
  readonly entries: readonly GlobalEntry[];
}

/** How a callable is called, and how instances of it are made. Exactly one of the three is there. */
export interface Callable {
  readonly type: PyType | null;
  readonly fn: AnyFunction | null;
  readonly ctor: AnyClass | null;
  /** The built-in class that `ctor` extends, which must make its instances: a Map without its slots is none. */
  readonly base: AnyClass | null;
  /** Shape of the state of the instance made last, and the function that made it. */
  lastShape: Shape | undefined;
  lastRow: Row | null;
}

/** What a value is as a callable, or null: what Python cannot call either, or what nobody registered. */
export function callableOf(value: unknown): Callable | null {
  if (typeof value === 'function') {
    return isClass(value)
      ? callable(null, null, value as AnyClass, builtinBaseOf(value))
      : callable(null, value as AnyFunction, null, null);
  }
  return isPyType(value) ? callable(value, null, null, null) : null;
}

function callable(type: PyType | null, fn: AnyFunction | null, ctor: AnyClass | null, base: AnyClass | null): Callable {
  return { type, fn, ctor, base, lastShape: undefined, lastRow: null };
}

const METHODS = ['call', 'create', 'setState', 'extend', 'setItems', 'addItems'] as const;

export function isPyType(value: unknown): value is PyType {
  if (typeof value !== 'object' || value === null) return false;
  return METHODS.some((name) => typeof (value as PyType)[name] === 'function');
}

/**
 * A class cannot be called without `new`, so it has to be told from a function: classes have a prototype that cannot be
 * replaced; and a function of the old style with methods on its prototype is meant as a class.
 */
function isClass(value: object): boolean {
  const prototype = Object.getOwnPropertyDescriptor(value, 'prototype');
  if (prototype === undefined || typeof prototype.value !== 'object' || prototype.value === null) return false;
  return (
    prototype.writable === false || Object.getOwnPropertyNames(prototype.value).some((name) => name !== 'constructor')
  );
}

const BUILTINS: ReadonlySet<unknown> = new Set<unknown>([
  Array,
  ArrayBuffer,
  Boolean,
  Date,
  Error,
  EvalError,
  Map,
  Number,
  RangeError,
  ReferenceError,
  RegExp,
  Set,
  String,
  SyntaxError,
  TypeError,
  URIError,
  WeakMap,
  WeakSet,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
]);

function builtinBaseOf(value: object): AnyClass | null {
  for (let at: object | null = value; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (BUILTINS.has(at)) return at as AnyClass;
  }
  return null;
}

/** An instance whose class's constructor has not run, as Python's `cls.__new__(cls)`. */
export function instantiate({ ctor, base }: Callable): object {
  if (base !== null) return Reflect.construct(base, [], ctor!) as object;
  return Object.create(ctor!.prototype as object) as object;
}
