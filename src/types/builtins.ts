/**
 * Python's own containers where they are called by name: what protocols 0 to 4 do for bytes, bytearrays and sets, for which
 * they have no opcodes, and classes that reduce themselves to a list or dict. What the types do not take declines: the
 * call stays inert.
 */
import { latin1Bytes } from '../bytes/latin1.ts';
import { pickleError } from '../spec/pickle-error.ts';
import type { PyType, TypeContext, TypeFamily } from '../spec/options.ts';
import { setOwn } from '../values/dicts.ts';
import { UnhashableKey } from '../values/keys.ts';
import { PyByteArray, PyTuple } from '../values/py.ts';
import { mapOfValues, setOfValues } from '../values/value-keys.ts';

export const builtins: TypeFamily = {
  name: 'builtins',
  types: [
    ['_codecs', 'encode', /* @__PURE__ */ maker(encode)],
    ['builtins', 'bytes', /* @__PURE__ */ maker(bytesOf)],
    ['builtins', 'bytearray', /* @__PURE__ */ maker((args, context) => own(bytesOf(args), context))],
    ['builtins', 'set', /* @__PURE__ */ maker((args, { options }) => setOf(args, options.exact, false))],
    ['builtins', 'frozenset', /* @__PURE__ */ maker((args, { options }) => setOf(args, options.exact, true))],
    ['builtins', 'list', /* @__PURE__ */ maker((args) => itemsOf(args)?.slice())],
    ['builtins', 'tuple', /* @__PURE__ */ maker((args, context) => tupleOf(itemsOf(args), context))],
    ['builtins', 'dict', /* @__PURE__ */ maker(dictOf)],
  ],
};

/** A type that is called, and takes no keyword arguments. */
function maker(make: (args: readonly unknown[], context: TypeContext) => unknown): PyType {
  return {
    call: (args, kwargs, context) => (kwargs !== undefined && kwargs.size > 0 ? undefined : make(args, context)),
  };
}

/** `_codecs.encode(text, 'latin1')`: how protocols 0 to 2 write bytes. Other encodings are left as they are. */
function encode(args: readonly unknown[]): unknown {
  const [text, encoding = 'utf-8'] = args;
  if (args.length > 2 || typeof text !== 'string' || typeof encoding !== 'string') return undefined;
  return isLatin1(encoding) ? encoded(text) : undefined;
}

function bytesOf(args: readonly unknown[]): Uint8Array | undefined {
  const [source, encoding] = args;
  if (args.length === 0) return new Uint8Array(0);
  if (args.length === 2 && typeof source === 'string' && typeof encoding === 'string') {
    return isLatin1(encoding) ? encoded(source) : undefined;
  }
  if (args.length !== 1) return undefined;
  if (source instanceof Uint8Array) return source.slice();
  if (!Array.isArray(source)) return undefined;
  const bytes = new Uint8Array(source.length);
  for (let i = 0; i < bytes.length; i++) {
    const item: unknown = source[i];
    const number = typeof item === 'number' || typeof item === 'bigint' ? Number(item) : NaN;
    if (!(Number.isInteger(number) && number >= 0 && number < 256)) return undefined;
    bytes[i] = number;
  }
  return bytes;
}

function own(bytes: Uint8Array | undefined, { options }: TypeContext): Uint8Array | undefined {
  if (bytes === undefined || !options.exact) return bytes;
  return new PyByteArray(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
}

/** The items of one iterable argument, or of none; undefined where it is something else. */
function itemsOf(args: readonly unknown[]): readonly unknown[] | undefined {
  const [source] = args;
  if (args.length === 0) return [];
  if (args.length > 1) return undefined;
  if (Array.isArray(source)) return source;
  return source instanceof Set ? Array.from(source) : undefined;
}

function setOf(args: readonly unknown[], exact: boolean, isFrozen: boolean): unknown {
  const items = itemsOf(args);
  return items && hashing(() => setOfValues(items, exact, isFrozen));
}

function tupleOf(items: readonly unknown[] | undefined, { options }: TypeContext): unknown {
  if (items === undefined) return undefined;
  return options.tuple === 'tagged' ? PyTuple.from(items) : items.slice();
}

/** `dict()`, of another dict, or of pairs. */
function dictOf(args: readonly unknown[], { options }: TypeContext): unknown {
  const [source] = args;
  if (args.length > 1) return undefined;
  const pairs = args.length === 0 ? [] : pairsOf(source);
  if (pairs === undefined) return undefined;
  const hasTextKeys = pairs.every(([key]) => typeof key === 'string');
  if (hasTextKeys && (options.dict === 'auto' || options.dict === 'object')) {
    const object: Record<string, unknown> = {};
    for (const [key, value] of pairs) setOwn(object, key as string, value);
    return object;
  }
  const keys = pairs.map(([key]) => key);
  const values = pairs.map(([, value]) => value);
  return options.dict === 'object' ? undefined : hashing(() => mapOfValues(keys, values, options.exact));
}

function pairsOf(source: unknown): (readonly [unknown, unknown])[] | undefined {
  if (source instanceof Map) return Array.from(source as Map<unknown, unknown>);
  if (Array.isArray(source)) {
    return source.every((pair) => Array.isArray(pair) && pair.length === 2)
      ? (source as [unknown, unknown][])
      : undefined;
  }
  if (typeof source !== 'object' || source === null) return undefined;
  return Object.getPrototypeOf(source) === Object.prototype ? Object.entries(source) : undefined;
}

/** A key that Python cannot hash. Whoever calls the type knows the place. */
function hashing<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof UnhashableKey) throw pickleError('UNHASHABLE_KEY', { offset: -1 });
    throw error;
  }
}

/** @throws PickleError INVALID_STATE where a character is beyond Latin-1 */
function encoded(text: string): Uint8Array {
  const bytes = latin1Bytes(text);
  if (bytes === undefined) throw pickleError('INVALID_STATE', { offset: -1 });
  return bytes;
}

function isLatin1(encoding: string): boolean {
  const name = encoding.toLowerCase().replaceAll(/[-_ ]/g, '');
  return name === 'latin1' || name === 'iso88591' || name === 'latin';
}
