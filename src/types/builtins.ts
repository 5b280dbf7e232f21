/** What protocols 0 to 4 call to make bytes, bytearrays and sets, for which they have no opcodes. */
import { pickleError } from '../spec/pickle-error.ts';
import type { PyType, TypeContext } from '../spec/options.ts';
import { canonicalKey, UnhashableKey } from '../values/keys.ts';
import { PyByteArray, PyFrozenSet, PySet } from '../values/py.ts';
import type { TypeFamily } from './family.ts';

export const builtins: TypeFamily = {
  name: 'builtins',
  types: [
    ['_codecs', 'encode', { call: encode }],
    ['builtins', 'bytes', maker(bytesOf)],
    ['builtins', 'bytearray', maker((args, context) => own(bytesOf(args), context))],
    ['builtins', 'set', maker((args, context) => setOf(args, context, PySet))],
    ['builtins', 'frozenset', maker((args, context) => setOf(args, context, PyFrozenSet))],
  ],
};

/** A type whose calls and `__new__` do the same, and that takes no keyword arguments. */
function maker(make: (args: readonly unknown[], context: TypeContext) => unknown): PyType {
  const call: PyType['call'] = (args, kwargs, context) =>
    kwargs !== undefined && kwargs.size > 0 ? undefined : make(args, context);
  return { call };
}

/** `_codecs.encode(text, 'latin1')`: how protocols 0 to 2 write bytes. Other encodings are left as they are. */
function encode(args: readonly unknown[]): unknown {
  const [text, encoding = 'utf-8'] = args;
  if (args.length > 2 || typeof text !== 'string' || typeof encoding !== 'string') return undefined;
  return isLatin1(encoding) ? latin1Bytes(text) : undefined;
}

function bytesOf(args: readonly unknown[]): Uint8Array | undefined {
  const [source, encoding] = args;
  if (args.length === 0) return new Uint8Array(0);
  if (args.length === 2 && typeof source === 'string' && typeof encoding === 'string') {
    return isLatin1(encoding) ? latin1Bytes(source) : undefined;
  }
  if (args.length !== 1) return undefined;
  if (source instanceof Uint8Array) return source.slice();
  if (!Array.isArray(source)) return undefined;
  const numbers = source.map((item) => (typeof item === 'number' || typeof item === 'bigint' ? Number(item) : NaN));
  return numbers.every((number) => Number.isInteger(number) && number >= 0 && number < 256)
    ? Uint8Array.from(numbers)
    : undefined;
}

function own(bytes: Uint8Array | undefined, context: TypeContext): Uint8Array | undefined {
  if (bytes === undefined || !context.options.exact) return bytes;
  const copy = new PyByteArray(bytes.length);
  copy.set(bytes);
  return copy;
}

function setOf(args: readonly unknown[], context: TypeContext, Exact: typeof PySet): unknown {
  const { exact } = context.options;
  const items = args.length === 0 ? [] : args[0];
  if (args.length > 1 || !(Array.isArray(items) || items instanceof Set)) return undefined;
  try {
    // Where JavaScript compares the items as Python does, a Set will do.
    const isPlain =
      !exact &&
      [...(items as Iterable<unknown>)].every((item) => typeof item === 'string' || Number.isSafeInteger(item));
    if (isPlain) return new Set(items as Iterable<unknown>);
    const made = new Exact();
    const list = [...(items as Iterable<unknown>)];
    made.fill(
      list.map((item) => canonicalKey(item, { exact })),
      list,
    );
    return made;
  } catch (error) {
    if (error instanceof UnhashableKey) throw pickleError('UNHASHABLE_KEY', { offset: -1 });
    throw error;
  }
}

function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0xff) throw pickleError('INVALID_STATE', { offset: -1 });
    bytes[i] = unit;
  }
  return bytes;
}

function isLatin1(encoding: string): boolean {
  const name = encoding.toLowerCase().replaceAll(/[-_ ]/g, '');
  return name === 'latin1' || name === 'iso88591' || name === 'latin';
}
