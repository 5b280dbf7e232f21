/** Keys are equal as in Python, whatever is made of them. */
import { describe, expect, it } from 'vitest';
import { canonicalKey, isHashFlood, KeyMemo, nanKey, UnhashableKey } from '../../src/values/keys.ts';
import {
  PyByteArray,
  PyDict,
  PyExtension,
  PyFloat,
  PyFrozenSet,
  PyGlobal,
  PyObject,
  PySet,
  PyTuple,
} from '../../src/values/py.ts';

const exact = { exact: true };
const lenient = { exact: false };
const tuple = (...items: unknown[]): PyTuple => PyTuple.from(items);
const frozen = (...items: unknown[]): PyFrozenSet => new PyFrozenSet(items);
const bytes = (...items: number[]): Uint8Array => new Uint8Array(items);
const same = (a: unknown, b: unknown, rules = exact): boolean =>
  new Set([canonicalKey(a, rules), canonicalKey(b, rules)]).size === 1;

const instance = new PyObject(new PyGlobal('m', 'C'), [], 'newobj');
const big = 2n ** 5000n;
const long = 'x'.repeat(1000);

describe('canonicalKey', () => {
  it.each<[string, unknown, unknown]>([
    ['1 and 1.0', 1n, 1],
    ['1 and True', 1n, true],
    ['0.0 and False', 0, false],
    ['-0.0 and 0', -0, 0n],
    ['2**53 and 2.0**53', 2n ** 53n, 2 ** 53],
    ['10**300 as int and float of the same value', BigInt(1e300), 1e300],
    ['ints of 5000 bits', 2n ** 5000n, big],
    ['tuples', tuple(1n, 'a', tuple()), tuple(true, 'a', tuple())],
    ['tuples of -0.0', tuple(-0), tuple(0n)],
    ['tuples of long text', tuple(long), tuple('x'.repeat(1000))],
    ['tuples of None', tuple(null), tuple(null)],
    ['frozensets in any order', frozen('a', 'b', 2n), frozen(2n, 'b', 'a')],
    ['frozensets in frozensets', frozen(frozen(1n), frozen(2n)), frozen(frozen(2n), frozen(1n))],
    ['bytes', bytes(1, 2, 255), bytes(1, 2, 255)],
    ['long bytes', new Uint8Array(1000), new Uint8Array(1000)],
    ['globals by their names as written', new PyGlobal('a', 'b', 'm', 'n'), new PyGlobal('c', 'd', 'm', 'n')],
    ['an instance in tuples', tuple(instance), tuple(instance)],
    ['infinities', Infinity, Infinity],
  ])('%s are one key', (_, a, b) => {
    expect(same(a, b)).toBe(true);
    expect(same(tuple(a, 'x'), tuple(b, 'x'))).toBe(true);
    expect(same(frozen(a), frozen(b))).toBe(true);
  });

  it.each<[string, unknown, unknown]>([
    ['2**53+1 and 2.0**53', 2n ** 53n + 1n, 2 ** 53],
    ['an int and its text', 1n, '1'],
    ['1 and -1', 1n, -1n],
    ['large ints and their negatives', 2n ** 80n, -(2n ** 80n)],
    ['ints of the same low 64 bits', 2n ** 64n + 5n, 2n ** 65n + 5n],
    ['None and False', null, false],
    ['None and 0', null, 0n],
    ['bytes and text', bytes(97), 'a'],
    ['tuples of bytes and of text', tuple(bytes(97)), tuple('a')],
    ['a tuple and a frozenset', tuple(1n), frozen(1n)],
    ['the empty ones', tuple(), frozen()],
    ['a tuple and its item', tuple('a'), 'a'],
    ['tuples that are nested otherwise', tuple(tuple('a'), 'b'), tuple('a', tuple('b'))],
    ['tuples that are cut otherwise', tuple('ab', 'c'), tuple('a', 'bc')],
    ['globals that are cut otherwise', new PyGlobal('a', 'bc'), new PyGlobal('ab', 'c')],
    ['a global and its text', new PyGlobal('a', 'b'), 'a.b'],
    ['two instances', instance, new PyObject(instance.callable, [], 'newobj')],
    ['two nans with a payload', PyFloat.fromBits(0x7ff8000000000001n), PyFloat.fromBits(0x7ff8000000000001n)],
    ['inf and -inf', Infinity, -Infinity],
    ['long texts', long, `${long}x`],
    ['long bytes', new Uint8Array(1000), new Uint8Array(1001)],
    ['long bytes and the same text', new Uint8Array(1000), '\0'.repeat(1000)],
  ])('%s are two keys', (_, a, b) => {
    expect(same(a, b)).toBe(false);
    expect(same(tuple(a, 'x'), tuple(b, 'x'))).toBe(false);
  });

  it('keeps text apart from what it makes', () => {
    for (const value of [tuple('a'), frozen(1n), bytes(1), 2n ** 80n, new PyGlobal('m', 'n')]) {
      const made = canonicalKey(value, exact);
      expect(typeof made).toBe('string');
      expect(same(value, made)).toBe(false);
      expect(same(tuple(value), tuple(made))).toBe(false);
    }
    expect(same('\uffff', '\uffffs\uffff')).toBe(false);
    expect(canonicalKey(nanKey(1), exact)).not.toBe(nanKey(1));
  });

  it('takes two nans in tuples for two, but a tuple for itself', () => {
    const one = tuple(NaN);
    expect(same(one, one)).toBe(true);
    expect(same(one, tuple(NaN))).toBe(false);
    expect(same(tuple(NaN, NaN), frozen(NaN))).toBe(false);
    expect(nanKey(1)).not.toBe(nanKey(2));
  });

  it('groups long tuples', () => {
    const items = Array.from({ length: 10_000 }, (_, i) => i);
    expect(same(PyTuple.from(items), PyTuple.from(items))).toBe(true);
    expect(same(PyTuple.from(items), PyTuple.from([...items, 1]))).toBe(false);
    expect(same(PyTuple.from(items), PyTuple.from(items.toReversed()))).toBe(false);
    expect(same(new PyFrozenSet(items), new PyFrozenSet(items.toReversed()))).toBe(true);
  });

  it.each<[string, unknown]>([
    ['a list', []],
    ['a dict', new PyDict()],
    ['a Map', new Map()],
    ['a plain object', {}],
    ['an object without prototype', Object.create(null)],
    ['a set', new PySet()],
    ['a bytearray', new PyByteArray(1)],
    ['a tuple of a tuple of a list', tuple(tuple([]))],
    ['a frozenset of a set', new Set([new PySet()])],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalKey(value, exact)).toThrow(UnhashableKey);
    // Where Arrays are tuples and Sets are frozensets, the rest is refused all the same.
    if (!JSON.stringify(value)?.includes('[]')) expect(() => canonicalKey(value, lenient)).toThrow(UnhashableKey);
  });

  it('takes Arrays for tuples and Sets for frozensets where they are not told apart', () => {
    expect(same([1, ['a']], tuple(1n, tuple('a')), lenient)).toBe(true);
    expect(same(new Set([1]), frozen(1n), lenient)).toBe(true);
    // Sets of JavaScript hold what is one item in Python as two.
    expect(same(new Set([1, true, [1], [1]]), frozen(1n, tuple(1n)), lenient)).toBe(true);
  });

  it('refuses a tuple that holds itself', () => {
    const one = new PyTuple<unknown>(1);
    one[0] = tuple(one);
    expect(() => canonicalKey(one, exact)).toThrow(UnhashableKey);
  });

  it('is linear in depth and sharing', () => {
    let deep: PyTuple = tuple();
    for (let i = 0; i < 1e5; i++) deep = tuple(deep);
    let other: PyTuple = tuple();
    for (let i = 0; i < 1e5; i++) other = tuple(other);
    expect(same(deep, other)).toBe(true);
    expect(same(deep, tuple(deep))).toBe(false);

    let doubled: PyTuple = tuple();
    for (let i = 0; i < 1000; i++) doubled = tuple(doubled, doubled);
    expect(same(tuple(doubled), tuple(doubled))).toBe(true);
  });

  it('reads large shared parts once for all keys of a memo', () => {
    const rules = { exact: true, memo: new KeyMemo() };
    const parts = ['x'.repeat(1e6), new Uint8Array(1e6), PyTuple.from(Array.from({ length: 1e5 }, (_, i) => i))];
    const start = performance.now();
    for (let i = 0; i < 1e4; i++) canonicalKey(tuple(i, ...parts, 2n ** 4096n), rules);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

/** V8's hash of a small int: what an attacker inverts. */
function hashOf(key: number): number {
  let hash = (~key + (key << 15)) | 0;
  hash ^= hash >>> 12;
  hash = (hash + (hash << 2)) | 0;
  hash ^= hash >>> 4;
  hash = Math.imul(hash, 2057);
  hash ^= hash >>> 16;
  return hash & 0x3fffffff;
}

function colliding(count: number): number[] {
  const keys: number[] = [];
  for (let i = 0; keys.length < count; i++) if ((hashOf(i) & 4095) === 0) keys.push(i);
  return keys;
}

const MASK = (1n << 64n) - 1n;

/** V8's hash of 64 bits, and the bits of a hash: each step of it can be undone. */
function longHashOf(key: bigint): number {
  let hash = (~key + (key << 18n)) & MASK;
  hash ^= hash >> 31n;
  hash = (hash * 21n) & MASK;
  hash ^= hash >> 11n;
  hash = (hash + (hash << 6n)) & MASK;
  hash ^= hash >> 22n;
  return Number(hash & 0x3fffffffn);
}

function inverse(factor: bigint): bigint {
  let x = 1n;
  for (let i = 0; i < 8; i++) x = (x * (2n - factor * x)) & MASK;
  return x;
}

function unshift(hash: bigint, by: bigint): bigint {
  let x = hash;
  for (let i = 0n; i < 64n; i += by) x = hash ^ (x >> by);
  return x;
}

function bitsOf(hash: bigint): bigint {
  let key = unshift(hash, 22n);
  key = unshift((key * inverse(65n)) & MASK, 11n);
  key = unshift((key * inverse(21n)) & MASK, 31n);
  return ((key + 1n) * inverse((1n << 18n) - 1n)) & MASK;
}

describe('isHashFlood', () => {
  it('finds doubles that collide', () => {
    const bits = BigUint64Array.from({ length: 4096 }, (_, i) => bitsOf((BigInt(i) << 30n) + 5n));
    expect(new Set([...bits].map(longHashOf))).toEqual(new Set([5]));
    const keys = [...new Float64Array(bits.buffer)].filter((key) => !Number.isNaN(key));
    expect(isHashFlood(keys)).toBe(true);
  });

  it('finds ints that collide', () => {
    const keys = colliding(8192);
    expect(isHashFlood(keys)).toBe(true);
    expect(isHashFlood(Int32Array.from(keys))).toBe(true);
    expect(isHashFlood(keys.slice(0, 1000))).toBe(false);
  });

  it('finds bigints with the same low bits, and their negatives', () => {
    const keys = Array.from({ length: 4096 }, (_, i) => (BigInt(i) << 64n) + 7n);
    expect(isHashFlood(keys)).toBe(true);
    expect(isHashFlood(keys.map((key) => -key))).toBe(true);
  });

  it.each<[string, (i: number) => unknown]>([
    ['sequences', (i) => i],
    ['multiples of 1000', (i) => i * 1000],
    ['multiples of 2^16', (i) => i * 65536],
    ['days in milliseconds', (i) => 1.6e12 + i * 86_400_000],
    ['multiples of 2^32', (i) => i * 2 ** 32],
    ['halves', (i) => i / 2],
    ['multiples of 0.001', (i) => i * 0.001],
    ['whole floats', (i) => -i * 4096],
    ['ids of 64 bits', (i) => (1n << 60n) + BigInt(i) * 4096n],
    ['text', (i) => `key ${i}`],
  ])('is quiet about %s', (_name, key) => {
    for (const count of [1024, 5000, 100_000])
      expect(isHashFlood(Array.from({ length: count }, (_, i) => key(i)))).toBe(false);
  });

  it('lets a PyDict and a PySet of colliding keys be filled in linear time', () => {
    const keys = colliding(16_384);
    const dict = new PyDict<unknown, number>();
    const set = new PySet();
    const start = performance.now();
    dict.fill(keys, keys, keys);
    set.fill(keys, keys);
    expect(performance.now() - start).toBeLessThan(500);
    expect([...dict.keys()]).toEqual(keys);
    expect(dict.get(keys[77]!)).toBe(keys[77]);
    expect(dict.get(BigInt(keys[77]!))).toBe(keys[77]);
    expect(dict.has(`${keys[77]!}`)).toBe(false);
    expect(set.has(keys[5]!)).toBe(true);
    expect(new PyDict(dict).get(keys[9]!)).toBe(keys[9]);
  });
});

it('an extension object is a key by identity', () => {
  expect(same(new PyExtension(1), new PyExtension(1))).toBe(false);
});
