/** numpy's text of a longdouble: the fewest digits that tell it from its neighbours. */

/** @param bytes little-endian, as x86 has it: 64 bits of mantissa, then sign and exponent */
export function longdoubleText(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const mantissa = view.getBigUint64(0, true);
  const top = view.getUint16(8, true);
  const sign = top & 0x8000 ? '-' : '';
  const exponent = top & 0x7fff;
  if (exponent === 0x7fff) return BigInt.asUintN(63, mantissa) === 0n ? `${sign}inf` : 'nan';
  if (mantissa === 0n) return `${sign}0.e+00`;
  return sign + shortest(mantissa, Math.max(exponent, 1) - 16_383 - 63);
}

/** Of `mantissa * 2 ** power`: digits are made until what is left is within half a unit of the last place. */
function shortest(mantissa: bigint, power: number): string {
  const isLowest = mantissa === 1n << 63n;
  const scale = BigInt(Math.max(0, -power)) + 2n;
  let value = power > 0 ? (mantissa << BigInt(power)) << 2n : mantissa << 2n;
  const unit = power > 0 ? 1n << BigInt(power) : 1n;
  let above = unit * 2n;
  let below = isLowest ? unit : above;
  let one = 1n << scale;
  const isEven = mantissa % 2n === 0n;
  const reaches = (): boolean => (isEven ? value + above >= one : value + above > one);
  let exponent = 0;
  while (reaches()) {
    one *= 10n;
    exponent++;
  }
  while (!reaches0()) {
    value *= 10n;
    above *= 10n;
    below *= 10n;
    exponent--;
  }
  const digits: number[] = [];
  for (;;) {
    value *= 10n;
    above *= 10n;
    below *= 10n;
    let digit = value / one;
    value %= one;
    const isLow = isEven ? value <= below : value < below;
    const isHigh = isEven ? value + above >= one : value + above > one;
    if (isLow || isHigh) {
      const isUp = isHigh && (!isLow || value * 2n >= one);
      if (isUp) digit++;
      digits.push(Number(digit));
      break;
    }
    digits.push(Number(digit));
  }
  const shown = Math.abs(exponent - 1);
  return `${digits[0]}.${digits.slice(1).join('')}e${exponent - 1 < 0 ? '-' : '+'}${String(shown).padStart(2, '0')}`;

  function reaches0(): boolean {
    const tenfold = (value + above) * 10n;
    return isEven ? tenfold >= one : tenfold > one;
  }
}
