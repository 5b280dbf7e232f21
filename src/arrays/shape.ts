/** Shapes and strides: which entries of the data an array is. */
import { refuse } from './refuse.ts';

/** numpy's own limit, of version 2. */
export const MAX_DIMENSIONS = 64;
/** Elements of no bytes that an array may have: no data stands behind their number. */
const MAX_EMPTY_ITEMS = 2 ** 20;

/**
 * The number of elements.
 * @throws PickleError INVALID_STATE where the lengths are none, or more than can be counted
 */
export function sizeOf(shape: readonly number[]): number {
  if (shape.length > MAX_DIMENSIONS) refuse(`An array has more than ${MAX_DIMENSIONS} dimensions.`);
  let product = 1;
  let isEmpty = false;
  for (const length of shape) {
    if (!(Number.isSafeInteger(length) && length >= 0)) refuse('A length in the shape of an array is wrong.');
    if (length === 0) isEmpty = true;
    else product *= length;
    if (product > Number.MAX_SAFE_INTEGER) refuse('The shape of an array has more elements than can be counted.');
  }
  return isEmpty ? 0 : product;
}

/** @param order 'C': the last axis lies closest together; 'F': the first */
export function stridesOf(shape: readonly number[], width: number, order: 'C' | 'F'): number[] {
  const strides = new Array<number>(shape.length);
  let step = width;
  for (let i = 0; i < shape.length; i++) {
    const axis = order === 'C' ? shape.length - 1 - i : i;
    strides[axis] = step;
    step *= Math.max(1, shape[axis]!);
  }
  return strides;
}

/** Whether elements lie one after another in an order. Axes of one element do not matter. */
export function isContiguous(
  shape: readonly number[],
  strides: readonly number[],
  width: number,
  order: 'C' | 'F',
): boolean {
  if (shape.includes(0)) return true;
  const wanted = stridesOf(shape, width, order);
  return shape.every((length, axis) => length === 1 || strides[axis] === wanted[axis]);
}

/**
 * Whether all elements lie inside the data.
 * @param length entries of the data
 * @throws PickleError INVALID_STATE where they do not
 */
export function checkInside(
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
  width: number,
  length: number,
): void {
  const size = sizeOf(shape);
  if (strides.length !== shape.length || !strides.every(Number.isSafeInteger) || !Number.isSafeInteger(offset)) {
    refuse('The strides or the offset of an array are wrong.');
  }
  if (size === 0) return;
  if (width === 0 && size > MAX_EMPTY_ITEMS) refuse('An array has too many elements of no bytes.');
  let first = offset;
  let last = offset;
  for (let axis = 0; axis < shape.length; axis++) {
    const reach = strides[axis]! * (shape[axis]! - 1);
    if (reach < 0) first += reach;
    else last += reach;
  }
  if (!(first >= 0 && last <= length && width <= length - last)) {
    refuse(`An array of shape (${shape.join(', ')}) has more elements than data.`);
  }
}

/** Where each element begins, in C order, counted in entries of the data. */
export function* placesOf(
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
): Generator<number, void> {
  const size = sizeOf(shape);
  const index = new Array<number>(shape.length).fill(0);
  let at = offset;
  for (let done = 0; done < size; done++) {
    yield at;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      at -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
}
