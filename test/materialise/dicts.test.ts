import { describe, expect, it } from 'vitest';
import { loads, PickleError, PyDict, PyFrozenSet, PySet, type DecodeOptions } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { dict, float, get, global, int, latin1, list, long, put, str, tuple } from '../support/opcodes.ts';

const NONE = 'N';
const TRUE = '\x88';
const FALSE = '\x89';
const NAN = float(NaN);

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof PickleError) return error.code;
    throw error;
  }
  return 'none';
};

describe.each(ENGINES)('a dict, %s', (engine) => {
  const read = (pickle: string, options?: DecodeOptions): unknown =>
    loads(latin1(`${pickle}.`), { ...options, engine });
  const entries = (pickle: string, options?: DecodeOptions): [string, unknown][] => {
    const map = read(pickle, options) as Map<unknown, unknown>;
    return [map.constructor.name, ...map] as never;
  };

  it('is a plain object where every key is a str', () => {
    expect(read('}')).toEqual({});
    expect(Object.getPrototypeOf(read('}'))).toBe(Object.prototype);
    expect(read(dict(str('a'), int(1), str('b'), NONE))).toEqual({ a: 1, b: null });
    // A key met again keeps its place and takes the new value.
    expect(Object.entries(read(dict(str('a'), int(1), str('b'), NONE, str('a'), int(2))) as object)).toEqual([
      ['a', 2],
      ['b', null],
    ]);
    expect(read(`}(u${'('}u`)).toEqual({});
  });

  it('has __proto__ and its like as own keys', () => {
    const items = [str('__proto__'), dict(str('x'), int(1)), str('constructor'), int(2), str('toString'), int(3)];
    for (const pickle of [dict(...items), dict(...items, str('a'), int(1), str('a'), int(2))]) {
      for (const [value] of [[read(pickle)], read(list(pickle, pickle, pickle, pickle)) as object[]]) {
        expect(Object.keys(value as object).slice(0, 3)).toEqual(['__proto__', 'constructor', 'toString']);
        expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
        expect(Object.getOwnPropertyDescriptor(value, '__proto__')!.value).toEqual({ x: 1 });
      }
    }
    // Often enough for a function to be compiled.
    const many = read(list(...Array.from({ length: 300 }, () => dict(...items)))) as object[];
    for (const value of many) expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'toString']);
  });

  it('is a Map where JavaScript compares the keys as Python does', () => {
    expect(entries(dict(int(1), int(2), str('1'), int(3), float(1), int(4)))).toEqual(['Map', [1, 4], ['1', 3]]);
    expect(entries(dict(NONE, int(1), str('a'), int(2)))).toEqual(['Map', [null, 1], ['a', 2]]);
    expect(entries(dict(TRUE, int(1), FALSE, int(2)))).toEqual(['Map', [true, 1], [false, 2]]);
    expect(entries(dict(float(0.5), int(1), long(2n ** 40n), int(2)))).toEqual(['Map', [0.5, 1], [2 ** 40, 2]]);
    const [, [key]] = entries(dict(`${global('m', 'C')})R`, int(1))) as never as [string, [object]];
    expect(String(key)).toBe('[object m.C]');
  });

  it('is a PyDict where it does not', () => {
    expect(entries(dict(int(1), int(2), TRUE, int(3)))).toEqual(['PyDict', [1, 3]]);
    expect(entries(dict(float(-0), int(1), int(0), int(2)))).toEqual(['PyDict', [-0, 2]]);
    expect(entries(dict(long(2n ** 60n), int(1), float(2 ** 60), int(2)))).toEqual(['PyDict', [2n ** 60n, 2]]);
    expect(entries(dict(tuple(int(1)), int(1), tuple(float(1)), int(2), ')', int(3)))).toEqual([
      'PyDict',
      [[1], 2],
      [[], 3],
    ]);
    const made = read(dict('C\x01a', int(1), 'C\x01a', int(2))) as PyDict;
    expect(made).toBeInstanceOf(PyDict);
    expect(made.get(latin1('a'))).toBe(2);
    expect(made.size).toBe(1);
  });

  it('tells NaNs by their identity, also inside tuples', () => {
    const two = dict(NAN, int(1), NAN, int(2));
    const one = dict(`${NAN}${put(0)}`, int(1), get(0), int(2));
    expect((read(two) as Map<unknown, unknown>).size).toBe(2);
    expect((read(one) as Map<unknown, unknown>).size).toBe(1);
    const inTuples = (a: string, b: string): string => dict(tuple(a, str('x')), int(1), tuple(b, str('x')), int(2));
    expect((read(inTuples(NAN, NAN)) as Map<unknown, unknown>).size).toBe(2);
    expect((read(inTuples(`${NAN}${put(0)}`, get(0))) as Map<unknown, unknown>).size).toBe(1);
    const deep = inTuples(tuple(int(1), tuple(`${NAN}${put(0)}`)), tuple(int(1), tuple(get(0))));
    expect((read(deep) as Map<unknown, unknown>).size).toBe(1);
    expect((read(deep, { exact: true }) as Map<unknown, unknown>).size).toBe(1);
  });

  it('by the option map is always a Map', () => {
    expect(entries(dict(str('a'), int(1)), { dict: 'map' })).toEqual(['Map', ['a', 1]]);
    expect(entries('}', { dict: 'map' })).toEqual(['Map']);
    expect(entries(dict(int(1), int(1), TRUE, int(2)), { dict: 'map' })).toEqual(['PyDict', [1, 2]]);
  });

  it('by the option object has texts for keys, as in JSON', () => {
    const options = { dict: 'object' } as const;
    const items = [TRUE, int(1), FALSE, int(2), NONE, int(3), int(5), int(4), float(1e22), int(5), float(2), int(6)];
    expect(read(dict(...items), options)).toEqual({ true: 1, false: 2, null: 3, '5': 4, '1e+22': 5, '2.0': 6 });
    expect(read(dict(float(1e-5), NONE, float(-0), NONE, NAN, NONE, float(-Infinity), NONE), options)).toEqual({
      '1e-05': null,
      '-0.0': null,
      NaN: null,
      '-Infinity': null,
    });
    expect(read(dict(long(2n ** 70n), NONE), options)).toEqual({ '1180591620717411303424': null });
    // One key in Python; its first form counts.
    expect(read(dict(int(1), int(1), TRUE, int(2)), options)).toEqual({ '1': 2 });
    for (const clash of [
      [int(1), str('1')],
      [str('1'), int(1)],
      [NONE, str('null')],
      [NAN, NAN],
      [tuple(int(1)), int(1)],
      ['C\x01a', int(1)],
    ]) {
      expect(codeOf(() => read(dict(clash[0]!, NONE, clash[1]!, NONE), options))).toBe('UNREPRESENTABLE_KEY');
    }
  });

  it('of ints that were rounded has as many keys as in Python', () => {
    const pickle = dict(long(2n ** 53n), int(1), long(2n ** 53n + 1n), int(2));
    expect(entries(pickle, { int: 'number' })).toEqual(['PyDict', [2 ** 53, 1], [2 ** 53, 2]]);
    expect(entries(pickle, { int: 'bigint' })).toEqual(['PyDict', [2n ** 53n, 1n], [2n ** 53n + 1n, 2n]]);
    expect(entries(dict(int(1), NONE, float(1), NONE), { int: 'bigint' })).toEqual(['PyDict', [1n, null]]);
    expect(entries(dict(int(1), NONE, int(2), NONE), { int: 'bigint' })).toEqual(['Map', [1n, null], [2n, null]]);
  });

  it('is no slower where keys were chosen to collide', () => {
    // Multiples of 2^32 and more fall into one bucket of V8's tables where only low bits are hashed.
    const chosen: string[] = [];
    for (let i = 1; i <= 20_000; i++) chosen.push(long(BigInt(i) << 64n), NONE);
    const begin = performance.now();
    expect((read(dict(...chosen)) as Map<unknown, unknown>).size).toBe(20_000);
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});

