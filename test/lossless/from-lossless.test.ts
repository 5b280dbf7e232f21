/** Lossless JSON back to values. */
import { describe, expect, it } from 'vitest';
import {
  fromLossless,
  JsonError,
  parseLossless,
  parseLosslessPieces,
  stringifyLossless,
  toLossless,
} from '../../src/lossless/index.ts';
import {
  PyBuffer,
  PyByteArray,
  PyDict,
  PyFloat,
  PyFrozenSet,
  PyGlobal,
  PyObject,
  PyPersistent,
  type PySet,
  PyTuple,
} from '../../src/values/py.ts';
import { PickleError } from '../../src/spec/pickle-error.ts';
import { Failures } from '../support/failures.ts';
import { places, rowsOf, truthOf, type Vector } from '../support/vectors.ts';

const NO_DATA = Array.from({ length: 64 }, () => new Uint8Array());

/** What is refused, and where in the JSON. */
function refused(node: unknown, options = {}): [path: string, detail: string] {
  try {
    fromLossless(node, options);
  } catch (error) {
    if (error instanceof JsonError) return [error.path, error.detail ?? ''];
    throw error;
  }
  throw new Error('it was not refused');
}

/** Whether a truth tells long bytes by their digest. */
const hasDigests = (truth: unknown): boolean => JSON.stringify(truth).includes('"sha256"');

for (const place of places()) {
  const rows = rowsOf<Vector>('decode', place);
  if (rows.length === 0) continue;
  it(`makes values of every truth of ${place.name} that tell the same again`, () => {
    const failures = new Failures();
    let read = 0;
    for (const row of rows) {
      const truth = truthOf(row, place);
      if (hasDigests(truth)) continue;
      read++;
      const text = JSON.stringify(truth);
      const again = JSON.stringify(toLossless(fromLossless(truth, { buffers: NO_DATA })));
      failures.note(row.id, again === text ? null : again.slice(0, 300));
      const parsed = JSON.stringify(toLossless(parseLossless(text, { buffers: NO_DATA })));
      failures.note(`${row.id} as text`, parsed === again ? null : parsed.slice(0, 300));
    }
    expect(read).toBeGreaterThan(100);
    failures.report();
  });
}

