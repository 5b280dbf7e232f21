/** Floats in columns, as numpy prints those of an array: all by the same rules, so that their points stand in line. */
import { type FloatWidth, positional, scientific } from './decimal.ts';

export interface FloatStyle {
  readonly width: FloatWidth;
  /** Digits behind the point, at most. */
  readonly precision: number;
  /** Whether positive numbers have a sign too. */
  readonly plus?: boolean | undefined;
}

export type FormatFloat = (value: number) => string;

/** Numbers of such different sizes are written with exponents. */
const MAX_RATIO = 1000;
const MIN_POSITIONAL = 0.0001;

/** How the numbers of an array are written. */
export function floatFormat(values: readonly number[], style: FloatStyle): FormatFloat {
  const finite = values.filter(Number.isFinite);
  const write = needsExponent(finite, style.width) ? exponential(finite, style) : plain(finite, style);
  const signOf = (value: number): string => (value < 0 || Object.is(value, -0) ? '-' : style.plus === true ? '+' : '');
  const odd = values.filter((value) => !Number.isFinite(value));
  const texts = odd.map((value) => oddText(value, style));
  const left = Math.max(
    0,
    ...finite.map((value) => (signOf(value) + write.parts(value)[0]).length),
    ...texts.map((text) => text.length - write.right - 1),
  );
  return (value) => {
    if (!Number.isFinite(value)) return oddText(value, style).padStart(left + write.right + 1);
    const [whole, rest] = write.parts(value);
    return (signOf(value) + whole).padStart(left) + rest.padEnd(write.right + 1);
  };
}

function oddText(value: number, { plus }: FloatStyle): string {
  if (Number.isNaN(value)) return plus === true ? '+nan' : 'nan';
  return value < 0 ? '-inf' : plus === true ? '+inf' : 'inf';
}

function needsExponent(finite: readonly number[], width: FloatWidth): boolean {
  const sizes = finite.map(Math.abs).filter((size) => size !== 0);
  if (sizes.length === 0) return false;
  const max = Math.max(...sizes);
  const min = Math.min(...sizes);
  return max >= width.exponentFrom || min < MIN_POSITIONAL || max / min > MAX_RATIO;
}

interface Writer {
  /** What stands before the point, and the rest from the point on. */
  parts(value: number): readonly [whole: string, rest: string];
  /** Characters behind the point. */
  readonly right: number;
}

function plain(finite: readonly number[], { width, precision }: FloatStyle): Writer {
  const parts = (value: number): [string, string] => {
    const text = positional(Math.abs(value), precision, width);
    const point = text.indexOf('.');
    return [text.slice(0, point), text.slice(point)];
  };
  return { parts, right: Math.max(0, ...finite.map((value) => parts(value)[1].length - 1)) };
}

function exponential(finite: readonly number[], { width, precision }: FloatStyle): Writer {
  const split = (value: number, digits: number, isFull: boolean): [string, string, string] => {
    const [significand = '', exponent = ''] = scientific(Math.abs(value), digits, width, isFull).split('e');
    const [whole = '', fraction = ''] = significand.split('.');
    return [whole, fraction, exponent];
  };
  const all = finite.map((value) => split(value, precision, false));
  const places = Math.max(0, ...all.map(([, fraction]) => fraction.length));
  const size = Math.max(0, ...all.map(([, , exponent]) => exponent.length - 1));
  return {
    parts(value) {
      const [whole, fraction, exponent] = split(value, places, true);
      return [whole, `.${fraction}e${exponent[0]!}${exponent.slice(1).padStart(size, '0')}`];
    },
    right: size + 2 + places,
  };
}
