/** numpy.ma: arrays of which elements may be missing. */
import { lazyJson } from '../../spec/lazy-json.ts';
import { customInspect, type Inspect, type PrintOptions } from '../../arrays/print.ts';
import { printedMasked } from './print.ts';
import { Dtype } from '../../arrays/dtype.ts';
import { subarrayOf } from '../../arrays/dtype-text.ts';
import { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import { lengthOf } from '../../arrays/dtype-state.ts';
import type { PyGlobal } from '../../values/py.ts';
import { partsOfState } from './array-state.ts';

const BOOL = new Dtype({ kind: 'b', itemsize: 1, byteorder: '|' }).seal();
const NOTHING = new NdArray({ data: new Uint8Array(0), descr: BOOL, shape: [0] });

/** A numpy.ma.MaskedArray. */
export class PyMaskedArray {
  data: NdArray = NOTHING;
  /** True where an element is missing; of the data's shape, and of structured dtypes field by field. */
  mask: NdArray = NOTHING;
  /** What stands for missing elements where they have to be filled in; null where nothing was set. */
  fillValue: unknown = null;

  get shape(): readonly number[] {
    return this.data.shape;
  }

  get dtype(): string {
    return this.data.dtype;
  }

  /** The element at an index a dimension; null where it is missing. */
  get(...index: readonly number[]): unknown {
    return this.mask.get(...index) === true ? null : this.data.get(...index);
  }

  toJSON(): unknown {
    return { data: this.data.toJSON(), mask: this.mask.toJSON(), fillValue: this.fillValue };
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    return { data: this.data[lazyJson](), mask: this.mask[lazyJson](), fillValue: this.fillValue };
  }

  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string {
    return printedMasked(this, depth, options, inspect);
  }
}

/** numpy.ma.masked: an element that is missing. */
export class PyMaskedConstant {
  toJSON(): null {
    return null;
  }
}

export const isMasked = (cls: PyGlobal): boolean =>
  cls.name === 'MaskedArray' && (cls.module === 'numpy.ma' || cls.module === 'numpy.ma.core');

/**
 * BUILD of a masked array: `(version, shape, dtype, is_fortran, data, mask, fill_value)`.
 * @throws PickleError INVALID_STATE where the state is none
 */
export function setMaskedState(array: PyMaskedArray, state: unknown): void {
  if (!Array.isArray(state) || state.length !== 7 || lengthOf(state[0]) === undefined) {
    refuse('The state of a masked array is no tuple of 7.');
  }
  const [, shape, dtype, isFortran, data, mask, fillValue] = state as unknown[];
  array.data = new NdArray(partsOfState(shape, dtype, isFortran, data));
  array.mask = new NdArray(partsOfState(shape, maskDtypeOf(dtype as Dtype), isFortran, mask));
  array.fillValue = fillValue;
}

/** A bool for each field, and for each element of a subarray. */
function maskDtypeOf({ fields, subarray }: Dtype): Dtype {
  if (subarray !== undefined) return subarrayOf(maskDtypeOf(subarray.base), subarray.shape);
  if (fields === undefined) return BOOL;
  let offset = 0;
  const masks = fields.map(({ name, dtype }) => {
    const mask = { name, offset, dtype: maskDtypeOf(dtype) };
    offset += mask.dtype.itemsize;
    return mask;
  });
  return new Dtype({ kind: 'V', itemsize: offset, byteorder: '|', alignment: 1, fields: masks });
}
