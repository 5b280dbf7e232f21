/**
 * Slots as pairs of words. The machine moves every slot as two 32-bit integers, never as a double: a tagged slot is a NaN
 * to the hardware, and reading one through a Float64Array may change its bits.
 *
 * `hi` is kept signed, as an Int32Array gives it: the tags FFF9 to FFFF are the integers from HI_INT up to -1.
 */
import { CONST_EMPTY_TUPLE, FLAG_UNHASHABLE } from '../../spec/layout.ts';
import {
  HI_BYTEARRAY,
  HI_CONST,
  HI_DICT,
  HI_EXTENSION,
  HI_FROZENSET,
  HI_GLOBAL,
  HI_HOST,
  HI_INT,
  HI_LIST,
  HI_NODE,
  HI_OBJECT,
  HI_SET,
  HI_SHARED,
  HI_TUPLE,
} from '../../spec/slot-words.ts';

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
