/** The Py* classes: how they behave, print and become JSON. */
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  PyBuffer,
  PyByteArray,
  PyDict,
  PyExtension,
  PyFloat,
  PyFrozenSet,
  PyGlobal,
  PyObject,
  PyPersistent,
  PySet,
  PyTuple,
} from '../../src/values/py.ts';
import { nanKey } from '../../src/values/keys.ts';

const global = new PyGlobal('__main__', 'Test');

describe('PyDict', () => {
  it('keeps the first form and place of a key, and the last value', () => {
    const dict = new PyDict<unknown, string>([
      [true, 'a'],
      ['x', 'b'],
      [1n, 'c'],
      [-0, 'd'],
      [0, 'e'],
    ]);
    expect([...dict]).toEqual([
      [true, 'c'],
      ['x', 'b'],
      [-0, 'e'],
    ]);
    expect(Object.is([...dict.keys()][2], -0)).toBe(true);
    expect(dict.size).toBe(3);
  });

  it('is asked in any form', () => {
    const dict = new PyDict<unknown, number>([[PyTuple.from([1n, 'a']), 1], [new PyFrozenSet([1]), 2]]); // prettier-ignore
    expect(dict.get([1, 'a'])).toBe(1);
    expect(dict.has(new Set([true]))).toBe(true);
    expect(dict.delete([1, 'a'])).toBe(true);
    expect(dict.delete([1, 'a'])).toBe(false);
    expect([...dict.values()]).toEqual([2]);
    dict.set([1, 'a'], 3);
    expect([...dict.keys()].at(-1)).toEqual([1, 'a']);
    dict.clear();
    expect(dict.size).toBe(0);
    expect([...dict]).toEqual([]);
    expect(() => dict.get({})).toThrow(TypeError);
  });

  it('sees keys that are set while it is gone through', () => {
    const dict = new PyDict<unknown, number>([['a', 1]]);
    const seen: unknown[] = [];
    for (const [key] of dict) {
      seen.push(key);
      if (dict.size === 1) dict.set(true, 2);
    }
    expect(seen).toEqual(['a', true]);
    const inForEach: unknown[] = [];
    dict.forEach((value, key, map) => inForEach.push([key, value, map === dict]));
    expect(inForEach).toEqual([
      ['a', 1, true],
      [true, 2, true],
    ]);
  });

  it('holds two nans when it is filled, and a program asks for the first', () => {
    const dict = new PyDict<unknown, string>();
    const canonical = [1, 2, 1].map(nanKey);
    dict.fill(canonical, [NaN, NaN, NaN], ['a', 'b', 'c']);
    expect([...dict.entries()]).toEqual([[NaN, 'c'], [NaN, 'b']]); // prettier-ignore
    expect(dict.get(NaN)).toBe('c');
    expect(new PyDict(dict).size).toBe(2);
    dict.set(NaN, 'd');
    expect([...dict.values()]).toEqual(['d', 'b']);
    expect(dict.delete(NaN)).toBe(true);
    expect(dict.get(NaN)).toBe('b');
    const empty = new PyDict([[NaN, 1]]);
    expect(empty.get(NaN)).toBe(1);
  });

  it('is a Map', () => {
    expect(new PyDict()).toBeInstanceOf(Map);
    expect(new Map(new PyDict([[1n, 2]]))).toEqual(new Map([[1n, 2]]));
    expect(structuredClone(new PyDict([['a', 1]]))).toEqual(new Map([['a', 1]]));
  });

  it('becomes JSON', () => {
    const dict = new PyDict<unknown, unknown>([['__proto__', 1], ['b', [2]]]); // prettier-ignore
    expect(JSON.stringify(dict)).toBe('{"__proto__":1,"b":[2]}');
    dict.set(1, 2);
    expect(JSON.stringify(dict)).toBe('[["__proto__",1],["b",[2]],[1,2]]');
  });
});

describe('PySet and PyFrozenSet', () => {
  it('are sets of keys', () => {
    const set = new PySet<unknown>([true, 1, 1n, 'a', [1], PyTuple.from([1n])]);
    expect([...set]).toEqual([true, 'a', [1]]);
    expect([...set.entries()][0]).toEqual([true, true]);
    expect([...set.keys()]).toEqual([...set.values()]);
    expect(set.has(1)).toBe(true);
    expect(set.delete(1)).toBe(true);
    expect(set.size).toBe(2);
    const seen: unknown[] = [];
    set.forEach((item, same, of) => seen.push(item === same, of === set));
    expect(seen).toEqual([true, true, true, true]);
    set.clear();
    expect(set.size).toBe(0);
    expect(set).toBeInstanceOf(Set);
    expect(new PyFrozenSet([1])).toBeInstanceOf(PySet);
  });

  it('hold two nans when they are filled', () => {
    const set = new PySet();
    const canonical = [1, 2].map(nanKey);
    set.fill(canonical, [NaN, NaN]);
    expect([...set]).toEqual([NaN, NaN]);
    expect(set.has(NaN)).toBe(true);
    expect(new PyFrozenSet(set).size).toBe(2);
  });

  it('become JSON', () => {
    expect(JSON.stringify(new PySet(['a', 1]))).toBe('["a",1]');
  });
});

describe('PyTuple', () => {
  it('is an Array that tells itself from one', () => {
    const tuple = PyTuple.from([3]);
    expect(tuple).toBeInstanceOf(PyTuple);
    expect(Array.isArray(tuple)).toBe(true);
    expect(tuple.length).toBe(1);
    expect(tuple.map((x) => x)).not.toBeInstanceOf(PyTuple);
    expect(PyTuple.from(new Set([1, 2]), (x) => x * 2)).toEqual(PyTuple.from([2, 4]));
    expect(PyTuple.from({ length: 2, 0: 'a', 1: 'b' }).length).toBe(2);
    expect(JSON.stringify(tuple)).toBe('[3]');
  });
});

