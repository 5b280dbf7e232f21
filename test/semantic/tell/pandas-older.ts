/** pandas' values in the words of `made-older` and `real`. */
import {
  CategoryColumn,
  type Column,
  DataFrame,
  DateOffset,
  type Dtype,
  dtypeOfText,
  ExtensionArray,
  Index,
  Interval,
  IntervalColumn,
  MaskedColumn,
  MultiIndex,
  NdArray,
  NpScalar,
  NumpyColumn,
  PdNaT,
  Period,
  PyGlobal,
  RangeIndex,
  Series,
  SparseColumn,
  Timedelta,
  TimeColumn,
  Timestamp,
} from '../../../src/index.ts';
import { NAT_TICKS, perSecond, type TimeUnit } from '../../../src/types/pandas/calendar.ts';
import { freqOf } from '../../../src/types/pandas/offsets.ts';
import { isNA } from '../../../src/types/pandas/scalars.ts';
import type { Tell } from '../teller.ts';
import { sha256 } from './base.ts';
import { offsetText } from './pandas-offsets.ts';

/** Columns of more values are told by their bytes. */
const MANY = 64;
const FIRST = 8;
const MANY_CODES = 1000;

export function tellOlder(value: unknown, tell: Tell): unknown {
  if (value instanceof PyGlobal) return isNA(value) ? { kind: 'NA' } : undefined;
  if (value instanceof DataFrame) {
    const data = value.columns.map((_, i) => columnNode(value.columnAt(i), tell));
    const node = {
      kind: 'dataframe',
      shape: [...value.shape],
      columns: tell(value.columnIndex),
      index: tell(value.index),
    };
    return { ...node, data, ...attrsNode(value.attrs, tell) };
  }
  if (value instanceof Series) {
    const node = { kind: 'series', name: tell(value.name), index: tell(value.index) };
    return { ...node, ...columnNode(value.column, tell), ...attrsNode(value.attrs, tell) };
  }
  if (value instanceof ExtensionArray) return { kind: 'array', ...columnNode(value.column, tell) };
  if (value instanceof Index) return indexNode(value, tell);
  return scalarNode(value, tell);
}

const attrsNode = (attrs: ReadonlyMap<string, unknown>, tell: Tell): object =>
  attrs.size === 0 ? {} : { attrs: { dict: Array.from(attrs, ([key, item]) => [tell(key), tell(item)]) } };

function indexNode(index: Index, tell: Tell): unknown {
  const node = { kind: 'index', class: index.kind, length: index.length, names: index.names.map(tell) };
  if (index instanceof MultiIndex) {
    const values = index.length > MANY ? undefined : index.toArray().map((label) => partsNode(label, index, tell));
    return {
      ...node,
      levels: index.levels.map(tell),
      codes: index.codes.map((codes) => Array.from(codes, Number)),
      ...(values !== undefined && { values }),
    };
  }
  if (index instanceof RangeIndex) {
    const array = int64s(index.values as BigInt64Array);
    const range = [index.start, index.stop, index.step].map(Number);
    return { ...node, range, ...numpyNode(array, 'int64', tell) };
  }
  const { column } = index;
  const told = columnNode(column, tell);
  delete told['length'];
  if (!(column instanceof TimeColumn) || column.freq === null) return { ...node, ...told };
  return { ...node, freq: freqOf(column.freq, column.kind === 'period' ? 'period' : 'index'), ...told };
}

/** The parts of a label as Python has them: NaN where one is missing, and then all of a level are floats. */
function partsNode(label: unknown, { levels, codes }: MultiIndex, tell: Tell): unknown[] {
  return (label as unknown[]).map((part, i) => {
    const isInt =
      typeof part === 'number' && levels[i]!.dtype.startsWith('int') && !Array.from(codes[i]!, Number).includes(-1);
    return tell(isInt ? BigInt(part) : (part ?? NaN));
  });
}

const listed = (column: Column, one: (value: unknown, i: number) => unknown): unknown[] =>
  Array.from({ length: column.length }, (_, i) => one(column.get(i), i));

const int64s = (data: BigInt64Array): NdArray =>
  new NdArray({ data, descr: dtypeOfText('<i8')!.seal(), shape: [data.length] });

function numpyNode(array: NdArray, dtype: string, tell: Tell): Record<string, unknown> {
  const data = tell(array);
  if (array.size > MANY) return { dtype, length: array.size, data };
  return {
    dtype,
    length: array.size,
    data,
    values: Array.from(array.flat(), (item) => elementNode(item, array.descr, tell)),
  };
}

/** A Python number, as tolist gives it. */
function elementNode(item: unknown, { kind }: Dtype, tell: Tell): unknown {
  if (kind === 'c') return { kind: 'complex', re: tell((item as number[])[0]), im: tell((item as number[])[1]) };
  return (kind === 'i' || kind === 'u') && typeof item === 'number' ? tell(BigInt(item)) : tell(item);
}

