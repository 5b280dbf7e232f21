/**
 * Instances of registered classes as pickles mostly have them: made without the constructor, then given a state that is a
 * dict of a shape. They need no dict in between, and are made by a function compiled for the shape and the class.
 */
import { FLAG_FETCHED, FLAG_SHAPED, HOW_NEWOBJ, HOW_REDUCE, OP_BUILD } from '../spec/layout.ts';
import type { Callable } from './callables.ts';
import { globalOf, hasKwargs, hasNoArgs } from './calls.ts';
import { compileInstance, type Row } from './factories.ts';
import type { Leaves } from './leaves.ts';
import { noteProperties } from './pending.ts';
import type { ShapeEntry } from './shape-cache.ts';
import { setAttribute } from './state.ts';
import { HI_DICT } from '../spec/slot-words.ts';

/** The instance that a node is, with its state; undefined where it has to be made step by step. */
export function makeInstance(m: Leaves, node: number): object | undefined {
  if (!canSkipDict(m)) return undefined;
  const callable = globalOf(m, node)?.callable;
  if (callable === null || callable === undefined || callable.ctor === null || callable.base !== null) return undefined;
  const how = m.u32[2 * node + 1]!;
  if (how === HOW_REDUCE || !hasNoArgs(m, node) || hasKwargs(m, node)) return undefined;
  const op = m.u32[2 * node + 8]!;
  if (op === 0 || op !== m.u32[2 * node + 9] || m.u32[2 * op + 1] !== OP_BUILD) return undefined;
  const dict = shapedState(m, op);
  if (dict === 0) return undefined;
  const entry = m.shape(m.u32[2 * dict + 1]!);
  const row = callable.lastShape === entry.shape ? callable.lastRow : rowFor(m, callable, entry, how);
  if (row === null) return undefined;
  m.depth++;
  const instance = row(m, m.u32[2 * dict + 2]!);
  m.depth--;
  if (m.handed !== 0) noteProperties(m, instance);
  return instance;
}

/**
 * Assigns a state that is a dict of a shape to an instance whose class takes it as it is, without making the dict.
 * @param op slot index of the BUILD
 * @returns whether it has done so
 */
export function assignState(m: Leaves, target: object, op: number): boolean {
  const dict = canSkipDict(m) ? shapedState(m, op) : 0;
  if (dict === 0 || '__setstate__' in target) return false;
  const { keys } = m.shape(m.u32[2 * dict + 1]!).shape;
  const slot = m.u32[2 * dict + 2]!;
  const offset = m.f64[op + 1]!;
  m.depth++;
  for (let i = 0; i < keys.length; i++) setAttribute(target, keys[i]!, m.value(slot + i), offset);
  m.depth--;
  if (m.handed !== 0) noteProperties(m, target);
  return true;
}

/** Not where a dict's values were made with it (`deep.ts`), nor where a later pickle, or a recipe, may ask for it. */
function canSkipDict(m: Leaves): boolean {
  return m.depth < m.turn && !m.keepsAll && !m.exact;
}

/** The dict node that is a BUILD's state, if it has a shape and no other place; else 0. */
function shapedState(m: Leaves, op: number): number {
  if (m.i32[2 * op + 5] !== HI_DICT) return 0;
  const dict = m.u32[2 * op + 4]!;
  return (m.i32[2 * dict]! & (FLAG_SHAPED | FLAG_FETCHED)) === FLAG_SHAPED ? dict : 0;
}

function rowFor(m: Leaves, callable: Callable, entry: ShapeEntry, how: number): Row | null {
  entry.use(1);
  if (!entry.isBusy) return null;
  const prototype = callable.ctor!.prototype as object;
  const rows = (entry.instances ??= new WeakMap());
  let row = rows.get(prototype);
  if (row === undefined) {
    const { keys } = entry.shape;
    // A name that the prototype has might be a setter, or read-only: BUILD defines such ones.
    const isPlain = !('__setstate__' in prototype) && keys.every((key) => !(key in prototype));
    row = isPlain ? compileInstance(entry.shape, m.bigInts, prototype) : null;
    rows.set(prototype, row);
  }
  // Python calls an old class without arguments only where it has this method.
  const isCalled = how !== HOW_NEWOBJ && '__getinitargs__' in prototype;
  callable.lastShape = entry.shape;
  return (callable.lastRow = isCalled ? null : row);
}
