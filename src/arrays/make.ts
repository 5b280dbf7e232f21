/** Arrays from the bytes or the objects of their elements. */
import type { Dtype } from './dtype.ts';
import { numbersOf } from './from-bytes.ts';
import { NdArray, type NdArrayParts } from './nd-array.ts';
import { refuse } from './refuse.ts';
import { sizeOf, stridesOf } from './shape.ts';
import { storageOf } from './storage.ts';

/**
 * An array of elements that lie one after another in bytes. The array is a view of the bytes where byte order and
 * alignment are what a typed array needs, else of one copy.
 * @param bytes exactly as many as the shape has
 * @param order 'C': the last axis runs fastest; 'F': the first
 * @throws PickleError INVALID_STATE where the bytes are not those of such an array
 */
export function arrayFromBytes(
  bytes: Uint8Array,
  dtype: Dtype,
  shape: readonly number[],
  order: 'C' | 'F' = 'C',
): NdArray {
  return new NdArray(partsFromBytes(bytes, dtype, shape, order));
}

export function partsFromBytes(
  bytes: Uint8Array,
  dtype: Dtype,
  shape: readonly number[],
  order: 'C' | 'F',
): NdArrayParts {
  if (dtype.hasObjects) refuse('Objects cannot lie in bytes.');
  if (dtype.subarray !== undefined) return partsOfSubarrays(bytes, dtype, shape, order);
  const size = sizeOf(shape);
  // Divided, for the product may be more than can be counted.
  const fits = dtype.itemsize === 0 ? bytes.length === 0 : bytes.length / dtype.itemsize === size;
  if (!fits) refuse(`An array of shape (${shape.join(', ')}) is not of ${bytes.length} bytes.`);
  const { width } = storageOf(dtype);
  return { data: numbersOf(bytes, dtype), descr: dtype, shape, strides: stridesOf(shape, width, order) };
}

/** As numpy has them: the lengths of the subarrays come behind those of the shape. */
function partsOfSubarrays(bytes: Uint8Array, dtype: Dtype, shape: readonly number[], order: 'C' | 'F'): NdArrayParts {
  if (order === 'F' && shape.length > 1) refuse('Subarrays lie in C order.');
  const { base, shape: inner } = dtype.subarray!;
  return partsFromBytes(bytes, base, [...shape, ...inner], 'C');
}

/**
 * An array of objects.
 * @param items in C order; the array's own from now on, unless they are put in Fortran order
 * @throws PickleError INVALID_STATE where they are not as many as the shape has
 */
export function arrayFromObjects(
  items: unknown[],
  dtype: Dtype,
  shape: readonly number[],
  order: 'C' | 'F' = 'C',
): NdArray {
  return new NdArray(partsFromObjects(items, dtype, shape, order));
}

export function partsFromObjects(
  items: unknown[],
  dtype: Dtype,
  shape: readonly number[],
  order: 'C' | 'F',
): NdArrayParts {
  if (!dtype.hasObjects) refuse('The elements of an array came as objects, which its dtype is not of.');
  if (sizeOf(shape) !== items.length)
    refuse(`An array of shape (${shape.join(', ')}) is not of ${items.length} items.`);
  if (order === 'C' || shape.length < 2) return { data: items, descr: dtype, shape };
  const inC = new NdArray({ data: items, descr: dtype, shape }).transpose();
  return { data: inC.toTyped(), descr: dtype, shape, strides: stridesOf(shape, 1, 'F') };
}
