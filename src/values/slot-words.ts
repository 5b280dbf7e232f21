/**
 * The layout's tags as signed words: `i32[2 * slot + 1]`, V8's small integers. The unsigned ones are beyond 2^31 and would
 * be boxed numbers.
 */
import {
  NODE_DICT,
  NODE_TUPLE,
  SPECIAL_GLOBAL,
  TAG_CONST,
  TAG_INT,
  TAG_NODE,
  TAG_SHARED,
  TAG_SPECIAL,
  TAG_STR1,
  TAG_STR2,
} from '../spec/layout.ts';

export const HI_INT = TAG_INT << 16;
export const HI_CONST = TAG_CONST << 16;
export const HI_SPECIAL = TAG_SPECIAL << 16;
export const HI_SHARED = TAG_SHARED << 16;
export const HI_STR1 = TAG_STR1 << 16;
export const HI_STR2 = TAG_STR2 << 16;
export const HI_NODE = TAG_NODE << 16;
export const HI_TUPLE = HI_NODE | NODE_TUPLE;
export const HI_DICT = HI_NODE | NODE_DICT;
export const HI_GLOBAL = HI_SPECIAL | SPECIAL_GLOBAL;

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
