/** Dates, numbers and such as keys: equal as Python has it. */
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loads, PyDecimal, PyDict, PySet } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { fromPython, pickle } from './library-pickles.ts';

const STDLIB = `
import datetime as dt, decimal, fractions, ipaddress, itertools, json, pathlib, pickle, re, uuid, warnings
from zoneinfo import ZoneInfo
D, F = decimal.Decimal, fractions.Fraction
utc, east, paris = dt.timezone.utc, dt.timezone(dt.timedelta(hours=1)), ZoneInfo('Europe/Paris')
numbers = [0, 1, 2, 1.0, 0.5, -0.5, 0.1, 0.3, 10**20, 1e20, 1e300, 5e-324, float('inf'), float('-inf'), True, 2**53 + 1,
    D(0), D('-0'), D('1'), D('1.00'), D('1E+2'), 100, D('0.5'), D('-0.50'), D('0.1'), D(0.1), F(1, 10), F(1, 2), F(-1, 2), F(7),
    F(1, 3), F(2**54 + 1, 2), D(5e-324), F(5e-324), F(1, 2**1075), D('Infinity'), D('-Infinity'), D('1E+20'), D(1e300),
    D('1E+1000'), 10**1000, D('1E+5000'), D('1.0E+5000'), D('1E-5000'), D('0.3'), F(3, 10), 1 + 0j, 0.5 + 0j, 1j, 2j, 1 + 1j]
others = ['a', b'a', dt.date(2024, 1, 1), dt.date(2024, 1, 2), dt.datetime(2024, 1, 1), dt.datetime(2024, 1, 1, fold=1),
    dt.datetime(2024, 1, 1, tzinfo=utc), dt.datetime(2024, 1, 1, 1, tzinfo=east), dt.datetime(2024, 1, 1, 1, tzinfo=paris),
    dt.datetime(2024, 1, 1, 0, 0, 0, 1), dt.datetime(1, 1, 1), dt.time(1), dt.time(1, tzinfo=utc), dt.time(2, tzinfo=east),
    dt.time(1, tzinfo=paris), dt.timedelta(1), dt.timedelta(0, 86400), dt.timedelta(-1), utc, dt.timezone(dt.timedelta(0), 'x'),
    east, paris, ZoneInfo('UTC'), uuid.UUID(int=1), uuid.UUID(int=2), pathlib.PurePosixPath('a/b'), pathlib.PosixPath('a/b'),
    pathlib.PureWindowsPath('A/b'), pathlib.PureWindowsPath('a/B'), ipaddress.ip_address('1.2.3.4'), ipaddress.ip_address(2**40),
    ipaddress.ip_network('1.2.3.4'), ipaddress.ip_interface('1.2.3.4'), ipaddress.ip_interface('1.2.3.4/8'),
    re.compile('a'), re.compile('a', re.I), re.compile(b'a'), range(0), range(5, 2), range(1, 2), range(1, 3, 2), range(0, 4, 2),
    range(0, 3, 2), range(0, 5, 2)]
`;
const LIBRARIES = `
import numpy as np, pandas as pd
M, m = np.datetime64, np.timedelta64
more = [np.int8(1), np.int64(2), np.uint64(2**53 + 1), np.float32(0.5), np.float32(0.1), np.float64(0.1), np.float16(-0.5), np.bool_(True),
    np.complex64(1 + 1j), np.complex128(1), np.str_('a'), np.bytes_(b'a'), M('2024-01-01T00', 'us'), M('2024-01-01T00', 'h'),
    m(1, 'D'), m(86400, 's'), m(1, 'Y'), m(12, 'M'), pd.Timestamp('2024-01-01'), pd.Timestamp('2024-01-01', tz='UTC'),
    pd.Timestamp('2024-01-01 00:00:00.000000001'), pd.Timedelta('1D'), pd.Timedelta(1), pd.Period('2024-01', 'M'), pd.Period('2024-01-01', 'D'),
    pd.Interval(0, 1), pd.Interval(0.0, 1.0), pd.Interval(0, 1, 'left'), np.dtype('f4'), np.dtype('<f4'), np.dtype('>f4'),
    np.dtype([('a', 'i4')]), np.dtype([('b', 'i4')]), np.dtype([('a', 'i4')], align=True)]
`;
const PRINT = `
warnings.simplefilter('ignore')
def size(a, b):
    try: return len({a, b})
    except Exception: return None
sizes = [[size(a, b) for b in values[:i]] for i, a in enumerate(values)]
print(json.dumps([pickle.dumps(values, 4).hex(), sizes, [repr(value) for value in values]]))
`;
/** A list of values; how many keys the value of a row and that of a column are; what Python prints of each. */
type Told = readonly [hex: string, sizes: readonly (readonly (number | null)[])[], texts: readonly string[]];
const stdlib = fromPython(`${STDLIB}values = numbers + others${PRINT}`) as Told | null;
const libraries = fromPython(`${STDLIB}${LIBRARIES}values = numbers + others + more${PRINT}`) as Told | null;

