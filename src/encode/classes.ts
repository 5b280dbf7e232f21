/** How instances of classes are written: what reducers say, what the class says, or what it is registered as. */
import { type EncodeContext, type Reducer, type Reduction, Unwritable } from '../spec/reducer.ts';
import { knownReducer } from '../types/known.ts';
import { recipeOf } from '../values/recipes.ts';
import { PyBuffer, PyDict, PyGlobal, PySet } from '../values/py.ts';
import { isBareClass } from './bare.ts';
import { planNew, planOfInert, planOfReduction } from './objects.ts';
import { APPENDED, MEMO, OPCODE, SAVE, SAVE_STATE, SAVE_TUPLE, SET_ITEMS, STATE, type Plan } from './plan.ts';
import type { AnyClass, Settings } from './settings.ts';
import type { Writer } from './writer.ts';

const REDUCE = 0x52;
const BUILD = 0x62;

/** What is known of a class, found out once for each encoder. */
export interface ClassInfo {
  readonly reducer: Reducer<object> | undefined;
  /** What Python calls it. */
  readonly global: PyGlobal | undefined;
  /** Whether instances that say nothing themselves are their class and their properties: see `bare.ts`. */
  readonly isBare: boolean;
}

/** A method of a class, by the names of Python. */
function methodOf(value: object, name: string): ((...args: unknown[]) => unknown) | undefined {
  const method: unknown = (value as Readonly<Record<string, unknown>>)[name];
  return typeof method === 'function' ? (...args) => Reflect.apply(method, value, args) : undefined;
}

export function classInfoOf(prototype: object | null, settings: Settings): ClassInfo {
  const own = classOf(prototype);
  const name = own === undefined ? undefined : settings.names.get(own);
  const global = name === undefined ? undefined : new PyGlobal(name[0], name[1]);
  const reducer = reducerOf(prototype, global !== undefined, settings);
  const isBare = reducer === undefined && global !== undefined && isBareClass(prototype, global, settings);
  return { reducer, global, isBare };
}

/** The nearest class that has a reducer wins: a class of `registry` goes before the built-in families. */
function reducerOf(
  prototype: object | null,
  isRegistered: boolean,
  { reducers, families }: Settings,
): Reducer<object> | undefined {
  const find = (given: (cls: AnyClass) => unknown): Reducer<object> | undefined => {
    for (let at = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
      const cls = classOf(at);
      const reducer = cls && given(cls);
      if (reducer !== undefined) return reducer as Reducer<object>;
    }
    return undefined;
  };
  const own = reducers && find((cls) => reducers.get(cls));
  return own ?? (isRegistered ? undefined : find((cls) => knownReducer(cls, families)));
}

function classOf(prototype: object | null): AnyClass | undefined {
  if (prototype === null) return undefined;
  const cls: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof cls === 'function' ? (cls as AnyClass) : undefined;
}

/** The plan of an instance, or undefined where nothing is known of it. */
export function planOfInstance(w: Writer, value: object, info: ClassInfo, context: EncodeContext): Plan | undefined {
  if (info.reducer !== undefined) return planOfReduction(w, value, reductionOf(w, value, info.reducer, context));
  const reduce = methodOf(value, '__reduce_ex__') ?? methodOf(value, '__reduce__');
  if (reduce !== undefined) return planOfReduction(w, value, reduce(w.protocol));
  if (info.global !== undefined) return planOfRegistered(w, value, info.global);
  const recipe = recipeOf(value);
  return recipe === undefined ? undefined : planOfInert(w, recipe, value);
}

function reductionOf(w: Writer, value: object, reducer: Reducer<object>, context: EncodeContext): Reduction {
  try {
    return reducer(value, context);
  } catch (error) {
    if (error instanceof Unwritable) throw w.error('UNPICKLABLE', error.message);
    throw error;
  }
}

/** As Python's `object.__reduce_ex__`. */
function planOfRegistered(w: Writer, value: object, global: PyGlobal): Plan {
  const plan: Plan = [];
  if (value instanceof Set) {
    plan.push(SAVE, global, SAVE_TUPLE, [setItems(value)], OPCODE, REDUCE, MEMO, value);
  } else if (w.protocol < 2) {
    plan.push(SAVE, RECONSTRUCTOR, SAVE_TUPLE, [global, ...baseOf(value)], OPCODE, REDUCE, MEMO, value);
  } else {
    const [args, kwargs] = newArgsOf(w, value);
    planNew(w, plan, global, args, kwargs);
    plan.push(MEMO, value);
    if (Array.isArray(value)) plan.push(APPENDED, arrayItems(value));
    if (value instanceof Map) plan.push(SET_ITEMS, mapEntries(value));
  }
  planState(plan, value);
  return plan;
}

