/**
 * The wasm machine's fixed addresses: the places that TypeScript and AssemblyScript both touch, in bytes.
 * `assembly/memory.ts` draws the whole memory.
 */

/** The window on the input, WINDOW_BYTES and a few more that a wide read may touch. */
export const WINDOW = 0x20000;

/** What the host reads after `run`, doubles first so that all are aligned: see the port. */
export const REG_POSITION = 0x10000;
export const REG_OPCODE_OFFSET = 0x10008;
export const REG_ARGUMENT_OFFSET = 0x10010;
export const REG_ARGUMENT_LENGTH = 0x10018;
export const REG_ERROR_ACTUAL = 0x10020;
export const REG_FRAME_END = 0x10028;
export const REG_FRAME_OFFSET = 0x10030;
export const REG_REPLY = 0x10038;
/** Slots. */
export const REG_MODULE = 0x10040;
export const REG_NAME = 0x10048;
export const REG_ROOT = 0x10050;
/** Words. */
export const REG_OPCODE = 0x10058;
export const REG_ERROR = 0x1005c;
export const REG_PROTOCOL = 0x10060;
export const REG_LAST_PAYLOAD = 0x10064;
/** Address of the table of shared strings: 16 bytes each, the slot first. */
export const REG_SHARED = 0x10068;
export const REG_SHARED_COUNT = 0x1006c;
/** How far the newest chunks of text are filled. */
export const REG_TEXT1_TOP = 0x10070;
export const REG_TEXT2_TOP = 0x10074;
export const REG_SHAPE_COUNT = 0x10078;
/** Moves when keys and shapes began anew. */
export const REG_EPOCH_OF_TABLES = 0x1007c;
/** What the host writes before `begin`. */
export const REG_SETTINGS = 0x10080;
export const REG_BUFFER_COUNT = 0x10084;
export const REG_MAX_STACK = 0x10088;
export const REG_MAX_MARKS = 0x1008c;
export const REG_MAX_MEMO = 0x10090;
export const REG_MAX_ITEMS = 0x10094;
export const REG_MAX_STRING = 0x10098;
export const REG_MAX_INT = 0x1009c;
export const REG_MAX_ALLOCATION = 0x100a0;
/** A random number, set once: hash tables start from it, so that nobody can choose what collides. */
export const REG_SEED = 0x100a8;

/** The table of interned keys: 16 bytes each, [address, length in bytes | two-byte flag << 31] [hash, -]. */
export const KEYS = 0x180000;
