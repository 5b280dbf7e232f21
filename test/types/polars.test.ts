/** polars' DataFrames and Series, against polars where it is there; and streams that are damaged. */
import { inspect } from 'node:util';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  loads,
  PickleError,
  PolarsDataFrame,
  PolarsSeries,
  PyDate,
  PyDecimal,
  PyTime,
  Timedelta,
  Timestamp,
} from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { fromPython, instance, list, pickle } from './library-pickles.ts';

const FROM_POLARS = `
import datetime as dt, decimal, json, pickle, random
import polars as pl

def told(value):
    if isinstance(value, (pl.Series, list)): return [told(item) for item in value]
    if isinstance(value, dict): return {key: told(item) for key, item in value.items()}
    if isinstance(value, bytes): return 'bytes ' + value.hex()
    if isinstance(value, dt.timedelta): return 'span ' + str(value // dt.timedelta(microseconds=1))
    if isinstance(value, (dt.datetime, dt.date, dt.time)): return value.isoformat()
    if isinstance(value, decimal.Decimal): return 'decimal ' + str(value)
    if isinstance(value, float) and value != value: return 'nan'
    if isinstance(value, int) and not isinstance(value, bool): return 'int ' + str(value)
    return value

random.seed(7)
some = lambda make, n=20: [None if random.random() < 0.2 else make() for _ in range(n)]
word = lambda: random.choice(['', 'a', '\\u00e9\\u4e2d', 'twelve bytes', 'more than twelve bytes ' * 3, '\\U0001f600'])
day = lambda: dt.date(1900, 1, 1) + dt.timedelta(days=random.randrange(90000))
now = lambda: dt.datetime(1900, 1, 1) + dt.timedelta(microseconds=random.randrange(2**52))
ints = {pl.Int8: 7, pl.Int16: 15, pl.Int32: 31, pl.Int64: 63, pl.Int128: 100}
uints = {pl.UInt8: 8, pl.UInt16: 16, pl.UInt32: 32, pl.UInt64: 64}
s = lambda values, dtype=None: pl.Series('x', values, dtype=dtype, strict=False)
series = [s(some(lambda: random.randrange(-2**bits, 2**bits)), of) for of, bits in ints.items()]
series += [s(some(lambda: random.randrange(2**bits)), of) for of, bits in uints.items()]
series += [s(some(lambda: random.choice([0.5, -1.25, 1e30, float('nan')])), of) for of in [pl.Float32, pl.Float64]]
series += [
    s([None, None]), s([]), s(some(lambda: random.random() < 0.5)), s(some(lambda: random.random() < 0.5, 1)), s(some(word)),
    s(some(lambda: word().encode())), s(some(day)), s(some(lambda: now().time())),
    s(some(now), pl.Datetime('ms')), s(some(now)), s(some(now), pl.Datetime('ns')),
    s([dt.datetime(2024, 1, 1), None], pl.Datetime('us')).dt.replace_time_zone('Europe/Paris'),
    s(some(lambda: dt.timedelta(microseconds=random.randrange(-2**50, 2**50)))),
    s(some(lambda: dt.timedelta(milliseconds=random.randrange(-2**40, 2**40))), pl.Duration('ms')),
    s(some(lambda: decimal.Decimal(random.randrange(-10**12, 10**12)).scaleb(-3)), pl.Decimal(20, 3)),
    s(some(word), pl.Categorical), s(some(lambda: random.choice(['p', 'q;1', '\\u00e9'])), pl.Enum(['\\u00e9', 'p', 'q;1'])),
    s(some(lambda: some(lambda: random.randrange(99), random.randrange(4)))),
    s(some(lambda: some(word, random.randrange(4)))), s(some(lambda: some(word, random.randrange(3))), pl.List(pl.Categorical)),
    s(some(lambda: some(lambda: some(word, random.randrange(3)), random.randrange(3)))),
    s(some(lambda: [[1, 2], [3, None]]), pl.Array(pl.Int8, (2, 2))), s([[], []], pl.Array(pl.Int8, 0)),
    s(some(lambda: {'a': random.randrange(9), 'b': word(), 'c': some(word, 2), 'd': {'e': day()}})),
]
random.shuffle(series)
series += [one[3:11] for one in series if len(one) > 11]
frames = [
    pl.DataFrame([one.rename(str(i)) for i, one in enumerate(series[:50]) if len(one) == 20]), pl.DataFrame(),
    pl.DataFrame({'a': [], 'c': []}, schema={'a': pl.Int8, 'c': pl.Categorical}),
    pl.concat([pl.DataFrame({'a': [1, 2], 't': ['u', None]}), pl.DataFrame({'a': [3], 't': ['v']})], rechunk=False),
]
rows = []
for value in series + frames:
    columns = [value] if isinstance(value, pl.Series) else value.get_columns()
    tell = [[one.name, str(one.dtype), one.null_count(), told(one.to_list())] for one in columns]
    # Pickled as a whole; and as what some versions pickle, the columns of a frame.
    for protocol in [0, 2, 4, 5]:
        rows.append([pickle.dumps(value, protocol).hex(), type(value).__name__, list(getattr(value, 'shape')), tell])
print(json.dumps(rows))
`;

