/**
 * Indexes and Series of pandas before 0.15 and 0.13: subclasses of ndarray, whose state is that of the array and a tuple of
 * their own.
 */
import { textOf } from '../../arrays/dtype-state.ts';
import { dtypeOfText } from '../../arrays/dtype-text.ts';
import { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import { setArrayState } from '../numpy/array-state.ts';
import type { Column } from './column.ts';
import { Index, MultiIndex } from './index-objects.ts';
import { columnOfArray } from './numpy-column.ts';
import { Series } from './series.ts';
import { TimeColumn } from './time-column.ts';

/** An array of nothing, until its state comes. */
export const bareArray = (): NdArray => new NdArray({ data: [], descr: dtypeOfText('O')!.seal(), shape: [0] });

/** An index of nothing, until its state comes. */
export const bareIndex = (kind: string): Index =>
  kind === 'MultiIndex' ? new MultiIndex([], [], []) : new Index(kind, columnOfArray(bareArray()), [null]);

/**
 * BUILD: `(state of the array, own state)`: of an Index a name, and of times their frequency and zone; of a MultiIndex
 * levels, codes, an order and names; of a Series an index and a name.
 * @throws PickleError INVALID_STATE where it is no such state
 */
export function setOldState(target: unknown, state: unknown): void {
  if (!Array.isArray(state)) refuse('The state of an index or a Series is no tuple.');
  const hasOwn = state.length === 2 && Array.isArray(state[0]) && Array.isArray(state[1]);
  const array = bareArray();
  setArrayState(array, hasOwn ? state[0] : state);
  const own = hasOwn ? (state[1] as unknown[]) : [];
  if (target instanceof Series) setSeries(target, array, own);
  else if (target instanceof MultiIndex) setLevels(target, own);
  else if (target instanceof Index) target.become(columnOfOld(target.kind, array, own), [own[0] ?? null]);
}

function setSeries(series: Series, array: NdArray, [index, name = null]: readonly unknown[]): void {
  if (!(index instanceof Index)) refuse('A Series has no index.');
  series.become(columnOfArray(array), index, name);
}

function setLevels(target: MultiIndex, [levels, codes, , names]: readonly unknown[]): void {
  if (!isArrays(levels) || !isArrays(codes) || !Array.isArray(names)) refuse('The levels of an index are no arrays.');
  const labels = levels.map((level, i) => new Index('Index', columnOfArray(level), [(names as unknown[])[i] ?? null]));
  target.becomeLevels(labels, codes, names as unknown[]);
}

const isArrays = (value: unknown): value is readonly NdArray[] =>
  Array.isArray(value) && value.every((item) => item instanceof NdArray);

function columnOfOld(kind: string, array: NdArray, [, freq = null, tz = null]: readonly unknown[]): Column {
  const column = columnOfArray(array);
  if (kind === 'PeriodIndex' && freq !== null) {
    return new TimeColumn('period', array, { unit: 'ns', freq: textOf(freq) ?? freq });
  }
  if (!(column instanceof TimeColumn)) return column;
  if (typeof tz !== 'object') refuse('The zone of an index is none.');
  return new TimeColumn(column.kind, column.array, { unit: column.unit, tz, freq });
}