describe.each(ENGINES)('a set, %s', (engine) => {
  const read = (pickle: string, options?: DecodeOptions): unknown =>
    loads(latin1(`${pickle}.`), { ...options, engine });
  const set = (...items: string[]): string => `\x8f(${items.join('')}\x90`;
  const frozenset = (...items: string[]): string => `(${items.join('')}\x91`;

  it('is a Set, or a PySet where JavaScript compares otherwise', () => {
    for (const made of [read(set(int(1), str('a'), NONE)), read(frozenset(int(1), str('a'), NONE))]) {
      expect((made as object).constructor).toBe(Set);
      expect([...(made as Set<unknown>)]).toEqual([1, 'a', null]);
    }
    const tuples = read(set(tuple(int(1)), tuple(int(1)), TRUE, int(1))) as PySet;
    expect(tuples).toBeInstanceOf(PySet);
    expect([...tuples]).toEqual([[1], true]);
    expect(read(frozenset(TRUE, int(1)))).toBeInstanceOf(PyFrozenSet);
    expect([...(read(set(NAN, NAN)) as PySet)]).toEqual([NaN, NaN]);
    expect(read(frozenset())).toEqual(new Set());
  });

  it('as a key is compared by its items', () => {
    const made = read(dict(frozenset(int(1), int(2)), str('a'), frozenset(int(2), float(1)), str('b'))) as PyDict;
    expect([...made.values()]).toEqual(['b']);
    expect(made.get(new Set([2, 1]))).toBe('b');
  });
});
