/** Decimal digits of floats: the fewest that tell a number from its neighbours, cut short as numpy does it. */

/** How floats of a width are rounded, and what numpy takes from it. */
export interface FloatWidth {
  /** The float nearest to a number. */
  readonly round: (value: number) => number;
  /** From this on numpy writes exponents. */
  readonly exponentFrom: number;
}

export const WIDTH_64: FloatWidth = { round: (value) => value, exponentFrom: 1e8 };
export const WIDTH_32: FloatWidth = { round: Math.fround, exponentFrom: 1e6 };
export const WIDTH_16: FloatWidth = { round: (value) => roundTo(value, 10, -14), exponentFrom: 1e3 };
export const WIDTH_BFLOAT: FloatWidth = { round: (value) => roundTo(value, 7, -126), exponentFrom: 1e8 };

/** Rounds half to even, to a significand of so many bits behind the point. */
function roundTo(value: number, bits: number, minExponent: number): number {
  const scale = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(value))), minExponent) - bits);
  const scaled = value / scale;
  const low = Math.floor(scaled);
  const isUp = scaled - low > 0.5 || (scaled - low === 0.5 && low % 2 !== 0);
  return (low + (isUp ? 1 : 0)) * scale;
}

/** A finite number that is not negative, in decimal: `0.d1d2d3... * 10 ** point`; the digits of 0 are none. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

function shortest(value: number, width: FloatWidth): Decimal {
  if (value === 0) return { digits: '', point: 1 };
  const all = decimalOf(value.toExponential());
  if (width === WIDTH_64) return all;
  for (let count = 1; count < all.digits.length; count++) {
    const fewer = cut(value, all, count, () => value.toExponential(count - 1));
    if (width.round(numberOf(fewer)) === value) return fewer;
  }
  return all;
}

const numberOf = ({ digits, point }: Decimal): number => Number(`0.${digits}e${point}`);

function decimalOf(exponential: string): Decimal {
  const [significand = '', exponent = '0'] = exponential.split('e');
  return { digits: significand.replace('.', '').replace(/0+$/, ''), point: Number(exponent) + 1 };
}

/** Whether digits are all of a number, and not the shortest that mean it. */
function isExact(value: number, { digits, point }: Decimal): boolean {
  const places = digits.length - point;
  if (places <= 0) return Number.isSafeInteger(value);
  return places < 1000 && Number.isInteger(value * 2 ** places);
}

/**
 * At most so many digits, rounded half to even: JavaScript rounds half up.
 * @param count of digits that stay; may be 0 or less
 * @param rounded the number with so many digits, as JavaScript rounds it
 */
function cut(value: number, all: Decimal, count: number, rounded: () => string): Decimal {
  if (all.digits.length <= count) return all;
  const isHalf = all.digits.length === count + 1 && all.digits.endsWith('5') && isExact(value, all);
  const isEven = count <= 0 || '02468'.includes(all.digits[count - 1]!);
  if (isHalf && isEven) return { digits: all.digits.slice(0, Math.max(0, count)).replace(/0+$/, ''), point: all.point };
  return decimalOf(rounded());
}

const asExponential = (fixed: string): string => {
  const [whole = '', fraction = ''] = fixed.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const point =
    whole.replace(/^0+/, '').length - (/^0*$/.test(whole) ? fraction.length - fraction.replace(/^0+/, '').length : 0);
  return digits === '' ? '0e0' : `${digits[0]!}.${digits.slice(1)}e${point - 1}`;
};

/**
 * `12.`, `0.25`: with a point, and at most so many digits behind it.
 * @param value finite, not negative, below 1e21
 */
export function positional(value: number, places: number, width: FloatWidth): string {
  const all = shortest(value, width);
  const { digits, point } = cut(value, all, all.point + places, () => asExponential(value.toFixed(places)));
  const padded = '0'.repeat(Math.max(0, 1 - point)) + digits + '0'.repeat(Math.max(0, point - digits.length));
  const whole = Math.max(1, point);
  return `${padded.slice(0, whole)}.${padded.slice(whole)}`;
}

/**
 * `1.e+08`, `2.5e-300`: with a point, and digits behind it.
 * @param value finite, not negative
 * @param places digits behind the point, at most
 * @param isFull whether there are that many, of the number as it is, beyond those that tell it apart
 */
export function scientific(value: number, places: number, width: FloatWidth, isFull: boolean): string {
  const all = shortest(value, isFull ? WIDTH_64 : width);
  const { digits, point } = cut(value, all, places + 1, () => value.toExponential(places));
  const exponent = point - 1;
  const size = String(Math.abs(exponent)).padStart(2, '0');
  const fraction = digits.slice(1).padEnd(isFull ? places : 0, '0');
  return `${digits[0] ?? '0'}.${fraction}e${exponent < 0 ? '-' : '+'}${size}`;
}
