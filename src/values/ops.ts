/** What a pickle does to an object after it was made: BUILD, APPENDS, SETITEMS, ADDITEMS, state setters. */
import { NODE_OBJECT, OP_ADDITEMS, OP_APPENDS, OP_BUILD, OP_SETITEMS } from '../spec/layout.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { globalOf, isPending } from './calls.ts';
import { withPlace } from './placed.ts';
import { assignState } from './instances.ts';
import type { Leaves } from './leaves.ts';
import type { PyType } from '../spec/options.ts';
import { PyInert, PyObject } from './py.ts';
import { setState } from './state.ts';

/**
 * Does the ops of an object, in order.
 * @param from slot index of the first op, 0 for none
 */
export function applyOps(m: Leaves, kind: number, node: number, target: unknown, from: number): void {
  if (from === 0) return;
  const type =
    kind === NODE_OBJECT && !(target instanceof PyInert)
      ? (m.context.adoptedBy(target) ?? globalOf(m, node)?.callable?.type ?? null)
      : null;
  const recipe = m.exact && !(target instanceof PyInert) ? m.recipes.of(target) : undefined;
  for (let op = from; op !== 0; op = m.u32[2 * op]!) applyOp(m, target, type, recipe, op);
}

function applyOp(m: Leaves, target: unknown, type: PyType | null, recipe: PyObject | undefined, op: number): void {
  const what = m.u32[2 * op + 1]!;
  const offset = m.f64[op + 1]!;
  switch (what) {
    case OP_BUILD: {
      const isPlain = type === null && typeof target === 'object' && target !== null && !(target instanceof PyInert);
      if (isPlain && assignState(m, target, op)) return;
      const state = m.value(op + 2);
      if (isPending(m, state)) state.note((made) => build(m, target, type, recipe, made, offset));
      else build(m, target, type, recipe, state, offset);
      return;
    }
    case OP_APPENDS:
    case OP_SETITEMS:
    case OP_ADDITEMS: {
      const count = m.u32[2 * op + 5]!;
      const items = new Array<unknown>(count);
      for (let i = 0; i < count; i++) items[i] = m.value(op + 3 + i);
      if (m.handed !== 0 && waitFor(m, items, () => addItems(target, type, recipe, what, items, offset))) return;
      addItems(target, type, recipe, what, items, offset);
      return;
    }
    default:
      runSetter(m, target, recipe, op, offset);
  }
}

/** Whether some of the items are not there yet; then `use` is called when all are. */
function waitFor(m: Leaves, items: unknown[], use: () => void): boolean {
  let missing = 0;
  items.forEach((item, i) => {
    if (!isPending(m, item)) return;
    missing++;
    item.note((made) => {
      items[i] = made;
      if (--missing === 0) use();
    });
  });
  return missing > 0;
}

function build(
  m: Leaves,
  target: unknown,
  type: PyType | null,
  recipe: PyObject | undefined,
  state: unknown,
  offset: number,
): void {
  recipe?.addState(state);
  if (target instanceof PyInert) target.addState(state);
  else if (type?.setState === undefined) setState(target, state, offset);
  else {
    try {
      type.setState(target, state, m.context);
    } catch (error) {
      throw withPlace(error, offset);
    }
  }
}

function tellItems(recipe: PyObject, what: number, items: unknown[]): void {
  if (what === OP_SETITEMS) recipe.addSetItems(entriesOf(items));
  else if (what === OP_APPENDS) recipe.addAppends(items);
  else recipe.addAdded(items);
}

interface Methods {
  extend?: (items: unknown[]) => void;
  append?: (item: unknown) => void;
  add?: (item: unknown) => void;
  __setitem__?: (key: unknown, value: unknown) => void;
}

function addItems(
  target: unknown,
  type: PyType | null,
  recipe: PyObject | undefined,
  what: number,
  items: unknown[],
  offset: number,
): void {
  if (recipe !== undefined) tellItems(recipe, what, items);
  try {
    if (what === OP_SETITEMS) setItems(target, type, items, offset);
    else if (what === OP_APPENDS) extend(target, type, items, offset);
    else add(target, type, items, offset);
  } catch (error) {
    throw withPlace(error, offset);
  }
}

function extend(target: unknown, type: PyType | null, items: unknown[], offset: number): void {
  if (target instanceof PyInert) target.addAppends(items);
  else if (type?.extend !== undefined) type.extend(target, items);
  else if (Array.isArray(target)) for (const item of items) target.push(item);
  else if (has(target, 'extend')) target.extend!(items);
  else if (has(target, 'append')) for (const item of items) target.append!(item);
  else refuse(offset, 'takes no items: it has neither extend nor append');
}

function entriesOf(items: unknown[]): [unknown, unknown][] {
  const entries: [unknown, unknown][] = [];
  for (let i = 0; i < items.length; i += 2) entries.push([items[i], items[i + 1]]);
  return entries;
}

function setItems(target: unknown, type: PyType | null, items: unknown[], offset: number): void {
  const entries = entriesOf(items);
  if (target instanceof PyInert) target.addSetItems(entries);
  else if (type?.setItems !== undefined) type.setItems(target, entries);
  else if (target instanceof Map) for (const [key, value] of entries) target.set(key, value);
  else if (has(target, '__setitem__')) for (const [key, value] of entries) target['__setitem__']!(key, value);
  else refuse(offset, 'takes no entries: it has no __setitem__');
}

function add(target: unknown, type: PyType | null, items: unknown[], offset: number): void {
  if (target instanceof PyInert) target.addAdded(items);
  else if (type?.addItems !== undefined) type.addItems(target, items);
  else if (target instanceof Set) for (const item of items) target.add(item);
  else if (has(target, 'add')) for (const item of items) target.add!(item);
  else refuse(offset, 'takes no items: it has no add');
}

/** A method of a class that the caller has registered, by a name that is written here and not in the pickle. */
function has(target: unknown, name: keyof Methods): target is Methods {
  return typeof (target as Methods | null | undefined)?.[name] === 'function';
}

/** A call with the object as its first argument whose result was thrown away. */
function runSetter(m: Leaves, target: unknown, recipe: PyObject | undefined, op: number, offset: number): void {
  const book = recipe === undefined ? undefined : m.recipes;
  if (book !== undefined) book.lastCall = undefined;
  const result = m.value(op + 2);
  if (book?.lastCall !== undefined) recipe!.addSetter(book.lastCall);
  if (isPending(m, result)) result.note((made) => keepSetter(target, made, offset));
  else keepSetter(target, result, offset);
}

function keepSetter(target: unknown, result: unknown, offset: number): void {
  // Anything else is the result of a call that was made: the state is set.
  if (!(result instanceof PyObject)) return;
  if (target instanceof PyInert) target.addSetter(result);
  else if (!holdsTwin(result)) refuse(offset, 'has a state setter that nothing is registered for');
}

/**
 * Whether what a call was given holds the result of the same call. CPython throws away the call of an object that its own
 * arguments hold, for it has written the object there already.
 */
function holdsTwin(call: PyObject): boolean {
  const seen = new Set<unknown>([call]);
  const todo: unknown[] = [call.args];
  for (const value of todo) {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value)) continue;
    seen.add(value);
    if (value instanceof PyObject && value.callable === call.callable) return true;
    for (const part of Symbol.iterator in value ? (value as Iterable<unknown>) : Object.values(value)) todo.push(part);
  }
  return false;
}

function refuse(offset: number, what: string): never {
  throw pickleError('INVALID_STATE', { offset, detail: `The object ${what}.` });
}
