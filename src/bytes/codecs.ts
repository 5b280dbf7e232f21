/**
 * `bytes.decode(encoding, errors)` of Python, for the strs of Python 2: STRING, BINSTRING and SHORT_BINSTRING. Encodings go
 * by Python's names and rules, and an error handler's name matters only once there is an error, as in Python.
 */
import { SETTING_ASCII_STRINGS, SETTING_BYTES_STRINGS } from '../spec/layout.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { handlerOf, type Handler } from './codec-errors.ts';
import { codecOf, hasFewCodecs } from './codec-table.ts';
import { UnitWriter } from './units.ts';
import type { Where } from './where.ts';

/** Under this name of an encoding Python 2 strs are bytes. Only so written, in Python too. */
export const BYTES_ENCODING = 'bytes';

const writer = /* @__PURE__ */ new UnitWriter();

/** The bits that a machine needs to know of the encoding: `SETTING_BYTES_STRINGS`, `SETTING_ASCII_STRINGS`. */
export function settingBits(encoding: string): number {
  if (encoding === BYTES_ENCODING) return SETTING_BYTES_STRINGS;
  return codecOf(encoding)?.keepsAscii === true ? SETTING_ASCII_STRINGS : 0;
}

/**
 * The text of a Python 2 str.
 * @throws PickleError UNDECODABLE_STRING; UNKNOWN_ENCODING where encoding or handler are not known and are needed;
 *   LIMIT_STRING where JavaScript cannot hold the text
 */
export function decodeBytes(bytes: Uint8Array, encoding: string, errors: string, where: Where): string {
  // Python does not look at the encoding either where there is nothing to decode.
  if (bytes.length === 0) return '';
  const codec = codecOf(encoding);
  if (codec === undefined) throw unknownEncoding(encoding, where);
  const quick = codec.quick(bytes, where);
  if (quick !== undefined) return quick;
  if (codec.step === undefined) throw undecodable(encoding, undefined, where);

  const step = codec.step(bytes);
  let handler: Handler | undefined;
  writer.begin(where);
  for (let at = step.start; at < bytes.length;) {
    const taken = step.next(at, writer);
    if (taken > 0) {
      at += taken;
      continue;
    }
    handler ??= handlerOf(errors);
    if (handler === undefined) {
      throw pickleError('UNKNOWN_ENCODING', { ...where, detail: `The error handler is ${quoted(errors)}.` });
    }
    const handled = handler({ bytes, start: at, end: at - taken, family: step.family }, writer);
    if (handled === 0) throw undecodable(encoding, at, where);
    at += handled;
  }
  return writer.finish();
}

function unknownEncoding(encoding: string, where: Where): Error {
  const more = hasFewCodecs() ? ' To know more than ASCII, Latin-1 and UTF-8, import pickle-wasm/codecs.' : '';
  return pickleError('UNKNOWN_ENCODING', { ...where, detail: `The encoding is ${quoted(encoding)}.${more}` });
}

function undecodable(encoding: string, at: number | undefined, where: Where): Error {
  const detail = at === undefined ? `The str is not ${encoding}.` : `Byte ${at} of the str is not ${encoding}.`;
  return pickleError('UNDECODABLE_STRING', { ...where, detail });
}

/** An option's text in a message, cut to what a message bears. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}
