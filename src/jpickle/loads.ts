import { latin1Bytes } from '../bytes/latin1.ts';
import type { Where } from '../bytes/where.ts';
import { asBytes, type BytesLike } from '../bytes/bytes-like.ts';
import { isAllocationSaid } from '../decode/settings.ts';
import { addAll, assignState, refuse, setEntries } from '../dropin/assign.ts';
import { builtinName, builtinOf } from '../dropin/builtins.ts';
import { decode } from '../dropin/decode.ts';
import { callOrConstruct, construct } from '../dropin/functions.ts';
import type { Habits } from '../dropin/habits.ts';
import type { DecodeOptions, PyType, TypeContext } from '../spec/options.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { PyGlobal } from '../values/py.ts';
import { resolveOptions } from '../values/resolve-options.ts';
import { emulatedAs } from './emulated.ts';

export type LoadsOptions = Pick<DecodeOptions, 'encoding' | 'engine' | 'errors' | 'int' | 'limits' | 'persistentLoad'>;

/** How instances are changed: BUILD assigns. */
const CHANGES: PyType = {
  setState: (target, state) => {
    if (!assignState(target as object, state)) refuse('The state is no dict and no tuple.');
  },
  extend: (target, items) => addAll(target as object, items, ['push', 'append']),
  setItems: (target, entries) => setEntries(target as object, entries),
  addItems: (target, items) => addAll(target as object, items, ['add', 'push']),
};

const HABITS: Habits = {
  setsAreArrays: false,
  global: find,
  call,
  buffer: () => undefined,
};

/**
 * Reads a pickle as jpickle 0.4.1 does, by the decoder of this package, and protocols 3 to 5 too. What it does otherwise
 * is told in the README of this folder.
 * @param data a string whose characters are bytes, or bytes
 * @throws PickleError with a `code` and an `offset`, FORBIDDEN_GLOBAL for what is not emulated; what is emulated throws
 */
export function loads(data: string | BytesLike, options?: LoadsOptions): unknown {
  const bytes = typeof data === 'string' ? latin1Bytes(data) : asBytes(data);
  if (bytes === undefined) throw new TypeError('A character of the string is no byte: it was read as text.');
  const resolved = resolveOptions({
    // Ints were never anything else, and programs reckon with them.
    int: 'number',
    dict: 'object',
    encoding: 'latin1',
    fixImports: false,
    ...options,
  });
  return decode(bytes, resolved, {
    habits: HABITS,
    type: CHANGES,
    bufferCount: 0,
    allocationSaid: isAllocationSaid(options),
  }).value;
}

function find(module: string, name: string, where: Where): unknown {
  const found = emulatedAs(`${module}.${name}`);
  if (found !== undefined) return found;
  const known = builtinName(module, name);
  if (builtinOf(known) !== undefined || known === 'builtins.object') return new PyGlobal(module, name);
  throw pickleError('FORBIDDEN_GLOBAL', { ...where, detail: `Cannot emulate global: ${module} ${name}.` });
}

function call(callee: unknown, how: string, args: readonly unknown[], _kwargs: unknown, context: TypeContext): unknown {
  const name = nameOf(callee);
  if (name !== undefined) {
    const made = builtinOf(name)?.(args, context, nameOf);
    if (made === undefined) refuse(`${name} is not made of these arguments. Register a function of your own.`);
    return made;
  }
  return how === 'reduce' ? callOrConstruct(callee, [args]) : construct(callee, args);
}

function nameOf(value: unknown): string | undefined {
  return value instanceof PyGlobal ? builtinName(value.module, value.name) : undefined;
}
