/** Keys as texts, as Python's json.dumps writes them. */
import { SPECIAL_HOST } from '../spec/layout.ts';
import type { Leaves } from './leaves.ts';
import { HI_SPECIAL, INT, SPECIAL } from '../spec/slot-words.ts';

/** The text of a key that was made of a slot; undefined where json.dumps has none. */
export function textOfKey(m: Leaves, slot: number, key: unknown): string | undefined {
  switch (typeof key) {
    case 'string':
      return key;
    case 'boolean':
    case 'bigint':
      return String(key);
    case 'number':
      return isInt(m, slot) && Number.isInteger(key) ? BigInt(key).toString() : floatText(key);
    default:
      return key === null ? 'null' : undefined;
  }
}

/** Whether the slot of a number is an int's; else it is a double or a NaN. */
function isInt(m: Leaves, slot: number): boolean {
  const hi = m.i32[2 * slot + 1]!;
  const tag = hi >> 16;
  return tag >= INT && tag < 0 && (tag !== SPECIAL || hi <= (HI_SPECIAL | SPECIAL_HOST));
}

/** Python's repr of a float, with JSON's names for what is no number. */
export function floatText(float: number): string {
  if (Number.isNaN(float)) return 'NaN';
  if (!Number.isFinite(float)) return float > 0 ? 'Infinity' : '-Infinity';
  if (float === 0) return Object.is(float, -0) ? '-0.0' : '0.0';
  const [digits, power] = float.toExponential().split('e') as [string, string];
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const text = String(float);
  return Number.isInteger(float) ? `${text}.0` : text;
}
