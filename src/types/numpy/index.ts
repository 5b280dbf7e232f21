/** Values of numpy's types beside arrays. */
export { PyMaskedArray, PyMaskedConstant } from './masked.ts';
export { PyPoly1d } from './poly1d.ts';
export { PyBitGenerator, PyGenerator, PyRandomState, PySeedSequence } from './random.ts';
export { NpScalar } from './scalar.ts';
