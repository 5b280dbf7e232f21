/** What is written for sparse matrices: the state of scipy 1.15 and later, which older ones read too, but of lil and dok. */
import { dtypeOfText } from '../../arrays/dtype-text.ts';
import { NdArray } from '../../arrays/nd-array.ts';
import { PyGlobal, PyTuple } from '../../values/py.ts';
import { instanceOf, reduced, type ReducerRow, tuple } from '../stdlib/reduce.ts';
import type { IndexArray } from './coordinates.ts';
import { SparseMatrix } from './sparse-matrix.ts';

const OBJECTS = /* @__PURE__ */ dtypeOfText('|O')!.seal();

export const SPARSE_REDUCERS: readonly ReducerRow[] = [
  reduced(SparseMatrix, (matrix, context) => {
    const { format, className } = matrix;
    const recipe = context.recipe(matrix);
    if (recipe !== undefined) return recipe;
    return instanceOf(new PyGlobal(`scipy.sparse._${format}`, className), stateOf(matrix), context);
  }),
];

function stateOf(matrix: SparseMatrix): Record<string, unknown> {
  const { shape, data, indices, indptr, offsets, coords, format, descr } = matrix;
  const own = { _shape: tuple(...shape), maxprint: 50 };
  if (format === 'dia') return { ...own, data, offsets };
  if (format === 'coo') return { ...own, coords: tuple(...coords!.map(arrayOf)), data, has_canonical_format: false };
  if (format === 'lil') return { ...own, dtype: descr, ...rowsOf(matrix) };
  if (format === 'dok') return { ...own, dtype: descr, _dict: dictOf(matrix) };
  return { ...own, data, indices, indptr };
}

/** Coordinates beyond 32 bits are doubles here; scipy's are ints. */
function arrayOf(axis: IndexArray): Int32Array | BigInt64Array {
  return axis instanceof Int32Array ? axis : BigInt64Array.from(axis, BigInt);
}

/** lil: a list for each row of the columns that have values, and one of the values. */
function rowsOf({ shape, coords, data }: SparseMatrix): { rows: NdArray; data: NdArray } {
  const count = shape[0]!;
  const [columns, values] = [0, 1].map(() => Array.from({ length: count }, (): unknown[] => [])) as [
    unknown[][],
    unknown[][],
  ];
  let i = 0;
  for (const value of data.flat()) {
    const row = coords![0]![i]!;
    columns[row]!.push(coords![1]![i]);
    values[row]!.push(value);
    i++;
  }
  const lists = (items: unknown[][]): NdArray => new NdArray({ data: items, descr: OBJECTS, shape: [count] });
  return { rows: lists(columns), data: lists(values) };
}

/** dok: a dict of places. */
function dictOf({ coords, data }: SparseMatrix): Map<unknown, unknown> {
  const dict = new Map<unknown, unknown>();
  let i = 0;
  for (const value of data.flat()) {
    const place = coords!.map((axis) => axis[i]!);
    dict.set(place.length === 1 ? place[0] : PyTuple.from(place), value);
    i++;
  }
  return dict;
}
