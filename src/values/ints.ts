/** Ints by the option `int`: a number where that is asked for, or safe. */
import type { ResolvedOptions } from '../spec/options.ts';

type IntAs = ResolvedOptions['int'];

/** The int of a signed high and an unsigned low word. */
export function intOfWords(high: number, low: number, as: IntAs): number | bigint {
  const rounded = high * 2 ** 32 + low;
  if (as === 'number' || (as === 'auto' && Number.isSafeInteger(rounded))) return rounded;
  return (BigInt(high) << 32n) | BigInt(low);
}

export function intOf(value: bigint, as: IntAs): number | bigint {
  if (as === 'bigint') return value;
  const rounded = Number(value);
  return as === 'number' || Number.isSafeInteger(rounded) ? rounded : value;
}
