/** States of instances of registered classes: what BUILD does where the class does not do it. */
import { pickleError } from '../spec/pickle-error.ts';

const BUILD = 0x62;

/**
 * Calls the target's `__setstate__`; without one, makes own properties of a state that is a dict, or a pair of a dict and
 * the dict of `__slots__`. As Python does it on `__dict__`: no setter of the class runs, and `__proto__` is a name like
 * any other.
 * @throws PickleError INVALID_STATE with the offset of BUILD
 */
export function setState(target: unknown, state: unknown, offset: number): void {
  const method = (target as Record<string, unknown> | null | undefined)?.['__setstate__'];
  if (typeof method === 'function') {
    Reflect.apply(method, target, [state]);
    return;
  }
  const parts =
    Array.isArray(state) && state.length === 2 && state.every(isDictOrNone) ? (state as unknown[]) : [state];
  for (const part of parts) if (!isFalsy(part)) assign(target, part, offset);
}

function assign(target: unknown, state: unknown, offset: number): void {
  if ((typeof target !== 'object' && typeof target !== 'function') || target === null) {
    refuse(offset, 'What the state is for has no attributes.');
  }
  if (!isDictOrNone(state)) refuse(offset, 'The state is no dict, and the class has no __setstate__.');
  const entries = state instanceof Map ? state.entries() : Object.entries(state as object);
  for (const [key, value] of entries) {
    if (typeof key !== 'string') refuse(offset, 'A name in the state is no str, and the class has no __setstate__.');
    setAttribute(target, key, value, offset);
  }
}

export function setAttribute(target: object, key: string, value: unknown, offset: number): void {
  if (!(key in target) && Reflect.set(target, key, value)) return;
  const property = { value, writable: true, enumerable: true, configurable: true };
  if (!Reflect.defineProperty(target, key, property)) refuse(offset, 'The object does not take the state.');
}

function isDictOrNone(value: unknown): boolean {
  if (value === null || value instanceof Map) return true;
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  return Object.getPrototypeOf(value) === Object.prototype;
}

/** Python's `if state:`. */
function isFalsy(state: unknown): boolean {
  if (!state) return true;
  if (Array.isArray(state)) return state.length === 0;
  if (state instanceof Map || state instanceof Set) return state.size === 0;
  return Object.getPrototypeOf(state) === Object.prototype && Object.keys(state).length === 0;
}

function refuse(offset: number, detail: string): never {
  throw pickleError('INVALID_STATE', { offset, opcode: BUILD, detail });
}
