/** What is written for numpy's scalars, times, masked arrays and polynomials. */
import type { EncodeContext, Reduction } from '../../spec/reducer.ts';
import { Datetime64, type Timedelta64 } from '../../arrays/datetime64.ts';
import { Dtype } from '../../arrays/dtype.ts';
import { PyGlobal, PyObject } from '../../values/py.ts';
import { instanceOf, tuple } from '../stdlib/reduce.ts';
import { bytesOf, objectsOf } from './array-bytes.ts';
import type { PyMaskedArray } from './masked.ts';
import type { PyPoly1d } from './poly1d.ts';
import { stateOf } from './reduce-array.ts';
import type { NpScalar } from './scalar.ts';

const SCALAR = /* @__PURE__ */ new PyGlobal('numpy._core.multiarray', 'scalar');
const NDARRAY = /* @__PURE__ */ new PyGlobal('numpy', 'ndarray');
const MASKED_ARRAY = /* @__PURE__ */ new PyGlobal('numpy.ma', 'MaskedArray');
const RECONSTRUCT = /* @__PURE__ */ new PyGlobal('numpy.ma.core', '_mareconstruct');
const POLY1D = /* @__PURE__ */ new PyGlobal('numpy', 'poly1d');

export function reduceScalar({ dtype, value, bytes }: NpScalar): Reduction {
  return [SCALAR, [dtype, bytes ?? value]];
}

/** Of a datetime64 or a timedelta64. */
export function reduceTicks(value: Datetime64 | Timedelta64): Reduction {
  const kind = value instanceof Datetime64 ? 'M' : 'm';
  const view = new DataView(new ArrayBuffer(8));
  view.setBigInt64(0, value.ticks, true);
  const dtype = new Dtype({ kind, itemsize: 8, byteorder: '<', unit: value.unit });
  return [SCALAR, [dtype, new Uint8Array(view.buffer)]];
}

/** `_mareconstruct(class, base class, (0,), 'b')`, and the state of the data with mask and fill value behind it. */
export function reduceMasked(array: PyMaskedArray, context: EncodeContext): Reduction {
  const recipe = context.recipe(array);
  const told = recipe instanceof PyObject ? recipe : undefined;
  const { data, mask, fillValue } = array;
  const state = stateOf(data, Array.isArray(told?.state) ? told.state.slice(0, 5) : undefined);
  const masks = mask.descr.hasObjects ? objectsOf(mask) : bytesOf(mask, data.order === 'F' ? 'F' : 'C');
  const args = told?.args ?? [MASKED_ARRAY, NDARRAY, tuple(0), 'b'];
  return [told?.callable ?? RECONSTRUCT, args, tuple(...state, masks, fillValue)];
}

export function reducePoly1d({ coeffs, variable }: PyPoly1d, context: EncodeContext): Reduction {
  return instanceOf(POLY1D, { coeffs, _variable: variable }, context);
}
