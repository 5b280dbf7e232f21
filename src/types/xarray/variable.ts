/** xarray's variables: arrays whose dimensions have names. */
import { lazyJson } from '../../spec/lazy-json.ts';
import { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import type { TypeContext } from '../../spec/options.ts';
import { isList } from '../stdlib/arguments.ts';
import { arrayOfData, attributesOf } from './labels.ts';

/** An xarray.Variable or IndexVariable. */
export class XrVariable {
  /** The names of the dimensions. */
  dims: readonly unknown[] = [];
  /** A dict, as the decode has dicts. */
  attrs: unknown = {};
  /** How it is to be written to a file: a dict, or null where nothing was told. */
  encoding: unknown = null;
  #source: unknown = null;
  #isTagged = false;
  #data: unknown = undefined;

  /**
   * An NdArray; of labels that no array has, an Index of pandas; an inert object where the values were not in memory, as
   * those of dask.
   * @throws RangeError where labels are a range of more than 2^28
   */
  get data(): unknown {
    return (this.#data ??= arrayOfData(this.#source, this.#isTagged));
  }

  /** Undefined where the data are no array. */
  get shape(): readonly number[] | undefined {
    const { data } = this;
    return data instanceof NdArray ? data.shape : undefined;
  }

  /**
   * BUILD.
   * @throws PickleError INVALID_STATE where the array has other dimensions than names
   */
  setState(state: unknown, { options }: TypeContext): void {
    const fields = attributesOf(state);
    const [dims, source] = [fields?.get('_dims'), fields?.get('_data')];
    if (!isList(dims) || source === undefined) refuse('The state of an xarray variable has no dimensions or no data.');
    if (source instanceof NdArray && source.ndim !== dims.length) {
      refuse(`An array of ${source.ndim} dimensions has names for ${dims.length}.`);
    }
    this.dims = dims;
    this.attrs = fields?.get('_attrs') ?? {};
    this.encoding = fields?.get('_encoding') ?? null;
    this.#source = source;
    this.#isTagged = options.tuple === 'tagged';
    this.#data = undefined;
  }

  /** As xarray's to_dict. */
  toJSON(): unknown {
    const { dims, attrs, data } = this;
    return { dims, attrs, data: data instanceof NdArray ? data.toJSON() : data };
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    const { dims, attrs, data } = this;
    return { dims, attrs, data: data instanceof NdArray ? data[lazyJson]() : data };
  }
}
