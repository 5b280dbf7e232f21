/** What a function is good for. */
import { pickleError } from '../spec/pickle-error.ts';

type AnyFunction = (...args: unknown[]) => unknown;

/** Built-in classes that are functions too: a pickle's call of one is a call. */
const CONVERTERS: ReadonlySet<unknown> = new Set<unknown>([
  Array,
  BigInt,
  Boolean,
  Error,
  Number,
  Object,
  RegExp,
  String,
  Symbol,
]);

/** Calls a function; constructs an instance of a class, which cannot be called. */
export function callOrConstruct(callee: unknown, args: readonly unknown[]): unknown {
  const callable = asFunction(callee);
  return isClass(callable) ? Reflect.construct(callable, args) : Reflect.apply(callable, undefined, args);
}

/** Makes an instance; what has no `new`, such as an arrow function, is called. */
export function construct(callee: unknown, args: readonly unknown[]): unknown {
  const callable = asFunction(callee);
  return isConstructor(callable) ? Reflect.construct(callable, args) : Reflect.apply(callable, undefined, args);
}

/** @throws PickleError INVALID_STATE without a place */
function asFunction(callee: unknown): AnyFunction {
  if (typeof callee === 'function') return callee as AnyFunction;
  throw pickleError('INVALID_STATE', { offset: -1, detail: 'What is called is no class and no function.' });
}

/** Whether it is a `class`: its prototype cannot be replaced. */
function isClass(callee: object): boolean {
  return Object.getOwnPropertyDescriptor(callee, 'prototype')?.writable === false && !CONVERTERS.has(callee);
}

function isConstructor(callee: AnyFunction): boolean {
  try {
    // Runs none of its code: it is only where the prototype is taken from.
    Reflect.construct(Object, [], callee);
    return true;
  } catch {
    return false;
  }
}
