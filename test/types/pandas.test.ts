/** DataFrames, Series and indexes as a caller has them. */
import { describe, expect, it } from 'vitest';
import {
  DataFrame,
  Index,
  loads,
  MultiIndex,
  type NdArray,
  RangeIndex,
  Series,
  type Timestamp,
} from '../../src/index.ts';
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
  objects,
  octets,
  pickle,
  range,
  series,
  slice,
  text,
  tupleOf,
} from './pandas-pickles.ts';

const MIXED = frame(
  [
    block(floats([2, 3], [1.5, NaN, 3, -1, -2, -3]), slice(0, 4, 2)),
    block(ints([1, 3], [1, 2, 3]), slice(1, 2)),
    block(category(bytesOf([0, -1, 1]), labels(['x', 'y'])), bytesPlaces([3])),
  ],
  labels(['a', 'b', 'c', '__proto__']),
  range(10, 40, 10),
);

function bytesPlaces(places: readonly number[]): string {
  return ints([places.length], places);
}

describe.each(ENGINES)('DataFrames, %s', (engine) => {
  const read = (opcodes: string): unknown => loads(pickle(opcodes), { engine });

  it('have columns, dtypes, a shape and an index', () => {
    const made = read(MIXED) as DataFrame;
    expect(made).toBeInstanceOf(DataFrame);
    expect(made.columns).toEqual(['a', 'b', 'c', '__proto__']);
    expect(made.shape).toEqual([3, 4]);
    expect(made.dtypes).toEqual(['float64', 'int64', 'float64', 'category']);
    expect(made.index.kind).toBe('RangeIndex');
    expect(made.index.toArray()).toEqual([10, 20, 30]);
    expect([...made.attrs]).toEqual([['unit', 'kg']]);
  });

  it('give columns that share the memory of their block', () => {
    const made = read(MIXED) as DataFrame;
    const [a, c] = [made.column('a'), made.column('c')] as Float64Array[];
    expect(a).toEqual(Float64Array.of(1.5, NaN, 3));
    expect(c).toEqual(Float64Array.of(-1, -2, -3));
    expect(c!.buffer).toBe(a!.buffer);
    expect(made.column('b')).toEqual(BigInt64Array.of(1n, 2n, 3n));
    expect(made.column('__proto__')).toEqual(['x', null, 'y']);
    expect(() => made.column('d')).toThrow(RangeError);
    expect(made.series('b').get(1)).toBe(2);
  });

  it('give rows, with null for NaN as to_json does', () => {
    const made = read(MIXED) as DataFrame;
    const records = made.toRecords();
    expect(records[0]).toEqual(Object.fromEntries([['a', 1.5], ['b', 1], ['c', -1], ['__proto__', 'x']])); // prettier-ignore
    expect(records[1]!['a']).toBeNull();
    expect(Object.keys(records[1]!)).toEqual(['a', 'b', 'c', '__proto__']);
    expect([...made]).toEqual(records);
    expect(made.head(1).toRecords()).toEqual(records.slice(0, 1));
    expect(made.head(2).column('a')).toEqual(Float64Array.of(1.5, NaN));
    expect(JSON.parse(JSON.stringify(made))).toEqual({
      columns: ['a', 'b', 'c', '__proto__'],
      index: [10, 20, 30],
      data: [
        [1.5, 1, -1, 'x'],
        [null, 2, -2, null],
        [3, 3, -3, 'y'],
      ],
    });
    expect(Object.keys(made.toColumns())).toEqual(['a', 'b', 'c', '__proto__']);
  });

  it('give Arrow their buffers', () => {
    const [a, b, , last] = (read(MIXED) as DataFrame).toArrowColumns();
    expect(a).toMatchObject({ name: 'a', type: 'double', nullCount: 0, length: 3 });
    expect(b!.data).toEqual(BigInt64Array.of(1n, 2n, 3n));
    expect(last).toMatchObject({ type: 'dictionary<values=string, indices=int8, ordered=0>', nullCount: 1 });
    expect(last!.validity).toEqual(Uint8Array.of(0b101));
    expect(last!.dictionary).toMatchObject({ type: 'string', offsets: Int32Array.of(0, 1, 2) });
    expect(last!.dictionary!.data).toEqual(Uint8Array.of(0x78, 0x79));
  });

  it('read blocks in Fortran order', () => {
    const opcodes = frame(
      [block(floats([2, 3], [1, 4, 2, 5, 3, 6], true), slice(0, 2))],
      labels(['a', 'b']),
      range(0, 3),
    );
    const made = read(opcodes) as DataFrame;
    expect(made.column('a')).toEqual(Float64Array.of(1, 2, 3));
    expect(made.column('b')).toEqual(Float64Array.of(4, 5, 6));
  });

  it('read the state of pandas before 0.14.1, whose blocks name their columns', () => {
    const [columns, rows] = [labels(['a', 'b']), range(0, 2)];
    const blocks = [floats([1, 2], [1, 2]), ints([1, 2], [3, 4])];
    const state = tupleOf([list([columns, rows]), list(blocks), list([labels(['b']), labels(['a'])])]);
    const manager = built('pandas.core.internals', 'BlockManager', state);
    const made = read(built('pandas.core.frame', 'DataFrame', manager)) as DataFrame;
    expect(made.column('a')).toEqual(BigInt64Array.of(3n, 4n));
    expect(made.column('b')).toEqual(Float64Array.of(1, 2));
  });
});

