/**
 * numpy's arrays, dtypes and scalars. Arrays are NdArrays, dtypes Dtypes. A scalar is what JavaScript has for it: a number,
 * a bigint, a boolean, a string, bytes, a PyComplex, a Datetime64, a Timedelta64, a record; in an exact decode it is an
 * NpScalar, which tells its dtype too. Subclasses of ndarray that are not numpy's own stay inert.
 */
import type { PyType, TypeFamily } from '../spec/options.ts';
import { Datetime64, Timedelta64 } from '../arrays/datetime64.ts';
import { Dtype } from '../arrays/dtype.ts';
import { setDtypeState, textOf } from '../arrays/dtype-state.ts';
import { dtypeOfText } from '../arrays/dtype-text.ts';
import { NdArray } from '../arrays/nd-array.ts';
import { refuse } from '../arrays/refuse.ts';
import { PyGlobal } from '../values/py.ts';
import { arrayOfBuffer, setArrayState } from './numpy/array-state.ts';
import { CLASSES, inEach, isArrayClass, named } from './numpy/names.ts';
import { reduceArray } from './numpy/reduce-array.ts';
import { reduceDtype } from './numpy/reduce-dtype.ts';
import { reduceScalar, reduceTicks } from './numpy/reduce-more.ts';
import { NpScalar, scalarOf } from './numpy/scalar.ts';
import { fixed, reduced } from './stdlib/reduce.ts';

/** Modules of numpy 1 and 2. */
const MULTIARRAY = ['numpy.core.multiarray', 'numpy._core.multiarray'];
const NUMERIC = ['numpy.core.numeric', 'numpy._core.numeric'];

const EMPTY = dtypeOfText('|i1')!.seal();

const reconstructed: PyType = {
  /** `_reconstruct(subtype, shape, typecode)`: what comes later is BUILD's. */
  call([subtype, ...rest], kwargs, context) {
    if (rest.length !== 2 || (kwargs?.size ?? 0) > 0) return undefined;
    if (subtype instanceof PyGlobal && isArrayClass(subtype)) {
      return new NdArray({ data: new Int8Array(0), descr: EMPTY, shape: [0], className: subtype.toString() });
    }
    // Another library's subclass, as pandas' indexes once were.
    const type = context.typeOf(subtype);
    const made = type?.create?.([], undefined, context);
    if (type !== undefined && typeof made === 'object' && made !== null) context.adopt(made, type);
    return made;
  },
  setState(target, state) {
    if (target instanceof NdArray) setArrayState(target, state);
  },
};

const fromBuffer: PyType = {
  call: (args, kwargs, context) => ((kwargs?.size ?? 0) > 0 ? undefined : arrayOfBuffer(args, context)),
};

const dtypes: PyType = {
  call: ([of, ...flags], kwargs) => (flags.length > 2 || (kwargs?.size ?? 0) > 0 ? undefined : dtypeOf(of)),
  setState(target, state) {
    if (target instanceof Dtype) setDtypeState(target, state);
  },
};

/** Of a text, or of a class: `numpy.record`, one of numpy's scalars, or one that another library has added. */
function dtypeOf(of: unknown): Dtype | undefined {
  if (of instanceof PyGlobal) {
    if (of.toString() === 'numpy.record' || of.toString().endsWith('.records.record')) {
      return new Dtype({ kind: 'V', itemsize: 0, byteorder: '|', isRecord: true });
    }
    const own = of.module === 'numpy' ? dtypeOfText(of.name) : undefined;
    const extension = of.module === 'ml_dtypes' ? of.name : of.toString();
    return own ?? new Dtype({ kind: 'V', itemsize: 0, byteorder: '|', extension });
  }
  const text = textOf(of);
  if (text === undefined) return undefined;
  return dtypeOfText(text) ?? refuse('A dtype is not known.');
}

/** `_convert_to_stringdtype_kwargs(coerce[, na_object])`. */
const stringDtype: PyType = {
  call([coerce, ...na]) {
    if (na.length > 1) return undefined;
    const strings = { coerce: Boolean(coerce), na: na[0] };
    return new Dtype({ kind: 'T', itemsize: 16, byteorder: '|', strings });
  },
};

const scalars: PyType = {
  call: (args, kwargs, context) => ((kwargs?.size ?? 0) > 0 ? undefined : scalarOf(args, context)),
};

export const numpy: TypeFamily = {
  name: 'numpy',
  get types(): TypeFamily['types'] {
    return [
      ...inEach([...MULTIARRAY, 'numpy.core._internal', 'numpy._core._internal'], '_reconstruct', reconstructed),
      ...inEach(NUMERIC, '_frombuffer', fromBuffer),
      ...inEach(MULTIARRAY, 'scalar', scalars),
      ...inEach(['numpy', ...MULTIARRAY], 'dtype', dtypes),
      ...inEach(['numpy.core._internal', 'numpy._core._internal'], '_convert_to_stringdtype_kwargs', stringDtype),
      ...named(CLASSES),
    ];
  },
  reducers: [
    reduced(NdArray, reduceArray),
    fixed(Dtype, reduceDtype),
    fixed(NpScalar, reduceScalar),
    fixed(Datetime64, reduceTicks),
    fixed(Timedelta64, reduceTicks),
  ],
};
