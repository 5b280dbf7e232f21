/** JSON of large values, made as it is written. Values that are not as large have a toJSON alone. */

/**
 * Method of a prototype that gives what its toJSON gives, with a `LazyList` in place of each list that may be long. A
 * symbol of this module's own, so that no data can set it.
 */
export const lazyJson = /* @__PURE__ */ Symbol('pickle-wasm.lazyJson');

/** A list of which each item is made when it is asked for, and kept by nobody. */
export class LazyList {
  readonly length: number;
  readonly at: (index: number) => unknown;

  constructor(length: number, at: (index: number) => unknown) {
    this.length = length;
    this.at = at;
  }
}
