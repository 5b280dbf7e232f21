/** What is written for numbers, ranges and slices. */
import { exactFloat } from '../../values/py-data.ts';
import { PyGlobal } from '../../values/py.ts';
import { PyComplex, PyDecimal, PyFraction, PyRange, PySlice } from './numbers.ts';
import { fixed, type ReducerRow } from './reduce.ts';

const COMPLEX = /* @__PURE__ */ new PyGlobal('builtins', 'complex');
const DECIMAL = /* @__PURE__ */ new PyGlobal('decimal', 'Decimal');
const FRACTION = /* @__PURE__ */ new PyGlobal('fractions', 'Fraction');
const RANGE = /* @__PURE__ */ new PyGlobal('builtins', 'range');
const SLICE = /* @__PURE__ */ new PyGlobal('builtins', 'slice');

export const NUMBER_REDUCERS: readonly ReducerRow[] = [
  fixed(PyComplex, ({ re, im }) => [COMPLEX, [exactFloat(re), exactFloat(im)]]),
  fixed(PyDecimal, ({ text }) => [DECIMAL, [text]]),
  fixed(PyFraction, ({ numerator, denominator }) => [FRACTION, [numerator, denominator]]),
  fixed(PyRange, ({ start, stop, step }) => [RANGE, [start, stop, step]]),
  fixed(PySlice, ({ start, stop, step }) => [SLICE, [start, stop, step]]),
];
