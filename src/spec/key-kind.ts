/** What classes say of their instances as keys of dicts and items of sets. Without a word they are equal by identity. */

export type KeyKind = 'tuple' | 'frozenset' | 'global' | 'float' | 'unhashable';

/** Property of a prototype that holds its `KeyKind`. A symbol of this module's own, so that no data can set it. */
export const keyKind = /* @__PURE__ */ Symbol('pickle-wasm.keyKind');

/**
 * Method of a prototype that gives the value that an instance is equal to: a number that is no NaN, a bigint, a str or
 * bytes; or a tag and the parts that tell instances of one tag apart, which are keys themselves; or undefined where it is
 * equal to itself alone.
 */
export const keyValue = /* @__PURE__ */ Symbol('pickle-wasm.keyValue');

export type KeyValue = number | bigint | string | Uint8Array | readonly [tag: string, ...parts: unknown[]] | undefined;
