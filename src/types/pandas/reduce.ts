/** What is written for pandas' values: the forms of pandas 3, which pandas 2 reads too. */
import { PyGlobal } from '../../values/py.ts';
import { fixed, type ReducerRow, tuple, unwritable } from '../stdlib/reduce.ts';
import { PySlice } from '../stdlib/numbers.ts';
import { IntervalColumn } from './category-column.ts';
import { ExtensionArray } from './extension-array.ts';
import { DataFrame } from './frame.ts';
import { Index, MultiIndex, RangeIndex } from './index-objects.ts';
import { DateOffset } from './offsets.ts';
import { arrayOf, called, instance, pandasGlobal } from './reduce-arrays.ts';
import { Interval, PdNaT, Period, Timedelta, Timestamp } from './scalars.ts';
import { Series } from './series.ts';
import type { TimeUnit } from './calendar.ts';

const NEWOBJ = /* @__PURE__ */ new PyGlobal('copyreg', '__newobj__');
const NEW_INDEX = /* @__PURE__ */ new PyGlobal('pandas.core.indexes.base', '_new_Index');
const NEW_DATETIME_INDEX = /* @__PURE__ */ new PyGlobal('pandas.core.indexes.datetimes', '_new_DatetimeIndex');
const NEW_INTERVAL_INDEX = /* @__PURE__ */ new PyGlobal('pandas.core.indexes.interval', '_new_IntervalIndex');
const BLOCK = /* @__PURE__ */ new PyGlobal('pandas._libs.internals', '_unpickle_block');
const MANAGERS = 'pandas.core.internals.managers';
const MANAGER = /* @__PURE__ */ new PyGlobal(MANAGERS, 'BlockManager');
const SINGLE_MANAGER = /* @__PURE__ */ new PyGlobal(MANAGERS, 'SingleBlockManager');
const TIMESTAMP = /* @__PURE__ */ new PyGlobal('pandas._libs.tslibs.timestamps', '_unpickle_timestamp');
const TIMEDELTA = /* @__PURE__ */ new PyGlobal('pandas._libs.tslibs.timedeltas', '_timedelta_unpickle');
const NAT = /* @__PURE__ */ new PyGlobal('pandas._libs.tslibs.nattype', '_nat_unpickle');
const PERIOD = /* @__PURE__ */ new PyGlobal('pandas._libs.tslibs.period', 'Period');
const INTERVAL = /* @__PURE__ */ new PyGlobal('pandas._libs.interval', 'Interval');

/** numpy's numbers of the units. */
const UNIT_CODES: Readonly<Record<TimeUnit, number>> = { s: 7, ms: 8, us: 9, ns: 10 };

const FLAGS = { allows_duplicate_labels: true };

export const PANDAS_REDUCERS: readonly ReducerRow[] = [
  fixed(DataFrame, (frame) => {
    const blocks = frame.dtypes.map((_, i) => {
      return called(BLOCK, arrayOf(frame.columnAt(i), true), new PySlice(i, i + 1, 1), 2);
    });
    const manager = called(MANAGER, tuple(...blocks), [frame.columnIndex, frame.index]);
    const state = { _mgr: manager, _typ: 'dataframe', _metadata: [], attrs: new Map(frame.attrs), _flags: FLAGS };
    return [NEWOBJ, [pandasGlobal('DataFrame')], state];
  }),
  fixed(Series, ({ column, index, name, attrs }) => {
    const values = arrayOf(column, false);
    const told = { axes: [index], blocks: [{ values, mgr_locs: new PySlice(0, index.length, 1) }] };
    const manager = instance(SINGLE_MANAGER, tuple([index], [values], [index], { '0.14.1': told }));
    const rest = { _metadata: ['_name'], attrs: new Map(attrs), _flags: FLAGS, _name: name };
    return [NEWOBJ, [pandasGlobal('Series')], { _mgr: manager, _typ: 'series', ...rest }];
  }),
  fixed(MultiIndex, ({ levels, codes, names }) => {
    const fields = { levels: [...levels], codes: [...codes], sortorder: null, names: [...names] };
    return [NEW_INDEX, [pandasGlobal('MultiIndex'), fields]];
  }),
  fixed(Index, reduceIndex),
  fixed(ExtensionArray, ({ column, rows }) => {
    if (rows !== undefined) unwritable('An array of two dimensions');
    return called(pandasGlobal('array'), arrayOf(column, false));
  }),
  fixed(DateOffset, ({ name, args, attrs }) => {
    const made = new PyGlobal('pandas._libs.tslibs.offsets', name);
    return attrs.size === 0 ? [made, args] : [made, args, new Map(attrs)];
  }),
  fixed(Timestamp, ({ ticks, unit, tz }) => [TIMESTAMP, [ticks, null, tz, UNIT_CODES[unit]]]),
  fixed(Timedelta, ({ ticks, unit }) => [TIMEDELTA, [ticks, UNIT_CODES[unit]]]),
  fixed(PdNaT, () => [NAT, [null]]),
  fixed(Period, ({ ordinal, freq }) => [PERIOD, [null, freq, ordinal]]),
  fixed(Interval, ({ left, right, closed }) => [INTERVAL, [left, right, closed]]),
];

/** Classes of numbers, which pandas 2 has not, are an Index; so are those of the names that it has kept. */
const KINDS: ReadonlySet<string> = new Set([
  'DatetimeIndex',
  'TimedeltaIndex',
  'PeriodIndex',
  'CategoricalIndex',
  'IntervalIndex',
]);
const MAKERS: Readonly<Record<string, PyGlobal>> = {
  DatetimeIndex: NEW_DATETIME_INDEX,
  IntervalIndex: NEW_INTERVAL_INDEX,
};

function reduceIndex(index: Index): [PyGlobal, unknown[]] {
  const { kind, column, name } = index;
  if (index instanceof RangeIndex) {
    const { start, stop, step } = index;
    return [NEW_INDEX, [pandasGlobal('RangeIndex'), { name, start, stop, step }]];
  }
  const cls = pandasGlobal(KINDS.has(kind) ? kind : 'Index');
  const maker = MAKERS[kind] ?? NEW_INDEX;
  if (!(column instanceof IntervalColumn)) return [maker, [cls, { data: arrayOf(column, false), name }]];
  const { left, right, closed } = column;
  if (!(left instanceof Index) || !(right instanceof Index)) unwritable('An index of intervals whose ends are none');
  return [maker, [cls, { left, right, closed, name }]];
}
