/** Values without contents: numbers, text, bytes. Each function carries out one kind of opcode, and returns 0 or a fault. */
import {
  MAX_INLINE_TEXT_BYTES,
  NODE_BIGINT,
  SETTING_ASCII_STRINGS,
  SETTING_BYTES_STRINGS,
  SETTING_DOUBLE_INTS,
} from '../../spec/layout.ts';
import {
  CUT,
  FRAME_TOO_LONG,
  LIMIT_ALLOC,
  LIMIT_INT_BYTES,
  LIMIT_STRING,
  NEGATIVE_LENGTH,
  TRUNCATED,
} from './faults.ts';
import { line, plainLine, quotedLine, shortInt } from './lines.ts';
import { writePayload } from './nodes.ts';
import { int4, longWord, uint4 } from './numbers.ts';
import { MAX_REPEAT_BYTES, SECOND } from './repeats.ts';
import type { State } from './state.ts';
import { HI_INT, HI_INT64, HI_NAN, HI_NODE, HI_SHARED, HI_STR1 } from '../../spec/slot-words.ts';

/** How an opcode writes the length of what follows. */
export type LengthBytes = 1 | 4 | -4 | 8;

/** A length of 8 bytes whose high word is this or more is beyond 2^53, and so beyond any input. */
const HIGH_TOO_LONG = 0x200000;
const WORD = 2 ** 32;

/** The length that `readLength` has read. */
let length = 0;

/** Reads a length of so many bytes; -4 stands for 4 bytes with a sign. */
function readLength(s: State, size: LengthBytes): number {
  const { bytes, p } = s;
  if (Math.abs(size) > s.end - p) return CUT;
  s.p = p + Math.abs(size);
  if (size === 1) {
    length = bytes[p]!;
  } else if (size === 8) {
    const high = uint4(bytes, p + 4);
    if (high >= HIGH_TOO_LONG) return TRUNCATED;
    length = uint4(bytes, p) + high * WORD;
  } else {
    length = size === 4 ? uint4(bytes, p) : int4(bytes, p);
    if (length < 0) return NEGATIVE_LENGTH;
  }
  return 0;
}

export function frame(s: State): number {
  const fault = readLength(s, 8);
  if (fault === CUT) return CUT;
  if (fault !== 0 || (s.final && length > s.end - s.p)) return FRAME_TOO_LONG;
  const end = s.p + s.shift + length;
  if (end > s.frameEnd) {
    s.frameEnd = end;
    s.frameOffset = s.opcodeOffset;
  }
  s.currentFrameEnd = end;
  return 0;
}

/** BININT1, BININT2 and BININT: 1 or 2 bytes, or 4 with a sign. */
export function int(s: State, size: 1 | 2 | 4): number {
  const { bytes, p } = s;
  if (size > s.end - p) return CUT;
  s.p = p + size;
  s.push(size === 1 ? bytes[p]! : size === 2 ? bytes[p]! | (bytes[p + 1]! << 8) : int4(bytes, p), HI_INT);
  return 0;
}

export function binfloat(s: State): number {
  const { bytes, p } = s;
  if (8 > s.end - p) return CUT;
  s.p = p + 8;
  const hi = (bytes[p]! << 24) | (bytes[p + 1]! << 16) | (bytes[p + 2]! << 8) | bytes[p + 3]!;
  const lo = (bytes[p + 4]! << 24) | (bytes[p + 5]! << 16) | (bytes[p + 6]! << 8) | bytes[p + 7]!;
  pushDouble(s, lo, hi);
  return 0;
}

/** Pushes a double; a NaN by the index of its bits, for as bits it could be taken for a tag. */
export function pushDouble(s: State, lo: number, hi: number): void {
  const magnitude = hi & 0x7fffffff;
  const isNaN = magnitude > 0x7ff00000 || (magnitude === 0x7ff00000 && lo !== 0);
  if (isNaN) s.push(s.cell(lo, hi), HI_NAN);
  else s.push(lo, hi);
}

/** Whether an int of 64 bits is exact as a double, by its high word; the one int just below the range is left out. */
export function hasSafeHigh(hi: number): boolean {
  return hi >= -0x1f_ffff && hi <= 0x1f_ffff;
}

/** LONG1 and LONG4. Up to 8 bytes become an int, more a payload. */
export function long(s: State, size: LengthBytes): number {
  const fault = readLength(s, size);
  if (fault !== 0) return fault;
  const { bytes, p } = s;
  if (s.final && length > s.end - p) return TRUNCATED;
  if (length > s.maxIntBytes) return s.limit(LIMIT_INT_BYTES, length);
  if (length > 8) return pushPayload(s, NODE_BIGINT);
  if (length > s.end - p) return CUT;
  s.p = p + length;
  const lo = longWord(bytes, p, Math.min(length, 4));
  const hi = length > 4 ? longWord(bytes, p + 4, length - 4) : lo >> 31;
  if (hi === lo >> 31) s.push(lo, HI_INT);
  else if ((s.bits & SETTING_DOUBLE_INTS) !== 0 && hasSafeHigh(hi)) {
    const { words, f64, free } = s.slots;
    f64[free] = hi * 2 ** 32 + (lo >>> 0);
    s.push(words[2 * free]!, words[2 * free + 1]!);
  } else s.push(s.cell(lo, hi), HI_INT64);
  return 0;
}

