/** cachelib, which Flask-Caching and Flask-Session keep their values with. */
import { asBytes, type BytesLike } from '../bytes/bytes-like.ts';
import { loads } from '../decode/loads.ts';
import { dumps } from '../encode/dumps.ts';
import type { EncodeOptions } from '../spec/encode-options.ts';
import type { DecodeOptions } from '../spec/options.ts';
import { cutShort } from './refuse.ts';
import { intOf } from './unwrap.ts';
import { joined, unwritable } from './wrap.ts';

const BANG = 0x21;
const EXPIRY_BYTES = 4;

export interface CachelibFile {
  readonly value: unknown;
  /** When it ceases to be valid, in seconds since 1970; 0: never. */
  readonly expires: number;
}

export const cachelib = {
  /**
   * A value of RedisCache, ValkeyCache or DynamoDbCache: `!` and a pickle, or an int in decimal digits; other bytes, which
   * versions before 0.8 wrote, are given as they are.
   * @throws PickleError; offsets count from behind the `!`
   */
  decode(data: BytesLike, options?: DecodeOptions): unknown {
    const bytes = asBytes(data);
    if (bytes[0] === BANG) return loads(bytes.subarray(1), options);
    return intOf(bytes, options) ?? bytes;
  },

  /**
   * A file of FileSystemCache: the expiry time as u32 (little-endian, as nearly every machine writes it) and a pickle.
   * @throws PickleError CONTAINER_TRUNCATED; what `loads` throws, with offsets from behind the expiry time
   */
  decodeFile(data: BytesLike, options?: DecodeOptions): CachelibFile {
    const bytes = asBytes(data);
    if (bytes.length < EXPIRY_BYTES) throw cutShort('A file of cachelib begins with an expiry time of four bytes.');
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return { value: loads(bytes.subarray(EXPIRY_BYTES), options), expires: view.getUint32(0, true) };
  },

  /**
   * A value for RedisCache, ValkeyCache or DynamoDbCache: `!` and a pickle.
   * @throws PicklingError
   */
  encode(value: unknown, options?: EncodeOptions): Uint8Array {
    return joined(new Uint8Array([BANG]), dumps(value, options));
  },

  /**
   * A file for FileSystemCache, as `decodeFile` reads it.
   * @param file `expires` in whole seconds since 1970, below 2^32; 0, or nothing: never
   * @throws PicklingError
   */
  encodeFile({ value, expires = 0 }: { value: unknown; expires?: number }, options?: EncodeOptions): Uint8Array {
    if (!Number.isInteger(expires) || expires < 0 || expires > 0xffffffff) {
      throw unwritable('$.expires', 'An expiry time is a whole number of seconds from 0 to 2^32-1.');
    }
    const head = new Uint8Array(EXPIRY_BYTES);
    new DataView(head.buffer).setUint32(0, expires, true);
    return joined(head, dumps(value, options));
  },
} as const;
