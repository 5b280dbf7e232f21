/**
 * Floats in text: the line of FLOAT. Every pickler writes Python's `repr`; read is what both of CPython's readers read:
 * decimal numbers, nan, inf and infinity, without white space or underscores.
 */
import { pickleError } from '../spec/pickle-error.ts';
import { latin1 } from './latin1.ts';
import type { Where } from './where.ts';

const shared = /* @__PURE__ */ new Float64Array(1);
/** The bits of `shared`: lo, then hi. */
const words = /* @__PURE__ */ wordsOf(shared);

/** The two halves of a double. A number would lose the sign of a NaN. */
export interface FloatBits {
  lo: number;
  hi: number;
}

/**
 * Reads a line, rounds it exactly, and leaves the double's bits in `into`. Too large gives an infinity.
 * @throws PickleSyntaxError INVALID_TEXT_FLOAT
 */
export function parseFloatLine(line: Uint8Array, into: FloatBits, where: Where): void {
  const signed = line[0] === 0x2d || line[0] === 0x2b;
  const start = signed ? 1 : 0;
  if (isDecimal(line, start)) {
    shared[0] = Number(latin1(line, where));
    into.lo = words[0]!;
    into.hi = words[1]!;
    return;
  }
  const word = line.length - start <= 8 ? latin1(line.subarray(start), where).toLowerCase() : '';
  const isNaN = word === 'nan';
  if (!isNaN && word !== 'inf' && word !== 'infinity') throw pickleError('INVALID_TEXT_FLOAT', where);
  into.lo = 0;
  into.hi = ((isNaN ? 0x7ff80000 : 0x7ff00000) | (line[0] === 0x2d ? 0x80000000 : 0)) >>> 0;
}

/** Whether the bytes from `start` on are digits with at most one point among or around them, and maybe an exponent. */
function isDecimal(line: Uint8Array, start: number): boolean {
  const whole = digitsEnd(line, start);
  let at = whole;
  let digits = whole - start;
  if (line[at] === 0x2e) {
    const fraction = digitsEnd(line, at + 1);
    digits += fraction - at - 1;
    at = fraction;
  }
  if (digits === 0) return false;
  if (((line[at] ?? 0) | 0x20) === 0x65) {
    at++;
    if (line[at] === 0x2d || line[at] === 0x2b) at++;
    const end = digitsEnd(line, at);
    if (end === at) return false;
    at = end;
  }
  return at === line.length;
}

function digitsEnd(line: Uint8Array, from: number): number {
  let at = from;
  while (at < line.length && (line[at]! - 0x30) >>> 0 <= 9) at++;
  return at;
}

function wordsOf(floats: Float64Array): Uint32Array {
  return new Uint32Array(floats.buffer);
}
