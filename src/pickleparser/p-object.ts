/** What stands for a class or function that nothing is registered for: callable, inert, and named as in Python. */

/** A class or function of the program. */
export type Resolved = (new (...args: never[]) => unknown) | ((...args: never[]) => unknown);

/** An instance of such a class. Its properties are those of its state. */
export interface PObject {
  readonly __module__: string;
  readonly __name__: string;
  /** What it was called with. Hidden from loops, as is `kwargs`. */
  readonly args: readonly unknown[];
  /** Keyword arguments of `__new__`, if there were any: one item, a dict. */
  readonly kwargs?: readonly unknown[];
}

const names = new WeakMap<object, readonly [module: string, name: string]>();

/**
 * A function that gives instances with the names on their prototype, called or constructed. Nothing is imported or run.
 * @example
 * new (createPObject('shop', 'Order'))(7).args // [7]
 */
export function createPObject<T extends Resolved>(module: string, name: string): T {
  // A function and no class: it may be called without `new`.
  const PObject = function (this: unknown, ...args: unknown[]): unknown {
    const target = new.target === undefined ? (Object.create(PObject.prototype as object) as object) : (this as object);
    hide(target, 'args', args);
    return target;
  };
  // Written out, for minifiers rename functions.
  Object.defineProperty(PObject, 'name', { value: 'PObject', configurable: true });
  const prototype = PObject.prototype as Record<string, unknown>;
  prototype['__module__'] = module;
  prototype['__name__'] = name;
  prototype['__setnewargs_ex__'] = function (this: object, ...kwargs: unknown[]): void {
    hide(this, 'kwargs', kwargs);
  };
  names.set(PObject, [module, name]);
  return PObject as unknown as T;
}

/** The names of what `createPObject` has made; undefined for anything else. */
export function namesOfPObject(value: unknown): readonly [module: string, name: string] | undefined {
  return typeof value === 'function' ? names.get(value) : undefined;
}

/** An own property that loops and JSON leave out; a state may hold one of the same name, which takes its place. */
export function hide(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: false, configurable: true, writable: false });
}
