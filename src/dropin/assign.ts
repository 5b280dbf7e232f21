/** What BUILD, SETITEMS and the like do to instances. */
import { pickleError } from '../spec/pickle-error.ts';
import { textOfKey } from './key-text.ts';

/** Sets a property of an instance: by its setter, if its class has one; no prototype is changed, whatever the name. */
export function setField(target: object, key: string, value: unknown): void {
  if (!(key in Object.prototype) && key !== '__proto__' && trySet(target, key, value)) return;
  const property = { value, writable: true, enumerable: true, configurable: true };
  if (!Reflect.defineProperty(target, key, property)) refuse('The object does not take the state.');
}

/** False where the property is read-only. */
function trySet(target: object, key: string, value: unknown): boolean {
  // The one name whose setting takes items away, and throws on what is no length.
  if (key === 'length' && Array.isArray(target)) refuse('The object does not take the state.');
  return Reflect.set(target, key, value);
}

/**
 * Assigns a state as own properties: a dict, the pair of it and a dict of `__slots__`, or a tuple, whose items get their
 * numbers as names. None is no state.
 * @returns whether it is of these kinds
 * @throws PickleError INVALID_STATE without a place
 */
export function assignState(target: object, state: unknown): boolean {
  if (state === null) return true;
  if (Array.isArray(state)) {
    const items = state as unknown[];
    const isSlots = items.length === 2 && items.every(isDictOrNone);
    if (isSlots) for (const part of items) assignDict(target, part);
    else items.forEach((item, i) => setField(target, String(i), item));
    return true;
  }
  if (!isDictOrNone(state)) return false;
  assignDict(target, state);
  return true;
}

function assignDict(target: object, state: unknown): void {
  if (state instanceof Map) {
    for (const [key, value] of state as Map<unknown, unknown>) setField(target, nameOf(key), value);
  } else if (state !== null) {
    for (const [key, value] of Object.entries(state as object)) setField(target, key, value);
  }
}

/** What dicts and states may be. */
export function isDictOrNone(value: unknown): boolean {
  if (value === null || value instanceof Map) return true;
  return typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}

/** Entries that a pickle adds to an instance: by `set` of a Map, by a method of the class, else as properties. */
export function setEntries(target: object, entries: readonly (readonly [unknown, unknown])[], method?: string): void {
  const name = target instanceof Map ? 'set' : method;
  const set: unknown = name === undefined ? undefined : (target as Record<string, unknown>)[name];
  for (const [key, value] of entries) {
    if (typeof set === 'function') Reflect.apply(set, target, [key, value]);
    else setField(target, nameOf(key), value);
  }
}

/** Items that a pickle adds to an instance, by the first of the methods that its class has. */
export function addAll(target: object, items: readonly unknown[], methods: readonly string[]): void {
  const method = firstOf(target, methods);
  if (method === undefined) refuse(`The object takes no items: its class has no method ${methods.join(' or ')}.`);
  for (const item of items) Reflect.apply(method, target, [item]);
}

export const takesItems = (target: object, methods: readonly string[]): boolean =>
  firstOf(target, methods) !== undefined;

type Method = (item: unknown) => unknown;

function firstOf(target: object, methods: readonly string[]): Method | undefined {
  const name = methods.find((one) => typeof (target as Record<string, unknown>)[one] === 'function');
  return name === undefined ? undefined : (target as Record<string, Method>)[name];
}

function nameOf(key: unknown): string {
  const text = textOfKey(key);
  if (text === undefined) throw pickleError('UNREPRESENTABLE_KEY', { offset: -1 });
  return text;
}

export function refuse(detail: string): never {
  throw pickleError('INVALID_STATE', { offset: -1, detail });
}
