/** Which values of a tree are held more than once. */
import {
  PyBuffer,
  PyByteArray,
  PyDict,
  PyFrozenSet,
  PyInert,
  PyObject,
  PyPersistent,
  PySet,
  PyTuple,
} from '../values/py.ts';

/** Whether a value has an identity that the JSON tells. The empty tuple and the empty frozenset have none. */
export function isShareable(value: object): boolean {
  if (Array.isArray(value)) return !(value instanceof PyTuple) || value.length > 0;
  if (value instanceof PySet) return !(value instanceof PyFrozenSet) || value.size > 0;
  return (
    value instanceof PyDict || value instanceof PyInert || value instanceof PyByteArray || value instanceof PyBuffer
  );
}

/** Number of places that hold each shareable value. */
export function countUses(root: unknown): Map<object, number> {
  const uses = new Map<object, number>();
  const todo: unknown[] = [root];
  while (todo.length > 0) {
    const value = todo.pop();
    if (typeof value !== 'object' || value === null || !isShareable(value)) continue;
    const count = uses.get(value) ?? 0;
    uses.set(value, count + 1);
    if (count === 0) pushChildren(value, todo);
  }
  return uses;
}

function pushChildren(value: object, todo: unknown[]): void {
  if (Array.isArray(value)) pushAll(value, todo);
  else if (value instanceof PySet) value.forEach((item) => todo.push(item));
  else if (value instanceof PyDict) value.forEach((item, key) => todo.push(key, item));
  else if (value instanceof PyInert) {
    if (value instanceof PyObject) {
      todo.push(value.callable, value.kwargs);
      // Arguments are a tuple, even where they are held in a plain Array.
      if (value.args.length > 0) todo.push(value.args);
    } else if (value instanceof PyPersistent) todo.push(value.id);
    for (const items of [value.states, value.appends, value.added]) if (items !== undefined) pushAll(items, todo);
    for (const [key, item] of value.setItems ?? []) todo.push(key, item);
  }
}

function pushAll(items: readonly unknown[], todo: unknown[]): void {
  for (let i = 0; i < items.length; i++) todo.push(items[i]);
}
