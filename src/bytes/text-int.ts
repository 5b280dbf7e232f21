/**
 * Integers in text: the lines of INT, LONG, GET and PUT. The rules are those of Python's `int(line, 10)` in CPython 3.15:
 * white space around, a sign, digits with single underscores between them. The value's cost is linear in the line up to
 * the limit on digits, and nothing is done for digits beyond it.
 */
import type { Limits } from '../spec/limits.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { latin1 } from './latin1.ts';
import type { Where } from './where.ts';

/** Up to this many decimal digits every integer is a safe one. */
const SAFE_DIGITS = 15;

/** Where the digits of a line lie. */
interface Decimal {
  readonly negative: boolean;
  /** Index of the first digit that is not a leading zero; `end` where the value is zero. */
  readonly first: number;
  /** Index behind the last digit. */
  readonly end: number;
  /** Digits from `first` on, and all of them. */
  readonly significant: number;
  readonly digits: number;
}

/**
 * The value of an INT's line: a number where it is a safe integer, else a bigint; the lines `00` and `01` are booleans.
 * @throws PickleError INVALID_TEXT_INT, LIMIT_INT_DIGITS
 */
export function parseIntLine(line: Uint8Array, limits: Limits, where: Where): number | bigint | boolean {
  if (line.length === 2 && line[0] === 0x30) {
    if (line[1] === 0x30) return false;
    if (line[1] === 0x31) return true;
  }
  return parseLimited(line, limits, where);
}

/**
 * The value of a LONG's line, which may end in one `L`: a number where it is a safe integer, else a bigint.
 * @throws PickleError INVALID_TEXT_INT, LIMIT_INT_DIGITS
 */
export function parseLongLine(line: Uint8Array, limits: Limits, where: Where): number | bigint {
  return parseLimited(line[line.length - 1] === 0x4c ? line.subarray(0, -1) : line, limits, where);
}

/**
 * The memo number of a GET's or PUT's line. There is no limit on leading zeros, as their cost is linear.
 * @throws PickleError INVALID_MEMO_INDEX where it is not an integer from 0 to 2^32-1
 */
export function parseMemoLine(line: Uint8Array, where: Where): number {
  const decimal = scan(line);
  if (decimal === undefined)
    throw pickleError('INVALID_MEMO_INDEX', { ...where, detail: 'The line is no decimal integer.' });
  if (decimal.significant === 0) return 0;
  const value = decimal.significant > SAFE_DIGITS ? Infinity : smallValue(line, decimal);
  if (value < 0 || value > 0xffffffff) throw pickleError('INVALID_MEMO_INDEX', where);
  return value;
}

function parseLimited(line: Uint8Array, limits: Limits, where: Where): number | bigint {
  const decimal = scan(line);
  if (decimal === undefined) throw pickleError('INVALID_TEXT_INT', where);
  if (decimal.digits > limits.maxIntDigits) {
    throw pickleError('LIMIT_INT_DIGITS', { ...where, limit: limits.maxIntDigits, actual: decimal.digits });
  }
  if (decimal.significant <= SAFE_DIGITS) return smallValue(line, decimal);
  const text = latin1(line.subarray(decimal.first, decimal.end), where).replaceAll('_', '');
  const value = BigInt(decimal.negative ? `-${text}` : text);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The value of up to SAFE_DIGITS significant digits. */
function smallValue(line: Uint8Array, decimal: Decimal): number {
  let value = 0;
  for (let i = decimal.first; i < decimal.end; i++) {
    const byte = line[i]!;
    if (byte !== UNDERSCORE) value = value * 10 + (byte - 0x30);
  }
  return decimal.negative && value !== 0 ? -value : value;
}

const UNDERSCORE = 0x5f;

/** Finds the digits of a line, or undefined where it is no decimal integer. */
function scan(line: Uint8Array): Decimal | undefined {
  let i = 0;
  let end = line.length;
  while (i < end && isSpace(line[i]!)) i++;
  while (end > i && isSpace(line[end - 1]!)) end--;
  const negative = line[i] === 0x2d;
  if (negative || line[i] === 0x2b) i++;

  let first = end;
  let digits = 0;
  let zeros = 0;
  let afterDigit = false;
  for (; i < end; i++) {
    const byte = line[i]!;
    if ((byte - 0x30) >>> 0 <= 9) {
      digits++;
      if (first === end) {
        if (byte === 0x30) zeros++;
        else first = i;
      }
      afterDigit = true;
    } else {
      if (byte !== UNDERSCORE || !afterDigit) return undefined;
      afterDigit = false;
    }
  }
  // Also false where there was no digit at all.
  if (!afterDigit) return undefined;
  return { negative, first, end, significant: digits - zeros, digits };
}

/** What C's isspace says in the plain locale. */
function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
