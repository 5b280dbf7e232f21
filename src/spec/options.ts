/** The options of `loads` and its like, and what they are when nothing is said. */
import type { Reducer } from './reducer.ts';
import type { Limits } from './limits.ts';

export type Engine = 'auto' | 'wasm' | 'ts';

/** What a type is told of the decode that it makes values for. */
export interface TypeContext {
  readonly options: ResolvedOptions;
  /** The type of a class that the pickle names, as it is among the arguments; undefined where none is known. */
  typeOf(cls: unknown): PyType | undefined;
  /**
   * Says that an instance is of another type than the one that was called: later steps on it, as BUILD, are that one's.
   * For functions that make instances of the classes that they are given.
   */
  adopt(instance: object, type: PyType): void;
}

/**
 * How values of one Python class or function are made: what a family in `src/types/` registers, and what a user may.
 * A method that is missing means that the pickle's step is not taken: the value stays an inert PyObject.
 */
export interface PyType {
  /** `callable(*args, **kwargs)`: REDUCE, INST and OBJ. Undefined declines. */
  call?(args: readonly unknown[], kwargs: ReadonlyMap<unknown, unknown> | undefined, context: TypeContext): unknown;
  /** `cls.__new__(cls, *args, **kwargs)`: NEWOBJ and NEWOBJ_EX. No constructor may run. */
  create?(args: readonly unknown[], kwargs: ReadonlyMap<unknown, unknown> | undefined, context: TypeContext): unknown;
  /** BUILD. */
  setState?(target: unknown, state: unknown, context: TypeContext): void;
  /** APPEND and APPENDS, SETITEM and SETITEMS, ADDITEMS on an instance. */
  extend?(target: unknown, items: readonly unknown[]): void;
  setItems?(target: unknown, entries: readonly (readonly [unknown, unknown])[]): void;
  addItems?(target: unknown, items: readonly unknown[]): void;
}

/** Types that belong together: one file each in `src/types/`, one line in its list. */
export interface TypeFamily {
  readonly name: string;
  /** Module, name, how its values are made. Names as Python 3 has them: fix_imports comes before. */
  readonly types: readonly (readonly [module: string, name: string, type: PyType])[];
  /** What `dumps` writes for the values that the family makes: their classes, each with its reducer. */
  readonly reducers?: readonly (readonly [abstract new (...args: never[]) => object, Reducer])[] | undefined;
}

/** What may be registered: a class, a function, or a PyType. */
export type Registered = (abstract new (...args: never[]) => unknown) | ((...args: never[]) => unknown) | PyType;

/** Classes and functions by module, then by name. Dotted names are one name: `{ m: { 'Outer.Inner': C } }`. */
export type Registry = Readonly<Record<string, Readonly<Record<string, Registered>>>>;

export interface DecodeOptions {
  /** Out-of-band buffers of protocol 5, in the order in which `buffer_callback` got them. */
  readonly buffers?: Iterable<ArrayBufferView | ArrayBuffer> | undefined;
  /** What Python 2 strings are: an encoding's name, or 'bytes'. Default 'ASCII', as in Python. */
  readonly encoding?: string | undefined;
  /** What to do with bytes that the encoding does not know: 'strict' (default), 'ignore', 'replace', ... as in Python. */
  readonly errors?: string | undefined;
  /** Whether names of Python 2 modules and classes become those of Python 3, below protocol 3. Default true. */
  readonly fixImports?: boolean | undefined;
  /** 'auto' (default): a number where it is a safe integer, else a bigint. 'number': always a number, rounded. */
  readonly int?: 'auto' | 'bigint' | 'number' | undefined;
  /** 'array' (default), or 'tagged': a PyTuple, which is an Array that tells itself from a list. */
  readonly tuple?: 'array' | 'tagged' | undefined;
  /**
   * 'array' (default), or 'typed': a list that holds floats and nothing else, at least one, is a Float64Array. Not where
   * pickles share a memo, for a later one may add to it.
   */
  readonly list?: 'array' | 'typed' | undefined;
  /** 'auto' (default): a plain object where every key is a str, else a Map. */
  readonly dict?: 'auto' | 'map' | 'object' | undefined;
  /** Whether bytes are copies. Default false: they are views of the input. */
  readonly copyBytes?: boolean | undefined;
  /** Every lossless option at once: every Python type tells itself from every other. */
  readonly exact?: boolean | undefined;
  /**
   * What to do with globals. 'known' (default): registered ones and the built-in families are resolved, others stay
   * inert. 'inert': the built-in families are left out, only what `registry` names is resolved. 'strict': as 'known',
   * but a global that is not known is an error.
   */
  readonly globals?: 'known' | 'inert' | 'strict' | undefined;
  /**
   * The families of types that are known, beside Python's own containers: `[numpy, pandas]` from `pickle-wasm/types`, or
   * `[]`. Default: all.
   */
  readonly families?: readonly TypeFamily[] | undefined;
  /** Your own classes and functions. */
  readonly registry?: Registry | undefined;
  /** Gives the object of a persistent id. */
  readonly persistentLoad?: ((id: unknown) => unknown) | undefined;
  /** What extension codes stand for: `{ 240: ['module', 'name'] }`. */
  readonly extensions?:
    ReadonlyMap<number, readonly [string, string]> | Readonly<Record<number, readonly [string, string]>> | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** 'auto' (default): wasm wherever it runs, but for what a process reads first if it is short. Both give the same value. */
  readonly engine?: Engine | undefined;
}

/** The options with everything said. */
export interface ResolvedOptions {
  readonly buffers: readonly (ArrayBufferView | ArrayBuffer)[] | null;
  readonly encoding: string;
  readonly errors: string;
  readonly fixImports: boolean;
  readonly int: 'auto' | 'bigint' | 'number';
  readonly tuple: 'array' | 'tagged';
  readonly list: 'array' | 'typed';
  readonly dict: 'auto' | 'map' | 'object' | 'exact';
  readonly copyBytes: boolean;
  readonly exact: boolean;
  readonly globals: 'known' | 'inert' | 'strict';
  readonly families: readonly TypeFamily[] | undefined;
  readonly registry: Registry | undefined;
  readonly persistentLoad: ((id: unknown) => unknown) | undefined;
  readonly extensions: ReadonlyMap<number, readonly [string, string]>;
  readonly limits: Limits;
  readonly engine: Engine;
  /**
   * Given by an Unpickler's `findClass`: what a global stands for (a class, a function, a PyType), or undefined for inert.
   * Names are after fix_imports.
   */
  readonly findClass: ((module: string, name: string) => unknown) | undefined;
}
