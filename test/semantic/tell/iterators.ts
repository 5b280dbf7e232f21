/** Iterators stay as they are pickled: a call of `iter`, and how far they have come. The truth tells their classes. */
import { PyByteArray, PyGlobal, PyObject, PyRange, PyTuple } from '../../../src/index.ts';
import type { Teller } from '../teller.ts';

const NAMED = new Set(['enumerate', 'zip', 'map', 'filter']);

export const iterators: Teller = {
  made(value) {
    if (!(value instanceof PyObject && value.callable instanceof PyGlobal)) return undefined;
    const { module, name } = value.callable;
    const cls = module === 'builtins' ? classOf(name, value.args[0]) : undefined;
    return cls && { kind: 'object', class: `builtins.${cls}` };
  },
  older: () => undefined,
};

function classOf(name: string, source: unknown): string | undefined {
  if (NAMED.has(name)) return name;
  if (name === 'reversed') return Array.isArray(source) ? 'list_reverseiterator' : 'reversed';
  if (name !== 'iter') return undefined;
  if (typeof source === 'string') return /^[\0-\x7f]*$/.test(source) ? 'str_ascii_iterator' : 'str_iterator';
  if (source instanceof PyTuple) return 'tuple_iterator';
  if (Array.isArray(source)) return 'list_iterator';
  if (source instanceof PyRange) return 'range_iterator';
  if (source instanceof PyByteArray) return 'bytearray_iterator';
  return source instanceof Uint8Array ? 'bytes_iterator' : undefined;
}
