/** Django's caches, and sessions that were written with a pickle serializer. */
import { asBytes, type BytesLike } from '../bytes/bytes-like.ts';
import { loads, loadsPrefix } from '../decode/loads.ts';
import { dumps } from '../encode/dumps.ts';
import type { EncodeOptions } from '../spec/encode-options.ts';
import type { DecodeOptions } from '../spec/options.ts';
import { PyFloat } from '../values/py.ts';
import { damaged, unsupported } from './refuse.ts';
import { fromBase64, inflate, intOf, textOf } from './unwrap.ts';
import { deflate, isInt, joined, toBase64, utf8 } from './wrap.ts';

const COLON = 0x3a;

export interface DjangoFile {
  readonly value: unknown;
  /** When it ceases to be valid, in seconds since 1970; null: never. */
  readonly expires: number | null;
}

/** What a signed text holds. The signature was not verified: that takes the site's secret key. */
export interface DjangoSigned {
  readonly value: unknown;
  /** When it was signed, in seconds since 1970; undefined where it was signed without a time. */
  readonly timestamp: number | undefined;
  readonly signature: string;
}

export interface DjangoOldSession {
  readonly value: unknown;
  /** In hex digits. Not verified. */
  readonly digest: string;
}

export const django = {
  /**
   * A value of RedisCache, LocMemCache or a memcached backend that pickles: an int in decimal digits, or a pickle.
   * @throws PickleError
   */
  decode(data: BytesLike, options?: DecodeOptions): unknown {
    const bytes = asBytes(data);
    return intOf(bytes, options) ?? loads(bytes, options);
  },

  /**
   * A file of FileBasedCache: a pickle of the expiry time, then the zlib'd pickle of the value.
   * @throws PickleError; offsets of an error in the value count in its bytes after decompression
   */
  decodeFile(data: BytesLike, options?: DecodeOptions): DjangoFile {
    const bytes = asBytes(data);
    const { value: expires, bytesUsed } = loadsPrefix(bytes, {
      ...options,
      int: 'auto',
      exact: false,
      buffers: undefined,
    });
    if (expires !== null && typeof expires !== 'number') {
      throw unsupported('A file of FileBasedCache begins with an expiry time, a float or None.');
    }
    return { value: loads(inflate(bytes.subarray(bytesUsed), options), options), expires };
  },

  /**
   * The column `value` of DatabaseCache: a pickle in Base64.
   * @throws PickleError; offsets of an error in the pickle count in its bytes
   */
  decodeText(data: BytesLike | string, options?: DecodeOptions): unknown {
    return loads(fromBase64(textOf(data)), options);
  },

  /**
   * Text of `signing.dumps` with a pickle serializer, as `session_data` and signed cookies since Django 3.1: Base64 for URLs,
   * with a dot before it where it is compressed; then the time and the signature, each after a colon.
   * The signature is not verified. Of a text that may have been forged, trust nothing.
   */
  decodeSigned(data: BytesLike | string, options?: DecodeOptions): DjangoSigned {
    const parts = textOf(data).split(':');
    if (parts.length < 2 || parts.length > 3) throw damaged('A signed text has one or two colons.');
    const [payload, time] = parts as [string, string];
    const isCompressed = payload.startsWith('.');
    const packed = fromBase64(isCompressed ? payload.slice(1) : payload, 'base64url', isCompressed ? 1 : 0);
    return {
      value: loads(isCompressed ? inflate(packed, options) : packed, options),
      timestamp: parts.length === 3 ? numberOfBase62(time, payload.length + 1) : undefined,
      signature: parts.at(-1)!,
    };
  },

  /**
   * `session_data` of Django before 3.1: Base64 of a digest in hex, a colon and a pickle. The digest is not verified.
   * @throws PickleError; offsets of an error in the pickle count in its bytes
   */
  decodeOldSession(data: BytesLike | string, options?: DecodeOptions): DjangoOldSession {
    const bytes = fromBase64(textOf(data));
    const colon = bytes.indexOf(COLON);
    const digest = String.fromCharCode(...bytes.subarray(0, Math.min(Math.max(colon, 0), 128)));
    if (colon < 1 || colon !== digest.length || !/^[0-9a-f]+$/.test(digest)) {
      throw damaged('An old session begins with a digest in hex digits and a colon.');
    }
    return { value: loads(bytes.subarray(colon + 1), options), digest };
  },

  /**
   * A value for RedisCache: an int in decimal digits, all else a pickle. LocMemCache and memcached take pickles of ints too.
   * @throws PicklingError
   */
  encode(value: unknown, options?: EncodeOptions): Uint8Array {
    return isInt(value) ? utf8(String(value)) : dumps(value, { protocol: 5, ...options });
  },

  /**
   * A file for FileBasedCache, as `decodeFile` reads it.
   * @param file `expires` in seconds since 1970; null, or nothing: never
   * @throws PicklingError
   */
  encodeFile(
    { value, expires = null }: { value: unknown; expires?: number | null },
    options?: EncodeOptions,
  ): Uint8Array {
    const until = expires === null ? null : new PyFloat(expires);
    return joined(dumps(until, { protocol: 5 }), deflate(dumps(value, { protocol: 5, ...options })));
  },

  /**
   * The column `value` for DatabaseCache: a pickle in Base64.
   * @throws PicklingError
   */
  encodeText(value: unknown, options?: EncodeOptions): string {
    return toBase64(dumps(value, { protocol: 5, ...options }));
  },
} as const;

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function numberOfBase62(text: string, offset: number): number {
  let number = 0;
  for (const digit of text) {
    const value = BASE62.indexOf(digit);
    number = number * 62 + value;
    if (value < 0 || !Number.isSafeInteger(number)) throw damaged('The time of a signed text is in base 62.', offset);
  }
  return number;
}
