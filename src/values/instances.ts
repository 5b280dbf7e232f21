/** Instances of registered classes: made as Python makes them, filled by the protocols that Python knows. */
import { setOwn } from './dicts.ts';
import type { PyType, Registered, TypeContext } from '../spec/options.ts';
import { PyInert } from './py-objects.ts';

type AnyFunction = (...args: unknown[]) => unknown;
type AnyClass = new (...args: unknown[]) => object;

/** What may be called to make a value, as a PyType; undefined for anything else. */
export function typeOf(target: unknown): PyType | undefined {
  if (typeof target === 'function')
    return isClass(target as AnyFunction) ? classType(target as AnyClass) : functionType(target as AnyFunction);
  if (typeof target !== 'object' || target === null || target instanceof PyInert) return undefined;
  const type = target as PyType;
  return typeof type.call === 'function' || typeof type.create === 'function' ? type : undefined;
}

/** Whether something may be registered. */
export function isRegistrable(target: unknown): target is Registered {
  return typeOf(target) !== undefined;
}

/** ES classes have a prototype that cannot be replaced; older ones tell themselves by methods on theirs. */
function isClass(target: AnyFunction): boolean {
  const property = Object.getOwnPropertyDescriptor(target, 'prototype');
  if (property === undefined) return false;
  if (property.writable === false) return true;
  const prototype = property.value as object | null;
  return typeof prototype === 'object' && prototype !== null && Object.getOwnPropertyNames(prototype).length > 1;
}

function functionType(target: AnyFunction): PyType {
  return { call: (args, kwargs) => Reflect.apply(target, undefined, withKwargs(args, kwargs)) ?? null };
}

function classType(target: AnyClass): PyType {
  return {
    call: (args, kwargs) => Reflect.construct(target, withKwargs(args, kwargs)) as object,
    create: () => bareInstance(target),
  };
}

/** Keyword arguments come last, as one plain object: JavaScript's own habit. */
function withKwargs(args: readonly unknown[], kwargs: ReadonlyMap<unknown, unknown> | undefined): unknown[] {
  return kwargs === undefined || kwargs.size === 0
    ? [...args]
    : [...args, Object.fromEntries(kwargs as ReadonlyMap<string, unknown>)];
}

/** Built-ins whose instances have slots of their own, which only their constructor can make. */
const EXOTIC: readonly AnyClass[] = [
  Array,
  Map,
  Set,
  Error,
  Date,
  Uint8Array,
  Promise,
  WeakMap,
  WeakSet,
  ArrayBuffer,
  RegExp,
] as never;

/** An instance whose constructor has not run, as Python's `cls.__new__(cls)`. */
function bareInstance(target: AnyClass): object {
  const prototype = target.prototype as object;
  for (const base of EXOTIC) {
    if (prototype instanceof base) return Reflect.construct(base, [], target) as object;
  }
  return Object.create(prototype) as object;
}

/** BUILD. False where the value does not take that state. */
export function setState(target: unknown, state: unknown, type: PyType | undefined, context: TypeContext): boolean {
  if (type?.setState !== undefined) {
    type.setState(target, state, context);
    return true;
  }
  if (!isObject(target)) return false;
  const method = (target as Record<string, unknown>)['__setstate__'];
  if (typeof method === 'function') {
    method.call(target, state);
    return true;
  }
  if (
    Array.isArray(state) &&
    state.length === 2 &&
    state.every((part) => part === null || entriesOf(part) !== undefined)
  ) {
    // (attributes, slots), either of which may be None.
    return state.every((part) => part === null || assign(target, part));
  }
  return state === null || assign(target, state);
}

/** Assigns attributes as Python fills `__dict__`: own data properties, no setter runs, no prototype changes. */
function assign(target: object, attributes: unknown): boolean {
  const entries = entriesOf(attributes);
  if (entries === undefined) return false;
  for (const [key, value] of entries) {
    if (key in target)
      Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
    else setOwn(target, key, value);
  }
  return true;
}

/** Entries of a dict of str keys, as a plain object or a Map. */
function entriesOf(value: unknown): [string, unknown][] | undefined {
  if (value instanceof Map) {
    const entries = [...(value as Map<unknown, unknown>)];
    return entries.every(([key]) => typeof key === 'string') ? (entries as [string, unknown][]) : undefined;
  }
  if (!isObject(value)) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? Object.entries(value) : undefined;
}

/** APPEND and APPENDS on an instance. False where it has no way to take items. */
export function appendItems(target: unknown, items: readonly unknown[], type: PyType | undefined): boolean {
  if (type?.extend !== undefined) type.extend(target, items);
  else if (Array.isArray(target)) for (const item of items) target.push(item);
  else if (hasMethod(target, 'extend')) target['extend'](items);
  else if (hasMethod(target, 'append')) for (const item of items) target['append'](item);
  else return false;
  return true;
}

/** SETITEM and SETITEMS on an instance. */
export function setItems(
  target: unknown,
  entries: readonly (readonly [unknown, unknown])[],
  type: PyType | undefined,
): boolean {
  if (type?.setItems !== undefined) type.setItems(target, entries);
  else if (hasMethod(target, '__setitem__')) for (const [key, value] of entries) target['__setitem__'](key, value);
  else if (target instanceof Map) for (const [key, value] of entries) target.set(key, value);
  else return false;
  return true;
}

/** ADDITEMS on an instance. */
export function addItems(target: unknown, items: readonly unknown[], type: PyType | undefined): boolean {
  if (type?.addItems !== undefined) type.addItems(target, items);
  else if (target instanceof Set) for (const item of items) target.add(item);
  else if (hasMethod(target, 'add')) for (const item of items) target['add'](item);
  else return false;
  return true;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function hasMethod<N extends string>(target: unknown, name: N): target is Record<N, (...args: unknown[]) => unknown> {
  return isObject(target) && typeof (target as Record<string, unknown>)[name] === 'function';
}