describe('fromLossless', () => {
  it('gives what an exact decode gives', () => {
    const node = {
      list: [
        { int: '-12' },
        { int: '123456789012345678901234567890' },
        { float: '3ff0000000000000' },
        { float: '3ff8000000000000' },
        { float: '8000000000000000' },
        { float: '7ff8000000000001' },
        { bytes: 'AP8=' },
        { bytearray: 'AP8=' },
        { tuple: [null, true, 'x\ud800'] },
        { dict: [[{ tuple: [{ int: '1' }] }, 'a']] },
        { set: [{ int: '1' }] },
        { frozenset: ['a'] },
        { global: 'm C.D' },
        { persistent: 'id' },
        { extension: 240 },
      ],
    };
    const value = fromLossless(node) as unknown[];
    expect(value.slice(0, 2)).toEqual([-12n, 123456789012345678901234567890n]);
    expect(value[2]).toEqual(new PyFloat(1));
    expect(value[3]).toBe(1.5);
    expect(value[4]).toBe(-0);
    expect(value[5]).toEqual(PyFloat.fromBits(0x7ff8000000000001n));
    expect(value[6]).toEqual(new Uint8Array([0, 255]));
    expect(value[7]).toEqual(PyByteArray.from([0, 255]));
    expect(value[8]).toEqual(PyTuple.from([null, true, 'x\ud800']));
    expect((value[9] as PyDict).get(PyTuple.from([1n]))).toBe('a');
    expect((value[10] as PySet).has(1)).toBe(true);
    expect(value[11]).toBeInstanceOf(PyFrozenSet);
    expect(value[12]).toMatchObject({ module: 'm', name: 'C.D' });
    expect(value[13]).toMatchObject({ id: 'id' });
    expect(value[14]).toMatchObject({ code: 240 });
    expect(toLossless(value)).toEqual(node);
  });

  it('makes cycles and what is shared', () => {
    const list = fromLossless({ list: [{ ref: 1 }], id: 1 }) as unknown[];
    expect(list[0]).toBe(list);
    const tuple = fromLossless({ tuple: [{ list: [{ ref: 1 }] }], id: 1 }) as [unknown[]];
    expect(tuple[0][0]).toBe(tuple);
    const dict = fromLossless({ dict: [['self', { ref: 1 }]], id: 1 }) as PyDict;
    expect(dict.get('self')).toBe(dict);
    const part = { callable: { global: 'm f' }, args: { tuple: [{ ref: 1 }] }, how: 'newobj', state: [{ ref: 1 }] };
    const object = fromLossless({ object: part, id: 1 }) as PyObject;
    expect([object.args[0], object.state]).toEqual([object, object]);
  });

  it('finds what a reference refers to, where it stands behind it', () => {
    // Items of sets are sorted when their ids have been given.
    const set = { frozenset: [{ tuple: [{ ref: 1 }] }, { tuple: [{ tuple: ['x', 'y'], id: 1 }, 'z'] }] };
    const [one, two] = [...(fromLossless(set) as PySet<PyTuple>)];
    expect(one![0]).toBe(two![0]);
  });

  it('gives objects all that was done to them', () => {
    const object = new PyObject(new PyGlobal('m', 'C'), PyTuple.from([1n]), 'newobj');
    object.kwargs = new PyDict([['k', 2n]]);
    object.addState('one');
    object.addState('two');
    object.addAppends([3n]);
    object.addSetItems([['a', 4n]]);
    object.addAdded([5n]);
    const again = fromLossless(toLossless(object)) as PyObject;
    expect(toLossless(again)).toEqual(toLossless(object));
    expect(again.states).toEqual(['one', 'two']);
    expect(again.setItems).toEqual([['a', 4n]]);
  });

  it('knows the names of Python 2 where it is told so', () => {
    const node = { global: 'copy_reg _reconstructor' };
    expect(fromLossless(node)).toMatchObject({ module: 'copy_reg', rawModule: 'copy_reg' });
    expect(fromLossless(node, { fixImports: true })).toMatchObject({ module: 'copyreg', rawModule: 'copy_reg' });
  });

  it('takes buffers in order', () => {
    const [a, b] = [new Uint8Array([1]), new Uint8Array([2])];
    const node = {
      tuple: [
        { buffer: 0, readonly: false },
        { buffer: 1, readonly: true },
      ],
    };
    expect(fromLossless(node, { buffers: [a, b] })).toEqual(
      PyTuple.from([new PyBuffer(0, false, a), new PyBuffer(1, true, b)]),
    );
    expect(() => fromLossless(node, { buffers: [a] })).toThrow(/NO_BUFFER.*buffer 1/);
  });

  it('says of long bytes that only their digest was told', () => {
    const node = toLossless([new Uint8Array(300)], { digests: true });
    expect(refused(node)).toEqual(['$.list[0]', expect.stringMatching(/SHA-256.*--digests/)]);
  });

  it.each<[string, unknown, string]>([
    ['a bare number', { list: [1] }, '$.list[0]'],
    ['a bare list', { list: [[]] }, '$.list[0]'],
    ['no mark', { tuple: [{}] }, '$.tuple[0]'],
    ['two marks', { int: '1', float: '0' }, '$'],
    ['a mark that is none', { dict: [['a', { what: 1 }]] }, '$.dict[0][1]'],
    ['the name of what every object has', { set: [{ constructor: 1 }] }, '$.set[0]'],
    ['an int that is none', { int: '1.5' }, '$'],
    ['an int without digits', { int: '-' }, '$'],
    ['a float that is none', { float: '1.5' }, '$'],
    ['Base64 that is none', { bytes: 'A*==' }, '$'],
    ['Base64 without its padding', { bytes: 'AA' }, '$'],
    ['a list that is none', { list: 'abc' }, '$'],
    ['a pair that is none', { dict: [['a']] }, '$'],
    [
      'a key that cannot be hashed',
      {
        dict: [
          ['a', 'b'],
          [{ tuple: [{ list: [] }] }, 'c'],
        ],
      },
      '$.dict[1][1]',
    ],
    ['a global of one word', { global: 'name' }, '$'],
    ['an object without arguments', { object: { callable: null, how: 'reduce' } }, '$'],
    ['arguments that are a list', { object: { callable: null, args: { list: [] }, how: 'reduce' } }, '$.object.args'],
    ['a how that is none', { object: { callable: null, args: { tuple: [] }, how: 'call' } }, '$'],
    ['a part that is none', { object: { callable: null, args: { tuple: [] }, how: 'inst', x: 1 } }, '$'],
    ['a reference to nothing', { list: [{ ref: 7 }] }, '$.list[0]'],
    [
      'two of one id',
      {
        list: [
          { list: [], id: 1 },
          { list: [], id: 1 },
        ],
      },
      '$.list[1]',
    ],
    ['an id that is no number', { list: [], id: 'a' }, '$'],
    ['a pickle that could not be read', { error: 'EOFError', message: '' }, '$'],
    ['undefined', undefined, '$'],
  ])('refuses %s', (_, node, path) => {
    expect(refused(node)[0]).toBe(path);
  });

  it.each<[number, string, (inner: unknown) => unknown]>([
    [2e5, 'lists', (inner) => [inner]],
    [1e5, 'tuples', (inner) => PyTuple.from([inner])],
    [1e5, 'dicts', (inner) => new PyDict([['k', inner]])],
    [1e5, 'persistent ids', (inner) => new PyPersistent(inner)],
    [1e5, 'calls', (inner) => new PyObject(inner, PyTuple.from([]), 'reduce')],
  ])('reads %d %s in each other', (depth, _, wrap) => {
    let value: unknown = null;
    for (let i = 0; i < depth; i++) value = wrap(value);
    const text = stringifyLossless(value);
    expect(stringifyLossless(parseLossless(text)) === text).toBe(true);
  });

  it('tells the path of what lies deep by its beginning and its end', () => {
    let node: unknown = 7;
    for (let i = 0; i < 1e5; i++) node = { list: [node] };
    expect(refused(node)[0]).toMatch(/^\$(\.list\[0\]){4} \.\.\. (\.list\[0\]){12}$/);
  });
});

