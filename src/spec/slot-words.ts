/**
 * The layout's tags as words, as code reads and writes them: `i32[2 * slot + 1]`, signed. They are V8's small integers so;
 * the unsigned ones are beyond 2^31 and would be boxed numbers. The tags FFF9 to FFFF are the integers from HI_INT to -1.
 */
import {
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
} from './layout.ts';

export const HI_INT = TAG_INT << 16;
export const HI_CONST = TAG_CONST << 16;
export const HI_SPECIAL = TAG_SPECIAL << 16;
export const HI_SHARED = TAG_SHARED << 16;
export const HI_STR1 = TAG_STR1 << 16;
export const HI_STR2 = TAG_STR2 << 16;
export const HI_NODE = TAG_NODE << 16;

export const HI_INT64 = HI_SPECIAL | SPECIAL_INT64;
export const HI_HOST = HI_SPECIAL | SPECIAL_HOST;
export const HI_GLOBAL = HI_SPECIAL | SPECIAL_GLOBAL;
export const HI_NAN = HI_SPECIAL | SPECIAL_NAN;

export const HI_LIST = HI_NODE | NODE_LIST;
export const HI_TUPLE = HI_NODE | NODE_TUPLE;
export const HI_DICT = HI_NODE | NODE_DICT;
export const HI_SET = HI_NODE | NODE_SET;
export const HI_FROZENSET = HI_NODE | NODE_FROZENSET;
export const HI_OBJECT = HI_NODE | NODE_OBJECT;
export const HI_EXTENSION = HI_NODE | NODE_EXTENSION;
export const HI_BYTEARRAY = HI_NODE | NODE_BYTEARRAY;

/** The same tags after `hi >> 16`. Every other number is a part of a double. */
export const INT = TAG_INT - 0x10000;
export const CONST = TAG_CONST - 0x10000;
export const SPECIAL = TAG_SPECIAL - 0x10000;
export const SHARED = TAG_SHARED - 0x10000;
export const STR1 = TAG_STR1 - 0x10000;
export const STR2 = TAG_STR2 - 0x10000;
export const NODE = TAG_NODE - 0x10000;

/** A node's kind, or a special slot's, in its `hi` word. */
export const SUB = 0xffff;
/** A text's place within its chunk. */
export const IN_CHUNK = 0xfffff;
export const IN_CHUNK2 = 0x3fffff;
