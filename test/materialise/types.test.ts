import { describe, expect, it } from 'vitest';
import { loads, PickleError, PyByteArray, PyDict, PyFrozenSet, PyObject, PySet, PyTuple } from '../../src/index.ts';
import type { DecodeOptions } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { dict, float, global, int, latin1, list, str, tuple } from '../support/opcodes.ts';

class Thing {
  readonly made: boolean;

  constructor() {
    this.made = true;
  }
}
class Names extends Map<unknown, unknown> {}
class Items extends Array<unknown> {}

describe.each(ENGINES)('built-in types, %s', (engine) => {
  const read = (pickle: string, options?: DecodeOptions): unknown =>
    loads(latin1(`${pickle}.`), { registry: { m: { Thing, Names, Items } }, ...options, engine });
  const call = (name: string, ...args: string[]): string => `${global('builtins', name)}${tuple(...args)}R`;
  const encode = (...args: string[]): string => `${global('_codecs', 'encode')}${tuple(...args)}R`;

  it('are bytes by their old name', () => {
    const pickle = encode(str('a\x7f'), str('latin1'));
    expect(read(pickle)).toEqual(latin1('a\x7f'));
    expect(read(encode(str('a'), str('utf-16')))).toBeInstanceOf(PyObject);
    expect(read(pickle, { globals: 'inert' })).toBeInstanceOf(PyObject);
    expect(read(call('bytes'))).toEqual(new Uint8Array(0));
    expect(read(call('bytes', list(int(1), int(255))))).toEqual(new Uint8Array([1, 255]));
    expect(read(call('bytearray', pickle), { exact: true })).toEqual(new PyByteArray([97, 127]));
    expect(read(call('bytearray', str('x'), str('latin-1')))).toEqual(latin1('x'));
    expect(read(call('bytes', list(str('x'))))).toBeInstanceOf(PyObject);
    let error: unknown;
    try {
      read(encode('X\x03\0\0\0\xe2\x82\xac', str('latin1')));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(PickleError);
    expect(error).toMatchObject({ code: 'INVALID_STATE', opcode: 'REDUCE' });
  });

  it('are sets of what JavaScript compares rightly, else PySets', () => {
    expect((read(call('set', list(int(1), str('a'), 'N'))) as object).constructor).toBe(Set);
    expect(read(call('set', list(int(1), '\x88')))).toEqual(new PySet([1]));
    expect([...(read(call('frozenset', list(float(NaN), float(NaN)))) as PyFrozenSet)]).toEqual([NaN, NaN]);
    expect(read(call('frozenset', list(tuple(int(1)))))).toBeInstanceOf(PyFrozenSet);
    expect(read(call('set', list(int(1))), { exact: true })).toBeInstanceOf(PySet);
    expect(() => read(call('set', list(dict())))).toThrow(/UNHASHABLE_KEY at byte/);
    expect(read(dict(call('frozenset', list(int(1))), int(1), call('frozenset', list(float(1))), int(2)))).toEqual(
      new PyDict([[new Set([1]), 2]]),
    );
  });

  it('are lists, tuples and dicts', () => {
    expect(read(call('list', tuple(int(1))))).toEqual([1]);
    expect(read(call('tuple', list(int(1))), { tuple: 'tagged' })).toEqual(PyTuple.from([1]));
    expect(read(call('dict', list(tuple(str('__proto__'), int(1)), list(str('b'), int(2)))))).toEqual(
      JSON.parse('{"__proto__":1,"b":2}'),
    );
    expect(read(call('dict', dict(int(1), int(2))))).toEqual(new Map([[1, 2]]));
    expect(read(call('dict', int(1)))).toBeInstanceOf(PyObject);
    expect(read(call('dict'), { exact: true })).toEqual(new PyDict());
  });

  it('are instances of registered classes, as protocols 0 and 1 write them', () => {
    const reconstruct = (cls: string, base: string, state: string): string =>
      `ccopy_reg\n_reconstructor\n${tuple(global('m', cls), global('__builtin__', base), state)}R`;
    const thing = read(`${reconstruct('Thing', 'object', 'N')}${dict(str('x'), int(1))}b`) as Thing;
    expect(thing).toBeInstanceOf(Thing);
    expect({ ...thing }).toEqual({ x: 1 });
    expect([...(read(reconstruct('Names', 'dict', dict(str('k'), int(1)))) as Names)]).toEqual([['k', 1]]);
    expect([...(read(reconstruct('Items', 'list', list(int(1)))) as Items)]).toEqual([1]);
    expect(read(reconstruct('Other', 'object', 'N'))).toBeInstanceOf(PyObject);
    expect(read(`ccopyreg\n__newobj__\n(${global('m', 'Thing')}tR`)).toBeInstanceOf(Thing);
  });
});
