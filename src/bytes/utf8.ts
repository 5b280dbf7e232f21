/**
 * UTF-8 as Python pickles have it: `surrogatepass`. Surrogates written in three bytes are let through, a byte order mark
 * is kept, all else that is no UTF-8 is refused. The platform's decoder does the work wherever it can.
 */
import { pickleError } from '../spec/pickle-error.ts';
import { UnitWriter } from './units.ts';
import { checkStringUnits, MAX_STRING_UNITS, type Where } from './where.ts';

const strict = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const writer = /* @__PURE__ */ new UnitWriter();

/**
 * The text of the bytes.
 * @param surrogates whether lone surrogates pass
 * @throws PickleError INVALID_UTF8; LIMIT_STRING where JavaScript cannot hold it
 */
export function utf8(bytes: Uint8Array, surrogates: boolean, where: Where): string {
  const text = strictUtf8(bytes, where);
  if (text !== undefined) return text;
  writer.begin(where);
  for (let i = 0; i < bytes.length;) {
    const length = sequenceLength(bytes, i, surrogates);
    if (length < 0) throw pickleError('INVALID_UTF8', { ...where, detail: `Byte ${i} of the text is wrong.` });
    writer.push(pointAt(bytes, i, length));
    i += length;
  }
  return writer.finish();
}

/** The text of the bytes, or undefined where they are not UTF-8 in the strict sense, without surrogates. */
export function strictUtf8(bytes: Uint8Array, where: Where): string | undefined {
  // Of one byte comes at most one unit.
  if (bytes.length > MAX_STRING_UNITS) checkStringUnits(countUnits(bytes), where);
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** How many units of UTF-16 come of the bytes if they are UTF-8: one a sequence, two for one of four bytes. */
function countUnits(bytes: Uint8Array): number {
  let units = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}

/**
 * The length of the sequence at `i`: 1 to 4 where it is whole and right, else -1 to -3: how many bytes of it are wrong
 * together. That is the longest beginning of a right sequence, as Python and the Unicode standard count it.
 */
export function sequenceLength(bytes: Uint8Array, i: number, surrogates: boolean): number {
  const first = bytes[i]!;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return -1;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const second = bytes[i + 1] ?? 0;
  // What the second byte may be tells overlong forms, surrogates and code points above 10FFFF.
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed && !surrogates ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return -1;
  for (let n = 2; n < length; n++) if (((bytes[i + n] ?? 0) & 0xc0) !== 0x80) return -n;
  return length;
}

/** The code point of the right sequence of `length` bytes at `i`. */
export function pointAt(bytes: Uint8Array, i: number, length: number): number {
  const first = bytes[i]!;
  if (length === 1) return first;
  let point = first & (0x7f >> length);
  for (let n = 1; n < length; n++) point = (point << 6) | (bytes[i + n]! & 0x3f);
  return point;
}

/** How many bytes of UTF-8 a string makes; a lone surrogate makes three. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) length += unit < 0x800 ? 1 : 2;
    // A pair makes four bytes of two units, of which the first has been counted as three.
    if (unit >= 0xd800 && unit < 0xdc00 && text.charCodeAt(i + 1) >> 10 === 0x37) i++;
  }
  return length;
}

/** Not by `\p{Surrogate}`, whose set V8 gathers as soon as it reads this. */
const LONE = /[\ud800-\udfff]/u;

/** Whether UTF-8 can say a string: it has no lone surrogate. */
export function isWellFormed(text: string): boolean {
  const native = (text as { isWellFormed?: () => boolean }).isWellFormed;
  return native === undefined ? !LONE.test(text) : native.call(text);
}
