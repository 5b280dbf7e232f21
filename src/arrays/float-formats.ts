/** Floats that JavaScript has no type for, rounded to the nearest double. */

const scratch = new DataView(new ArrayBuffer(4));

/** float16, from its 16 bits. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** bfloat16, from its 16 bits: the upper half of a float32. */
export function bfloatToNumber(bits: number): number {
  scratch.setUint32(0, bits * 0x10000);
  return scratch.getFloat32(0);
}

/** Floats of 8 bits: bits of the fraction, bias of the exponent, and what is special about them. */
const EIGHT_BITS: ReadonlyMap<string, readonly [fraction: number, bias: number, special: 'ieee' | 'fn' | 'fnuz']> =
  new Map([
    ['float8_e5m2', [2, 15, 'ieee']],
    ['float8_e4m3fn', [3, 7, 'fn']],
    ['float8_e4m3fnuz', [3, 8, 'fnuz']],
    ['float8_e5m2fnuz', [2, 16, 'fnuz']],
    ['float8_e4m3b11fnuz', [3, 11, 'fnuz']],
  ]);

/**
 * A float of 8 bits, by the name that its dtype has; undefined where the name is not known. `fn` has no infinities, and
 * all ones as NaN; `fnuz` has no -0 either, and its bits as NaN. `float8_e8m0fnu` is nothing but an exponent.
 */
export function float8Of(name: string): ((bits: number) => number) | undefined {
  if (name === 'float8_e8m0fnu') return (bits) => (bits === 0xff ? NaN : 2 ** (bits - 127));
  const format = EIGHT_BITS.get(name);
  if (format === undefined) return undefined;
  const [fractionBits, bias, special] = format;
  const top = 0x7f >>> fractionBits;
  return (bits) => {
    const sign = bits & 0x80 ? -1 : 1;
    const exponent = (bits & 0x7f) >>> fractionBits;
    const fraction = (bits & ((1 << fractionBits) - 1)) / (1 << fractionBits);
    if (special === 'fnuz' && bits === 0x80) return NaN;
    if (special === 'fn' && (bits & 0x7f) === 0x7f) return NaN;
    if (special === 'ieee' && exponent === top) return fraction === 0 ? sign * Infinity : NaN;
    if (exponent === 0) return sign * fraction * 2 ** (1 - bias);
    return sign * (1 + fraction) * 2 ** (exponent - bias);
  };
}

/**
 * A longdouble as x86 has it: 64 bits of mantissa, 15 of exponent, one of sign; what follows is padding.
 * @param isLittle whether the lowest byte comes first
 * @param byteLength 12 or 16, padding included
 */
export function longdoubleToNumber(view: DataView, at: number, byteLength: number, isLittle: boolean): number {
  const mantissa = view.getBigUint64(isLittle ? at : at + byteLength - 8, isLittle);
  const top = view.getUint16(isLittle ? at + 8 : at + byteLength - 10, isLittle);
  const sign = top & 0x8000 ? -1 : 1;
  const exponent = top & 0x7fff;
  if (mantissa === 0n) return sign * (exponent === 0x7fff ? Infinity : 0);
  if (exponent === 0x7fff) return BigInt.asUintN(63, mantissa) === 0n ? sign * Infinity : NaN;
  return sign * scaled(mantissa, exponent - 16_383 - 63);
}

/** `mantissa * 2 ** power`, rounded once. */
function scaled(mantissa: bigint, power: number): number {
  const length = mantissa.toString(2).length;
  // Below 2^-1022 doubles have fewer bits; further down there are none.
  const kept = Math.min(53, length + power + 1074);
  if (kept < 0) return 0;
  const dropped = length - kept;
  if (dropped <= 0) return Number(mantissa) * 2 ** power;
  const rest = BigInt.asUintN(dropped, mantissa);
  const half = 1n << BigInt(dropped - 1);
  let upper = mantissa >> BigInt(dropped);
  if (rest > half || (rest === half && (upper & 1n) === 1n)) upper += 1n;
  const exponent = power + dropped;
  // 2^1023 is the largest power there is, and 2^-1074 the smallest.
  return exponent > 970
    ? Number(upper) * 2 ** 970 * 2 ** Math.min(exponent - 970, 1023)
    : Number(upper) * 2 ** exponent;
}
