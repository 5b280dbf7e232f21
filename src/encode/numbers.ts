/** How ints and floats are written. */
import { floatText } from '../values/text-keys.ts';
import type { Output } from './output.ts';

const BININT = 0x4a;
const BININT1 = 0x4b;
const BININT2 = 0x4d;
const LONG1 = 0x8a;
const LONG4 = 0x8b;
const BINFLOAT = 0x47;
const WORD = 0x100000000;
const MAX_LONG4 = 0x7fffffff;

/** An int or a float: a safe integer that is not -0 is an int. */
export function writeNumber(out: Output, value: number, protocol: number): void {
  if ((value | 0) === value && (value !== 0 || 1 / value > 0)) writeInt32(out, value, protocol);
  else if (Number.isSafeInteger(value) && value !== 0) writeSafeInt(out, value, protocol);
  else writeFloat(out, value, protocol);
}

/**
 * Writes numbers of a list in protocols 1 to 5, from `at` on, as long as there are any and no frame is to be ended.
 * @returns the index of the first item that is not written
 */
export function writeNumbers(
  out: Output,
  items: readonly unknown[],
  at: number,
  end: number,
  protocol: number,
): number {
  const { view, limit } = out;
  let i = at;
  for (; i < end; i++) {
    const item = items[i];
    if (typeof item !== 'number' || out.pos >= limit) break;
    if ((item | 0) === item && (item !== 0 || 1 / item > 0)) {
      writeInt32(out, item, protocol);
    } else if (Number.isSafeInteger(item) && item !== 0) {
      writeSafeInt(out, item, protocol);
    } else {
      view.setUint8(out.pos, BINFLOAT);
      view.setFloat64(out.pos + 1, item);
      out.pos += 9;
    }
  }
  return i;
}

export function writeFloat(out: Output, value: number, protocol: number): void {
  if (protocol === 0) return out.ascii(`F${reprOf(value)}\n`);
  out.bytes[out.pos] = BINFLOAT;
  out.view.setFloat64(out.pos + 1, value);
  out.pos += 9;
}

/** A NaN of given bits; text has only one. */
export function writeFloatBits(out: Output, bits: bigint, protocol: number): void {
  if (protocol === 0) return out.ascii('Fnan\n');
  out.bytes[out.pos] = BINFLOAT;
  out.view.setBigUint64(out.pos + 1, bits);
  out.pos += 9;
}

function reprOf(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return floatText(value);
}

function writeInt32(out: Output, value: number, protocol: number): void {
  if (protocol === 0) return out.ascii(`I${value}\n`);
  const { bytes, pos } = out;
  if (value >>> 0 < 0x100) {
    bytes[pos] = BININT1;
    bytes[pos + 1] = value;
    out.pos = pos + 2;
  } else if (value >>> 0 < 0x10000) {
    bytes[pos] = BININT2;
    bytes[pos + 1] = value;
    bytes[pos + 2] = value >> 8;
    out.pos = pos + 3;
  } else {
    bytes[pos] = BININT;
    bytes[pos + 1] = value;
    bytes[pos + 2] = value >> 8;
    bytes[pos + 3] = value >> 16;
    bytes[pos + 4] = value >> 24;
    out.pos = pos + 5;
  }
}

/** Beyond 32 bits. */
function writeSafeInt(out: Output, value: number, protocol: number): void {
  if (protocol < 2) return out.ascii(`L${value}L\n`);
  const { bytes, view, pos } = out;
  bytes[pos] = LONG1;
  view.setUint32(pos + 2, value % WORD, true);
  view.setInt32(pos + 6, Math.floor(value / WORD), true);
  const length = trimmedLength(bytes, pos + 2, 8);
  bytes[pos + 1] = length;
  out.pos = pos + 2 + length;
}

/** @returns false where it is longer than LONG4 can say */
export function writeBigInt(out: Output, value: bigint, protocol: number): boolean {
  if (BigInt.asIntN(32, value) === value) {
    writeInt32(out, Number(value), protocol);
    return true;
  }
  if (protocol < 2) {
    out.ascii(`L${value}L\n`);
    return true;
  }
  const { bytes, view, pos } = out;
  if (BigInt.asIntN(64, value) === value) {
    bytes[pos] = LONG1;
    view.setBigInt64(pos + 2, value, true);
    const length = trimmedLength(bytes, pos + 2, 8);
    bytes[pos + 1] = length;
    out.pos = pos + 2 + length;
    return true;
  }
  const digits = twosComplement(value);
  if (digits.length > MAX_LONG4) return false;
  if (digits.length < 0x100) {
    bytes[pos] = LONG1;
    bytes[pos + 1] = digits.length;
    out.pos = pos + 2;
  } else {
    bytes[pos] = LONG4;
    view.setInt32(pos + 1, digits.length, true);
    out.pos = pos + 5;
  }
  out.copy(digits);
  return true;
}

/** How many of the bytes of a little-endian integer are needed: the rest repeats the sign. */
function trimmedLength(bytes: Uint8Array, at: number, length: number): number {
  let last = at + length - 1;
  const fill = bytes[last]! & 0x80 ? 0xff : 0;
  while (last > at && bytes[last] === fill && ((bytes[last - 1]! ^ fill) & 0x80) === 0) last--;
  return last - at + 1;
}

/** Little-endian, of no more bytes than are needed. Linear in V8, whose hex digits are. */
function twosComplement(value: bigint): Uint8Array {
  // A negative number's bits are those of its complement, turned over.
  const hex = (value < 0n ? ~value : value).toString(16);
  const length = (hex.length + 1) >> 1;
  const flip = value < 0n ? 0xff : 0;
  const bytes = new Uint8Array(length + 1);
  for (let i = 0, end = hex.length; i < length; i++, end -= 2) {
    bytes[i] = Number.parseInt(hex.slice(Math.max(0, end - 2), end), 16) ^ flip;
  }
  bytes[length] = flip;
  return bytes.subarray(0, trimmedLength(bytes, 0, length + 1));
}
