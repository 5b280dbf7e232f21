/** Values to lossless JSON: every truth of the vectors is made into a value and told again. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { stringifyLossless, toLossless } from '../../src/lossless/index.ts';
import { jsonPieces } from '../../src/lossless/json-text.ts';
import {
  PyByteArray,
  PyDict,
  PyFrozenSet,
  PyGlobal,
  PyObject,
  PyPersistent,
  PySet,
  PyTuple,
} from '../../src/values/py.ts';
import { Failures } from '../support/failures.ts';
import { sameLossless } from '../support/lossless-equal.ts';
import { places, rowsOf, truthOf, type Vector } from '../support/vectors.ts';
import { UntoldBytes, valueOf } from './values-of.ts';

for (const place of places()) {
  const rows = rowsOf<Vector>('decode', place);
  if (rows.length === 0) continue;
  it(`tells every truth of ${place.name} again`, () => {
    const failures = new Failures();
    for (const row of rows) {
      const truth = truthOf(row, place);
      let value: unknown;
      try {
        value = valueOf(truth);
      } catch (error) {
        if (error instanceof UntoldBytes) continue;
        throw error;
      }
      const told = toLossless(value);
      failures.note(row.id, sameLossless(told, truth) ? null : `${stringifyLossless(value).slice(0, 300)}`);
    }
    failures.report();
  });
}

describe('toLossless', () => {
  it('tells ints, floats and their bits', () => {
    expect(toLossless([1n, 1, -0, Infinity, NaN, null, true, 'x'])).toEqual({
      list: [
        { int: '1' },
        { float: '3ff0000000000000' },
        { float: '8000000000000000' },
        { float: '7ff0000000000000' },
        { float: '7ff8000000000000' },
        null,
        true,
        'x',
      ],
    });
  });

  it('tells long bytes by length and hash where that is asked for', () => {
    const bytes = new Uint8Array(257).fill(7);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(toLossless(bytes, { digests: true })).toEqual({ bytes: { length: 257, sha256 } });
    expect(toLossless(bytes)).toEqual({ bytes: Buffer.from(bytes).toString('base64') });
    expect(toLossless(new PyByteArray(256), { digests: true })).toEqual({
      bytearray: Buffer.alloc(256).toString('base64'),
    });
  });

  it('numbers what is shared, but neither empty tuples nor bytes', () => {
    const list: unknown[] = [];
    const empty = new PyTuple();
    const bytes = new Uint8Array(1);
    expect(toLossless([list, list, empty, empty, bytes, bytes])).toEqual({
      list: [{ list: [], id: 1 }, { ref: 1 }, { tuple: [] }, { tuple: [] }, { bytes: 'AA==' }, { bytes: 'AA==' }],
    });
  });

  it('numbers in the order of writing, through an object', () => {
    const [a, b]: [unknown[], unknown[]] = [[], []];
    const object = new PyObject(new PyGlobal('m', 'C', 'old', 'D'), PyTuple.from([b]), 'newobj');
    object.kwargs = new PyDict([['k', a]]);
    object.addState(b);
    object.addState(object);
    object.addAppends([a]);
    expect(stringifyLossless(object)).toBe(
      '{"object":{"callable":{"global":"old D"},"args":{"tuple":[{"list":[],"id":2}]},"how":"newobj",' +
        '"kwargs":{"dict":[["k",{"list":[],"id":3}]]},"state":[{"ref":2},{"ref":1}],"append":[{"ref":3}]},"id":1}',
    );
  });

  it('takes arguments in a plain Array for a tuple', () => {
    const object = new PyObject(new PyGlobal('m', 'f'), [1n], 'reduce');
    expect(toLossless(object)).toEqual({
      object: { callable: { global: 'm f' }, args: { tuple: [{ int: '1' }] }, how: 'reduce' },
    });
  });

  it('sorts sets by the text of their items', () => {
    const set = new PySet(['é', 'z', 1n, 10n, 9n, new PyTuple(), null, new PyFrozenSet(['b', 'a'])]);
    expect(stringifyLossless(set)).toBe(
      '{"set":["\\u00e9","z",null,{"frozenset":["a","b"]},{"int":"1"},{"int":"10"},{"int":"9"},{"tuple":[]}]}',
    );
  });

  it('refuses what no exact decode gives', () => {
    for (const value of [new Map(), { a: 1 }, new Date(), undefined, () => 0]) {
      expect(() => toLossless([value])).toThrow(TypeError);
    }
  });

  it.each<[number, string, (inner: unknown) => unknown]>([
    [1e6, 'lists', (inner) => [inner]],
    [1e5, 'tuples', (inner) => PyTuple.from([inner])],
    [1e5, 'dicts', (inner) => new PyDict([['k', inner]])],
    [1e5, 'persistent ids', (inner) => new PyPersistent(inner)],
    [1e5, 'calls', (inner) => new PyObject(inner, [], 'reduce')],
  ])('tells %d %s in each other', (depth, _, wrap) => {
    let value: unknown = null;
    for (let i = 0; i < depth; i++) value = wrap(value);
    const text = stringifyLossless(value);
    expect(text.length).toBeGreaterThan(8 * depth);
    expect(text.length).toBeLessThan(80 * depth);
  });

  it('tells sets in sets, 10^5 deep, in linear time', () => {
    // Made without hashing: what counts here is the sorting.
    const canonical: readonly string[] = 'abc'.split('');
    let value: PyFrozenSet = new PyFrozenSet(['x']);
    for (let i = 0; i < 1e5; i++) {
      const outer = new PyFrozenSet();
      outer.fill(canonical, [value, BigInt(i), 'y']);
      value = outer;
    }
    const start = performance.now();
    toLossless(value);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('writes thirty doublings as thirty references', () => {
    let value = new PyTuple<unknown>();
    for (let i = 0; i < 30; i++) value = PyTuple.from([value, value]);
    expect(stringifyLossless(value).match(/"ref"/g)).toHaveLength(29);
  });
});

describe('stringifyLossless', () => {
  it('is ASCII, as json.dumps writes it', () => {
    expect(stringifyLossless('é\ud800"\\\n\b\x7f\x01𝄞/')).toBe(
      '"\\u00e9\\ud800\\"\\\\\\n\\b\\u007f\\u0001\\ud834\\udd1e/"',
    );
  });

  it('indents as JSON.stringify does', () => {
    const value = [1n, [], new PyDict([['a', true]])];
    expect(stringifyLossless(value, { indent: 2 })).toBe(JSON.stringify(toLossless(value), null, 2));
    expect(stringifyLossless(value)).toBe(JSON.stringify(toLossless(value)));
  });

  it('gives pieces that make up the whole', () => {
    const tree = { b: [1, 2, { c: 'x'.repeat(50) }], a: [] };
    const style = { comma: ', ', colon: ': ', sortKeys: true, indent: 0 };
    const pieces = [...jsonPieces(tree, style, 8)];
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.join('')).toBe(`{"a": [], "b": [1, 2, {"c": "${'x'.repeat(50)}"}]}`);
  });
});

describe('sameLossless', () => {
  it('compares what is nested deep', () => {
    let value: unknown = null;
    for (let i = 0; i < 1e5; i++) value = new PyDict([['k', value]]);
    expect(sameLossless(toLossless(value), toLossless(value))).toBe(true);
    expect(sameLossless(toLossless(value), toLossless(new PyDict([['k', value]])))).toBe(false);
  });

  it('takes no notice of how ids are numbered and sets are ordered', () => {
    const a = { list: [{ set: [{ tuple: [{ list: [], id: 3 }] }, 'x'] }, { ref: 3 }] };
    const b = { list: [{ set: ['x', { tuple: [{ list: [], id: 1 }] }] }, { ref: 1 }] };
    expect(sameLossless(a, b)).toBe(true);
    expect(sameLossless(a, { list: [a.list[0], { list: [] }] })).toBe(false);
    expect(sameLossless({ list: [1] }, { list: [1, 2] })).toBe(false);
  });

  it('tells nans apart unless told not to', () => {
    const [a, b] = [{ float: '7ff8000000000001' }, { float: 'fff8000000000000' }];
    expect(sameLossless(a, b)).toBe(false);
    expect(sameLossless(a, b, { anyNan: true })).toBe(true);
    expect(sameLossless({ float: '7ff0000000000000' }, a, { anyNan: true })).toBe(false);
  });
});
