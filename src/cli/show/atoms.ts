/** Values without parts, as Python writes them. Whatever text a pickle holds is escaped: none of it reaches a terminal raw. */
import { arrayFromBytes } from '../../arrays/make.ts';
import { customInspect } from '../../arrays/print.ts';
import { keyValue } from '../../spec/key-kind.ts';
import { arrayText } from '../../arrays/text/array-text.ts';
import { bytesRepr, escapedText, textRepr } from '../../arrays/text/repr.ts';
import { shortLatin1 } from '../../bytes/latin1.ts';
import { PyMaskedConstant } from '../../types/numpy/masked.ts';
import { NpScalar } from '../../types/numpy/scalar.ts';
import { floatText } from '../../values/text-keys.ts';
import { PyBuffer, PyByteArray, PyFloat, PyGlobal } from '../../values/py.ts';
import type { Paint } from './paint.ts';

/** Characters of a text, digits of an int. */
const MAX_TEXT = 400;
const MAX_BYTES = 64;
const MAX_WORD = 200;

/** The text of a value; undefined where it has parts. */
export function atomText(value: unknown, paint: Paint): string | undefined {
  switch (typeof value) {
    case 'string':
      return textText(value, paint);
    case 'number':
      return paint('number', floatRepr(value));
    case 'bigint':
      return paint('number', intText(value));
    case 'boolean':
      return paint('word', value ? 'True' : 'False');
    case 'object':
      return value === null ? paint('word', 'None') : objectText(value, paint);
    default:
      return paint('word', escapedText(typeof value === 'function' ? value.name : String(value)));
  }
}

function textText(text: string, paint: Paint): string {
  if (text.length <= MAX_TEXT) return paint('text', textRepr(text));
  return paint('text', textRepr(text.slice(0, MAX_TEXT))) + paint('dim', `... ${text.length} characters`);
}

function floatRepr(value: number): string {
  return Number.isFinite(value) ? floatText(value) : Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
}

/** Hexadecimal is made in time that grows with the length; decimal is not. */
function intText(value: bigint): string {
  const hex = value.toString(16);
  return hex.length <= MAX_TEXT ? String(value) : `${value < 0n ? '-' : ''}0x${hex.replace('-', '').slice(0, 40)}...`;
}

function objectText(value: object, paint: Paint): string | undefined {
  if (value instanceof PyGlobal) return paint('name', escapedText(value.toString()));
  if (value instanceof Uint8Array) return bytesText(value, paint);
  if (value instanceof PyFloat) return paint('number', floatRepr(value.value));
  if (value instanceof NpScalar) return scalarText(value, paint);
  if (value instanceof PyMaskedConstant) return paint('word', 'masked');
  if (value instanceof PyBuffer) return paint('name', 'buffer ') + bytesText(value.data, paint);
  if (value instanceof Date) return paint('word', Number.isNaN(value.getTime()) ? 'NaT' : value.toISOString());
  return ownText(value, paint);
}

function bytesText(bytes: Uint8Array, paint: Paint): string {
  const shown = paint('text', bytesRepr(shortLatin1(bytes.subarray(0, MAX_BYTES))));
  const text = bytes.length <= MAX_BYTES ? shown : shown + paint('dim', `... ${bytes.length} bytes`);
  return bytes instanceof PyByteArray ? `bytearray(${text})` : text;
}

/** With the digits that its own width needs. */
function scalarText({ dtype, value, bytes }: NpScalar, paint: Paint): string | undefined {
  if (bytes === undefined || dtype.kind !== 'f' || dtype.itemsize >= 8) return atomText(value, paint);
  const text = arrayText(arrayFromBytes(bytes, dtype, []), { precision: 17 }).trim();
  return paint('number', text.replace(/\.$/, '.0'));
}

/** Times, decimals, paths and such: instances whose class says what their text is. */
function ownText(value: object, paint: Paint): string | undefined {
  if (Array.isArray(value) || value instanceof Map || value instanceof Set || ArrayBuffer.isView(value))
    return undefined;
  if (customInspect in value && !(keyValue in value)) return undefined;
  const prototype = Object.getPrototypeOf(value) as { toString?: unknown } | null;
  const isOwn =
    prototype !== null && prototype !== Object.prototype && prototype.toString !== Object.prototype.toString;
  if (!isOwn || typeof prototype.toString !== 'function') return undefined;
  const text = String((prototype.toString as () => unknown).call(value));
  return paint('word', escapedText(text.length > MAX_WORD ? `${text.slice(0, MAX_WORD)}...` : text));
}
