/** The options of `dumps` and its like. */
import type { Registry, TypeFamily } from './options.ts';
import type { Reducer, Reduction } from './reducer.ts';

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
  /**
   * Says what is written for an object; undefined where it does not say. As Python's reducer_override: before all else, but
   * not asked for what Python's own types are written for (lists, dicts, sets, bytes).
   */
  readonly reducerOverride?: ((value: object) => Reduction | undefined) | undefined;
  /**
   * Whether objects that are met again are written once and referred to: default true. Without, trees are written faster,
   * shared objects are written again, and a cycle is an error. As Python's `Pickler.fast`.
   */
  readonly refs?: boolean | undefined;
  /**
   * Which equal strings are written once: those that are 'keys' of dicts and names of attributes, and those of at most one
   * character of Latin-1 (default; but not the keys of dicts of more than 1,000 entries), 'all', or 'none'. Python tells
   * strings by identity, which JavaScript's have not; the short ones every CPython has once.
   */
  readonly memoStrings?: 'keys' | 'all' | 'none' | undefined;
  /** Your own classes, by the module and name that Python knows them by. */
  readonly registry?: Registry | undefined;
  /** The families of types whose classes are known, as for decoding. Default: all. */
  readonly families?: readonly TypeFamily[] | undefined;
  /** What is written for instances of classes: before what the classes say themselves. As Python's dispatch_table. */
  readonly reducers?: ReadonlyMap<abstract new (...args: never[]) => object, Reducer> | undefined;
}
