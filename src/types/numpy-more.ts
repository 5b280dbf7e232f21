/** What numpy pickles beside arrays: masked arrays and polynomials. */
import type { PyType, TypeFamily } from '../spec/options.ts';
import { PyGlobal } from '../values/py.ts';
import { isMasked, PyMaskedArray, PyMaskedConstant, setMaskedState } from './numpy/masked.ts';
import { inEach, isArrayClass, named } from './numpy/names.ts';
import { PyPoly1d } from './numpy/poly1d.ts';
import { reduceMasked, reducePoly1d } from './numpy/reduce-more.ts';
import { fixed, reduced } from './stdlib/reduce.ts';

/** `_mareconstruct(subtype, baseclass, baseshape, basetype)`. */
const maskedReconstructed: PyType = {
  call([subtype, base, ...rest]) {
    const isKnown = subtype instanceof PyGlobal && isMasked(subtype) && base instanceof PyGlobal;
    return isKnown && isArrayClass(base) && rest.length === 2 ? new PyMaskedArray() : undefined;
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

const MASKED_CONSTANT = /* @__PURE__ */ new PyGlobal('numpy.ma.core', 'MaskedConstant');

export const numpyMore: TypeFamily = {
  name: 'numpy.more',
  get types(): TypeFamily['types'] {
    return [
      ...inEach(['numpy.ma.core', 'numpy.ma'], '_mareconstruct', maskedReconstructed),
      ...inEach(['numpy.ma.core', 'numpy.ma'], 'MaskedConstant', maskedConstant),
      ...inEach(['numpy', 'numpy.lib.polynomial', 'numpy.lib._polynomial_impl'], 'poly1d', poly1d),
      ...named(['numpy.ma.MaskedArray', 'numpy.ma.core.MaskedArray']),
    ];
  },
  reducers: [
    reduced(PyMaskedArray, reduceMasked),
    fixed(PyMaskedConstant, () => [MASKED_CONSTANT, []]),
    reduced(PyPoly1d, reducePoly1d),
  ],
};
