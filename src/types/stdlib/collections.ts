/** The containers of module collections. Keys are equal as in Python: these dicts are PyDicts. */
import { PyDict } from '../../values/py.ts';

/** Attributes that a program has given to an instance, by name; null where there are none. */
export type Attributes = ReadonlyMap<string, unknown> | null;

/** A collections.OrderedDict: a Map in the order of insertion. */
export class PyOrderedDict<K = unknown, V = unknown> extends PyDict<K, V> {
  attrs: Attributes = null;
}

/** A collections.defaultdict. What would make missing values is told and never called. */
export class PyDefaultDict<K = unknown, V = unknown> extends PyDict<K, V> {
  /** Mostly a PyGlobal, as `builtins.list`; null for none. */
  readonly defaultFactory: unknown;
  attrs: Attributes = null;

  constructor(defaultFactory: unknown, entries?: Iterable<readonly [K, V]>) {
    super(entries);
    this.defaultFactory = defaultFactory;
  }
}

/** A collections.Counter: how often each key was counted. */
export class PyCounter<K = unknown> extends PyDict<K, unknown> {
  attrs: Attributes = null;
}

/** A collections.deque: an Array, of at most `maxlen` items. What is made of it (slice, map ...) is a plain Array. */
export class PyDeque<T = unknown> extends Array<T> {
  /** The most items that it takes; null for any number. */
  maxlen: number | null = null;
  attrs: Attributes = null;

  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /** Appends on the right, as Python's extend: what is too much falls off on the left. */
  extend(items: readonly T[]): void {
    const { maxlen } = this;
    const from = maxlen === null ? 0 : Math.max(items.length - maxlen, 0);
    for (let i = from; i < items.length; i++) this.push(items[i]!);
    if (maxlen !== null && this.length > maxlen) this.splice(0, this.length - maxlen);
  }
}

/** A collections.ChainMap: dicts that are looked through in order. */
export class PyChainMap {
  readonly maps: readonly unknown[];

  constructor(maps: readonly unknown[]) {
    this.maps = maps;
  }

  toJSON(): unknown {
    return { $chainMap: this.maps };
  }
}

/** A collections.UserDict, UserList or UserString: what it wraps, and other attributes. */
export class PyUserCollection {
  readonly kind: 'UserDict' | 'UserList' | 'UserString';
  /** The dict, list or str inside. */
  readonly data: unknown;
  /** Attributes other than `data`. */
  readonly attrs: Attributes = null;

  constructor(kind: 'UserDict' | 'UserList' | 'UserString', data: unknown) {
    this.kind = kind;
    this.data = data;
  }

  toJSON(): unknown {
    return this.data;
  }
}

/** A types.SimpleNamespace: attributes, and nothing else. */
export class PyNamespace {
  readonly attrs: Map<string, unknown>;

  constructor(attrs: Map<string, unknown> = new Map()) {
    this.attrs = attrs;
  }

  toJSON(): unknown {
    return Object.fromEntries(this.attrs);
  }
}

/** A functools.partial: a call that waits for the rest of its arguments. It is told, and cannot be made. */
export class PyPartial {
  readonly func: unknown;
  readonly args: readonly unknown[];
  readonly keywords: ReadonlyMap<string, unknown>;
  readonly attrs: Attributes;

  constructor(
    func: unknown,
    args: readonly unknown[],
    keywords: ReadonlyMap<string, unknown>,
    attrs: Attributes = null,
  ) {
    this.func = func;
    this.args = args;
    this.keywords = keywords;
    this.attrs = attrs;
  }

  toJSON(): unknown {
    return { $partial: this.func, args: this.args, keywords: Object.fromEntries(this.keywords) };
  }
}
