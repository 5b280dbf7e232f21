/** pandas' values. */
import {
  DataFrame,
  DateOffset,
  ExtensionArray,
  Index,
  Interval,
  MultiIndex,
  NpScalar,
  NumpyColumn,
  PandasDtype,
  PdNaT,
  Period,
  PyGlobal,
  PyObject,
  PyTuple,
  RangeIndex,
  Series,
  Timedelta,
  TimeColumn,
  Timestamp,
} from '../../../src/index.ts';
import { freqOf } from '../../../src/types/pandas/offsets.ts';
import { isNA } from '../../../src/types/pandas/scalars.ts';
import type { Tell, Teller } from '../teller.ts';
import { madePairs, sha256 } from './base.ts';
import { bytesOf, madeColumn } from './pandas-columns.ts';
import { tellOlder } from './pandas-older.ts';

export const pandas: Teller = {
  made(value, tell) {
    if (value instanceof PyGlobal) return isNA(value) ? { kind: 'NA' } : undefined;
    return madeFrame(value, tell) ?? madeScalar(value, tell);
  },
  older: tellOlder,
};

function madeFrame(value: unknown, tell: Tell): unknown {
  if (value instanceof DataFrame) {
    return {
      kind: 'dataframe',
      shape: [...value.shape],
      columns: tell(value.columnIndex),
      index: tell(value.index),
      data: value.columns.map((label, i) => {
        return { name: labelNode(label, value.columnIndex, tell), ...madeColumn(value.columnAt(i), tell) };
      }),
      ...attrsNode(value.attrs, tell),
    };
  }
  if (value instanceof Series) {
    return {
      kind: 'series',
      name: tell(value.name),
      length: value.length,
      ...madeColumn(value.column, tell),
      index: tell(value.index),
      ...attrsNode(value.attrs, tell),
    };
  }
  if (value instanceof ExtensionArray) {
    return { kind: 'pd.array', length: value.length, ...madeColumn(value.column, tell) };
  }
  if (value instanceof Index) return madeIndex(value, tell);
  if (!(value instanceof PyObject) || value.className !== 'sampleapp.frames.Tracked') return undefined;
  // A subclass, which the package does not know: what it holds is told as of the class that it extends.
  const frame = new DataFrame(value.className);
  frame.setState(value.state);
  return { ...(madeFrame(frame, tell) as object), class: value.className };
}

/** Labels of several levels are tuples, and bools are numpy's. */
function labelNode(label: unknown, { column }: Index, tell: Tell): unknown {
  if (Array.isArray(label)) return tell(PyTuple.from(label as unknown[]));
  const isBool = column instanceof NumpyColumn && column.array.descr.kind === 'b';
  return tell(isBool ? new NpScalar(column.array.descr, label, undefined) : label);
}

const attrsNode = (attrs: ReadonlyMap<string, unknown>, tell: Tell): object =>
  attrs.size === 0 ? {} : { attrs: madePairs(attrs, tell) };

function madeIndex(index: Index, tell: Tell): unknown {
  const node = { kind: 'index', class: index.kind, length: index.length };
  if (index instanceof RangeIndex) {
    const [start, stop, step] = [index.start, index.stop, index.step].map(tell);
    return { ...node, name: tell(index.name), dtype: 'int64', start, stop, step };
  }
  if (index instanceof MultiIndex) {
    const codes = index.codes.map((all) => ({
      values: Array.from(all.subarray(0, all.length > 64 ? 8 : 64), Number),
      sha256: sha256(bytesOf(BigInt64Array.from(all, BigInt))),
    }));
    return { ...node, names: index.names.map(tell), levels: index.levels.map(tell), codes };
  }
  const told = madeColumn(index.column, tell);
  // An index of periods tells the name that they have for their frequency.
  if (index.column instanceof TimeColumn && index.column.kind === 'period') {
    told['freq'] = freqOf(index.column.freq, 'period');
  }
  return { ...node, name: tell(index.name), ...told };
}

function madeScalar(value: unknown, tell: Tell): unknown {
  if (value instanceof PdNaT) return { kind: 'NaT' };
  if (value instanceof Timestamp) {
    const { ticks, unit, tz, fold } = value;
    return { kind: 'timestamp', iso: String(value), value: String(ticks), unit, tz: tell(tz), fold };
  }
  if (value instanceof Timedelta) {
    return { kind: 'pd.timedelta', iso: value.toJSON(), unit: value.unit, value: String(value.ticks) };
  }
  if (value instanceof Period) return { kind: 'period', freq: value.freqstr, ordinal: tell(value.ordinal) };
  if (value instanceof Interval) {
    return { kind: 'interval', left: tell(value.left), right: tell(value.right), closed: value.closed };
  }
  if (value instanceof DateOffset) return { kind: 'offset', class: value.name, n: value.n, freq: value.freqstr };
  return value instanceof PandasDtype ? { kind: 'pd.dtype', text: String(value) } : undefined;
}
