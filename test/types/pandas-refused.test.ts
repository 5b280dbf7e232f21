/** What no DataFrame, index or array can be: refused before anything of its size is made. */
import { describe, expect, it } from 'vitest';
import { loads, PickleError, PyObject } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import {
  arrow,
  block,
  built,
  bytesOf,
  call,
  category,
  dict,
  floats,
  frame,
  global,
  index,
  int,
  ints,
  labels,
  list,
  ndarray,
  octets,
  pickle,
  range,
  series,
  slice,
} from './pandas-pickles.ts';

const two = floats([2, 3], [1, 2, 3, 4, 5, 6]);
const [columns, rows] = [labels(['a', 'b']), range(0, 3)];

const multi = (levels: readonly string[], codes: readonly string[]): string =>
  call('pandas.core.indexes.base', '_new_Index', [
    global('pandas', 'MultiIndex'),
    dict({ levels: list(levels), codes: list(codes), names: list(levels.map(() => 'N')) }),
  ]);

const sparse = (of: string, points: number): string =>
  built(
    'pandas.arrays',
    'SparseArray',
    dict({ _sparse_index: of, _sparse_values: floats([points], new Array<number>(points).fill(1)) }),
  );
const int32s = (values: readonly number[]): string => ndarray([values.length], 'i4', octets(Int32Array.from(values)));

/** A list of a struct of two of itself, 40 levels deep, all of them one and the same type. */
const doubled = (): string => {
  const field = (type: string): string => `cpyarrow.lib\nfield\n(Vx\n${type}I01\nNtR`;
  let opcodes = `${field(call('pyarrow.lib', 'type_for_alias', ['Vint8\n']))}p0\n`;
  for (let level = 0; level < 40; level++) {
    opcodes += `0${field(`cpyarrow.lib\nstruct\n((lg${level}\nag${level}\natR`)}p${level + 1}\n`;
  }
  return opcodes;
};

const REFUSED: readonly (readonly [name: string, opcodes: string])[] = [
  ['a block beyond the columns', frame([block(two, slice(1, 3))], columns, rows)],
  ['a block at a place below 0', frame([block(two, ints([2], [-1, 0]))], columns, rows)],
  ['two blocks at one place', frame([block(floats([1, 3], [1, 2, 3]), slice(0, 1)), block(floats([1, 3], [1, 2, 3]), slice(0, 1))], columns, rows)],
  ['a block at one place twice', frame([block(two, ints([2], [0, 0]))], columns, rows)],
  ['fewer blocks than columns', frame([block(floats([1, 3], [1, 2, 3]), slice(0, 1))], columns, rows)],
  ['more places than columns of a block', frame([block(two, slice(0, 5))], columns, rows)],
  ['a slice without an end', frame([block(two, slice(0, null))], columns, rows)],
  ['a slice that does not move', frame([block(two, slice(0, 2, 0))], columns, rows)],
  ['rows that the blocks do not have', frame([block(two, slice(0, 2))], columns, range(0, 4))],
  ['more rows than can be, for a small block', frame([block(two, slice(0, 2))], columns, range(0, 10n ** 15n))],
  ['columns of no values, by the billion', frame([block(floats([1e9, 0], []), slice(0, 1e9))], range(0, 1e9), range(0, 0))],
  ['columns that no block has, by the billion', frame([], range(0, 1e9), rows)],
  ['an axis that is no index', frame([block(two, slice(0, 2))], int(2), rows)],
  ['values that are none', frame([block(int(2), slice(0, 2))], columns, rows)],
  ['a Series of two dimensions', series(floats([2, 3], [1, 2, 3, 4, 5, 6]), range(0, 2))],
  ['a Series longer than its index', series(floats([3], [1, 2, 3]), range(0, 2))],
  ['a code beyond its categories', category(bytesOf([0, 2]), columns)],
  ['a code below -1', category(bytesOf([0, -2]), columns)],
  ['codes that are no ints', category(floats([1], [0]), columns)],
  ['a code beyond its level', multi([columns], [bytesOf([0, 2])])],
  ['levels of different lengths', multi([columns, columns], [bytesOf([0, 1]), bytesOf([0])])],
  ['more levels than codes', multi([columns, columns], [bytesOf([0, 1])])],
  ['a mask of another length', built('pandas.arrays', 'IntegerArray', dict({ _data: ints([2], [1, 2]), _mask: bytesOf([0], 'b1') }))],
  ['a mask that is none', built('pandas.arrays', 'IntegerArray', dict({ _data: ints([2], [1, 2]), _mask: ints([2], [0, 0]) }))],
  ['intervals with fewer right ends', built('pandas.arrays', 'IntervalArray', dict({ _left: ints([2], [1, 2]), _right: ints([1], [1]) }))],
  ['a sparse place beyond the end', sparse(call('pandas._libs.sparse', 'IntIndex', [int(3), int32s([3])]), 1)],
  ['sparse places that fall', sparse(call('pandas._libs.sparse', 'IntIndex', [int(9), int32s([3, 2])]), 2)],
  ['a sparse block of a billion', sparse(call('pandas._libs.sparse', 'BlockIndex', [int(2 ** 40), int32s([0]), int32s([1e9])]), 1)],
  ['Arrow numbers cut short', arrow('int64', 2, [null, [0, 0, 0, 0, 0, 0, 0, 0]])],
  ['Arrow numbers by the trillion', arrow('int64', 10n ** 15n, [null, [0]])],
  ['Arrow bits cut short', arrow('bool', 9, [null, [0]])],
  ['Arrow validity cut short', arrow('int8', 9, [[0], [0, 0, 0, 0, 0, 0, 0, 0, 0]])],
  ['Arrow offsets that fall', arrow('string', 2, [null, octets(Int32Array.of(0, 2, 1)), [0x61, 0x61]])],
  ['Arrow offsets below 0', arrow('string', 1, [null, octets(Int32Array.of(-1, 1)), [0x61]])],
  ['Arrow offsets beyond the text', arrow('string', 1, [null, octets(Int32Array.of(0, 2)), [0x61]])],
  ['Arrow offsets cut short', arrow('large_string', 1, [null, octets(BigInt64Array.of(0n)), [0x61]])],
  ['an Arrow type that doubles at each level', doubled()],
  ['Arrow strings that are no list of buffers', built('pandas.arrays', 'ArrowStringArray', dict({ _pa_array: int(1) }))],
]; // prettier-ignore

describe.each(ENGINES)('pandas refuses, %s', (engine) => {
  it.each(REFUSED)('%s', (_name, opcodes) => {
    for (const exact of [false, true]) {
      const read = (): unknown => loads(pickle(opcodes), { engine, exact });
      expect(read).toThrow(PickleError);
      expect(read).toThrow(/INVALID_STATE/);
    }
  });

  it('nothing of ranges that cannot be counted: they stay inert', () => {
    for (const opcodes of [range(0, 10n ** 18n), range(0, 5, 0), range(0, 2n ** 64n, 2n ** 40n)]) {
      expect(loads(pickle(opcodes), { engine })).toBeInstanceOf(PyObject);
    }
    expect(loads(pickle(index(int(3))), { engine })).toBeInstanceOf(PyObject);
  });

  it('nothing of Arrow types that are not read: their values are undefined', () => {
    const made = loads(pickle(arrow('month_day_nano_interval', 2, [null, []])), { engine });
    expect([...(made as Iterable<unknown>)]).toEqual([undefined, undefined]);
  });
});