describe.each(ENGINES)('equal keys, %s', (engine) => {
  it.each([
    ["Python's own", stdlib],
    ['numpy and pandas', libraries],
  ])('are those that Python finds equal: %s', (_what, told) => {
    if (told === null) return;
    const [hex, sizes, texts] = told;
    const wrong: string[] = [];
    for (const exact of [false, true]) {
      const values = loads(Buffer.from(hex, 'hex'), { engine, exact }) as unknown[];
      sizes.forEach((row, i) =>
        row.forEach((size, j) => {
          const pair = [values[i], values[j]];
          const found = [new PyDict(pair.map((key) => [key, 0])).size, new PySet(pair.map((key) => [key, 'x'])).size];
          if (size !== null && found.some((one) => one !== size)) {
            wrong.push(`${texts[i]}, ${texts[j]}: ${size}, not ${found.join(', ')}`);
          }
        }),
      );
    }
    expect(wrong).toEqual([]);
  });

  it.each([false, true])('keep the first key and the last value, exact: %s', (exact) => {
    const decimal = (text: string): string => `cdecimal\nDecimal\n(V${text}\ntR`;
    const opcodes = `}(${decimal('1.50')}Va\nV2\nVother\n${decimal('1.5')}Vb\nG\x3f\xf8\0\0\0\0\0\0Vc\nu`;
    const dict = loads(pickle(opcodes), { engine, exact }) as PyDict;
    expect(dict).toBeInstanceOf(PyDict);
    expect([...dict].map(([key, value]) => [String(key), value])).toEqual([
      ['1.50', 'c'],
      ['2', 'other'],
    ]);
    expect([dict.get(1.5), dict.get(new PyDecimal('1.500')), dict.has(new PyDecimal('1.6'))]).toEqual([
      'c',
      'c',
      false,
    ]);
  });
});

describe('words in a console', () => {
  it.each([
    ['cdatetime\ndate\n(c_codecs\nencode\n(V\x07\\u00e8\x01\x02\nVlatin1\ntRtR', 'PyDate 2024-01-02'],
    ['cdatetime\ntimedelta\n(I1\nI2\nI3\ntR', 'PyTimeDelta 1 day, 0:00:02.000003'],
    ['cdecimal\nDecimal\n(V1.10\ntR', 'PyDecimal 1.10'],
    ['cfractions\nFraction\n(V1/3\ntR', 'PyFraction 1/3'],
    ['cpathlib\nPurePosixPath\n(Va\nVb\ntR', 'PyPurePosixPath a/b'],
    ['cbuiltins\ncomplex\n(F1.0\nF2.0\ntR', 'PyComplex (1+2j)'],
    ['cbuiltins\nrange\n(I0\nI5\nI1\ntR', 'range(0, 5)'],
    ['cbuiltins\nslice\n(I1\nNI2\ntR', 'slice(1, None, 2)'],
  ])('%j', (opcodes, text) => {
    expect(inspect(loads(pickle(opcodes)))).toBe(text);
  });
});
