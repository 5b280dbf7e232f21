/** The values of sparse matrices. */
import type { Dtype } from '../../arrays/dtype.ts';
import { dtypeOfText } from '../../arrays/dtype-text.ts';
import { readerOf } from '../../arrays/elements.ts';
import { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import { type NumberArray, storageOf } from '../../arrays/storage.ts';
import { PyComplex } from '../stdlib/numbers.ts';
import { type IndexArray, plain } from './coordinates.ts';

const OBJECTS = dtypeOfText('|O')!.seal();

/** The values, an array of `ndim` dimensions. */
export function valuesOf(value: unknown, ndim: number): NdArray {
  const isValues = value instanceof NdArray && value.ndim === ndim && value.descr.fields === undefined;
  return isValues ? value : refuse(`The values of a sparse matrix are no array of ${ndim} dimensions.`);
}

/** An array of values that came one by one: of the dtype where a typed array holds it, else of objects. */
export function arrayOfValues(values: readonly unknown[], dtype: Dtype): NdArray {
  const { type, width, isRaw } = storageOf(dtype.seal());
  if (type === null || isRaw || !'biufc'.includes(dtype.kind)) {
    return new NdArray({ data: values.slice(), descr: OBJECTS, shape: [values.length] });
  }
  const data = new type(values.length * width);
  const isBig = data instanceof BigInt64Array || data instanceof BigUint64Array;
  values.forEach((value, i) => {
    const scalar = plain(value);
    if (width === 2) putComplex(data as Float64Array, 2 * i, scalar);
    else if (isBig) data[i] = intOf(scalar);
    else data[i] = numberOf(scalar);
  });
  return new NdArray({ data, descr: dtype, shape: [values.length] });
}

function numberOf(value: unknown): number {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  return refuse('A value of a sparse matrix is no number.');
}

function intOf(value: unknown): bigint {
  if (typeof value === 'bigint' || typeof value === 'boolean') return BigInt(value);
  return Number.isSafeInteger(value) ? BigInt(value as number) : refuse('A value of a sparse matrix is no int.');
}

function putComplex(data: Float64Array, at: number, value: unknown): void {
  const [re, im] = value instanceof PyComplex ? [value.re, value.im] : [numberOf(value), 0];
  data[at] = re;
  data[at + 1] = im;
}

/** The entry of `data.data` where the element at a place in C order begins. */
function positionsIn({ shape, strides, offset }: NdArray): (place: number) => number {
  if (shape.length === 1) return (place) => offset + place * strides[0]!;
  return (place) => {
    let at = offset;
    let rest = place;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    return at;
  };
}

/** Gives the element at a place in C order. */
export function elementsIn(array: NdArray): (place: number) => unknown {
  const read = readerOf(array.data, array.descr);
  const positionOf = positionsIn(array);
  return (place) => read(positionOf(place));
}

/** The elements at some places in C order, in one dimension. */
export function taken(array: NdArray, places: IndexArray): NdArray {
  const { data, descr } = array;
  const positionOf = positionsIn(array);
  const shape = [places.length];
  if (Array.isArray(data)) {
    return new NdArray({ data: Array.from(places, (place): unknown => data[positionOf(place)]), descr, shape });
  }
  const { type, width } = storageOf(descr);
  const values = new type!(places.length * width);
  places.forEach((place, i) => {
    const at = positionOf(place);
    for (let k = 0; k < width; k++) values[i * width + k] = data[at + k]!;
  });
  return new NdArray({ data: values, descr, shape });
}

export const isZero = (value: unknown): boolean =>
  Array.isArray(value) ? value.every((part) => part === 0) : value === 0 || value === 0n || value === false;

/** What stands where nothing is told: false, 0, 0n, [0, 0]. */
export function zeroOf({ kind, itemsize }: Dtype): unknown {
  if (kind === 'b') return false;
  if (kind === 'c') return [0, 0];
  return 'iu'.includes(kind) && itemsize === 8 ? 0n : 0;
}

/** Adds two values at one place, as scipy does where a matrix tells of a place more than once. */
export function sumOf(a: unknown, b: unknown, dtype: Dtype): unknown {
  if (typeof a === 'boolean') return a || b === true;
  if (typeof a === 'bigint') {
    const sum = a + (b as bigint);
    return dtype.kind === 'u' ? BigInt.asUintN(64, sum) : BigInt.asIntN(64, sum);
  }
  if (typeof a === 'number' && typeof b === 'number') return wrapped(a + b, dtype);
  if (Array.isArray(a) && Array.isArray(b)) return [0, 1].map((i) => (a[i] as number) + (b[i] as number));
  throw new TypeError(`values of ${dtype.name} cannot be added`);
}

/** A sum in the width of the dtype. */
function wrapped(sum: number, { kind, itemsize }: Dtype): number {
  if (kind === 'f') return itemsize === 4 ? Math.fround(sum) : sum;
  const bits = 8 * itemsize;
  return Number(kind === 'u' ? BigInt.asUintN(bits, BigInt(sum)) : BigInt.asIntN(bits, BigInt(sum)));
}

/** Adds elements of an array to those of another of the same dtype, by their places. */
export function adderOf(to: NumberArray, from: NumberArray, dtype: Dtype): (toAt: number, fromAt: number) => void {
  if (to instanceof BigInt64Array || to instanceof BigUint64Array) {
    const source = from as BigInt64Array;
    return (at, place) => (to[at] = to[at]! + source[place]!);
  }
  const [sums, source] = [to, from as Float64Array];
  if (dtype.kind === 'b') return (at, place) => (sums[at] = sums[at]! | source[place]!);
  if (dtype.kind !== 'c') return (at, place) => (sums[at] = sums[at]! + source[place]!);
  return (at, place) => {
    for (let k = 0; k < 2; k++) sums[2 * at + k] = sums[2 * at + k]! + source[2 * place + k]!;
  };
}
