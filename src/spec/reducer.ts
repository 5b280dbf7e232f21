/** How values of classes say what is written for them. */

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

/** Thrown by a reducer for a value that it cannot say. What is written then fails with UNPICKLABLE, and its place. */
export class Unwritable extends Error {}
