/** What numbers without a JavaScript type are equal to, as keys: Decimal('0.5'), Fraction(1, 2) and 0.5 are one. */
import type { KeyValue } from '../../spec/key-kind.ts';

/** Digits before or behind the point of a Decimal: one with more is equal to Decimals alone. */
const MAX_DIGITS = 1100;
/** Characters of an exponent: Python takes no longer ones. */
const MAX_POWER = 20;
/** No double is finer than 2^-1074. */
const FINEST = 1074;

/** @param denominator positive, without a factor that the numerator has too */
export function rationalKey(numerator: bigint, denominator: bigint): KeyValue {
  if (denominator === 1n) return numerator;
  const isExact = BigInt.asIntN(54, numerator) === numerator && (denominator & (denominator - 1n)) === 0n;
  const bits = isExact ? denominator.toString(16).length * 4 : Infinity;
  if (bits <= FINEST + 4) {
    const power = bits - 4 + Math.log2(Number.parseInt(denominator.toString(16)[0]!, 16));
    if (power <= FINEST) return Number(numerator) * 2 ** -power;
  }
  return ['ratio', numerator, denominator];
}

/** @param text as Python's str */
export function decimalKey(text: string): KeyValue {
  const [, sign, whole = '', fraction = '', power = '0'] =
    /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(text) ?? [];
  if (sign === undefined) return infinityKey(text);
  const all = (whole + fraction).replace(/^0+/, '');
  let end = all.length;
  while (all[end - 1] === '0') end--;
  if (end === 0) return 0;
  const digits = sign === '-' ? `-${all.slice(0, end)}` : all.slice(0, end);
  const exponent = Number(power) - fraction.length + all.length - end;
  if (!(end <= MAX_DIGITS && Math.abs(exponent) <= MAX_DIGITS)) {
    return power.length <= MAX_POWER
      ? ['decimal', digits, BigInt(power) + BigInt(all.length - end - fraction.length)]
      : undefined;
  }
  if (exponent >= 0) return BigInt(digits) * 10n ** BigInt(exponent);
  return reducedKey(BigInt(digits), -exponent);
}

function infinityKey(text: string): KeyValue {
  const [, sign] = /^([-+]?)inf(?:inity)?$/i.exec(text) ?? [];
  // A NaN is equal to itself alone.
  return sign === undefined ? undefined : sign === '-' ? -Infinity : Infinity;
}

/** Of `digits` / 10^`places`: without the twos or fives that both have. Digits do not end in 0, so they have but one. */
function reducedKey(digits: bigint, places: number): KeyValue {
  let numerator = digits;
  let twos = places;
  let fives = places;
  for (; twos > 0 && (numerator & 1n) === 0n; twos--) numerator >>= 1n;
  for (; fives > 0 && numerator % 5n === 0n; fives--) numerator /= 5n;
  return rationalKey(numerator, 2n ** BigInt(twos) * 5n ** BigInt(fives));
}

/** Complex numbers: a real one is equal to that. */
export function complexKey(re: number, im: number): KeyValue {
  if (Number.isNaN(re) || Number.isNaN(im)) return undefined;
  return im === 0 ? re : ['complex', re, im];
}
