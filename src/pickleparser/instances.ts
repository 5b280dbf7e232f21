/** How pickleparser calls, constructs and changes what a pickle names. */
import { addAll, assignState, isDictOrNone, refuse, setEntries } from '../dropin/assign.ts';
import { builtinName, builtinOf } from '../dropin/builtins.ts';
import { callOrConstruct, construct } from '../dropin/functions.ts';
import type { PyType, TypeContext } from '../spec/options.ts';
import type { ParserOptions } from './options.ts';
import { hide, namesOfPObject } from './p-object.ts';

/** The forms that the caller wants some values in. */
export interface Forms {
  bytes(bytes: Uint8Array): unknown;
  set(set: Set<unknown>): unknown;
}

/** REDUCE calls. */
export function call(callee: unknown, args: readonly unknown[], context: TypeContext, forms: Forms): unknown {
  return builtin(callee, args, context, forms) ?? callOrConstruct(callee, args);
}

/** All else constructs, with the constructor. Keyword arguments go to `__setnewargs_ex__`. */
export function instance(callee: unknown, args: readonly unknown[], kwargs: unknown): unknown {
  const made = construct(callee, args);
  if (kwargs === undefined || typeof made !== 'object' || made === null) return made;
  const method: unknown = (made as Record<string, unknown>)['__setnewargs_ex__'];
  if (typeof method === 'function') Reflect.apply(method, made, [kwargs]);
  return made;
}

/** What Python itself would make, where the caller has nothing for it. */
function builtin(callee: unknown, args: readonly unknown[], context: TypeContext, forms: Forms): unknown {
  const name = nameOf(callee);
  const make = name === undefined ? undefined : builtinOf(name);
  const made = make?.(args, context, nameOf);
  // What copyreg makes are instances of the caller's classes.
  if (made === undefined || name!.startsWith('copyreg.')) return made;
  if (made instanceof Uint8Array) return forms.bytes(made);
  return made instanceof Set ? forms.set(made) : made;
}

function nameOf(value: unknown): string | undefined {
  const names = namesOfPObject(value);
  return names && builtinName(...names);
}

/** How instances are changed, under some options. */
export function changes({ unpicklingTypeOfSet, unpicklingTypeOfDictionary }: ParserOptions): PyType {
  const setMethod = unpicklingTypeOfDictionary === 'Map' ? 'set' : undefined;
  const addMethods = unpicklingTypeOfSet === 'Set' ? ['add', 'push'] : ['push', 'add'];
  return {
    setState: (target, state) => setState(target as object, state),
    extend: (target, items) => addAll(target as object, items, ['push']),
    setItems: (target, entries) => setEntries(target as object, entries, setMethod),
    addItems: (target, items) => addAll(target as object, items, addMethods),
  };
}

function setState(target: object, state: unknown): void {
  const method: unknown = (target as Record<string, unknown>)['__setstate__'];
  if (typeof method === 'function') Reflect.apply(method, target, [state]);
  else if (target instanceof Map) setMapState(target, state);
  else if (!assignState(target, state)) {
    if (namesOfPObject(classOf(target)) === undefined) {
      refuse('The state is no dict and no tuple, and the class has no __setstate__.');
    }
    // Nobody knows the class: what it keeps is kept.
    hide(target, 'state', state);
  }
}

/** What has made an instance: not what its state may say. */
const classOf = (made: object): unknown =>
  (Object.getPrototypeOf(made) as { readonly constructor?: unknown } | null)?.constructor;

/** The `__dict__` of a state becomes entries, as pickleparser has it; other attributes are properties of the Map. */
function setMapState(target: Map<unknown, unknown>, state: unknown): void {
  if (!isDictOrNone(state)) refuse('The state is no dict, and the class has no __setstate__.');
  const isMap = state instanceof Map;
  const has = isMap ? state.has('__dict__') : state !== null && Object.hasOwn(state as object, '__dict__');
  if (!has) {
    assignState(target, state);
    return;
  }
  const dict: unknown = isMap ? state.get('__dict__') : (state as Record<string, unknown>)['__dict__'];
  if (!isDictOrNone(dict) || dict === null) refuse('The __dict__ of the state is no dict.');
  const entries = dict instanceof Map ? Array.from(dict as Map<unknown, unknown>) : Object.entries(dict as object);
  setEntries(target, entries);
}
