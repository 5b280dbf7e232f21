/**
 * The graph: what a machine leaves in memory and the materialiser reads.
 * `src/graph/README.md` draws it and works one pickle through.
 *
 * ```text
 * slot, 8 bytes, little-endian           word 2i = lo            word 2i+1 = hi
 *   63            48 47            32 31                             0
 *  +----------------+----------------+--------------------------------+
 *  | tag            | sub            | lo                             |
 *  +----------------+----------------+--------------------------------+
 *   tag < TAG_INT: not a tag at all, the slot is an IEEE double (never a NaN)
 * ```
 */

/** An int of 32 bits: `lo` is the value, signed. */
export const TAG_INT = 0xfff9;
/** A constant: `lo` is one of `CONST_*`. */
export const TAG_CONST = 0xfffa;
/** Rare values: `sub` is one of `SPECIAL_*`. */
export const TAG_SPECIAL = 0xfffb;
/** A string that the memo gave back: `lo` indexes the table of shared strings. */
export const TAG_SHARED = 0xfffc;
/** A string of one-byte characters (Latin-1): `sub` characters at byte offset `lo` of the one-byte text. */
export const TAG_STR1 = 0xfffd;
/** A string of two-byte units (UTF-16): `sub` units at byte offset `lo` of the two-byte text. */
export const TAG_STR2 = 0xfffe;
/** Everything with contents or identity: `sub` is one of `NODE_*`, `lo` the node's slot index. */
export const TAG_NODE = 0xffff;

export const CONST_NONE = 0;
export const CONST_FALSE = 1;
export const CONST_TRUE = 2;
export const CONST_EMPTY_TUPLE = 3;
/** No value at all: an object without keyword arguments. */
export const CONST_ABSENT = 4;

/** `lo` is the index of a slot that holds a signed 64-bit integer. */
export const SPECIAL_INT64 = 0;
/** `lo` indexes the host's values: a string, bigint or Uint8Array that TypeScript made from text. */
export const SPECIAL_HOST = 1;
/** `lo` is the ordinal of an out-of-band buffer. */
export const SPECIAL_BUFFER = 2;
/** `lo` indexes the host's globals. */
export const SPECIAL_GLOBAL = 3;
/** `lo` is the index of a slot with the NaN's own bits; the index is its identity. */
export const SPECIAL_NAN = 4;

export const NODE_LIST = 0;
export const NODE_TUPLE = 1;
export const NODE_DICT = 2;
export const NODE_SET = 3;
export const NODE_FROZENSET = 4;
/** The result of REDUCE, NEWOBJ, NEWOBJ_EX, INST or OBJ. This and the two that follow are *object nodes*. */
export const NODE_OBJECT = 5;
export const NODE_PERSISTENT = 6;
export const NODE_EXTENSION = 7;
/** This and the two that follow are *payload nodes*. */
export const NODE_BYTES = 8;
export const NODE_BYTEARRAY = 9;
export const NODE_BIGINT = 10;

/**
 * A node's first slot:
 * ```text
 *  word 1: count                       word 0: flags
 *  +--------------------------------+----------+----------+----------+----------+
 *  | count, how or shape number     | key kinds|          | bits     | kinds    |
 *  +--------------------------------+----------+----------+----------+----------+
 *                                    31      24 23      16 15       8 7        0
 * ```
 * `kinds` and `key kinds` have one bit for each kind of slot inside: see `KIND_*`.
 */
export const FLAG_FETCHED = 1 << 8;
/** A tuple or frozenset that holds, however deep, something Python cannot hash. */
export const FLAG_UNHASHABLE = 1 << 9;
/** A dict that fits a shape: `count` is the shape number, the values are one run without a header. */
export const FLAG_SHAPED = 1 << 10;
export const KEY_KINDS_SHIFT = 24;

export const KIND_DOUBLE = 1 << 0;
export const KIND_INT = 1 << 1;
export const KIND_CONST = 1 << 2;
export const KIND_SPECIAL = 1 << 3;
export const KIND_SHARED = 1 << 4;
export const KIND_STR1 = 1 << 5;
export const KIND_STR2 = 1 << 6;
export const KIND_NODE = 1 << 7;

/** How an object came to be. */
export const HOW_REDUCE = 0;
export const HOW_NEWOBJ = 1;
export const HOW_INST = 2;
export const HOW_OBJ = 3;

/** What happened to an object after it was made. */
export const OP_BUILD = 0;
export const OP_APPENDS = 1;
export const OP_SETITEMS = 2;
export const OP_ADDITEMS = 3;
/** A REDUCE on this object whose result was popped: a state setter. */
export const OP_SETTER = 4;

/** Text of up to this many bytes lies in the graph; the host decodes longer text. */
export const MAX_INLINE_TEXT_BYTES = 16384;
/** A dict with more entries than this has no shape. */
export const MAX_SHAPE_KEYS = 64;
/** Number of shapes that a machine keeps; later dicts have none. */
export const MAX_SHAPES = 4096;
/** Number of interned keys that a machine keeps between calls; past it, it begins anew at the next call. */
export const MAX_KEYS = 65536;
/** A key longer than this many bytes is not interned: its dict has no shape. */
export const MAX_KEY_BYTES = 128;
/**
 * Text lies in chunks, so that JavaScript makes one long string of each: 2^20 bytes of one-byte text, 2^22 of two-byte
 * text. Node keeps strings of over 1,031,913 units outside V8's heap, in memory that is used again; shorter ones lie in
 * pages that are fresh each time, and touching these took three times as long as all else that is done to such text.
 */
export const TEXT_CHUNK_BITS = 20;
export const TEXT2_CHUNK_BITS = 22;
/** The wasm machine sees the input through windows of this many bytes. */
export const WINDOW_BYTES = 65536;

/** What `run` returns. */
export const STATUS_DONE = 0;
export const STATUS_NEED_INPUT = 1;
export const STATUS_ERROR = 2;
export const STATUS_REQUEST = 3;

/** Settings, as bits. */
export const SETTING_PERSISTENT = 1 << 0;
/** Python 2 strings become bytes. */
export const SETTING_BYTES_STRINGS = 1 << 1;
/** Python 2 strings of ASCII bytes mean what they say: true of every encoding but UTF-16, UTF-32 and their like. */
export const SETTING_ASCII_STRINGS = 1 << 2;
/** Ints beyond 32 bits are doubles where these are exact: for readers to whom both are the same number. */
export const SETTING_DOUBLE_INTS = 1 << 3;
