/** Values that have parts: what brackets stand around them, what they are called. */
import { PyDefaultDict, PyOrderedDict, PyCounter, PyDeque } from '../../types/stdlib/collections.ts';
import { PyArray } from '../../types/stdlib/typed-array.ts';
import { type NxEdge, NxGraph } from '../../types/networkx/graph.ts';
import { PyBunch } from '../../types/sklearn/bunch.ts';
import { PyExtension, PyFrozenSet, PyInert, PyObject, PyPersistent, PyTuple } from '../../values/py.ts';

/** One after another, in brackets. */
export interface Sequence {
  readonly form: 'sequence';
  readonly open: string;
  readonly close: string;
  readonly length: number;
  readonly items: Iterable<unknown>;
}

/** Keys and values, in braces. */
export interface Mapping {
  readonly form: 'mapping';
  readonly open: string;
  readonly close: string;
  readonly length: number;
  readonly entries: Iterable<readonly [unknown, unknown]>;
}

/** A title, and names with values below it. */
export interface Tree {
  readonly form: 'tree';
  readonly title: string;
  readonly args: readonly unknown[];
  readonly fields: readonly (readonly [name: string, value: unknown])[];
}

export type Parts = Sequence | Mapping | Tree;

const sequence = (open: string, items: Iterable<unknown>, close: string, length: number): Sequence => {
  return { form: 'sequence', open, close, items, length };
};

/** Own properties, and what instances of classes tell only by their toJSON. */
export function partsOf(value: object): Parts {
  if (value instanceof PyTuple) return sequence('(', value, value.length === 1 ? ',)' : ')', value.length);
  if (value instanceof PyDeque) return sequence('deque([', value, '])', value.length);
  if (Array.isArray(value)) return listOf(value as readonly unknown[]);
  if (value instanceof PyFrozenSet) return sequence('frozenset({', value, '})', value.size);
  if (value instanceof Set)
    return value.size === 0 ? sequence('set(', [], ')', 0) : sequence('{', value, '}', value.size);
  if (value instanceof Map) return mapping(value as ReadonlyMap<unknown, unknown>);
  if (value instanceof PyArray) return typed(`array('${value.typecode}', [`, value.data);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return typed('array([', value as unknown as Numbers);
  if (value instanceof PyInert) return inertTree(value);
  return (value instanceof NxGraph ? graphTree(value) : undefined) ?? instance(value);
}

type Numbers = ArrayLike<unknown> & Iterable<unknown>;

function typed(open: string, data: Numbers): Sequence {
  const isFloats = data instanceof Float64Array || data instanceof Float32Array;
  return sequence(open, isFloats ? data : ints(data), '])', data.length);
}

/** Lists hold what an exact decode gives; those that a class has made hold ints as numbers. */
function listOf(list: readonly unknown[]): Sequence {
  const isPlain = Object.getPrototypeOf(list) === Array.prototype;
  return sequence('[', isPlain ? list : ints(list), ']', list.length);
}

/** Whole numbers as bigints: a number is shown as a float. */
function* ints(items: Iterable<unknown>): Generator<unknown, void> {
  for (const item of items) yield asInt(item);
}

const asInt = (value: unknown): unknown =>
  typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;

function mapping(map: ReadonlyMap<unknown, unknown>): Mapping {
  const name = nameOfMap(map);
  const [open, close] = name === '' ? ['{', '}'] : [`${name}({`, '})'];
  return { form: 'mapping', open, close, length: map.size, entries: map };
}

function nameOfMap(map: ReadonlyMap<unknown, unknown>): string {
  if (map instanceof PyOrderedDict) return 'OrderedDict';
  if (map instanceof PyCounter) return 'Counter';
  if (map instanceof PyBunch) return 'Bunch';
  return map instanceof PyDefaultDict ? 'defaultdict' : '';
}

type Field = readonly [name: string, value: unknown];

