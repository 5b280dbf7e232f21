/** Readable JSON of any value. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { arrayFromBytes, arrayFromObjects, dtypeOfText, loads } from '../../src/index.ts';
import { lazyJson } from '../../src/spec/lazy-json.ts';
import { jsonTextPieces, toJsonText } from '../../src/values/jsonable.ts';
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
import { readJsonLines } from '../support/json-lines.ts';
import { FIXTURES } from '../support/places.ts';

const global = new PyGlobal('m', 'C');

class Point {
  x = 1;
}

class Told {
  toJSON(): unknown {
    return [NaN];
  }
}

describe('toJsonText', () => {
  it.each<[string, unknown, string]>([
    ['null', null, 'null'],
    ['numbers', [1, -0, 1.5, 1e300], '[1,-0.0,1.5,1e+300]'],
    ['ints of any size', 10n ** 30n, `1${'0'.repeat(30)}`],
    [
      'what JSON has no numbers for',
      [NaN, Infinity, -Infinity],
      '[{"$float":"nan"},{"$float":"inf"},{"$float":"-inf"}]',
    ],
    ['nans with a payload', PyFloat.fromBits(0x7ff8000000000001n), '{"$float":"7ff8000000000001"}'],
    ['text', 'é"\ud800', '"é\\"\\ud800"'],
    ['tuples', new PyTuple(0), '{"$tuple":[]}'],
    ['plain objects', { a: { b: [] }, 'x y': {} }, '{"a":{"b":[]},"x y":{}}'],
    ['keys that read like marks', { $set: 1, $$: 2 }, '{"$$set":1,"$$$":2}'],
    ['Maps with text keys', new Map([['a', 1]]), '{"a":1}'],
    ['other Maps', new Map<unknown, unknown>([['a', 1], [2, []]]), '{"$map":[["a",1],[2,[]]]}'], // prettier-ignore
    ['a PyDict', new PyDict<unknown, unknown>([[1n, 1], [PyTuple.from([1]), 2]]), '{"$map":[[1,1],[{"$tuple":[1]},2]]}'], // prettier-ignore
    ['sets', [new Set([1]), new PySet(['a']), new PyFrozenSet()], '[{"$set":[1]},{"$set":["a"]},{"$frozenset":[]}]'],
    ['bytes', [new Uint8Array([1, 2, 3]), new PyByteArray(1)], '[{"$bytes":"AQID"},{"$bytearray":"AA=="}]'],
    ['typed arrays', new Float32Array([1, NaN]), '{"$array":"Float32Array","items":[1,{"$float":"nan"}]}'],
    ['globals', global, '{"$global":"m.C"}'],
    ['persistent ids', new PyPersistent(['a']), '{"$persistent":["a"]}'],
    ['extensions', new PyExtension(7), '{"$extension":7}'],
    ['buffers', new PyBuffer(1, false, new Uint8Array(1)), '{"$buffer":1,"readonly":false,"data":"AA=="}'],
    ['dates', [new Date(0), new Date(NaN)], '[{"$date":"1970-01-01T00:00:00.000Z"},{"$date":null}]'],
    ['instances', new Point(), '{"$object":"Point","state":{"x":1}}'],
    ['instances that tell', new Told(), '[{"$float":"nan"}]'],
    ['data that has a toJSON', { toJSON: Math.max }, '{"toJSON":{"$function":"max"}}'],
    ['undefined', [undefined, Symbol('s')], '[{"$undefined":true},{"$symbol":"s"}]'],
  ])('writes %s', (_, value, text) => {
    expect(toJsonText(value)).toBe(text);
  });

  it('writes what was done to an object, and only that', () => {
    const object = new PyObject(global, [], 'reduce');
    expect(toJsonText(object)).toBe('{"$object":"m.C"}');
    object.kwargs = new PyDict([['k', 1]]);
    object.addState({ x: 1 });
    expect(toJsonText(object)).toBe('{"$object":"m.C","kwargs":{"k":1},"state":{"x":1}}');
    object.addState(null);
    object.addAppends([1]);
    object.addSetItems([['a', 2]]);
    object.addAdded([3]);
    expect(toJsonText(new PyObject(object, ['y'], 'reduce'))).toBe(
      '{"$object":"m.C()","callable":{"$object":"m.C","kwargs":{"k":1},"states":[{"x":1},null],"appends":[1],' +
        '"setItems":[["a",2]],"added":[3]},"args":["y"]}',
    );
  });

  it('indents as JSON.stringify does', () => {
    const value = { a: [1, { b: [] }], c: {} };
    expect(toJsonText(value, { indent: 2 })).toBe(JSON.stringify(value, null, 2));
  });

  it('tells cycles by how far out they go', () => {
    const list: unknown[] = [];
    list.push(list, { a: list }, new PySet([PyTuple.from([list])]));
    expect(toJsonText(list)).toBe('[{"$cycle":1},{"a":{"$cycle":2}},{"$set":[{"$tuple":[{"$cycle":3}]}]}]');
  });

  it('writes small shared values again, and refers to large ones', () => {
    const small = [1, 2];
    expect(toJsonText([small, small])).toBe('[[1,2],[1,2]]');
    const large = Array.from({ length: 64 }, () => 0);
    const text = JSON.stringify(large);
    expect(toJsonText({ a: { 'b c': [large] }, d: [large, large] })).toBe(
      `{"a":{"b c":[${text}]},"d":[{"$ref":"$.a[\\"b c\\"][0]"},{"$ref":"$.a[\\"b c\\"][0]"}]}`,
    );
  });

  it('tells the place of what lies deep', () => {
    const large = Array.from({ length: 64 }, () => 0);
    let deep: unknown = large;
    for (let i = 0; i < 100; i++) deep = [deep];
    const text = toJsonText([deep, large]);
    const at = Number(/"#(\d+)"/.exec(text)![1]);
    expect(text.slice(at).startsWith(JSON.stringify(large))).toBe(true);
    expect(toJsonText([{ ['k'.repeat(1000)]: large }, large])).toContain('"#');
  });

  it('is linear where sharing is exponential', () => {
    let value: unknown = [];
    for (let i = 0; i < 1000; i++) value = [value, value];
    expect(toJsonText(value).length).toBeLessThan(1e6);
    expect(toJsonText(value, { indent: 2 }).length).toBeLessThan(1e6);
  });

  it('writes a million levels', () => {
    let value: unknown = null;
    for (let i = 0; i < 1e6; i++) value = i % 2 ? [value] : { a: value };
    expect(toJsonText(value).length).toBe(1e6 + 6e6 / 2 + 4);
  });

  it('does not square depth by indenting', () => {
    let value: unknown = null;
    for (let i = 0; i < 1e5; i++) value = [value];
    expect(toJsonText(value, { indent: 2 }).length).toBeLessThan(1e5 * 2 * 130 + 10);
  });

  it('gives pieces that make up the whole', () => {
    const value = Array.from({ length: 1e5 }, (_, i) => ({ i }));
    const pieces = [...jsonTextPieces(value)];
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.join('')).toBe(JSON.stringify(value));
  });
});

/** What toJSON gives is built whole; the writer must write the same without that. */
describe('arrays and tables', () => {
  const rows = readJsonLines<{ name: string; pickle: string }>(join(FIXTURES, 'shown.jsonl'));
  const decoded = rows.map(({ name, pickle }): [string, unknown] => [name, loads(Buffer.from(pickle, 'base64'))]);
  const lazy = decoded.filter(
    (row): row is [string, { toJSON(): unknown }] => row[0] !== TOO_LONG && lazyJson in (row[1] as object),
  );

  it('are among the fixtures', () => {
    expect(lazy.length).toBeGreaterThan(10);
  });

  it.each(lazy)('%s is as its toJSON says', (_, value) => {
    expect(toJsonText(value)).toBe(toJsonText(value.toJSON()));
  });

  it.each(['<f8', '>i4', '<i8', '|b1', '<c16', '<M8[s]', '<U1', 'S2'])('%s is as its toJSON says', (text) => {
    const dtype = dtypeOfText(text)!;
    const bytes = Uint8Array.from({ length: 24 * dtype.itemsize }, (_, i) =>
      text === '<U1' && i % 4 > 0 ? 0 : i % 64,
    );
    for (const shape of [[24], [2, 3, 4], [24, 1], [0, 5]]) {
      const array = arrayFromBytes(shape.includes(0) ? new Uint8Array(0) : bytes, dtype, shape);
      expect(toJsonText(array)).toBe(toJsonText(array.toJSON()));
      expect(toJsonText(array.transpose())).toBe(toJsonText(array.transpose().toJSON()));
    }
    const scalar = arrayFromBytes(bytes.subarray(0, dtype.itemsize), dtype, []);
    expect(toJsonText(scalar)).toBe(toJsonText(scalar.toJSON()));
  });

  it('come in pieces that are made one after another', () => {
    let asked = 0;
    const items = Array.from({ length: 1e5 }, (_, i) => new Counted(() => asked++, i));
    const array = arrayFromObjects(items, dtypeOfText('O')!, [1000, 100]);
    const pieces = jsonTextPieces(array);
    pieces.next();
    expect(asked).toBeGreaterThan(1000);
    expect(asked).toBeLessThan(20_000);
  });

  it('are not written where a few bytes are labels without end', () => {
    const [, labels] = decoded.find(([name]) => name === TOO_LONG)!;
    expect(() => toJsonText(labels)).toThrow(RangeError);
  });

  it('may hold themselves, and each other', () => {
    const array = arrayFromObjects([null, 1], dtypeOfText('O')!, [2]);
    (array.data as unknown[])[0] = array;
    expect(toJsonText(array)).toBe('{"dtype":"|O","shape":[2],"data":[{"$cycle":1},1]}');
    const large = Array.from({ length: 64 }, () => 0);
    const two = arrayFromObjects([large, large], dtypeOfText('O')!, [2]);
    expect(toJsonText(two)).toContain(',{"$ref":"$.data[0]"}]}');
  });
});

/** A range of 10^12 labels. */
const TOO_LONG = 'table of labels';

class Counted {
  readonly #count: () => void;
  readonly #value: number;

  constructor(count: () => void, value: number) {
    this.#count = count;
    this.#value = value;
  }

  toJSON(): unknown {
    this.#count();
    return this.#value;
  }
}