const RECONSTRUCTOR = /* @__PURE__ */ new PyGlobal('copyreg', '_reconstructor');
const OBJECT = /* @__PURE__ */ new PyGlobal('builtins', 'object');
const LIST = /* @__PURE__ */ new PyGlobal('builtins', 'list');
const DICT = /* @__PURE__ */ new PyGlobal('builtins', 'dict');
const BYTES = /* @__PURE__ */ new PyGlobal('builtins', 'bytes');

/** The built-in class below and what it holds, for `copyreg._reconstructor`. */
function baseOf(value: object): readonly [PyGlobal, unknown] {
  if (Array.isArray(value)) return [LIST, arrayItems(value)];
  if (value instanceof Map) {
    const dict = new Map<unknown, unknown>();
    const entries = mapEntries(value);
    for (let i = 0; i < entries.length; i += 2) dict.set(entries[i], entries[i + 1]);
    return [DICT, dict];
  }
  return value instanceof Uint8Array ? [BYTES, plainBytes(value)] : [OBJECT, null];
}

function newArgsOf(w: Writer, value: object): readonly [readonly unknown[], unknown] {
  const newArgsEx = methodOf(value, '__getnewargs_ex__');
  if (newArgsEx !== undefined) {
    const given = newArgsEx();
    if (!Array.isArray(given) || given.length !== 2 || !Array.isArray(given[0])) {
      throw w.error('INVALID_REDUCTION', '__getnewargs_ex__ must give [args, kwargs].');
    }
    const [args, kwargs] = given as [unknown[], unknown];
    return [args, isEmpty(kwargs) ? undefined : kwargs];
  }
  const newArgs = methodOf(value, '__getnewargs__');
  if (newArgs !== undefined) {
    const args = newArgs();
    if (!Array.isArray(args)) throw w.error('INVALID_REDUCTION', '__getnewargs__ must give an Array.');
    return [args, undefined];
  }
  return [value instanceof Uint8Array ? [plainBytes(value)] : [], undefined];
}

function isEmpty(kwargs: unknown): boolean {
  if (kwargs === null || kwargs === undefined) return true;
  return kwargs instanceof Map ? kwargs.size === 0 : Object.keys(kwargs).length === 0;
}

/** BUILD, where there is anything to say. */
function planState(plan: Plan, value: object): void {
  const getState = methodOf(value, '__getstate__');
  if (getState !== undefined) {
    const state = getState();
    if (state !== null && state !== undefined) plan.push(SAVE_STATE, state, OPCODE, BUILD);
    return;
  }
  const properties = Array.isArray(value) || ArrayBuffer.isView(value) ? withoutItems(value) : value;
  if (Object.keys(properties).length > 0) plan.push(STATE, properties, OPCODE, BUILD);
}

/** The own properties of an Array, or bytes, beside its items. */
function withoutItems(value: object): object {
  const rest = Object.create(null) as Record<string, unknown>;
  const { length } = value as { readonly length: number };
  const names = Object.keys(value);
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    const isItem = String(Number(name) >>> 0) === name && Number(name) < length;
    if (!isItem) rest[name] = (value as Record<string, unknown>)[name];
  }
  return rest;
}

/** Items, whatever the class makes of iterating. */
function arrayItems(value: readonly unknown[]): unknown[] {
  const items = new Array<unknown>(value.length);
  for (let i = 0; i < items.length; i++) items[i] = value[i];
  return items;
}

/** Keys and values in turn. */
export function mapEntries(map: ReadonlyMap<unknown, unknown>): unknown[] {
  const flat: unknown[] = [];
  const add = (value: unknown, key: unknown): void => void flat.push(key, value);
  if (map instanceof PyDict) PyDict.prototype.forEach.call(map, add);
  else Map.prototype.forEach.call(map, add);
  return flat;
}

export function setItems(set: ReadonlySet<unknown>): unknown[] {
  const items: unknown[] = [];
  const add = (item: unknown): void => void items.push(item);
  if (set instanceof PySet) PySet.prototype.forEach.call(set, add);
  else Set.prototype.forEach.call(set, add);
  return items;
}

const plainBytes = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);

/** What reducers are told, by protocols. */
const contexts: EncodeContext[] = [];

export function contextFor(protocol: number): EncodeContext {
  return (contexts[protocol] ??= {
    protocol,
    recipe: recipeOf,
    buffer: (bytes, isReadonly) => new PyBuffer(-1, isReadonly, bytes),
  });
}