describe.each(ENGINES)('Series and indexes, %s', (engine) => {
  const read = (opcodes: string): unknown => loads(pickle(opcodes), { engine });

  it('have values by place', () => {
    const made = read(series(objects([text('a'), 'N', global('pandas', 'NA')]), labels(['x', 'y', 'z']))) as Series;
    expect(made).toBeInstanceOf(Series);
    expect([made.name, made.length, made.dtype]).toEqual(['s', 3, 'object']);
    expect([made.get(0), made.get(1), made.get(2), made.get(3)]).toEqual(['a', null, null, undefined]);
    expect(made.values).toEqual(['a', null, null]);
    expect(made.index.toArray()).toEqual(['x', 'y', 'z']);
  });

  it('of times keep nanoseconds and zones', () => {
    const ticks = ndarray([2], 'i8', octets(BigInt64Array.of(1_704_067_200_000_000_001n, -(2n ** 63n))));
    const zone = call('pytz', '_UTC', []);
    const of = built('pandas', 'DatetimeTZDtype', dict({ unit: text('ns'), tz: zone }));
    const array = built('pandas.arrays', 'DatetimeArray', dict({ _data: ticks, _dtype: of, _freq: 'N' }));
    const made = read(series(array, range(0, 2))) as Series;
    expect(made.dtype).toBe('datetime64[ns, UTC]');
    expect(String(made.get(0))).toBe('2024-01-01T00:00:00.000000001+00:00');
    expect((made.get(0) as Timestamp).toDate()).toEqual(new Date('2024-01-01T00:00:00Z'));
    expect(made.get(1)).toBeNull();
  });

  it('of ranges cost nothing', () => {
    const made = read(range(0, 10n ** 15n)) as RangeIndex;
    expect(made).toBeInstanceOf(RangeIndex);
    expect(made.length).toBe(1e15);
    expect(made.get(1e15 - 1)).toBe(1e15 - 1);
    expect(() => made.values).toThrow(RangeError);
    expect(() => made.toArray()).toThrow(RangeError);
    expect((read(range(10, 0, -3)) as Index).toArray()).toEqual([10, 7, 4, 1]);
  });

  it('of several levels give arrays', () => {
    const opcodes = call('pandas.core.indexes.base', '_new_Index', [
      global('pandas', 'MultiIndex'),
      dict({
        levels: list([labels(['a', 'b']), index(ints([2], [7, 8]))]),
        codes: list([bytesOf([0, 1, -1]), bytesOf([1, 0, 0])]),
        names: list([text('l'), 'N']),
        sortorder: 'N',
      }),
    ]);
    const made = read(opcodes) as MultiIndex;
    expect(made).toBeInstanceOf(MultiIndex);
    expect(made.names).toEqual(['l', null]);
    expect(made.toArray()).toEqual([['a', 8], ['b', 7], [null, 7]]); // prettier-ignore
  });

  it('of pandas before 0.15 are subclasses of ndarray', () => {
    const array = `(I1\n(I2\nt${dtypeO()}I00\n${list([text('a'), text('b')])}t`;
    const bare = `cnumpy.core.multiarray\n_reconstruct\n(cpandas.core.index\nIndex\n(I0\ntVb\ntR`;
    const made = read(`${bare}(${array}(${text('n')}ttb`) as Index;
    expect(made).toBeInstanceOf(Index);
    expect([made.kind, made.name, made.toArray()]).toEqual(['Index', 'n', ['a', 'b']]);
  });

  it('of Arrow read strings, bits and numbers', () => {
    const strings = arrow('large_string', 3, [[0b101], octets(BigInt64Array.of(0n, 1n, 1n, 3n)), [0x61, 0xc3, 0xa9]]);
    expect([...(read(strings) as Iterable<unknown>)]).toEqual(['a', null, 'é']);
    expect([...(read(arrow('bool', 3, [null, [0b110]])) as Iterable<unknown>)]).toEqual([false, true, true]);
    const numbers = read(arrow('int32', 2, [null, octets(Int32Array.of(5, -6))])) as { values(): NdArray['data'] };
    expect(numbers.values()).toEqual(Int32Array.of(5, -6));
  });
});

const dtypeO = (): string => `cnumpy\ndtype\n(VO8\nI00\nI01\ntR(I3\nV|\nNNNI-1\nI-1\nI63\ntb`;

describe.each(ENGINES)('scalars, %s', (engine) => {
  const read = (opcodes: string): unknown => loads(pickle(opcodes), { engine });
  const offset = (name: string, ...args: string[]): string => call('pandas._libs.tslibs.offsets', name, args);

  it.each([
    ['Timestamp', call('pandas._libs.tslibs.timestamps', '_unpickle_timestamp', [int(1_709_209_845_123), 'N', 'N', int(8)]), '2024-02-29T12:30:45.123000'],
    ['Timedelta', call('pandas._libs.tslibs.timedeltas', '_timedelta_unpickle', [int(-7_200_000_000_000), int(10)]), '-1 days +22:00:00'],
    ['Period', call('pandas', 'Period', ['N', offset('QuarterEnd', int(1), 'I00\n', int(12)), int(216)]), '2024Q1'],
    ['Period of weeks', call('pandas', 'Period', ['N', offset('Week', int(1), 'I00\n', int(6)), int(2819)]), '2024-01-01/2024-01-07'],
    ['Interval', call('pandas', 'Interval', [int(0), int(1), text('left')]), '[0, 1)'],
    ['offset', offset('QuarterEnd', int(2), 'I00\n', int(3)), '2QE-MAR'],
    ['NaT', call('pandas._libs.tslibs.nattype', '_nat_unpickle', ['N']), 'NaT'],
    ['PeriodDtype', call('pandas', 'PeriodDtype', [text('period[M]')]), 'period[M]'],
  ])('%s', (_name, opcodes, wanted) => {
    expect(String(read(opcodes))).toBe(wanted);
  }); // prettier-ignore
});
