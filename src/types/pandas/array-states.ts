/** The states of pandas' extension arrays, of all ages of pandas. */
import { Dtype } from '../../arrays/dtype.ts';
import { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import { ArrowArray } from '../arrow/array.ts';
import { ArrowChunkedArray } from '../arrow/chunked.ts';
import { fieldsOf } from '../stdlib/arguments.ts';
import { ArrowColumn } from './arrow-column.ts';
import { isTimeUnit } from './calendar.ts';
import { CategoryColumn, IntervalColumn } from './category-column.ts';
import { PandasDtype } from './dtypes.ts';
import type { ExtensionArray } from './extension-array.ts';
import { MaskedColumn, SparseColumn, StringColumn } from './extension-columns.ts';
import { Index } from './index-objects.ts';
import { endsOf } from './new-index.ts';
import { columnOfArray } from './numpy-column.ts';
import { isClosed } from './scalars.ts';
import { SparseIndex } from './sparse-index.ts';
import { TimeColumn } from './time-column.ts';

type Fields = ReadonlyMap<string, unknown>;
type SetState = (target: ExtensionArray, fields: Fields) => void;

/** The classes, by their names. */
const BY_CLASS: Readonly<Record<string, SetState>> = {
  DatetimeArray: setTimes,
  TimedeltaArray: setTimes,
  PeriodArray: setPeriods,
  Categorical: setCategories,
  StringArray: setStrings,
  StringArrayNumpySemantics: setStrings,
  PandasArray: setPlain,
  NumpyExtensionArray: setPlain,
  IntegerArray: setMasked,
  FloatingArray: setMasked,
  BooleanArray: setMasked,
  IntervalArray: setIntervals,
  SparseArray: setSparse,
  ArrowExtensionArray: setArrow,
  ArrowStringArray: setArrow,
  ArrowStringArrayNumpySemantics: setArrow,
};

export const ARRAY_NAMES: readonly string[] = Object.keys(BY_CLASS);

/**
 * BUILD: a dict; a tuple of one; or `(dtype, ndarray, dict)`, whose first two have been the other way round.
 * @throws PickleError INVALID_STATE where it is none of such an array
 */
export function setArrayState(target: ExtensionArray, state: unknown): void {
  const name = target.className.slice(target.className.lastIndexOf('.') + 1);
  const set = BY_CLASS[name] ?? refuse(`Arrays of ${name} are not known.`);
  set(target, fieldsOfState(state) ?? refuse(`The state of a ${name} is none that is known.`));
}

function fieldsOfState(state: unknown): Fields | undefined {
  if (!Array.isArray(state)) return fieldsOf(state);
  if (state.length === 1) return fieldsOf(state[0]);
  if (state.length > 3) return undefined;
  const [first, second, more] = state as unknown[];
  const [dtype, array] = first instanceof NdArray ? [second, first] : [first, second];
  return new Map<string, unknown>([...(fieldsOf(more) ?? []), ['_dtype', dtype], ['_ndarray', array]]);
}

function arrayIn(fields: Fields): NdArray {
  const array = fields.get('_ndarray') ?? fields.get('_data') ?? fields.get('_codes');
  return array instanceof NdArray ? array : refuse('An extension array has no array.');
}

function setTimes(target: ExtensionArray, fields: Fields): void {
  const array = arrayIn(fields);
  const dtype = fields.get('_dtype');
  const freq = fields.get('_freq') ?? null;
  const { kind, unit } = array.descr;
  const { unit: told, tz = null } = dtype instanceof PandasDtype ? dtype.parts : {};
  const name = kind === 'i' ? (told ?? (dtype instanceof Dtype ? dtype.unit?.name : undefined)) : unit?.name;
  if (!isTimeUnit(name) || (kind !== 'i' && unit!.count !== 1)) refuse('The unit of an array of times is none.');
  const isSpan = target.className.endsWith('TimedeltaArray');
  target.becomeRows(array, (row) => new TimeColumn(isSpan ? 'timedelta' : 'datetime', row, { unit: name, tz, freq }));
}

function setPeriods(target: ExtensionArray, fields: Fields): void {
  const dtype = fields.get('_dtype');
  const freq = fields.get('_freq') ?? (dtype instanceof PandasDtype ? dtype.parts.freq : undefined);
  if (freq === undefined || freq === null) refuse('Periods have no frequency.');
  target.becomeRows(arrayIn(fields), (row) => new TimeColumn('period', row, { unit: 'ns', freq }));
}

/** Before 0.21 the categories lie beside the codes. */
function setCategories(target: ExtensionArray, fields: Fields): void {
  const dtype = fields.get('_dtype');
  const parts = dtype instanceof PandasDtype ? dtype.parts : {};
  const told = fields.get('_categories') ?? fields.get('_levels');
  const categories = parts.categories ?? (told instanceof Index ? told : undefined);
  if (categories === undefined) refuse('An array of categories has none.');
  const ordered = parts.ordered ?? (fields.get('_ordered') ?? fields.get('ordered')) === true;
  target.becomeRows(arrayIn(fields), (row) => new CategoryColumn(row, categories, ordered));
}

function setStrings(target: ExtensionArray, fields: Fields): void {
  const dtype = fields.get('_dtype');
  const na = dtype instanceof PandasDtype ? dtype.parts.na : undefined;
  const missing = na ?? (target.className.endsWith('NumpySemantics') ? 'nan' : 'NA');
  target.becomeRows(arrayIn(fields), (row) => new StringColumn(row, missing));
}

function setPlain(target: ExtensionArray, fields: Fields): void {
  target.becomeRows(arrayIn(fields), columnOfArray);
}

/** Of two dimensions in no pandas, so far. */
function setMasked(target: ExtensionArray, fields: Fields): void {
  const mask = fields.get('_mask');
  if (!(mask instanceof NdArray)) refuse('A nullable array has no mask.');
  target.become(new MaskedColumn(arrayIn(fields), mask));
}

function setIntervals(target: ExtensionArray, fields: Fields): void {
  const dtype = fields.get('_dtype');
  const closed = fields.get('_closed') ?? (dtype instanceof PandasDtype ? dtype.parts.closed : undefined) ?? 'right';
  if (!isClosed(closed)) refuse('The closed ends of intervals are not known.');
  const [left, right] = [fields.get('_left'), fields.get('_right')].map(endsOf);
  if (left === undefined || right === undefined) refuse('The ends of intervals are none.');
  target.become(new IntervalColumn(left, right, closed));
}

function setSparse(target: ExtensionArray, fields: Fields): void {
  const index = fields.get('_sparse_index');
  const points = fields.get('_sparse_values');
  const dtype = fields.get('_dtype');
  if (!(index instanceof SparseIndex) || !(points instanceof NdArray))
    refuse('A sparse array has no values or places.');
  const fill = dtype instanceof PandasDtype ? dtype.parts.fillValue : (fields.get('_fill_value') ?? NaN);
  target.become(new SparseColumn(index.length, index.places(points.size), points, fill));
}

function setArrow(target: ExtensionArray, fields: Fields): void {
  const array = fields.get('_pa_array') ?? fields.get('_data');
  if (!(array instanceof ArrowArray || array instanceof ArrowChunkedArray)) refuse('An Arrow array has no values.');
  const dtype = fields.get('_dtype');
  const fallback = target.className.includes('String') ? 'string' : `${String(array.type)}[pyarrow]`;
  target.become(new ArrowColumn(dtype instanceof PandasDtype ? String(dtype) : fallback, array));
}