describe('PyByteArray, PyFloat, PyBuffer', () => {
  it('behave', () => {
    const bytes = new PyByteArray([1, 2, 3]);
    expect(bytes.subarray(1)).not.toBeInstanceOf(PyByteArray);
    expect(JSON.stringify(bytes)).toBe('{"$bytearray":"AQID"}');
    expect(JSON.stringify(new PyByteArray(10_000))).toContain(Buffer.alloc(10_000).toString('base64'));
    const nan = PyFloat.fromBits(0xfff8000000000000n);
    expect(Number(nan)).toBeNaN();
    expect(inspect(nan)).toBe('NaN(0xfff8000000000000)');
    expect(JSON.stringify(nan)).toBe('{"$float":"fff8000000000000"}');
    const one = new PyFloat(1);
    expect([Number(one), String(one), inspect(one), JSON.stringify(one)]).toEqual([1, '1.0', '1.0', '1']);
    expect([one.bits, new PyFloat(NaN).bits]).toEqual([0x3ff0000000000000n, 0x7ff8000000000000n]);
    expect(PyFloat.fromBits(0x3ff0000000000000n)).toEqual(one);
    expect(inspect(new PyBuffer(0, true, new Uint8Array(5)))).toBe('PyBuffer(0, readonly) [5 bytes]');
  });
});

describe('PyObject', () => {
  it('keeps what is done to it', () => {
    const object = new PyObject(global, PyTuple.from(['/path']), 'reduce');
    expect([object.state, object.states, object.appends, object.setItems, object.added]).toEqual([
      undefined,
      [],
      undefined,
      undefined,
      undefined,
    ]);
    object.addState(null);
    expect(object.states).toEqual([null]);
    object.addState({ x: 1 });
    object.addState(3);
    expect([object.state, object.states]).toEqual([3, [null, { x: 1 }, 3]]);
    object.addAppends([1]);
    object.addAppends([2]);
    object.addSetItems([['a', 1]]);
    object.addAdded([5]);
    const setter = new PyObject(global, [object], 'reduce');
    object.addSetter(setter);
    expect([object.appends, object.setItems, object.added, object.setters]).toEqual([
      [1, 2],
      [['a', 1]],
      [5],
      [setter],
    ]);
  });

  it('prints', () => {
    const object = new PyObject(global, PyTuple.from(['/path', 2]), 'reduce');
    object.addState({ x: 1 });
    expect(inspect(object)).toBe("__main__.Test('/path', 2) { x: 1 }");
    expect(inspect([object])).toBe("[ __main__.Test('/path', 2) { x: 1 } ]");
    expect(String(object)).toBe('[object __main__.Test]');
    object.kwargs = { k: true };
    object.addAppends([1]);
    object.addSetItems([['a', 1]]);
    object.addAdded([5]);
    expect(inspect(object)).toBe(
      "__main__.Test('/path', 2, **{ k: true }) { x: 1 } appends [ 1 ] setItems Map(1) { 'a' => 1 } added Set(1) { 5 }",
    );
    expect(inspect(new PyObject(object, [], 'reduce'))).toBe('__main__.Test()()');
  });

  it('prints cycles and depths, at any depth', () => {
    const object = new PyObject(global, [], 'newobj');
    object.addState({ self: [object] });
    const dict = new PyDict<unknown, unknown>([['d', object]]);
    dict.set('dict', new PySet([dict, object].map((item) => new PyPersistent(item))));
    for (const depth of [2, 10, Infinity, null]) expect(inspect(dict, { depth })).toContain('PyDict(2)');
    expect(inspect(object, { depth: Infinity })).toBe('__main__.Test() { self: [ [Circular] ] }');
    let deep: unknown = 1;
    for (let i = 0; i < 10; i++) deep = new PyObject(global, [deep], 'reduce');
    expect(inspect(deep)).toBe('__main__.Test(__main__.Test(__main__.Test([__main__.Test])))');
    for (let i = 0; i < 1e5; i++) deep = new PyObject(global, [deep], 'reduce');
    expect(typeof inspect(deep)).toBe('string');
  });

  it('prints its kin', () => {
    expect(inspect(global)).toBe('[PyGlobal: __main__.Test]');
    expect(`${global}`).toBe('__main__.Test');
    expect(inspect(new PyPersistent('id'))).toBe("PyPersistent('id')");
    expect(inspect(new PyExtension(240))).toBe('PyExtension(240)');
    expect(inspect(new PyDict<unknown, unknown>([[1n, new PyDict()]]))).toBe('PyDict(1) { 1n => PyDict(0) {} }');
    expect(inspect(new PyFrozenSet([new PyFrozenSet(['a'])]))).toBe("PyFrozenSet(1) { PyFrozenSet(1) { 'a' } }");
    expect(inspect(new PyTuple())).toBe('PyTuple(0) []');
  });

  it('becomes JSON', () => {
    const object = new PyObject(global, ['a'], 'reduce');
    object.addState(new PyDict([['x', new PyExtension(1)]]));
    expect(JSON.stringify(object)).toBe('{"$object":"__main__.Test","args":["a"],"state":{"x":{"$extension":1}}}');
    expect(JSON.stringify([global, new PyPersistent('p')])).toBe('[{"$global":"__main__.Test"},{"$persistent":"p"}]');
  });

  it('names what is called', () => {
    expect(new PyObject(function named() {}, [], 'reduce').className).toBe('named');
    let chain = new PyObject(global, [], 'reduce');
    for (let i = 0; i < 1e5; i++) chain = new PyObject(chain, [], 'reduce');
    expect(chain.className.length).toBeLessThan(100);
  });
});
