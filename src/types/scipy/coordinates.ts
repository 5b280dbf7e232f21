/** Where the entries of sparse matrices lie: coordinates as pickles have them, checked. */
import { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import type { NumberArray } from '../../arrays/storage.ts';
import { PyFloat } from '../../values/py.ts';
import { NpScalar } from '../numpy/scalar.ts';
import { isList, smallIntOf } from '../stdlib/arguments.ts';

/** Coordinates: 32 bits where they do. */
export type IndexArray = Int32Array | Float64Array;

/** The most dimensions that scipy's arrays have of this kind; numpy's own limit. */
const MAX_DIMENSIONS = 64;

/**
 * The shape that a pickle tells.
 * @throws PickleError INVALID_STATE where it is none
 */
export function shapeOf(value: unknown): readonly number[] {
  if (!isList(value) || value.length === 0 || value.length > MAX_DIMENSIONS) refuse('A sparse matrix has no shape.');
  return value.map((length) => {
    return smallIntOf(plain(length), 0, Number.MAX_SAFE_INTEGER) ?? refuse('A length of a sparse matrix is wrong.');
  });
}

/** An exact decode has classes for numpy's scalars and for NaN. */
export function plain(value: unknown): unknown {
  if (value instanceof NpScalar) return value.value;
  return value instanceof PyFloat ? value.value : value;
}

/** An array of ints in one dimension. */
export function intsOf(value: unknown, what: string): NdArray {
  const isInts = value instanceof NdArray && value.ndim === 1 && 'iu'.includes(value.descr.kind);
  return isInts ? value : refuse(`The ${what} of a sparse matrix are no array of ints.`);
}

/** @throws PickleError INVALID_STATE unless every coordinate is from 0 to before `length` */
export function checkCoordinates(array: NdArray, length: number, what: string): void {
  for (const value of array.toTyped() as NumberArray) {
    const coordinate = Number(value);
    if (!(coordinate >= 0 && coordinate < length)) {
      refuse(`${coordinate} among the ${what} of a sparse matrix is outside of its shape.`);
    }
  }
}

/** Room for coordinates along an axis of a length. */
export function newIndexArray(count: number, length: number): IndexArray {
  return length <= 0x7fff_ffff ? new Int32Array(count) : new Float64Array(count);
}

/** The coordinates of an array that has been checked. */
export function indexArrayOf(array: NdArray, length: number): IndexArray {
  const data = array.toTyped() as NumberArray;
  if (data instanceof Int32Array) return data;
  const indices = newIndexArray(data.length, length);
  for (let i = 0; i < data.length; i++) indices[i] = Number(data[i]);
  return indices;
}