/** Bytes or a bytearray, which stay where they are. */
export function payload(s: State, size: LengthBytes, kind: number): number {
  const fault = readLength(s, size);
  if (fault !== 0) return fault;
  return s.final && length > s.end - s.p ? TRUNCATED : pushPayload(s, kind);
}

/** Pushes a payload node of `length` bytes, and goes on behind them, be that beyond the window. */
function pushPayload(s: State, kind: number): number {
  const node = s.slots.free;
  const { words, f64 } = s.slots;
  s.slots.free = writePayload(words, f64, node, s.lastPayload, s.p + s.shift, length);
  s.lastPayload = node;
  s.push(node, HI_NODE | kind);
  s.p += length;
  return 0;
}

/** Text in UTF-8. */
export function unicode(s: State, size: LengthBytes): number {
  const fault = readText(s, size);
  if (fault !== 0) return fault;
  if (length > MAX_INLINE_TEXT_BYTES) return s.ask(s.p + s.shift, length);
  if (length > s.end - s.p) return CUT;
  return isAscii(s.bytes, s.p, length) ? pushAscii(s, s.p, length, s.p + length) : pushUtf8(s);
}

/** BINSTRING and SHORT_BINSTRING: a Python 2 str, which the host reads unless it is plain. */
export function binstring(s: State, size: LengthBytes, kind: number): number {
  if ((s.bits & SETTING_BYTES_STRINGS) !== 0) return payload(s, size, kind);
  const fault = readText(s, size);
  if (fault !== 0) return fault;
  const isQuick =
    (s.bits & SETTING_ASCII_STRINGS) !== 0 &&
    length <= MAX_INLINE_TEXT_BYTES &&
    length <= s.end - s.p &&
    isAscii(s.bytes, s.p, length);
  return isQuick ? pushAscii(s, s.p, length, s.p + length) : s.ask(s.p + s.shift, length);
}

function readText(s: State, size: LengthBytes): number {
  const fault = readLength(s, size);
  if (fault !== 0) return fault;
  if (s.final && length > s.end - s.p) return TRUNCATED;
  return length > s.maxStringBytes ? s.limit(LIMIT_STRING, length) : 0;
}

function pushUtf8(s: State): number {
  const fault = s.text.copyUtf8(s.bytes, s.p, length);
  if (fault === LIMIT_ALLOC) return s.outOfMemory();
  if (fault !== 0) return fault;
  s.push(s.text.lo, s.text.hi);
  s.p += length;
  return 0;
}

/** Pushes the ASCII text of `count` bytes at index `from`, and goes on at `behind`. */
function pushAscii(s: State, from: number, count: number, behind: number): number {
  const { text, repeats } = s;
  const isShort = count > 0 && count <= MAX_REPEAT_BYTES;
  let number = isShort ? repeats.look(s.bytes, from, count) : -1;
  if (number === SECOND) {
    number = s.share(repeats.first, HI_STR1 | count);
    if (number < 0) return s.outOfMemory();
    repeats.share(number);
  }
  if (number >= 0) {
    s.push(number, HI_SHARED);
  } else {
    if (!text.direct && text.copyAscii(s.bytes, from, count) !== 0) return s.outOfMemory();
    const lo = text.direct ? from + text.delta : text.lo;
    s.push(lo, HI_STR1 | count);
    if (isShort) repeats.note(lo, count);
  }
  s.p = behind;
  return 0;
}

function isAscii(bytes: Uint8Array, from: number, count: number): boolean {
  let seen = 0;
  for (let i = from, end = from + count; i < end; i++) seen |= bytes[i]!;
  return seen < 0x80;
}

/** STRING and UNICODE: a line, which the host reads unless it is plain. */
export function textLine(s: State, isQuoted: boolean): number {
  const { bytes, p, end } = s;
  let behind = 0;
  if (!isQuoted) behind = plainLine(bytes, p, end);
  else if ((s.bits & (SETTING_ASCII_STRINGS | SETTING_BYTES_STRINGS)) === SETTING_ASCII_STRINGS) {
    behind = quotedLine(bytes, p, end);
  }
  if (behind === 0 || behind - 1 - p > s.maxStringBytes) return s.ask(p + s.shift, 0);
  return pushAscii(s, line.from, line.length, behind);
}

/** INT and LONG: a line, which the host reads unless it is plain. */
export function intLine(s: State, isLong: boolean): number {
  const behind = shortInt(s.bytes, s.p, s.end, true, isLong);
  if (behind === 0) return s.ask(s.p + s.shift, 0);
  s.push(line.value, HI_INT);
  s.p = behind;
  return 0;
}

/** The number of GET or PUT: -1 where the host has been asked. */
export function memoLine(s: State): number {
  const behind = shortInt(s.bytes, s.p, s.end, false, false);
  if (behind === 0) {
    s.ask(s.p + s.shift, 0);
    return -1;
  }
  s.p = behind;
  return line.value;
}

/** EXT1, EXT2 and EXT4: reads the code, and asks the host. @returns REQUEST or a fault */
export function extensionCode(s: State, size: 1 | 2 | 4, invalid: number): number {
  const { bytes, p } = s;
  if (size > s.end - p) return CUT;
  const code = size === 1 ? bytes[p]! : size === 2 ? bytes[p]! | (bytes[p + 1]! << 8) : int4(bytes, p);
  return code <= 0 ? invalid : s.ask(p + s.shift, code);
}
