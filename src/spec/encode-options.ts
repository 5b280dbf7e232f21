/** The options of `dumps` and its like, and how values of classes say what is written for them. */
import type { Registry, TypeFamily } from './options.ts';

/**
 * What is written for an object, as Python's `__reduce__` says it: how the object is made anew. Items that are undefined
 * or null do not happen.
 *
 * - `callable(*args)` makes the object; a callable is a PyGlobal, or what reduces to one.
 * - `state` is given to its `__setstate__`, or becomes its attributes.
 * - `listItems` are appended, `dictItems` are set as key and value.
 * - `stateSetter(object, state)` is called in place of BUILD.
 *
 * Where the callable is the PyGlobal `copyreg.__newobj__` or `copyreg.__newobj_ex__`, protocols 2 and above write NEWOBJ
 * and NEWOBJ_EX, as CPython does. A PyGlobal in place of the array stands for itself: the object is that global.
 */
export type Reduction =
  | readonly [
      callable: unknown,
      args: readonly unknown[],
      state?: unknown,
      listItems?: Iterable<unknown> | null | undefined,
      dictItems?: Iterable<readonly [unknown, unknown]> | null | undefined,
      stateSetter?: unknown,
    ]
  | object;

/** What a reducer is told of the dump that it writes for. */
export interface EncodeContext {
  /** 0 to 5. */
  readonly protocol: number;
  /**
   * What the pickle said that the value was read from: the call and what was done to its result, as an inert PyObject;
   * undefined where the value was not decoded with `exact: true`. Names a class as its writer knew it.
   */
  recipe(value: object): object | undefined;
  /** Wraps bytes that may lie out of band: written through `bufferCallback` in protocol 5, else as bytes or bytearray. */
  buffer(bytes: Uint8Array, isReadonly: boolean): unknown;
}

/** Says what is written for an instance of the class that it is listed for. */
export type Reducer<T extends object = never> = (value: T, context: EncodeContext) => Reduction;

export interface EncodeOptions {
  /** 0 to 5, or -1 for the highest. Default 4, as in Python 3.8 to 3.13. */
  readonly protocol?: number | undefined;
  /** Whether names of Python 3 become those of Python 2, below protocol 3. Default true. */
  readonly fixImports?: boolean | undefined;
  /**
   * Gets each out-of-band buffer, in order (protocol 5). What gives a true value is written in band, as in Python. Buffers
   * are views of the value's own memory: nothing is copied.
   */
  readonly bufferCallback?: ((buffer: Uint8Array) => unknown) | undefined;
  /** Gives the persistent id of an object; undefined or null where it has none. */
  readonly persistentId?: ((value: unknown) => unknown) | undefined;
  /** Says what is written for an object, before all else; undefined where it does not say. As Python's reducer_override. */
  readonly reducerOverride?: ((value: object) => Reduction | undefined) | undefined;
  /**
   * Whether objects that are met again are written once and referred to: default true. Without, trees are written faster,
   * shared objects are written again, and a cycle is an error. As Python's `Pickler.fast`.
   */
  readonly refs?: boolean | undefined;
  /**
   * Which equal strings are written once: those that are 'keys' of dicts and names of attributes (default), 'all', or
   * 'none'. Python tells strings by identity, which JavaScript's have not.
   */
  readonly memoStrings?: 'keys' | 'all' | 'none' | undefined;
  /** Your own classes, by the module and name that Python knows them by. */
  readonly registry?: Registry | undefined;
  /** The families of types whose classes are known, as for decoding. Default: all. */
  readonly families?: readonly TypeFamily[] | undefined;
  /** What is written for instances of classes: before what the classes say themselves. As Python's dispatch_table. */
  readonly reducers?: ReadonlyMap<abstract new (...args: never[]) => object, Reducer> | undefined;
}
