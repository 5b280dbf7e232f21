/**
 * What reducers write. Of Python's library and numpy, the bytes that CPython 3.11 writes with numpy 2 (made by
 * `fixtures/make-reduced.py`). Of pandas and scipy, what these read as equal to what was pickled, and what is refused.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ArrowTable, dumps, loads, PicklingError, Tensor } from '../../src/index.ts';
import { readJsonLines } from '../support/json-lines.ts';
import { FIXTURES, python3 } from '../support/places.ts';

const ROWS = readJsonLines<{ expression: string; pickles: string[] }>(join(FIXTURES, 'reduced.jsonl'));

describe('bytes are those of CPython', () => {
  it.each(ROWS.map(({ expression, pickles }) => [expression, pickles] as const))('%s', (_expression, pickles) => {
    for (const exact of [false, true]) {
      pickles.forEach((pickle, i) => {
        const value = loads(Buffer.from(pickle, 'base64'), { exact });
        expect(Buffer.from(dumps(value, { protocol: i + 2 })).toString('base64')).toBe(pickle);
      });
    }
  });
});

/** Values by their names. */
const VALUES = String.raw`
import base64, json, pickle, sys
import numpy as np, pandas as pd, scipy.sparse as sp
F = {}
F['mixed'] = pd.DataFrame({'i': [1, 2, 3], 'f': [0.5, None, 2.5], 'b': [True, False, True], 's': ['a', None, 'ä'], 'o': [1, 'x', None]}).astype({'o': object})
F['times'] = pd.DataFrame({'t': pd.to_datetime(['2020-01-01', None]), 'z': pd.to_datetime(['2020-01-01', None]).tz_localize('UTC'), 'd': pd.to_timedelta([1, None], unit='s')}, index=pd.date_range('2020', periods=2, freq='D'))
F['categories'] = pd.DataFrame({'c': pd.Categorical(['a', 'b', 'a'], ordered=True), 'n': pd.Categorical([1, 2, None])})
F['nullable'] = pd.DataFrame({'I': pd.array([1, None], dtype='Int64'), 'B': pd.array([True, None], dtype='boolean'), 'F': pd.array([1.5, None], dtype='Float32'), 'S': pd.array(['a', None], dtype='string[python]')})
F['levels'] = pd.DataFrame({('a', 1): [1, 2], ('b', 2): [3, 4]}, index=pd.MultiIndex.from_product([['x'], [1, 2]], names=['k', 'j']))
F['periods'] = pd.DataFrame({'p': pd.period_range('2020-01', periods=3, freq='M')}, index=pd.period_range('2020', periods=3, freq='Y'))
F['nothing'] = pd.DataFrame()
F['numbers'] = pd.DataFrame(np.arange(12.).reshape(3, 4))
F['widths'] = pd.DataFrame({'c': np.array([1 + 2j, 3]), 'i1': np.array([1, 2], 'i1'), 'f2': np.array([1, 2], 'f2'), 'u8': np.array([2**63, 1], 'u8')})
F['intervals'] = pd.DataFrame({'a': [1, 2, 3]}, index=pd.interval_range(0, 3))
F['labels'] = pd.DataFrame({'a': [1, 2, 3]}, index=pd.CategoricalIndex(list('aba'), name='q'))
F['spans'] = pd.Series([1, 2], index=pd.timedelta_range('1D', periods=2, freq='h'), name='td')
F['series'] = pd.Series([1.5, 2], name='x', index=['a', 'b'])
F['zoned'] = pd.Series(pd.date_range('2020', periods=3, tz='Europe/Berlin'))
F['index'] = pd.Index([3, 1, 2], name='n')
F['range'] = pd.RangeIndex(2, 10, 2, name='r')
F['months'] = pd.date_range('2020', periods=3, freq='ME')
try:
    F['arrow'] = pd.DataFrame({'i': pd.array([1, None], dtype='int64[pyarrow]'), 's': pd.array(['a', None], dtype='string[pyarrow]'), 'b': pd.array([True, None], dtype='bool[pyarrow]')})
except ImportError:
    pass
m = sp.random(7, 5, 0.4, random_state=1)
for f in ('csr', 'csc', 'coo', 'bsr', 'dia', 'lil', 'dok'):
    F[f + '_matrix'] = m.asformat(f)
    F[f + '_array'] = getattr(sp, f + '_array')(m.asformat(f))
F['one dimension'] = sp.coo_array(np.array([0, 1, 0, 2]))
`;

const MAKE = `${VALUES}
json.dump({k: [base64.b64encode(pickle.dumps(v, p)).decode() for p in (2, 4, 5)] for k, v in F.items()}, sys.stdout)
`;

/** Prints what is not equal. */
const CHECK = `${VALUES}
import pandas.testing as t
def check(got, want):
    if isinstance(want, pd.DataFrame): t.assert_frame_equal(got, want)
    elif isinstance(want, pd.Series): t.assert_series_equal(got, want)
    elif isinstance(want, pd.Index): t.assert_index_equal(got, want); assert getattr(got, 'freq', 0) == getattr(want, 'freq', 0)
    else: assert type(got) is type(want) and got.dtype == want.dtype and (got.toarray() == want.toarray()).all()
wrong = []
for name, pickles in json.load(sys.stdin):
    for data in pickles:
        try: check(pickle.loads(base64.b64decode(data)), F[name])
        except Exception as error: wrong.append(f'{name}: {error!r}'[:300])
json.dump(wrong, sys.stdout)
`;

function run(script: string, input = ''): unknown {
  const python = python3();
  if (python === null) return null;
  const { status, stdout } = spawnSync(python, ['-W', 'ignore', '-c', script], { input, encoding: 'utf8' });
  return status === 0 ? JSON.parse(stdout) : null;
}

const made = run(MAKE) as Record<string, string[]> | null;
const LIBRARIES = made === null ? ' (no Python here that has pandas and scipy)' : '';

describe.skipIf(made === null)(`tables and sparse matrices${LIBRARIES}`, () => {
  it.each([false, true])(
    'are equal to what was pickled, where pandas and scipy read them (exact: %s)',
    (exact) => {
      const written = Object.entries(made!).map(([name, pickles]) => {
        const again = pickles.map((pickle, i) => {
          const value = loads(Buffer.from(pickle, 'base64'), { exact });
          return Buffer.from(dumps(value, { protocol: [2, 4, 5][i]! })).toString('base64');
        });
        return [name, again];
      });
      expect(written.length).toBeGreaterThan(25);
      expect(run(CHECK, JSON.stringify(written))).toEqual([]);
    },
    60_000,
  );

  it('read here as what they were', () => {
    for (const pickles of Object.values(made!)) {
      const value = loads(Buffer.from(pickles[1]!, 'base64'));
      expect(JSON.stringify(loads(dumps(value)))).toBe(JSON.stringify(value));
    }
  });
});

it.each([Tensor, ArrowTable])('%o tells how it may be written', (cls) => {
  const value: unknown = Object.create(cls.prototype as object);
  expect(() => dumps([value])).toThrow(PicklingError);
  expect(() => dumps([value])).toThrow(/UNPICKLABLE at \$\[0\].*exact: true.*Or write its to/);
});
