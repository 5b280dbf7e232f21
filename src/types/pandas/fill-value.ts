/** What the values of a sparse array are where none is told. */
import { Datetime64, Timedelta64 } from '../../arrays/datetime64.ts';
import { NpScalar } from '../numpy/scalar.ts';

/** As Python prints a fill value: `nan`, `0.0`, `False`. */
export function fillText(fill: unknown, dtype: string): string {
  const value = plainFill(fill);
  if (typeof value === 'number' && Number.isNaN(value)) return 'nan';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  const isWhole = typeof value === 'number' && Number.isInteger(value);
  return isWhole && dtype.startsWith('float') ? `${value}.0` : String(value);
}

/** An exact decode has a class for NaN, and one for numpy's scalars. Times stay what they are. */
export function plainFill(fill: unknown): unknown {
  if (typeof fill === 'bigint') return Number(fill);
  if (fill instanceof NpScalar) return plainFill(fill.value);
  if (fill instanceof Datetime64 || fill instanceof Timedelta64) return fill;
  return typeof fill === 'object' && fill !== null && typeof fill.valueOf() !== 'object' ? fill.valueOf() : fill;
}
