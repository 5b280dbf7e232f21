/** scipy's values: sparse matrices, and the instances that stay as they are pickled. */
import { NdArray, PyObject, SparseMatrix } from '../../../src/index.ts';
import { dtypeOfText } from '../../../src/arrays/dtype-text.ts';
import { storageOf } from '../../../src/arrays/storage.ts';
import type { Tell, Teller } from '../teller.ts';
import { madePairs, sha256 } from './base.ts';
import { attributesOf, instanceOf } from './inert.ts';
import { canonicalBytes } from './numpy-bytes.ts';
import { elementsOf } from './numpy-elements.ts';

const MANY = 64;
const FIRST = 8;
const INT32 = dtypeOfText('<i4')!.seal();
const INT64 = dtypeOfText('<i8')!.seal();

export const scipy: Teller = {
  made(value, tell) {
    if (value instanceof SparseMatrix) return madeSparse(value, tell);
    if (!(value instanceof PyObject)) return undefined;
    const instance = instanceOf(value);
    if (instance === undefined || !instance.name.startsWith('scipy.')) return undefined;
    const { name, object } = instance;
    const tree = /^scipy\.spatial\._?c?kdtree\.(c?KDTree)$/i.exec(name)?.[1];
    if (tree !== undefined) {
      return { kind: 'spatialtree', class: tree, data: tell((object.state as readonly unknown[])[1]) };
    }
    if (name.endsWith('LinregressResult')) {
      const fields = ['slope', 'intercept', 'rvalue', 'pvalue', 'stderr'];
      return { kind: 'namedtuple', class: name, fields, items: Array.from(instance.args, tell) };
    }
    const attrs = madePairs(attributesOf(instance), tell);
    return { kind: 'object', class: name, ...(attrs.length > 0 && { attrs }) };
  },

  older(value, tell) {
    if (!(value instanceof SparseMatrix)) return undefined;
    const { coords, data } = sorted(value);
    const [row, col] = coords.map((axis) => tell(axis));
    return {
      kind: 'sparse',
      format: value.format,
      shape: [...value.shape],
      dtype: value.descr.str,
      nnz: value.nnz,
      class: value.className,
      coo: { row, col, data: tell(data) },
      ...(value.format !== 'lil' && value.format !== 'dok' && { data: tell(value.data) }),
      ...(value.format === 'coo' && { row: tell(axisOf(value, 0)), col: tell(axisOf(value, 1)) }),
      ...(value.offsets && { offsets: tell(value.offsets) }),
      ...(value.indptr && { indices: tell(value.indices), indptr: tell(value.indptr) }),
    };
  },
};

function madeSparse(matrix: SparseMatrix, tell: Tell): unknown {
  const { coords, data } = sorted(matrix);
  const told = (array: NdArray): unknown[] => elementsOf(array, array.size > MANY ? FIRST : MANY, tell);
  return {
    kind: 'sparse',
    format: matrix.format,
    class: matrix.className,
    shape: [...matrix.shape],
    dtype: matrix.descr.str,
    nnz: matrix.nnz,
    coords: coords.map(told),
    coords_sha256: coords.map((axis) => sha256(canonicalBytes(axis, 'without padding')!)),
    data: told(data),
    data_sha256: sha256(canonicalBytes(data, 'without padding')!),
  };
}

/** The entries by row, then by column. */
function sorted(matrix: SparseMatrix): { coords: NdArray[]; data: NdArray } {
  const { coords, data } = matrix.toCoo();
  const order = Array.from({ length: data.size }, (_, i) => i).sort((a, b) => {
    for (const axis of coords) if (axis[a] !== axis[b]) return axis[a]! - axis[b]!;
    return a - b;
  });
  return {
    coords: coords.map((axis) => {
      const ints = BigInt64Array.from(order, (i) => BigInt(axis[i]!));
      return new NdArray({ data: ints, descr: INT64, shape: [ints.length] });
    }),
    data: inOrder(data, order),
  };
}

/** In 32 bits, as scipy has them where they do. */
function axisOf({ coords }: SparseMatrix, axis: number): NdArray {
  const data = Int32Array.from(coords![axis]!);
  return new NdArray({ data, descr: INT32, shape: [data.length] });
}

function inOrder(array: NdArray, order: readonly number[]): NdArray {
  const { data, descr } = array;
  if (Array.isArray(data)) throw new Error('objects have no order here');
  const { width } = storageOf(descr);
  const values = data.slice();
  order.forEach((from, to) => {
    for (let k = 0; k < width; k++) {
      values[to * width + k] = data[array.offset + from * array.strides[0]! + k] as never;
    }
  });
  return new NdArray({ data: values.subarray(0, order.length * width), descr, shape: [order.length] });
}
