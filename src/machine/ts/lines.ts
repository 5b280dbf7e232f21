/**
 * Quick paths for the lines of protocol 0: what is short, plain and wholly inside the window. Everything else is the
 * host's, which knows every spelling that Python takes.
 */
import { MAX_INLINE_TEXT_BYTES } from '../../spec/layout.ts';

const NEWLINE = 0x0a;
const MOST_DIGITS = 9;

/** What the last call found, besides the position behind the line that it returned. */
export const line = { value: 0, from: 0, length: 0 };

/** The number of a line: digits, before them a minus if `signed`, behind them an L if `long`. @returns 0 if not quick */
export function shortInt(bytes: Uint8Array, start: number, end: number, signed: boolean, long: boolean): number {
  let p = start;
  const negative = signed && p < end && bytes[p] === 0x2d;
  if (negative) p++;
  const first = p;
  let value = 0;
  while (p < end && p - first <= MOST_DIGITS) {
    const digit = bytes[p]! - 0x30;
    if (digit < 0 || digit > 9) break;
    value = 10 * value + digit;
    p++;
  }
  const digits = p - first;
  if (digits === 0 || digits > MOST_DIGITS) return 0;
  if (long && p < end && bytes[p] === 0x4c) p++;
  if (p >= end || bytes[p] !== NEWLINE) return 0;
  // The lines 00 and 01 of INT are False and True.
  if (signed && !long && !negative && digits === 2 && value < 2 && bytes[first] === 0x30) return 0;
  line.value = negative ? 0 - value : value;
  return p + 1;
}

/** A line of ASCII without a backslash, of at most MAX_INLINE_TEXT_BYTES. @returns 0 if not quick */
export function plainLine(bytes: Uint8Array, start: number, end: number): number {
  const stop = Math.min(end, start + MAX_INLINE_TEXT_BYTES + 1);
  for (let p = start; p < stop; p++) {
    const byte = bytes[p]!;
    if (byte === NEWLINE) {
      line.from = start;
      line.length = p - start;
      return p + 1;
    }
    if (byte === 0x5c || byte >= 0x80) return 0;
  }
  return 0;
}

/** A plain line in quotes; finds what is between them. @returns 0 if not quick */
export function quotedLine(bytes: Uint8Array, start: number, end: number): number {
  const next = plainLine(bytes, start, end);
  if (next === 0 || line.length < 2) return 0;
  const quote = bytes[start]!;
  if ((quote !== 0x22 && quote !== 0x27) || bytes[next - 2] !== quote) return 0;
  line.from++;
  line.length -= 2;
  return next;
}