type Column = readonly [name: string, dtype: string, nulls: number, values: readonly unknown[]];
const rows = fromPython(FROM_POLARS) as [hex: string, kind: string, shape: number[], columns: Column[]][] | null;

const FLOATS = /^Float/;

function told(value: unknown, isFloat: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => told(item, isFloat));
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
  if (value instanceof Timedelta)
    return `span ${(value.ticks * 1_000_000n) / { s: 1n, ms: 1_000n, us: 1_000_000n, ns: 1_000_000_000n }[value.unit]}`;
  // Python's clocks have microseconds.
  if (value instanceof Timestamp) return String(value).replace(/(\.\d{6})000/, '$1');
  if (value instanceof PyDate || value instanceof PyTime) return String(value);
  if (value instanceof PyDecimal) return `decimal ${String(value)}`;
  if (typeof value === 'number' && isFloat) return Number.isNaN(value) ? 'nan' : value;
  if (typeof value === 'number' || typeof value === 'bigint') return `int ${value}`;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, told(part, isFloat)]));
}

const columnOf = (series: PolarsSeries): Column => {
  const { name, dtype, nullCount } = series;
  return [name, dtype, nullCount, series.toArray().map((value) => told(value, FLOATS.test(dtype)))];
};

/** `i`: 1, null, 3. `s`: 'a', a text of more than 12 bytes, null. `c`: categories x, y, x. `l`: [1, 2], [], null. */
const FRAME = new Uint8Array(
  inflateRawSync(
    Buffer.from(
      'vVNBT9RQEJ52KynQmBWBrITDO0pCNg1eNtkLCwiSbCJRbsZggZIl2XXNbhW4wZ0DCfU/8DOM8egP8MiBGA+cjDEmius3r1OoTzZs0DjN9M2bN9' +
        '/MfPPaXef12z7Ssj/6olkPWu3iehAFG62gERb1O97vn4NnXtuH8cRePHMASAdybBE5gH6GPUxsw0EDNEgu3o72P4AnrwsMkKdjXB3FuLs4L4jd' +
        'D33iT+rnqexXlqor89XKwmOJ8bke9Jns3//sdKpY56Au1Bqh89yfcKaktj6zE5rH8E/TRdxmFDbYX0Iv7KtDP8KOeSTQGiX1uE+rMERjQBXoDn' +
        'J6yD18nudLJ6nn6Xqe5sl1/bJffnlvqkzSC3OarSzfX3j4aHG2Up0ikW/AJ1hXZ/wq+Yj64HHog/S3Bn0HezzLrZDk+AG/I7fQhp5iX8Kq0v5t' +
        'xgwhIk+3NNLTOO49nYmLyad3tEnJPR8Jx1OJY0nu20aG2zonMzY58Bxl7LTM9y04opvox9ETJJlhVmzqLipjW5fEsm/b2O9Q78J8a1aGr53lm/' +
        'uNL/PLCe7kCn5ZjoNGfyzpXOUqadc4fyOrbwDTeUwbQ0z3XprPMvIZ+D8GKft8xnUDmjP66ranLudmmTP6O7G61OtVvv+D+oHxfQYqCnvFc+x2' +
        'pJobqtFshSqqBc9VtBXWX4VqdScK29eZwf/kb34+dg//8GW929esy/8rr/Fq8Rc=',
      'base64',
    ),
  ),
);
const STREAM = FRAME.subarray(Buffer.from(FRAME).indexOf(Buffer.from('ffffffff', 'hex')), FRAME.length - 3);
const RECORDS = [
  { i: 1, s: 'a', c: 'x', l: [1, 2] },
  { i: null, s: 'a text of more than twelve bytes', c: 'y', l: [] },
  { i: 3, s: null, c: 'x', l: null },
];

const refused = expect.objectContaining({ code: 'INVALID_STATE' }) as unknown;
const frameOf = (stream: Uint8Array): PolarsDataFrame => {
  const frame = new PolarsDataFrame('polars.dataframe.frame.DataFrame');
  frame.setState(stream);
  return frame;
};
/** Reads all there is, and gives what that says: a value, or why it is none. */
function outcome(stream: Uint8Array): string {
  try {
    const frame = frameOf(stream);
    return frame.length > 1000
      ? 'long'
      : JSON.stringify(frame.toRecords(), (_key, value: unknown) =>
          typeof value === 'bigint' ? String(value) : value,
        );
  } catch (error) {
    if (error instanceof PickleError && error.code === 'INVALID_STATE') return error.code;
    throw error;
  }
}

