/** pandas' arrays of columns, as pandas 2 and 3 read them. */
import { dtypeOfText } from '../../arrays/dtype-text.ts';
import { NdArray } from '../../arrays/nd-array.ts';
import type { ArrayData } from '../../arrays/storage.ts';
import { contiguousOf } from '../../arrays/typed.ts';
import { PyGlobal, PyObject } from '../../values/py.ts';
import { arrowPartsOf } from '../arrow/reduce-array.ts';
import { unwritable } from '../stdlib/reduce.ts';
import { ArrowColumn } from './arrow-column.ts';
import { CategoryColumn } from './category-column.ts';
import type { Column } from './column.ts';
import { MaskedColumn, StringColumn } from './extension-columns.ts';
import { Index } from './index-objects.ts';
import { NumpyColumn } from './numpy-column.ts';
import { freqOf } from './offsets.ts';
import { TimeColumn } from './time-column.ts';

export const pandasGlobal = (name: string): PyGlobal => new PyGlobal('pandas', name);
const arraysGlobal = (name: string): PyGlobal => new PyGlobal('pandas.arrays', name);
const NA = /* @__PURE__ */ new PyGlobal('pandas._libs.missing', 'NA');

/** An instance whose constructor does not run, and its state. */
export function instance(cls: PyGlobal, state: unknown): PyObject {
  const made = new PyObject(cls, [], 'newobj');
  made.addState(state);
  return made;
}

export const called = (cls: PyGlobal, ...args: unknown[]): PyObject => new PyObject(cls, args, 'reduce');

/**
 * What a column's values are in pandas.
 * @param isRow whether a block of a DataFrame holds them, where arrays of numbers and times have two dimensions
 * @throws Unwritable where they are of a kind that is written by exact decodes alone
 */
export function arrayOf(column: Column, isRow: boolean): unknown {
  if (column instanceof NumpyColumn) return shaped(contiguousOf(column.array), column.array.descr, isRow);
  if (column instanceof TimeColumn) return timesOf(column, isRow);
  if (column instanceof CategoryColumn) {
    const { categories, ordered, array } = column;
    if (!(categories instanceof Index)) unwritable('A column of categories that are no Index');
    const dtype = instance(pandasGlobal('CategoricalDtype'), { categories, ordered });
    return instance(pandasGlobal('Categorical'), { _dtype: dtype, _ndarray: array });
  }
  if (column instanceof MaskedColumn) {
    const mask = new NdArray({ data: column.mask, descr: dtypeOfText('|b1')!.seal(), shape: [column.length] });
    const dtype = column.dtype === 'boolean' ? { _dtype: called(pandasGlobal('BooleanDtype')) } : {};
    return instance(arraysGlobal(maskedClass(column.dtype)), { ...dtype, _data: column.data, _mask: mask });
  }
  if (column instanceof StringColumn) {
    const dtype = called(pandasGlobal('StringDtype'), 'python', column.na === 'NA' ? NA : NaN);
    return instance(arraysGlobal('StringArray'), { _ndarray: column.array, _dtype: dtype });
  }
  if (column instanceof ArrowColumn) return arrowOf(column);
  return unwritable(`A column of dtype ${column.dtype}`);
}

function shaped(data: ArrayData, descr: NdArray['descr'], isRow: boolean): NdArray {
  const length = data.length / widthOf(data, descr);
  return new NdArray({ data, descr, shape: isRow ? [1, length] : [length] });
}

/** Elements of a typed array to one of the dtype: complex numbers take two, and fields a byte each. */
function widthOf(data: ArrayData, { itemsize }: NdArray['descr']): number {
  return Array.isArray(data) ? 1 : itemsize / (data as Uint8Array).BYTES_PER_ELEMENT;
}

const maskedClass = (dtype: string): string =>
  dtype === 'boolean' ? 'BooleanArray' : dtype.startsWith('Float') ? 'FloatingArray' : 'IntegerArray';

/** Naive ones in a block are numpy's, which pandas wraps as it reads them. */
function timesOf(column: TimeColumn, isRow: boolean): unknown {
  const { kind, unit, tz, freq } = column;
  if (kind === 'period') {
    const ordinals = shaped(column.values(), dtypeOfText('<i8')!.seal(), isRow);
    const dtype = called(pandasGlobal('PeriodDtype'), `period[${freqOf(freq, 'period')}]`);
    return instance(arraysGlobal('PeriodArray'), { _ndarray: ordinals, _dtype: dtype });
  }
  const descr = dtypeOfText(`<${kind === 'datetime' ? 'M' : 'm'}8[${unit}]`)!.seal();
  const ticks = shaped(column.values(), descr, isRow);
  if (isRow && tz === null) return ticks;
  const dtype = tz === null ? descr : instance(pandasGlobal('DatetimeTZDtype'), { unit, tz });
  const cls = arraysGlobal(kind === 'datetime' ? 'DatetimeArray' : 'TimedeltaArray');
  return instance(cls, { _ndarray: ticks, _dtype: dtype, _freq: isRow ? null : freq });
}

function arrowOf({ dtype, type, chunks }: ArrowColumn): unknown {
  const [chunk, ...more] = chunks;
  const parts = chunk === undefined || more.length > 0 ? undefined : arrowPartsOf(chunk);
  if (parts === undefined) unwritable(`A column of Arrow's ${String(type)}, in ${chunks.length} chunks,`);
  const isText = dtype === 'str' || dtype === 'string';
  const pandasDtype = isText
    ? called(pandasGlobal('StringDtype'), 'pyarrow', dtype === 'str' ? NaN : NA)
    : instance(pandasGlobal('ArrowDtype'), { pyarrow_dtype: parts.type });
  const cls = arraysGlobal(isText ? 'ArrowStringArray' : 'ArrowExtensionArray');
  return instance(cls, { _pa_array: parts.array, _dtype: pandasDtype });
}
