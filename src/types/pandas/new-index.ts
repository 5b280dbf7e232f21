/** Indexes from the arguments that pandas pickles them with: a class and a dict. */
import { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import { textOf } from '../../arrays/dtype-state.ts';
import { PyGlobal } from '../../values/py.ts';
import { fieldsOf, intOf } from '../stdlib/arguments.ts';
import { IntervalColumn } from './category-column.ts';
import type { Column, ColumnKind } from './column.ts';
import { ExtensionArray } from './extension-array.ts';
import { Index, MultiIndex, RangeIndex } from './index-objects.ts';
import { columnOfArray } from './numpy-column.ts';
import { isClosed } from './scalars.ts';
import { TimeColumn } from './time-column.ts';

type Fields = ReadonlyMap<string, unknown>;

/** The classes that pandas has or had, by their names. */
export const INDEX_NAMES: readonly string[] = [
  'Index',
  'Int64Index',
  'UInt64Index',
  'Float64Index',
  'NumericIndex',
  'RangeIndex',
  'MultiIndex',
  'DatetimeIndex',
  'TimedeltaIndex',
  'PeriodIndex',
  'CategoricalIndex',
  'IntervalIndex',
];

/** The column of what a block or an index may hold; undefined where it is none of them, or has two dimensions. */
export function columnOf(data: unknown): Column | undefined {
  if (data instanceof ExtensionArray) return data.rows === undefined ? data.column : undefined;
  if (data instanceof Index) return data.column;
  return data instanceof NdArray && data.ndim === 1 ? columnOfArray(data) : undefined;
}

/**
 * `_new_Index(cls, dict)` and its like; undefined for classes and contents that are not known.
 * @throws PickleError INVALID_STATE where the contents do not fit each other
 */
export function newIndex(args: readonly unknown[]): Index | undefined {
  const [cls, dict] = args;
  const fields = fieldsOf(dict);
  if (args.length !== 2 || !(cls instanceof PyGlobal) || fields === undefined) return undefined;
  if (!cls.module.startsWith('pandas') || !INDEX_NAMES.includes(cls.name)) return undefined;
  const name = fields.get('name') ?? null;
  switch (cls.name) {
    case 'RangeIndex':
      return rangeIndex(fields, name);
    case 'MultiIndex':
      return multiIndex(fields);
    case 'IntervalIndex':
      return intervalIndex(fields, name);
    default: {
      const column = columnOfFields(cls.name, fields);
      return column && new Index(cls.name, column, [name]);
    }
  }
}

function rangeIndex(fields: Fields, name: unknown): RangeIndex | undefined {
  const [start, stop, step] = ['start', 'stop', 'step'].map((key) => intOf(fields.get(key)));
  if (start === undefined || stop === undefined || step === undefined) return undefined;
  return RangeIndex.of(start, stop, step, name);
}

function multiIndex(fields: Fields): MultiIndex | undefined {
  const levels = listOfAll(fields.get('levels'), Index);
  const codes = listOfAll(fields.get('codes') ?? fields.get('labels'), NdArray);
  const names = fields.get('names') ?? levels?.map(() => null);
  if (levels === undefined || codes === undefined || !Array.isArray(names)) return undefined;
  return new MultiIndex(levels, codes, names as unknown[]);
}

function listOfAll<T>(value: unknown, cls: abstract new (...args: never[]) => T): readonly T[] | undefined {
  return Array.isArray(value) && value.every((item) => item instanceof cls) ? (value as T[]) : undefined;
}

function intervalIndex(fields: Fields, name: unknown): Index | undefined {
  const [left, right] = [columnOf(fields.get('left')), columnOf(fields.get('right'))];
  const closed = fields.get('closed') ?? 'right';
  if (left === undefined || right === undefined) {
    const column = columnOf(fields.get('data'));
    return column && new Index('IntervalIndex', column, [name]);
  }
  if (!isClosed(closed)) refuse('The closed ends of intervals are not known.');
  const [from, to] = [fields.get('left'), fields.get('right')];
  const ends = new IntervalColumn(endsOf(from) ?? left, endsOf(to) ?? right, closed);
  return new Index('IntervalIndex', ends, [name]);
}

const KINDS: Readonly<Partial<Record<ColumnKind, string>>> = {
  datetime: 'DatetimeIndex',
  timedelta: 'TimedeltaIndex',
  period: 'PeriodIndex',
};

/** The ends of intervals are an index, whatever they came as. */
export function endsOf(ends: unknown): Index | undefined {
  if (ends instanceof Index) return ends;
  const column = columnOf(ends);
  return column && new Index(KINDS[column.kind] ?? 'Index', column, [null]);
}

/** Times may come as bare counts, with their zone and frequency beside them. */
function columnOfFields(cls: string, fields: Fields): Column | undefined {
  const data = fields.get('data') ?? fields.get('ordinal');
  const column = columnOf(data);
  const freq = fields.get('freq') ?? null;
  if (column === undefined) return undefined;
  if (cls === 'PeriodIndex' && column.kind === 'numpy' && data instanceof NdArray) {
    const { kind, itemsize } = data.descr;
    if (kind !== 'i' || itemsize !== 8 || freq === null) return undefined;
    return new TimeColumn('period', data, { unit: 'ns', freq: textOf(freq) ?? freq });
  }
  if (!(column instanceof TimeColumn) || column.kind === 'period') return column;
  const tz = fields.get('tz') ?? column.tz;
  if (typeof tz !== 'object') return undefined;
  return new TimeColumn(column.kind, column.array, { unit: column.unit, tz, freq: freq ?? column.freq });
}
