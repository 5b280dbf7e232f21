/**
 * numpy's arrays, dtypes and scalars. Arrays are NdArrays, dtypes Dtypes. A scalar is what JavaScript has for it: a number,
 * a bigint, a boolean, a string, bytes, a PyComplex, a Datetime64, a Timedelta64, a record; in an exact decode it is an
 * NpScalar, which tells its dtype too. Subclasses of ndarray that are not numpy's own stay inert.
 */
import type { PyType, TypeFamily } from '../spec/options.ts';
import { Dtype } from '../arrays/dtype.ts';
import { setDtypeState, textOf } from '../arrays/dtype-state.ts';
import { dtypeOfText } from '../arrays/dtype-text.ts';
import { NdArray } from '../arrays/nd-array.ts';
import { refuse } from '../arrays/refuse.ts';
import { PyGlobal } from '../values/py.ts';
import { arrayOfBuffer, setArrayState } from './numpy/array-state.ts';
import { isMasked, PyMaskedArray, PyMaskedConstant, setMaskedState } from './numpy/masked.ts';
import { PyPoly1d } from './numpy/poly1d.ts';
import { scalarOf } from './numpy/scalar.ts';

/** Modules of numpy 1 and 2. */
const MULTIARRAY = ['numpy.core.multiarray', 'numpy._core.multiarray'];
const NUMERIC = ['numpy.core.numeric', 'numpy._core.numeric'];

/** ndarray and the subclasses that come with numpy, by the places where its versions have them. */
const ARRAY_CLASSES: ReadonlySet<string> = new Set([
  'numpy.ndarray',
  'numpy.matrix',
  'numpy.matrixlib.matrix',
  'numpy.matrixlib.defmatrix.matrix',
  'numpy.core.defmatrix.matrix',
  'numpy.recarray',
  'numpy.rec.recarray',
  'numpy.core.records.recarray',
  'numpy._core.records.recarray',
  'numpy.memmap',
  'numpy.core.memmap.memmap',
  'numpy._core.memmap.memmap',
  'numpy.chararray',
  'numpy.char.chararray',
  'numpy.core.defchararray.chararray',
  'numpy._core.defchararray.chararray',
]);

const EMPTY = dtypeOfText('|i1')!.seal();

const reconstructed: PyType = {
  /** `_reconstruct(subtype, shape, typecode)`: what comes later is BUILD's. */
  call([subtype, ...rest], kwargs) {
    const isKnown = subtype instanceof PyGlobal && ARRAY_CLASSES.has(subtype.toString());
    if (!isKnown || rest.length !== 2 || (kwargs?.size ?? 0) > 0) return undefined;
    return new NdArray({ data: new Int8Array(0), descr: EMPTY, shape: [0], className: subtype.toString() });
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

/** `_mareconstruct(subtype, baseclass, baseshape, basetype)`. */
const maskedReconstructed: PyType = {
  call([subtype, base, ...rest]) {
    const isKnown = subtype instanceof PyGlobal && isMasked(subtype) && base instanceof PyGlobal;
    return isKnown && ARRAY_CLASSES.has(base.toString()) && rest.length === 2 ? new PyMaskedArray() : undefined;
  },
  setState(target, state) {
    if (target instanceof PyMaskedArray) setMaskedState(target, state);
  },
};

const maskedConstant: PyType = {
  call: (args) => (args.length === 0 ? new PyMaskedConstant() : undefined),
};

const poly1d: PyType = {
  create: (args) => (args.length === 0 ? new PyPoly1d() : undefined),
  setState(target, state) {
    if (target instanceof PyPoly1d) target.setState(state);
  },
};

const inEach = (modules: readonly string[], name: string, type: PyType): [string, string, PyType][] =>
  modules.map((module) => [module, name, type]);

export const numpy: TypeFamily = {
  name: 'numpy',
  types: [
    ...inEach([...MULTIARRAY, 'numpy.core._internal', 'numpy._core._internal'], '_reconstruct', reconstructed),
    ...inEach(NUMERIC, '_frombuffer', fromBuffer),
    ...inEach(MULTIARRAY, 'scalar', scalars),
    ...inEach(['numpy', ...MULTIARRAY], 'dtype', dtypes),
    ...inEach(['numpy.core._internal', 'numpy._core._internal'], '_convert_to_stringdtype_kwargs', stringDtype),
    ...inEach(['numpy.ma.core', 'numpy.ma'], '_mareconstruct', maskedReconstructed),
    ...inEach(['numpy.ma.core', 'numpy.ma'], 'MaskedConstant', maskedConstant),
    ...inEach(['numpy', 'numpy.lib.polynomial', 'numpy.lib._polynomial_impl'], 'poly1d', poly1d),
  ],
};