describe.each(ENGINES)("polars' values, %s", (engine) => {
  it.skipIf(rows === null)(`are what polars says${rows === null ? ' (skipped: there is no polars)' : ''}`, () => {
    for (const [hex, kind, shape, columns] of rows!) {
      const value = loads(Buffer.from(hex, 'hex'), { engine }) as PolarsDataFrame | PolarsSeries;
      expect(value).toBeInstanceOf(kind === 'DataFrame' ? PolarsDataFrame : PolarsSeries);
      const series = value instanceof PolarsDataFrame ? value.getColumns() : [value];
      expect(value instanceof PolarsDataFrame ? value.shape : [value.length]).toEqual(shape);
      expect(series.map(columnOf)).toEqual(columns);
    }
  });

  it('frames have columns and rows', () => {
    const frame = loads(FRAME, { engine }) as PolarsDataFrame;
    expect(frame).toBeInstanceOf(PolarsDataFrame);
    expect([frame.shape, frame.columns]).toEqual([
      [3, 4],
      ['i', 's', 'c', 'l'],
    ]);
    expect(frame.dtypes).toEqual(['Int64', 'String', 'Categorical', 'List(Int64)']);
    expect(frame.toRecords()).toEqual(RECORDS);
    expect(JSON.parse(JSON.stringify(frame))).toEqual(RECORDS);
    expect(Object.keys(frame.toColumns())).toEqual(['i', 's', 'c', 'l']);
    expect(frame.column('c')).toEqual(['x', 'y', 'x']);
    expect([frame.series('i').get(2), frame.series('i').get(3), frame.series('i').nullCount]).toEqual([
      3,
      undefined,
      1,
    ]);
    expect(() => frame.series('constructor')).toThrow(RangeError);
    expect(() => frame.columnAt(4)).toThrow(RangeError);
    const [ints, texts] = frame.toArrowColumns();
    expect([ints!.type, ints!.nullCount, ints!.data]).toEqual(['int64', 1, BigInt64Array.of(1n, 0n, 3n)]);
    expect([texts!.type, texts!.nullCount]).toEqual(['string', 1]);
  });

  it('frames of a list of columns are read', () => {
    const column = instance('polars.series.series', 'Series', '').slice(0, -1);
    const opcodes = instance('polars.internals.dataframe.frame', 'DataFrame', list([column]));
    const frame = loads(pickle(opcodes), { engine }) as PolarsDataFrame;
    expect([frame.shape, frame.columns]).toEqual([[0, 1], ['']]);
    expect(() =>
      loads(pickle(instance('polars.dataframe.frame', 'DataFrame', list([column, column]))), { engine }),
    ).toThrow(refused);
  });

  it.each(['(l', 'N', 'I1\n', 'Vtext\n', '(dp0\n'])('a state of %j is refused by Series', (state) => {
    expect(() => loads(pickle(instance('polars.series.series', 'Series', state)), { engine })).toThrow(refused);
  });
});

describe("polars' streams", () => {
  it('print as polars prints them', () => {
    const frame = frameOf(STREAM);
    expect(inspect(frame)).toBe(
      [
        'polars.DataFrame (3, 4)',
        '  ┌──────┬──────────────────────────────────┬─────┬───────────┐',
        '  │ i    ┆ s                                ┆ c   ┆ l         │',
        '  │ ---  ┆ ---                              ┆ --- ┆ ---       │',
        '  │ i64  ┆ str                              ┆ cat ┆ list[i64] │',
        '  ╞══════╪══════════════════════════════════╪═════╪═══════════╡',
        '  │ 1    ┆ a                                ┆ x   ┆ [1, 2]    │',
        '  │ null ┆ a text of more than twelve bytes ┆ y   ┆ []        │',
        '  │ 3    ┆ null                             ┆ x   ┆ null      │',
        '  └──────┴──────────────────────────────────┴─────┴───────────┘',
      ].join('\n'),
    );
    expect(inspect(frame.series('c'))).toBe("polars.Series 'c' Categorical (3,) ['x', 'y', 'x']");
    expect(inspect({ a: { b: { c: frame } } })).toContain('[polars.DataFrame (3, 4)]');
  });

  it('of a file are read too', () => {
    const file = Buffer.concat([Buffer.from('ARROW1\0\0'), STREAM, Buffer.from('ARROW1')]);
    expect(frameOf(file).toRecords()).toEqual(RECORDS);
  });

  it('that are cut short are read up to a whole message, or refused', () => {
    const whole = outcome(STREAM);
    for (let length = 0; length < STREAM.length; length++) {
      const cut = outcome(STREAM.subarray(0, length));
      // The end need not be told, nor need there be rows.
      expect(['INVALID_STATE', '[]', whole]).toContain(cut);
    }
    expect(outcome(STREAM.subarray(0, STREAM.length - 8))).toBe(whole);
  });

  it('with any byte changed give a value or INVALID_STATE', () => {
    const outcomes = new Map<string, number>();
    for (let at = 0; at < STREAM.length; at++) {
      for (const change of [0x01, 0x80, 0xff]) {
        const changed = STREAM.slice();
        changed[at]! ^= change;
        const found = outcome(changed);
        outcomes.set(found, (outcomes.get(found) ?? 0) + 1);
      }
    }
    expect(outcomes.get('INVALID_STATE')).toBeGreaterThan(500);
  });
});
