/** The formats of sparse matrices: what each holds, checked, and the places of its entries. */
import { Dtype } from '../../arrays/dtype.ts';
import { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import type { NumberArray } from '../../arrays/storage.ts';
import { isList, smallIntOf } from '../stdlib/arguments.ts';
import {
  checkCoordinates,
  type IndexArray,
  indexArrayOf,
  intsOf,
  newIndexArray,
  plain,
  shapeOf,
} from './coordinates.ts';
import { arrayOfValues, valuesOf } from './values.ts';

export type SparseFormat = 'csr' | 'csc' | 'coo' | 'bsr' | 'dia' | 'lil' | 'dok';

/** What a matrix holds. Of lil and dok, which have lists and a dict in Python, the entries are told as those of coo. */
export interface SparseMatrixParts {
  readonly shape: readonly number[];
  /** The values: of bsr blocks `(count, rows, columns)`, of dia diagonals `(count, columns)`, else one after another. */
  readonly data: NdArray;
  /** csr, csc, bsr: where values lie along the axis that is not compressed; of bsr in blocks. */
  readonly indices: NdArray | null;
  /** csr, csc, bsr: where the values of each row, column or row of blocks begin; one more than there are. */
  readonly indptr: NdArray | null;
  /** dia: the diagonal of each row of `data`; above the main one are positive ones. */
  readonly offsets: NdArray | null;
  /** coo, lil, dok: for each axis where the values lie. */
  readonly coords: readonly IndexArray[] | null;
}

type Fields = ReadonlyMap<string, unknown>;

const NONE = { indices: null, indptr: null, offsets: null, coords: null };

/**
 * @param entries what a dok is made of: `(row, column)` to value
 * @throws PickleError INVALID_STATE where an array is missing or does not fit the shape
 */
export function partsOf(
  format: SparseFormat,
  fields: Fields,
  entries: ReadonlyMap<unknown, unknown> | null,
): SparseMatrixParts {
  const shape = shapeOf(fields.get('_shape') ?? fields.get('shape'));
  if (format === 'coo') return cooParts(shape, fields);
  if (format === 'dok') return dokParts(shape, fields, entries);
  if (format === 'csr' && shape.length === 1) return compressedParts(shape, fields, 1, shape[0]!);
  if (shape.length !== 2) refuse(`A sparse matrix of ${shape.length} dimensions cannot be ${format}.`);
  const [rows, columns] = shape as [number, number];
  if (format === 'csr') return compressedParts(shape, fields, rows, columns);
  if (format === 'csc') return compressedParts(shape, fields, columns, rows);
  if (format === 'bsr') return blockParts(shape, fields);
  return format === 'dia' ? diagonalParts(shape, fields) : lilParts(shape, fields);
}

function compressedParts(shape: readonly number[], fields: Fields, major: number, minor: number): SparseMatrixParts {
  const data = valuesOf(fields.get('data'), 1);
  return { ...NONE, shape, data, ...compressed(fields, major, minor, data.size) };
}

/** @param count how many values there are */
function compressed(
  fields: Fields,
  major: number,
  minor: number,
  count: number,
): Pick<SparseMatrixParts, 'indices' | 'indptr'> {
  const indices = intsOf(fields.get('indices'), 'indices');
  const indptr = intsOf(fields.get('indptr'), 'indptr');
  if (indptr.size !== major + 1) refuse(`A sparse matrix has ${indptr.size} indptr for a length of ${major}.`);
  let last = 0;
  for (const value of indptr.toTyped() as NumberArray) {
    if (!(Number(value) >= last)) refuse('The indptr of a sparse matrix decrease.');
    last = Number(value);
  }
  if (Number(indptr.get(0)) !== 0) refuse('The indptr of a sparse matrix do not begin at 0.');
  if (last > indices.size || last > count) refuse('The indptr of a sparse matrix lie beyond its values.');
  checkCoordinates(indices.slice(0, last), minor, 'indices');
  return { indices, indptr };
}

function blockParts(shape: readonly number[], fields: Fields): SparseMatrixParts {
  const data = valuesOf(fields.get('data'), 3);
  const [count, height, width] = data.shape as [number, number, number];
  const [rows, columns] = shape as [number, number];
  const fits = height > 0 && width > 0 && rows % height === 0 && columns % width === 0;
  if (!fits) refuse(`Blocks of ${height} by ${width} do not fill a sparse matrix of ${rows} by ${columns}.`);
  return { ...NONE, shape, data, ...compressed(fields, rows / height, columns / width, count) };
}

function cooParts(shape: readonly number[], fields: Fields): SparseMatrixParts {
  const data = valuesOf(fields.get('data'), 1);
  const arrays = fields.get('coords') ?? [fields.get('row'), fields.get('col')];
  if (!isList(arrays) || arrays.length !== shape.length) refuse('A sparse matrix has coordinates of other dimensions.');
  const coords = arrays.map((value, axis) => {
    const array = intsOf(value, 'coordinates');
    if (array.size !== data.size) refuse(`${data.size} values have ${array.size} coordinates.`);
    checkCoordinates(array, shape[axis]!, 'coordinates');
    return indexArrayOf(array, shape[axis]!);
  });
  return { ...NONE, shape, data, coords };
}

function diagonalParts(shape: readonly number[], fields: Fields): SparseMatrixParts {
  const data = valuesOf(fields.get('data'), 2);
  const offsets = intsOf(fields.get('offsets'), 'offsets');
  if (offsets.size !== data.shape[0]) refuse(`${data.shape[0]} diagonals have ${offsets.size} offsets.`);
  if (new Set(offsets.toTyped()).size !== offsets.size) refuse('A diagonal of a sparse matrix is told twice.');
  return { ...NONE, shape, data, offsets };
}

type Items = ArrayLike<unknown>;

const isItems = (value: unknown): value is Items => Array.isArray(value) || value instanceof Float64Array;

/** A list for each row of the columns that have values, and one of the values. */
function lilParts(shape: readonly number[], fields: Fields): SparseMatrixParts {
  const [rows, lists] = ['rows', 'data'].map((name) => {
    const array = fields.get(name);
    const items = array instanceof NdArray && array.ndim === 1 ? array.toTyped() : null;
    if (!Array.isArray(items) || items.length !== shape[0]) refuse('A sparse matrix has other rows than its shape.');
    return items.map((item) => (isItems(item) ? item : refuse('A row of a sparse matrix is no list.')));
  }) as [Items[], Items[]];
  const count = rows.reduce((sum, row) => sum + row.length, 0);
  const coords = shape.map((length) => newIndexArray(count, length)) as [IndexArray, IndexArray];
  const values: unknown[] = [];
  rows.forEach((row, i) => {
    if (row.length !== lists[i]!.length) refuse('A row of a sparse matrix has more values than columns, or fewer.');
    for (let k = 0; k < row.length; k++) {
      coords[0][values.length] = i;
      coords[1][values.length] = coordinateOf(row[k], shape[1]!);
      values.push(lists[i]![k]);
    }
  });
  return { ...NONE, shape, data: arrayOfValues(values, dtypeOf(fields)), coords };
}

function dokParts(
  shape: readonly number[],
  fields: Fields,
  entries: ReadonlyMap<unknown, unknown> | null,
): SparseMatrixParts {
  const own = fields.get('_dict');
  const dict: ReadonlyMap<unknown, unknown> = own instanceof Map && own.size > 0 ? own : (entries ?? new Map());
  const coords = shape.map((length) => newIndexArray(dict.size, length));
  const values: unknown[] = [];
  for (const [key, value] of dict) {
    const place = shape.length === 1 && !isList(key) ? [key] : key;
    if (!isList(place) || place.length !== shape.length) refuse('A key of a sparse matrix is no place in it.');
    place.forEach((part, axis) => (coords[axis]![values.length] = coordinateOf(part, shape[axis]!)));
    values.push(value);
  }
  return { ...NONE, shape, data: arrayOfValues(values, dtypeOf(fields)), coords };
}

function coordinateOf(value: unknown, length: number): number {
  return smallIntOf(plain(value), 0, length - 1) ?? refuse('A coordinate of a sparse matrix is outside of its shape.');
}

function dtypeOf(fields: Fields): Dtype {
  const dtype = fields.get('dtype');
  return dtype instanceof Dtype ? dtype : refuse('A sparse matrix has no dtype.');
}