/** A numpy scalar. */
const scalarOf = (array: NdArray, i: number, tell: Tell): unknown =>
  tell(new NpScalar(array.descr, array.get(i), undefined));

function columnNode(column: Column, tell: Tell): Record<string, unknown> {
  const { dtype, length } = column;
  if (column instanceof NumpyColumn) {
    if (column.array.descr.kind !== 'O') return numpyNode(column.array, dtype, tell);
    return { dtype, length, ...valuesNode(Array.from(column.array.flat()), tell) };
  }
  if (column instanceof TimeColumn && column.kind !== 'period') return timeNode(column, tell);
  if (column instanceof CategoryColumn) {
    const codes = Array.from(column.codes, Number);
    const told = length <= MANY_CODES ? codes : tell(int64s(BigInt64Array.from(codes, BigInt)));
    return { dtype, length, categories: tell(column.categories), ordered: column.ordered, codes: told };
  }
  if (column instanceof MaskedColumn) {
    const values = listed(column, (value, i) => (value === null ? { kind: 'NA' } : scalarOf(column.data, i, tell)));
    return { dtype, length, values };
  }
  if (column instanceof SparseColumn) {
    const places = new Map(Array.from(column.indices, (place, i) => [place, i]));
    const values = listed(column, (_, i) => {
      const point = places.get(i);
      return point === undefined ? tell(column.fillValue) : scalarOf(column.points, point, tell);
    });
    return { dtype, length, values };
  }
  if (column instanceof IntervalColumn) {
    const isFloat = column.left.dtype.startsWith('float');
    return {
      dtype,
      length,
      values: listed(column, (value) => (value === null ? tell(NaN) : intervalNode(value as Interval, isFloat, tell))),
    };
  }
  if (column instanceof TimeColumn) {
    return { dtype, length, values: listed(column, (value) => tell(value ?? new PdNaT())) };
  }
  const missing = dtype === 'str' ? NaN : new PyGlobal('pandas', 'NA');
  return {
    dtype,
    length,
    ...valuesNode(
      listed(column, (value) => value ?? missing),
      tell,
    ),
  };
}

/** Many are told by their digest, as lines of JSON. */
function valuesNode(items: readonly unknown[], tell: Tell): Record<string, unknown> {
  const told = items.map(tell);
  if (told.length <= MANY) return { values: told };
  return { values_sha256: sha256(Buffer.from(`${JSON.stringify(told)}\n`)), values_first: told.slice(0, FIRST) };
}

function timeNode(column: TimeColumn, tell: Tell): Record<string, unknown> {
  const { dtype, length, kind, unit } = column;
  const ticks = column.values();
  const letter = kind === 'datetime' ? 'M' : 'm';
  const data =
    column.tz === null
      ? {
          data: tell(new NdArray({ data: ticks, descr: dtypeOfText(`<${letter}8[${unit}]`)!.seal(), shape: [length] })),
        }
      : { ticks: tell(int64s(ticks)) };
  if (length > MANY) return { dtype, length, ...data };
  return { dtype, length, ...data, values: listed(column, (value) => tell(value ?? new PdNaT())) };
}

const nanoseconds = (ticks: bigint, unit: TimeUnit): string => String((ticks * 1_000_000_000n) / perSecond(unit));

function scalarNode(value: unknown, tell: Tell): unknown {
  if (value instanceof PdNaT) return { kind: 'NaT' };
  if (value instanceof Timestamp) {
    const { ticks, unit, tz } = value;
    const text = String(value).replace('T', ' ');
    const node = { kind: 'timestamp', ns: nanoseconds(ticks, unit), text, tz: tz === null ? null : String(tz) };
    // Told of pandas 2 and later alone.
    return Object.defineProperty(node, 'unit', { value: unit });
  }
  if (value instanceof Timedelta) {
    const node = { kind: 'pd.timedelta', ns: nanoseconds(value.ticks, value.unit), text: String(value) };
    return Object.defineProperty(node, 'unit', { value: value.unit });
  }
  if (value instanceof Period) {
    return value.ordinal === NAT_TICKS
      ? { kind: 'NaT' }
      : { kind: 'period', text: String(value), freq: value.freqstr, ordinal: String(value.ordinal) };
  }
  if (value instanceof Interval) return intervalNode(value, false, tell);
  if (value instanceof DateOffset) {
    return { kind: 'other', class: `pandas._libs.tslibs.offsets ${value.name}`, text: offsetText(value) };
  }
  return undefined;
}

/** Ends that lie in arrays are numpy's. */
function intervalNode({ left, right, closed }: Interval, isFloat: boolean, tell: Tell): unknown {
  const endNode = (end: unknown): unknown => {
    if (typeof end !== 'number') return tell(end);
    return tell(new NpScalar(dtypeOfText(isFloat ? '<f8' : '<i8')!, isFloat ? end : BigInt(end), undefined));
  };
  return { kind: 'interval', left: endNode(left), right: endNode(right), closed };
}
