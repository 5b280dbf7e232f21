/** What servers wrap pickles in, the way out: zlib, Brotli, Base64, ints as text. */
import { brotliCompressSync, deflateSync } from 'node:zlib';
import type { PickleError } from '../spec/pickle-error.ts';
import { PicklingError } from '../spec/pickling-error.ts';

const plainView = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);

export const deflate = (bytes: Uint8Array): Uint8Array => plainView(deflateSync(bytes));

export const brotli = (bytes: Uint8Array): Uint8Array => plainView(brotliCompressSync(bytes));

export const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const joined = (...parts: readonly Uint8Array[]): Uint8Array => plainView(Buffer.concat(parts));

/** Whether a value is an int to Python, as `dumps` writes it: not a bool, not -0. */
export function isInt(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || (Number.isSafeInteger(value) && !Object.is(value, -0));
}

/** The error of a value that the format has no place for. */
export function unwritable(path: string, detail: string): PickleError {
  return new PicklingError('UNPICKLABLE', path, detail);
}
