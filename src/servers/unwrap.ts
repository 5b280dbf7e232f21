/** What servers wrap pickles in: zlib, Base64, text. Sizes are bounded before anything is unpacked. */
import { kMaxLength } from 'node:buffer';
import { brotliDecompressSync, inflateSync } from 'node:zlib';
import { asBytes, type BytesLike } from '../bytes/bytes-like.ts';
import type { DecodeOptions } from '../spec/options.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { resolveOptions } from '../values/resolve-options.ts';
import { cutShort, damaged } from './refuse.ts';

/** Bytes that compressed data may become whatever its ratio: see `limits.maxInflateRatio`. */
const FREE_BYTES = 2 ** 26;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function inflate(bytes: Uint8Array, options: DecodeOptions | undefined): Uint8Array {
  return unpack('zlib', inflateSync, bytes, options);
}

export function unbrotli(bytes: Uint8Array, options: DecodeOptions | undefined): Uint8Array {
  return unpack('Brotli', brotliDecompressSync, bytes, options);
}

/** @throws PickleError CONTAINER_TRUNCATED, CONTAINER_CORRUPT; LIMIT_INFLATED before more is unpacked */
function unpack(
  name: string,
  unpacker: (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array,
  bytes: Uint8Array,
  options: DecodeOptions | undefined,
): Uint8Array {
  const { maxInflatedBytes, maxInflateRatio } = resolveOptions({ limits: options?.limits }).limits;
  const limit = Math.min(maxInflatedBytes, Math.max(FREE_BYTES, maxInflateRatio * bytes.length));
  try {
    // Node takes no limit of 0; one byte too many is refused below.
    const maxOutputLength = Math.min(Math.max(1, Math.floor(limit)), kMaxLength);
    const unpacked = unpacker(bytes, { maxOutputLength });
    if (unpacked.length > limit) throw tooLarge(limit);
    return new Uint8Array(unpacked.buffer, unpacked.byteOffset, unpacked.length);
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
    if (code === 'Z_BUF_ERROR') throw cutShort(`The ${name} data is not complete.`, bytes.length);
    const isRefused = typeof code === 'string' && /^(?:Z_|ERR_|BROTLI_)/.test(code);
    if (isRefused) throw damaged(`This is no ${name} data, or it is damaged (${(error as Error).message}).`);
    throw error;
  }
}

function tooLarge(limit: number): Error {
  return pickleError('LIMIT_INFLATED', { offset: 0, limit, actual: limit + 1 });
}

/**
 * The bytes of Base64 text, of the usual alphabet or, where asked for, of that for URLs; padding and line ends may lack.
 * @throws PickleError CONTAINER_CORRUPT at the character that does not belong there
 */
export function fromBase64(text: string, alphabet: 'base64' | 'base64url' = 'base64', offset = 0): Uint8Array {
  const foreign = alphabet === 'base64' ? /[^A-Za-z0-9+/=\r\n]/ : /[^A-Za-z0-9_=-]/;
  const at = text.search(foreign);
  if (at >= 0) throw damaged('This is no Base64 text.', offset + at);
  const end = text.indexOf('=');
  const digits = (end < 0 ? text : text.slice(0, end)).replaceAll(/[\r\n]/g, '');
  if (end >= 0 && !/^[=\r\n]*$/.test(text.slice(end))) throw damaged('This is no Base64 text.', offset + end);
  if (digits.length % 4 === 1) throw cutShort('The Base64 text is not complete.', offset + text.length);
  const bytes = Buffer.from(digits, alphabet);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Text of UTF-8. @throws PickleError INVALID_UTF8 */
export function textOf(data: BytesLike | string): string {
  if (typeof data === 'string') return data;
  try {
    return decoder.decode(asBytes(data));
  } catch {
    throw pickleError('INVALID_UTF8', { offset: 0 });
  }
}

/** Bytes of what a server gives: text is taken as UTF-8. */
export function bytesOf(data: BytesLike | string): Uint8Array {
  return typeof data === 'string' ? new TextEncoder().encode(data) : asBytes(data);
}

const INT = /^[\s\v]*([+-]?)(\d+(?:_\d+)*)[\s\v]*$/;
/** No int in decimal digits is longer than this with its blanks: longer bytes are not looked at. */
const MAX_INT_TEXT_BYTES = 16_384;

/**
 * The int that bytes spell, as Python's `int(bytes)` reads it, by the option `int`; undefined where they spell none.
 * @throws PickleError LIMIT_INT_DIGITS
 */
export function intOf(bytes: Uint8Array, options: DecodeOptions | undefined): number | bigint | undefined {
  if (bytes.length > MAX_INT_TEXT_BYTES) return undefined;
  const match = INT.exec(String.fromCharCode(...bytes));
  if (match === null) return undefined;
  const digits = match[2]!.replaceAll('_', '');
  const { int, limits } = resolveOptions({ int: options?.int, exact: options?.exact, limits: options?.limits });
  const { maxIntDigits: limit } = limits;
  if (digits.length > limit) throw pickleError('LIMIT_INT_DIGITS', { offset: 0, limit, actual: digits.length });
  const value = BigInt(match[1] === '-' ? `-${digits}` : digits);
  const number = Number(value);
  return int === 'number' || (int === 'auto' && Number.isSafeInteger(number)) ? number : value;
}