/** What nothing is registered for: its class, and what its state gives it. */
function inertTree(value: PyInert): Tree {
  const { states, appends, setItems, added } = value;
  const fields: Field[] = states.flatMap(fieldsOfState);
  if (appends !== undefined) fields.push(['[items]', appends]);
  if (setItems !== undefined) fields.push(['[entries]', new Map(setItems)]);
  if (added !== undefined) fields.push(['[items]', new Set(added)]);
  if (value instanceof PyObject) {
    const args = value.kwargs === undefined ? value.args : [...value.args, value.kwargs];
    return { form: 'tree', title: value.className, args, fields };
  }
  if (value instanceof PyPersistent) return { form: 'tree', title: 'persistent', args: [value.id], fields };
  const args = value instanceof PyExtension ? [value.code] : [];
  return { form: 'tree', title: 'extension', args, fields };
}

/** A dict's entries are attributes; a pair is one dict of attributes and one of slots. */
function fieldsOfState(state: unknown): Field[] {
  if (Array.isArray(state) && state.length === 2 && state.every((part) => part === null || isTextDict(part))) {
    return (state as unknown[]).flatMap((part) => (part === null ? [] : fieldsOfState(part)));
  }
  if (!isTextDict(state)) return [['[state]', state]];
  return state instanceof Map ? [...(state as Map<string, unknown>)] : Object.entries(state);
}

function isTextDict(value: unknown): value is object {
  if (value instanceof Map) return [...(value.keys() as Iterable<unknown>)].every((key) => typeof key === 'string');
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** A graph as networkx tells it: how many nodes and edges, then those. Undefined of views and what else is no graph. */
function graphTree(graph: NxGraph): Tree | undefined {
  let nodes: ReadonlyMap<unknown, unknown>;
  let edges: PyTuple[];
  try {
    nodes = new Map(graph.nodes());
    edges = Array.from(graph.edges(), edgeOf);
  } catch {
    return undefined;
  }
  const title = `networkx.${graph.kind} (${nodes.size} nodes, ${edges.length} edges)`;
  const fields: Field[] = [['nodes', [...nodes.values()].every(isEmpty) ? [...nodes.keys()] : nodes]];
  if (!isEmpty(graph.attrs)) fields.unshift(['graph', graph.attrs]);
  if (edges.length > 0) fields.push(['edges', edges]);
  return { form: 'tree', title, args: [], fields };
}

function edgeOf({ source, target, key, attrs }: NxEdge): PyTuple {
  const ends = key === undefined ? [source, target] : [source, target, key];
  return PyTuple.from(isEmpty(attrs) ? ends : [...ends, attrs]);
}

function isEmpty(dict: unknown): boolean {
  return isTextDict(dict) && (dict instanceof Map ? dict.size : Object.keys(dict).length) === 0;
}

function instance(value: object): Mapping | Sequence | Tree {
  const prototype = Object.getPrototypeOf(value) as { toJSON?: unknown; constructor?: { name?: string } } | null;
  const entries = Object.entries(value);
  if (prototype === null || prototype === Object.prototype) {
    return { form: 'mapping', open: '{', close: '}', length: entries.length, entries };
  }
  const { className } = value as { className?: unknown };
  const title = typeof className === 'string' ? className : (prototype.constructor?.name ?? '').replace(/^_?Py/, '');
  if (isColumn(value)) {
    const [word, type] = value.dtype === undefined ? ['type', value.type] : ['dtype', value.dtype];
    const isFloats = FLOATS.test(String(type));
    return sequence(`${title}([`, isFloats ? value : ints(value), `], ${word}=${String(type)})`, value.length);
  }
  const fields: Field[] = entries.filter(([name]) => name !== 'className').map(([name, part]) => [name, asInt(part)]);
  // What is made of hidden parts when it is asked for.
  if ('data' in value && !Object.hasOwn(value, 'data')) fields.push(['data', value.data]);
  if (fields.length > 0 || typeof prototype.toJSON !== 'function') return { form: 'tree', title, args: [], fields };
  return { form: 'tree', title, args: [(prototype.toJSON as () => unknown).call(value)], fields };
}

interface ColumnLike extends Iterable<unknown> {
  readonly length: number;
  readonly dtype?: unknown;
  readonly type?: unknown;
}

const FLOATS = /^object$|float|double/i;

/** Arrays of Arrow and of pandas: values of one type, one after another. */
function isColumn(value: object): value is ColumnLike {
  const { length, get } = value as { length?: unknown; get?: unknown };
  return typeof length === 'number' && typeof get === 'function' && Symbol.iterator in value;
}
