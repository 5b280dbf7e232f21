// oxlint-disable no-underscore-dangle -- the names are pickleparser's
/** Where two values that two decoders gave for one pickle differ, and in what way. */

/** What a difference is about, as far as the two values at the place tell it. */
export type Kind =
  'integer' | 'float' | 'text' | 'builtin' | 'bytes' | 'instance' | 'keys' | 'state' | 'set' | 'undefined' | 'other';

export interface Difference {
  readonly path: string;
  readonly kind: Kind;
  readonly theirs: unknown;
  readonly ours: unknown;
}

interface Named {
  readonly __module__?: unknown;
  readonly __name__?: unknown;
  readonly args?: readonly unknown[];
  readonly kwargs?: readonly unknown[];
}

const BUILTIN_MODULES = new Set(['__builtin__', 'builtins', '_codecs', 'copy_reg', 'copyreg']);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isInteger = (value: unknown): boolean => typeof value === 'bigint' || Number.isInteger(value);
const isNamed = (value: unknown): value is Named => isObject(value) && '__module__' in value && '__name__' in value;

/** The first place where the values differ; undefined where they are the same. Cycles and shared parts are followed once. */
export function firstDifference(theirs: unknown, ours: unknown): Difference | undefined {
  const seen = new Map<unknown, unknown>();
  const todo: [path: string, theirs: unknown, ours: unknown][] = [['', theirs, ours]];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const [path, a, b] = next;
    if (Object.is(a, b)) continue;
    const differ = (kind: Kind): Difference => ({ path, kind, theirs: a, ours: b });
    if (!isObject(a) || !isObject(b)) {
      if (typeof a === 'function' && typeof b === 'function' && sameNames(a.prototype ?? {}, b.prototype ?? {}))
        continue;
      return differ(isNamed(a) && isBuiltin(a) ? 'builtin' : leafKind(a, b));
    }
    if (seen.has(a)) {
      if (seen.get(a) === b) continue;
      return differ('other');
    }
    seen.set(a, b);
    if (isNamed(a) && isBuiltin(a) && !(isNamed(b) && sameNames(a, b))) return differ('builtin');
    if (a instanceof Uint8Array || b instanceof Uint8Array) {
      const same = a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0;
      if (!same || a.constructor !== b.constructor) return differ('bytes');
      continue;
    }
    if (!sameNames(a, b)) return differ('instance');
    const keys = Reflect.ownKeys(a).filter((key) => typeof key === 'string');
    const others = Reflect.ownKeys(b).filter((key) => typeof key === 'string');
    if (keys.length !== others.length || keys.some((key) => !Object.hasOwn(b, key))) {
      return differ(isNamed(a) ? 'state' : Array.isArray(a) ? 'set' : 'keys');
    }
    if (Array.isArray(a) !== Array.isArray(b)) return differ('other');
    for (const key of keys.toReversed()) {
      const value = Object.getOwnPropertyDescriptor(a, key)!.value as unknown;
      todo.push([`${path}.${key}`, value, Object.getOwnPropertyDescriptor(b, key)!.value as unknown]);
    }
  }
  return undefined;
}

function leafKind(a: unknown, b: unknown): Kind {
  if (a === undefined) return 'undefined';
  if (typeof a === 'function' && typeof b === 'function') return 'text';
  if ((isInteger(a) && isInteger(b)) || (typeof a === 'number' && typeof b === 'bigint')) return 'integer';
  if (typeof a === 'number' && typeof b === 'number') return 'float';
  return typeof a === 'string' && typeof b === 'string' ? 'text' : 'other';
}

function isBuiltin({ __module__: module }: Named): boolean {
  return typeof module === 'string' && BUILTIN_MODULES.has(module);
}

function sameNames(a: Named, b: Named): boolean {
  return a.__module__ === b.__module__ && a.__name__ === b.__name__;
}
