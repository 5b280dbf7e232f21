/** The line of UNICODE: Python's raw-unicode-escape. Bytes are Latin-1; `\u` and `\U` are the only escapes. */
import { pickleError } from '../spec/pickle-error.ts';
import { latin1 } from './latin1.ts';
import { hexDigit } from './string-escapes.ts';
import { UnitWriter } from './units.ts';
import type { Where } from './where.ts';

const BACKSLASH = 0x5c;
const writer = /* @__PURE__ */ new UnitWriter();

/**
 * The text of a line. Surrogates may be written out; a pair of them makes one character.
 * @throws PickleError INVALID_UNICODE_ESCAPE; LIMIT_STRING where JavaScript cannot hold it
 */
export function parseUnicodeLine(line: Uint8Array, where: Where): string {
  if (!line.includes(BACKSLASH)) return latin1(line, where);
  writer.begin(where);
  let i = 0;
  while (i < line.length) {
    const byte = line[i++]!;
    // A backslash at the end stands for itself.
    if (byte !== BACKSLASH || i === line.length) {
      writer.push(byte);
      continue;
    }
    const letter = line[i++]!;
    const digits = letter === 0x75 ? 4 : letter === 0x55 ? 8 : 0;
    if (digits === 0) {
      // Of two backslashes the second begins no escape: only an odd run of them does.
      writer.push(BACKSLASH);
      writer.push(letter);
      continue;
    }
    let point = 0;
    for (const end = i + digits; i < end; i++) point = point * 16 + hexDigit(line[i]);
    if (!(point <= 0x10ffff)) {
      const detail =
        point > 0x10ffff
          ? 'The code point is above 10FFFF.'
          : `A \\${digits === 4 ? 'u' : 'U'} lacks its ${digits} hex digits.`;
      throw pickleError('INVALID_UNICODE_ESCAPE', { ...where, detail });
    }
    writer.push(point);
  }
  return writer.finish();
}
