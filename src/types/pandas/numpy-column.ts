/** Columns of numpy's own dtypes. */
import type { ArrayData } from '../../arrays/storage.ts';
import type { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import { type Column, plainInt } from './column.ts';
import { isTimeUnit } from './calendar.ts';
import { isNA, PdNaT } from './scalars.ts';
import { TimeColumn } from './time-column.ts';

/** Numbers, booleans, complex pairs, objects and what else numpy has. */
export class NumpyColumn implements Column {
  readonly kind = 'numpy';
  readonly array: NdArray;
  #data: ArrayData | undefined;
  #get: ((i: number) => unknown) | undefined;

  /** @param array of one dimension */
  constructor(array: NdArray) {
    this.array = array;
  }

  get dtype(): string {
    const { kind, name } = this.array.descr;
    return kind === 'S' || kind === 'U' ? 'object' : name;
  }

  get length(): number {
    return this.array.shape[0]!;
  }

  get(i: number): unknown {
    return (this.#get ??= getterOf(this.array, this.values()))(i);
  }

  values(): ArrayData {
    return (this.#data ??= valuesOf(this.array.toTyped()));
  }
}

function valuesOf(data: ArrayData): ArrayData {
  return Array.isArray(data) && data.some((item) => item !== objectOf(item)) ? data.map(objectOf) : data;
}

function getterOf(array: NdArray, data: ArrayData): (i: number) => unknown {
  const { kind, fields, itemsize, extension } = array.descr;
  if (Array.isArray(data) && fields === undefined) return (i) => data[i];
  if (extension !== undefined || fields !== undefined) return (i) => array.at(i);
  if (kind === 'b') return (i) => data[i] !== 0;
  if ((kind === 'i' || kind === 'u') && itemsize === 8) return (i) => plainInt(data[i] as bigint);
  return kind === 'i' || kind === 'u' || kind === 'f' ? (i) => data[i] : (i) => array.at(i);
}

/** What is missing among objects is null, whatever the pickle has for it; but NaN. */
export const objectOf = (value: unknown): unknown =>
  value === undefined || value instanceof PdNaT || isNA(value) ? null : value;

/**
 * The column of an array of one dimension.
 * @throws PickleError INVALID_STATE where there are more or fewer
 */
export function columnOfArray(array: NdArray): Column {
  if (array.ndim !== 1) refuse(`A column of ${array.ndim} dimensions.`);
  const { kind, unit } = array.descr;
  if ((kind === 'M' || kind === 'm') && isTimeUnit(unit?.name) && unit.count === 1) {
    return new TimeColumn(kind === 'M' ? 'datetime' : 'timedelta', array, { unit: unit.name });
  }
  return new NumpyColumn(array);
}