describe('parseLosslessPieces', () => {
  const text = `${stringifyLossless([1n, 'a\u{1d11e}é\\"'])}\n${stringifyLossless(new PyTuple())}null "x"`;

  it.each([1, 2, 3, 7, 1000])('reads values one after another, in pieces of %d', async (length) => {
    const bytes = new TextEncoder().encode(text);
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += length) pieces.push(bytes.subarray(at, at + length));
    const values: unknown[] = [];
    for await (const value of parseLosslessPieces(pieces)) values.push(value);
    expect(values).toEqual([[1n, 'a\u{1d11e}é\\"'], new PyTuple(), null, 'x']);
  });

  it('gives what is good before it refuses', async () => {
    const values: unknown[] = [];
    const read = async (): Promise<void> => {
      for await (const value of parseLosslessPieces(['{"int":"1"}\n{"int":"2"}\n{"int":}'])) values.push(value);
    };
    await expect(read()).rejects.toMatchObject({ code: 'INVALID_JSON', path: '$.int', offset: 31 });
    expect(values).toEqual([1n, 2n]);
  });

  it('refuses what is no UTF-8', async () => {
    const read = parseLosslessPieces([new Uint8Array([0x22, 0xff, 0x22])]).next();
    await expect(read).rejects.toThrow(PickleError);
  });
});
