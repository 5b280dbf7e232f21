/**
 * Slots as pairs of words. The machine moves every slot as two 32-bit integers, never as a double: a tagged slot is a NaN
 * to the hardware, and reading one through a Float64Array may change its bits.
 *
 * `hi` is kept signed, as an Int32Array gives it: the tags FFF9 to FFFF are the integers from HI_INT up to -1.
 */
import {
  CONST_EMPTY_TUPLE,
  FLAG_UNHASHABLE,
  NODE_BYTEARRAY,
  NODE_DICT,
  NODE_EXTENSION,
  NODE_FROZENSET,
  NODE_LIST,
  NODE_OBJECT,
  NODE_SET,
  NODE_TUPLE,
  SPECIAL_GLOBAL,
  SPECIAL_HOST,
  SPECIAL_INT64,
  SPECIAL_NAN,
  TAG_CONST,
  TAG_INT,
  TAG_NODE,
  TAG_SHARED,
  TAG_SPECIAL,
  TAG_STR1,
  TAG_STR2,
} from '../../spec/layout.ts';

export const HI_INT = (TAG_INT << 16) | 0;
export const HI_CONST = (TAG_CONST << 16) | 0;
export const HI_SPECIAL = (TAG_SPECIAL << 16) | 0;
export const HI_SHARED = (TAG_SHARED << 16) | 0;
export const HI_STR1 = (TAG_STR1 << 16) | 0;
export const HI_STR2 = (TAG_STR2 << 16) | 0;
export const HI_NODE = (TAG_NODE << 16) | 0;

export const HI_LIST = HI_NODE | NODE_LIST;
export const HI_TUPLE = HI_NODE | NODE_TUPLE;
export const HI_DICT = HI_NODE | NODE_DICT;
export const HI_SET = HI_NODE | NODE_SET;
export const HI_FROZENSET = HI_NODE | NODE_FROZENSET;
export const HI_OBJECT = HI_NODE | NODE_OBJECT;
const HI_EXTENSION = HI_NODE | NODE_EXTENSION;
const HI_BYTEARRAY = HI_NODE | NODE_BYTEARRAY;
const HI_HOST = HI_SPECIAL | SPECIAL_HOST;
export const HI_INT64 = HI_SPECIAL | SPECIAL_INT64;
export const HI_NAN = HI_SPECIAL | SPECIAL_NAN;
const HI_GLOBAL = HI_SPECIAL | SPECIAL_GLOBAL;

/** No slot: a node of a kind that is none. It marks the memo's empty places, and sorts with what a GET looks at. */
export const HI_NOTHING = -1;

/** The `KIND_*` bit of a slot: the tags' low three bits count 1 to 7, and doubles are 0. */
export function kindOf(hi: number): number {
  return hi < 0 && hi >= HI_INT ? 1 << ((hi >>> 16) & 7) : 1;
}

/** Whether a dict may have it as a key, and a set as an item. `words` is the graph. */
export function isHashable(words: Int32Array, lo: number, hi: number): boolean {
  switch (hi) {
    case HI_LIST:
    case HI_DICT:
    case HI_SET:
    case HI_BYTEARRAY:
      return false;
    case HI_TUPLE:
    case HI_FROZENSET:
      return (words[2 * lo]! & FLAG_UNHASHABLE) === 0;
    default:
      return true;
  }
}

/** Object nodes are those that stand for an instance or a call, and keep a list of what happened to it. */
export function isObject(hi: number): boolean {
  return hi >= HI_OBJECT && hi <= HI_EXTENSION;
}

export function isCallable(hi: number): boolean {
  return hi === HI_GLOBAL || isObject(hi);
}

export function isTuple(lo: number, hi: number): boolean {
  return hi === HI_TUPLE || (hi === HI_CONST && lo === CONST_EMPTY_TUPLE);
}

/** A str, as far as the machine knows: a host value may turn out to be bytes, which the host then refuses. */
export function isText(hi: number): boolean {
  return (hi >= HI_SHARED && hi < HI_NODE) || hi === HI_HOST;
}
