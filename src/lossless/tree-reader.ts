/** Trees of JSON to values, without a stack of calls: containers are made when they are met, and filled afterwards. */
import { JsonError } from '../spec/json-error.ts';
import { MAX_MAP_ENTRIES } from '../spec/limits.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { canonicalKey, KeyMemo, nanKey, UnhashableKey } from '../values/keys.ts';
import { PyDict, PyFloat, PySet } from '../values/py.ts';
import { pathText } from './paths.ts';

/** Something that is filled in a way of its own. */
export interface Filling {
  readonly value: object;
  readonly nodes: readonly unknown[];
  readonly place: (index: number, value: unknown) => void;
  /** The way to a node, from the node around it. */
  readonly step: (index: number) => string;
}

/** A container that is being filled: its nodes become values one by one. */
class Frame {
  readonly value: object;
  readonly nodes: readonly unknown[];
  at = 0;
  /** Whether it lies within a key of a dict or an item of a set. */
  readonly isKey: boolean;
  /** What the JSON calls it, for paths. */
  readonly name: string;
  readonly filling: Filling | null;
  /** Of dicts and sets, which are filled at the end: keys or items, and values of a dict. */
  readonly keys: unknown[] | null;
  readonly values: unknown[] | null;

  constructor(value: object, nodes: readonly unknown[], isKey: boolean, name: string, filling: Filling | null) {
    this.value = value;
    this.nodes = nodes;
    this.isKey = isKey;
    this.name = name;
    this.filling = filling;
    this.keys = value instanceof PyDict || value instanceof PySet ? [] : null;
    this.values = value instanceof PyDict ? [] : null;
  }

  get step(): string {
    const index = this.at - 1;
    if (this.filling !== null) return this.filling.step(index);
    return this.values === null ? `${this.name}[${index}]` : `${this.name}[${index >> 1}][${index & 1}]`;
  }
}

export abstract class TreeReader {
  readonly #frames: Frame[] = [];
  readonly #memo = new KeyMemo();
  #nans = 0;

  /**
   * The value of a node; a container is filled later.
   * @param isKey whether it lies within a key of a dict or an item of a set
   */
  protected abstract value(node: unknown, isKey: boolean): unknown;

  read(root: unknown): unknown {
    const result = this.value(root, false);
    const frames = this.#frames;
    while (frames.length > 0) {
      const frame = frames[frames.length - 1]!;
      if (frame.at < frame.nodes.length) this.#next(frame, frame.at++);
      else {
        this.#finish(frame);
        frames.pop();
      }
    }
    return result;
  }

  #next(frame: Frame, index: number): void {
    const { keys, values, filling } = frame;
    const isEntryValue = values !== null && (index & 1) === 1;
    const value = this.value(frame.nodes[index], frame.isKey || (keys !== null && !isEntryValue));
    if (isEntryValue) values.push(value);
    else if (keys !== null) keys.push(value);
    else if (filling !== null) filling.place(index, value);
    else (frame.value as unknown[])[index] = value;
  }

  #finish({ value, keys, values }: Frame): void {
    if (value instanceof PyDict) value.fill(this.#canonical(keys!), keys!, values!);
    else if (value instanceof PySet) value.fill(this.#canonical(keys!), keys!);
  }

  /**
   * Has a list, tuple, set or dict filled.
   * @param nodes of a dict keys and values in a row
   * @param name for paths
   */
  protected fill<T extends object>(value: T, nodes: readonly unknown[], name: string, isKey: boolean): T {
    if (nodes.length > 0) this.#frames.push(new Frame(value, nodes, isKey, name, null));
    return value;
  }

  protected fillBy(filling: Filling, isKey: boolean): void {
    if (filling.nodes.length > 0) this.#frames.push(new Frame(filling.value, filling.nodes, isKey, '', filling));
  }

  /** Keys and values in a row. */
  protected flat(pairs: readonly unknown[], name: string): readonly unknown[] {
    const flat: unknown[] = [];
    for (const pair of pairs) {
      if (!Array.isArray(pair) || pair.length !== 2) this.refuse(`What "${name}" holds are no pairs.`);
      flat.push(pair[0], pair[1]);
    }
    return flat;
  }

  /** The value that lies so many values further out: 1 is the one that is being filled. */
  protected enclosing(count: number): object | undefined {
    return this.#frames[this.#frames.length - count]?.value;
  }

  protected checkEntries(count: number): void {
    if (count <= MAX_MAP_ENTRIES) return;
    const where = `at ${this.#path()}`;
    throw pickleError('LIMIT_CONTAINER', { offset: -1, where, limit: MAX_MAP_ENTRIES, actual: count });
  }

  protected refuse(detail: string): never {
    throw new JsonError(this.#path(), detail);
  }

  #path(): string {
    return pathText(this.#frames.map(({ step }) => step));
  }

  #canonical(keys: readonly unknown[]): unknown[] {
    this.checkEntries(keys.length);
    return keys.map((key) => {
      if (Number.isNaN(key) || (key instanceof PyFloat && Number.isNaN(key.value))) return nanKey(++this.#nans);
      try {
        return canonicalKey(key, { exact: true, memo: this.#memo });
      } catch (error) {
        if (!(error instanceof UnhashableKey)) throw error;
        return this.refuse(`A key or an item of a set holds what Python cannot hash: ${error.message}.`);
      }
    });
  }
}
