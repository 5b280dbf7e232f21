/** Values to nodes of lossless JSON. */
import {
  PyBuffer,
  PyByteArray,
  PyDict,
  PyExtension,
  PyFloat,
  PyFrozenSet,
  PyGlobal,
  PyObject,
  PyPersistent,
  PySet,
  PyTuple,
} from '../values/py.ts';
import { FloatBits, octets, spelt } from './octets.ts';
import { countUses, isShareable } from './sharing.ts';
import { sortItems } from './sort.ts';

/** What JSON.stringify takes; but it may be nested a million levels deep, which JSON.stringify does not take. */
export type LosslessNode = unknown;

/** A container's node that is being filled: `values` go to their places one by one. */
interface Frame {
  readonly values: readonly unknown[];
  at: number;
  readonly place: (index: number, node: LosslessNode) => void;
  readonly finish: (() => void) | undefined;
}

/** The arguments of a call: a tuple, even where they are held in a plain Array. */
class Arguments {
  readonly items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

export interface ToLosslessOptions {
  /**
   * Whether bytes of more than 256 are told by length and SHA-256, to compare values by. Then they cannot come back.
   * Default false.
   */
  readonly digests?: boolean | undefined;
}

/**
 * The lossless JSON of what `loads(bytes, { exact: true, globals: 'inert' })` returns: the same that CPython tells of the
 * pickle, but for ids inside sets, whose order Python does not tell. A bigint is an int, a number is a float. Values that
 * no exact decode returns are a TypeError. Takes no stack: values may be nested as deep as memory goes.
 */
export function toLossless(value: unknown, options: ToLosslessOptions = {}): LosslessNode {
  return new Writer(value, options).write();
}

class Writer {
  readonly #root: unknown;
  readonly #uses: Map<object, number>;
  readonly #ids = new Map<object, number>();
  readonly #frames: Frame[] = [];
  readonly #floats = new FloatBits();
  readonly #octets: typeof octets;

  constructor(root: unknown, { digests = false }: ToLosslessOptions) {
    this.#root = root;
    this.#octets = digests ? octets : spelt;
    this.#uses = countUses(root);
  }

  write(): LosslessNode {
    const result = this.#node(this.#root);
    const frames = this.#frames;
    while (frames.length > 0) {
      const frame = frames[frames.length - 1]!;
      if (frame.at === frame.values.length) {
        frames.pop();
        frame.finish?.();
      } else {
        const index = frame.at++;
        frame.place(index, this.#node(frame.values[index]));
      }
    }
    return result;
  }

  /** The node of a value; what a container holds is put in later. */
  #node(value: unknown): LosslessNode {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'bigint':
        return { int: value.toString() };
      case 'number':
        return { float: this.#floats.hex(value) };
      case 'object':
        if (value === null) return null;
        if (value instanceof PyGlobal) return { global: `${value.rawModule} ${value.rawName}` };
        if (value instanceof PyFloat) return { float: this.#floats.hexOf(value) };
        if (value instanceof Arguments) return this.#arguments(value.items);
        if (isShareable(value)) return this.#shared(value, () => this.#container(value));
        if (value instanceof Uint8Array) return { bytes: this.#octets(value) };
        return this.#container(value);
      default:
        throw new TypeError(`a ${typeof value} is no value of a pickle`);
    }
  }

  #arguments(items: readonly unknown[]): LosslessNode {
    return items.length === 0 ? { tuple: [] } : this.#shared(items, () => ({ tuple: this.#items(items) }));
  }

  /** A reference, where the value was met before; else its node, with an id where it will be met again. */
  #shared(value: object, make: () => Record<string, unknown>): LosslessNode {
    const known = this.#ids.get(value);
    if (known !== undefined) return { ref: known };
    if ((this.#uses.get(value) ?? 0) < 2) return make();
    const id = this.#ids.size + 1;
    this.#ids.set(value, id);
    const node = make();
    node['id'] = id;
    return node;
  }

  #container(value: object): Record<string, unknown> {
    if (value instanceof PyByteArray) return { bytearray: this.#octets(value) };
    if (Array.isArray(value)) {
      const items = this.#items(value);
      return value instanceof PyTuple ? { tuple: items } : { list: items };
    }
    if (value instanceof PyDict) return { dict: this.#pairs([...value.entries()]) };
    if (value instanceof PySet) {
      const items = this.#items([...value.values()], (nodes) => sortItems(nodes));
      return value instanceof PyFrozenSet ? { frozenset: items } : { set: items };
    }
    if (value instanceof PyObject) return this.#object(value);
    if (value instanceof PyPersistent) {
      const node: Record<string, unknown> = { persistent: undefined };
      this.#push([value.id], (_, id) => (node['persistent'] = id));
      return node;
    }
    if (value instanceof PyExtension) return { extension: value.code };
    if (value instanceof PyBuffer) return { buffer: value.index, readonly: value.readonly };
    throw new TypeError(
      `a ${value.constructor?.name ?? 'plain object'} has no lossless JSON: decode with { exact: true }`,
    );
  }

  #items(values: readonly unknown[], sort?: (nodes: LosslessNode[]) => void): LosslessNode[] {
    const nodes: LosslessNode[] = [];
    this.#push(values, (_, node) => nodes.push(node), sort && (() => sort(nodes)));
    return nodes;
  }

  #pairs(entries: readonly (readonly [unknown, unknown])[]): LosslessNode[][] {
    const nodes: LosslessNode[][] = [];
    const values: unknown[] = [];
    for (const [key, item] of entries) values.push(key, item);
    this.#push(values, (index, node) => {
      if (index % 2 === 0) nodes.push([node]);
      else nodes[nodes.length - 1]!.push(node);
    });
    return nodes;
  }

  /** In the order of writing, for that is how ids are numbered: callable, args, kwargs, state, append, setitem, add. */
  #object(value: PyObject): Record<string, unknown> {
    const out: Record<string, unknown> = { callable: undefined, args: undefined, how: value.how };
    const values: unknown[] = [value.callable, new Arguments(value.args)];
    const places: [holder: object, key: string | number][] = [
      [out, 'callable'],
      [out, 'args'],
    ];
    if (value.kwargs !== undefined) add(out, 'kwargs', value.kwargs);
    addAll('state', value.states);
    addAll('append', value.appends ?? []);
    if (value.setItems !== undefined) {
      out['setitem'] = value.setItems.map(([key, item]) => {
        const pair: unknown[] = [];
        add(pair, 0, key);
        add(pair, 1, item);
        return pair;
      });
    }
    addAll('add', value.added ?? []);
    this.#push(values, (index, node) => {
      const [holder, key] = places[index]!;
      (holder as Record<string | number, unknown>)[key] = node;
    });
    return { object: out };

    function add(holder: object, key: string | number, part: unknown): void {
      // Now, so that keys stand in this order, though nodes are made in their turn.
      (holder as Record<string | number, unknown>)[key] = undefined;
      values.push(part);
      places.push([holder, key]);
    }

    function addAll(name: string, parts: readonly unknown[]): void {
      if (parts.length === 0) return;
      const list: unknown[] = [];
      out[name] = list;
      parts.forEach((part, index) => add(list, index, part));
    }
  }

  #push(values: readonly unknown[], place: Frame['place'], finish?: () => void): void {
    if (values.length > 0) this.#frames.push({ values, at: 0, place, finish });
  }
}
