/** How a str is written: UTF-8 with lone surrogates passed, as Python's `surrogatepass`; in protocol 0 a line with escapes. */
import { isWellFormed, utf8Length } from '../bytes/utf8.ts';
import { FRAME_TARGET, type Output } from './output.ts';

const SHORT_BINUNICODE = 0x8c;
const BINUNICODE = 0x58;
const BINUNICODE8 = 0x8d;
const MAX_UINT32 = 0xffffffff;

/** Up to this many units, a loop of our own is quicker than a call of the platform's encoder. */
const FEW = 40;
/** Units that may all take three bytes and still have a length of one byte. */
const SURELY_SHORT = 85;
/** Units that are encoded at once, where a string is long. */
const PIECE = 1 << 20;

const encoder = new TextEncoder();

/**
 * Writes a str with its opcode, in protocols 1 to 5.
 * @returns false where it is longer than protocols 1 to 3 can say
 */
export function writeText(out: Output, text: string, protocol: number): boolean {
  const { length } = text;
  if (length > SURELY_SHORT || protocol < 4) return writeLongText(out, text, protocol);
  const { bytes } = out;
  const start = out.pos;
  bytes[start] = SHORT_BINUNICODE;
  let pos = start + 2;
  if (length > FEW) {
    pos += encodeShort(bytes, pos, text);
  } else {
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) {
        pos = writeUnits(bytes, pos, text, i);
        break;
      }
      bytes[pos++] = unit;
    }
  }
  bytes[start + 1] = pos - start - 2;
  out.pos = pos;
  return true;
}

function writeLongText(out: Output, text: string, protocol: number): boolean {
  // Node's own is quicker; what it puts in place of a lone surrogate has three bytes, too.
  const length = typeof Buffer === 'undefined' ? utf8Length(text) : Buffer.byteLength(text);
  if (length > MAX_UINT32 && protocol < 4) return false;
  out.beginPayload(length);
  const { bytes, view } = out;
  if (length < 0x100 && protocol >= 4) {
    bytes[out.pos++] = SHORT_BINUNICODE;
    bytes[out.pos++] = length;
  } else if (length <= MAX_UINT32) {
    bytes[out.pos] = BINUNICODE;
    view.setUint32(out.pos + 1, length, true);
    out.pos += 5;
  } else {
    bytes[out.pos] = BINUNICODE8;
    view.setBigUint64(out.pos + 1, BigInt(length), true);
    out.pos += 9;
  }
  if (length >= FRAME_TARGET) {
    out.payload(utf8Of(text, length));
  } else {
    if (out.pos + length > out.room) out.makeRoom(length);
    encodeAt(out.bytes, out.pos, text, length);
    out.pos += length;
  }
  return true;
}

/** The UTF-8 of a text, of which its length is known. */
function utf8Of(text: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  encodeAt(bytes, 0, text, length);
  return bytes;
}

function encodeAt(bytes: Uint8Array, at: number, text: string, length: number): void {
  if (isWellFormed(text)) encoder.encodeInto(text, bytes.subarray(at, at + length));
  else writeUnits(bytes, at, text, 0);
}

/** At most `SURELY_SHORT` units. @returns how many bytes */
function encodeShort(bytes: Uint8Array, at: number, text: string): number {
  if (!isWellFormed(text)) return writeUnits(bytes, at, text, 0) - at;
  return encoder.encodeInto(text, bytes.subarray(at)).written;
}

/** Writes the units from `from` on as UTF-8. @returns where the bytes end */
function writeUnits(bytes: Uint8Array, at: number, text: string, from: number): number {
  let pos = at;
  for (let i = from; i < text.length; i++) {
    let unit = text.charCodeAt(i);
    if (unit < 0x80) {
      bytes[pos++] = unit;
    } else if (unit < 0x800) {
      bytes[pos++] = 0xc0 | (unit >> 6);
      bytes[pos++] = 0x80 | (unit & 0x3f);
    } else {
      if (isHigh(unit) && i + 1 < text.length) {
        const low = text.charCodeAt(i + 1);
        if (isLow(low)) {
          i++;
          unit = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
          bytes[pos++] = 0xf0 | (unit >> 18);
          bytes[pos++] = 0x80 | ((unit >> 12) & 0x3f);
          bytes[pos++] = 0x80 | ((unit >> 6) & 0x3f);
          bytes[pos++] = 0x80 | (unit & 0x3f);
          continue;
        }
      }
      bytes[pos++] = 0xe0 | (unit >> 12);
      bytes[pos++] = 0x80 | ((unit >> 6) & 0x3f);
      bytes[pos++] = 0x80 | (unit & 0x3f);
    }
  }
  return pos;
}

const isHigh = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
const isLow = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

/** Protocol 0: the text as a line. What would end the line, or be taken for an escape, is escaped, as CPython does. */
export function writeTextLine(out: Output, text: string): void {
  out.byte(0x56);
  for (let at = 0; at < text.length; at += PIECE) {
    // Not between the two halves of a character.
    const isCut = isHigh(text.charCodeAt(at + PIECE - 1)) && isLow(text.charCodeAt(at + PIECE));
    const piece = text.slice(at, at + PIECE + (isCut ? 1 : 0));
    if (piece.length + 10 * countEscaped(piece) > out.room - out.pos) {
      out.makeRoom(piece.length + 10 * countEscaped(piece));
    }
    writeEscaped(out, piece);
    if (isCut) at++;
  }
  out.byte(0x0a);
}

function countEscaped(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if (!isPlain(text.charCodeAt(i))) count++;
  return count;
}

/** What would end the line, or be taken for an escape, is written as one; so is what Latin-1 has not. */
function isPlain(unit: number): boolean {
  return unit < 0x100 && unit !== 0x5c && unit !== 0 && unit !== 0x0a && unit !== 0x0d && unit !== 0x1a;
}

function writeEscaped(out: Output, text: string): void {
  const { bytes } = out;
  let { pos } = out;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (isPlain(unit)) {
      bytes[pos++] = unit;
      continue;
    }
    const point = text.codePointAt(i)!;
    if (point > 0xffff) i++;
    const hex = point > 0xffff ? `U${point.toString(16).padStart(8, '0')}` : `u${point.toString(16).padStart(4, '0')}`;
    bytes[pos++] = 0x5c;
    for (let n = 0; n < hex.length; n++) bytes[pos++] = hex.charCodeAt(n);
  }
  out.pos = pos;
}
