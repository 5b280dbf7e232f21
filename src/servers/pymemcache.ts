/** Values in memcached, as pymemcache and python-memcached keep them: the flags say what the bytes are. */
import { isWellFormed } from '../bytes/utf8.ts';
import { asBytes, type BytesLike } from '../bytes/bytes-like.ts';
import { loads } from '../decode/loads.ts';
import { dumps } from '../encode/dumps.ts';
import type { EncodeOptions } from '../spec/encode-options.ts';
import type { DecodeOptions } from '../spec/options.ts';
import { PyByteArray } from '../values/py.ts';
import { damaged } from './refuse.ts';
import { inflate, intOf, textOf } from './unwrap.ts';
import { isInt, utf8 } from './wrap.ts';

const PICKLE = 1;
const INTEGER = 2;
const LONG = 4;
const COMPRESSED = 8;
const TEXT = 16;

export interface PymemcacheItem {
  readonly data: Uint8Array;
  readonly flags: number;
}

export const pymemcache = {
  /**
   * The value of an item. Flags are looked at in pymemcache's order: text, int, pickle; those that it does not know leave the
   * bytes as they are.
   * @param flags the item's flags, as memcached gives them
   * @throws PickleError; offsets are those of the bytes after decompression
   */
  decode(data: BytesLike, flags: number, options?: DecodeOptions): unknown {
    const given = asBytes(data);
    const bytes = (flags & COMPRESSED) !== 0 ? inflate(given, options) : given;
    if ((flags & TEXT) !== 0) return textOf(bytes);
    if ((flags & (INTEGER | LONG)) !== 0) {
      const value = intOf(bytes, options);
      if (value === undefined) throw damaged('The flags say that this is an int, and it is none.');
      return value;
    }
    return (flags & PICKLE) !== 0 ? loads(bytes, options) : bytes;
  },

  /**
   * The bytes and flags of an item, as pymemcache's own serializer gives them: bytes as they are, text as UTF-8, ints in
   * digits, all else a pickle.
   * @throws PicklingError
   */
  encode(value: unknown, options?: EncodeOptions): PymemcacheItem {
    if (value instanceof Uint8Array && !(value instanceof PyByteArray)) return { data: value, flags: 0 };
    // What UTF-8 cannot say is pickled.
    if (typeof value === 'string' && isWellFormed(value)) return { data: utf8(value), flags: TEXT };
    if (isInt(value)) return { data: utf8(String(value)), flags: INTEGER };
    return { data: dumps(value, options), flags: PICKLE };
  },
} as const;
