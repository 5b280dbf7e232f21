/** Whether two decoded values are the same, classes of the families included: what they are made of, not how. */
import { NdArray } from '../../src/arrays/nd-array.ts';
import { PyDict, PyFloat, PyGlobal, PyInert, PyObject, PySet } from '../../src/values/py.ts';

/** The place of the first difference, or null. Shared values must be shared alike. State setters are not compared. */
export function differenceBetween(one: unknown, other: unknown): string | null {
  const pairs = new Map<object, object>();
  const todo: { a: unknown; b: unknown; at: string }[] = [{ a: one, b: other, at: '$' }];
  for (let level = todo.pop(); level !== undefined; level = todo.pop()) {
    const { a, b, at } = level;
    if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) {
      if (typeof a === 'function' && typeof b === 'function') continue;
      if (!Object.is(a, b)) return `${at}: ${show(a)} became ${show(b)}`;
      continue;
    }
    if (a instanceof PyGlobal && b instanceof PyGlobal) {
      if (a.toString() !== b.toString()) return `${at}: ${a.toString()} became ${b.toString()}`;
      continue;
    }
    if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return `${at}: ${show(a)} became ${show(b)}`;
    if (a instanceof PyFloat) {
      if (a.bits !== (b as PyFloat).bits) return `${at}: ${show(a)} became ${show(b)}`;
      continue;
    }
    const known = pairs.get(a);
    if (known !== undefined) {
      if (known !== b && isContainer(a)) return `${at}: was shared, and is no more`;
      continue;
    }
    pairs.set(a, b);
    const [left, right] = [partsOf(a), partsOf(b)];
    if (left.length !== right.length) return `${at}: ${left.length} parts became ${right.length} of ${show(a)}`;
    for (let i = left.length - 1; i >= 0; i--) {
      const [name, part] = left[i]!;
      if (name !== right[i]![0]) return `${at}: ${name} became ${right[i]![0]}`;
      const path = at.length > 300 ? at : `${at}.${name}`;
      todo.push({ a: part, b: right[i]![1], at: path });
    }
  }
  return null;
}

const isContainer = (value: object): boolean =>
  (Array.isArray(value) && value.length > 0) || value instanceof PyDict || value instanceof PyInert;

const show = (value: unknown): string => {
  if (typeof value === 'object' && value !== null) return value.constructor?.name ?? 'null prototype';
  return typeof value === 'bigint' ? `${value}n` : `${typeof value} ${String(value).slice(0, 60)}`;
};

function partsOf(value: object): [name: string, part: unknown][] {
  if (value instanceof NdArray) return arrayParts(value);
  if (value instanceof DataView || value instanceof ArrayBuffer) return [];
  if (ArrayBuffer.isView(value)) return [['bytes', textOf(value)]];
  const parts: [string, unknown][] = Object.entries(value);
  if (value instanceof Map || value instanceof Set) {
    let i = 0;
    const isDict = value instanceof Map;
    for (const [key, item] of (value instanceof PySet ? value : (value as Map<unknown, unknown>)).entries()) {
      parts.push([`key${i}`, key]);
      if (isDict) parts.push([`[${i}]`, item]);
      i++;
    }
  }
  if (value instanceof PyInert) {
    const { states, appends, setItems, added } = value;
    parts.push(['states', [...states]], ['appends', [...(appends ?? [])]], ['added', [...(added ?? [])]]);
    parts.push(['setItems', setItems?.flat(1) ?? []]);
  }
  if (value instanceof PyObject) return parts.map(([name, part]) => [name, name === 'args' ? [...value.args] : part]);
  return parts;
}

function arrayParts(array: NdArray): [string, unknown][] {
  const { descr, shape, className } = array;
  return [
    ['shape', shape.join()],
    ['descr', descr],
    ['className', className],
    ['items', descr.hasObjects ? [...array.flat()] : textOf(array.toTyped() as ArrayBufferView)],
  ];
}

const textOf = (view: ArrayBufferView): string =>
  Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('latin1');
