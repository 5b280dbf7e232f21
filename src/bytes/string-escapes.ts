/** Python 2's literals: the line of STRING, as CPython's `codecs.escape_decode` reads it. */
import { pickleError } from '../spec/pickle-error.ts';
import type { Where } from './where.ts';

const BACKSLASH = 0x5c;

/** What the letters and signs after a backslash stand for. */
// prettier-ignore
const SIMPLE: ReadonlyMap<number, number> = new Map([
  [0x5c, 0x5c], [0x27, 0x27], [0x22, 0x22], // \ ' "
  [0x61, 0x07], [0x62, 0x08], [0x66, 0x0c], // a b f
  [0x6e, 0x0a], [0x72, 0x0d], [0x74, 0x09], [0x76, 0x0b], // n r t v
]);

/**
 * The bytes that a line `'...'` or `"..."` stands for; a view of the line where it has no escapes.
 * @throws PickleSyntaxError INVALID_STRING_QUOTES, INVALID_STRING_ESCAPE
 */
export function parseStringLine(line: Uint8Array, where: Where): Uint8Array {
  const quote = line[0];
  if (line.length < 2 || (quote !== 0x27 && quote !== 0x22) || line[line.length - 1] !== quote) {
    throw pickleError('INVALID_STRING_QUOTES', where);
  }
  const inner = line.subarray(1, -1);
  const first = inner.indexOf(BACKSLASH);
  return first < 0 ? inner : unescape(inner, first, where);
}

function unescape(text: Uint8Array, first: number, where: Where): Uint8Array {
  const out = new Uint8Array(text.length);
  out.set(text.subarray(0, first));
  let used = first;
  let i = first;
  while (i < text.length) {
    const byte = text[i++]!;
    if (byte !== BACKSLASH) {
      out[used++] = byte;
      continue;
    }
    if (i === text.length)
      throw pickleError('INVALID_STRING_ESCAPE', { ...where, detail: 'A backslash is the last character.' });
    const letter = text[i++]!;
    const simple = SIMPLE.get(letter);
    if (simple !== undefined) out[used++] = simple;
    else if (isOctal(letter)) {
      let value = letter - 0x30;
      for (let n = 1; n < 3 && isOctal(text[i]); n++) value = value * 8 + (text[i++]! - 0x30);
      // Three digits reach 511; Python keeps the low eight bits, as a store into bytes does.
      out[used++] = value;
    } else if (letter === 0x78) {
      const value = hexDigit(text[i]) * 16 + hexDigit(text[i + 1]);
      if (!(value >= 0))
        throw pickleError('INVALID_STRING_ESCAPE', { ...where, detail: 'A \\x lacks its two hex digits.' });
      out[used++] = value;
      i += 2;
    } else {
      // An escape that is none stays as it is.
      out[used++] = BACKSLASH;
      out[used++] = letter;
    }
  }
  return out.subarray(0, used);
}

function isOctal(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x37;
}

/** The value of a hex digit; NaN for any other byte, and for none. */
export function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return NaN;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : NaN;
}
