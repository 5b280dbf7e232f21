/** What containers begin with, apart from what reads them: telling one loads no decompressor. */
import { beginsWith } from './container.ts';

/** bz2: what stands before a block, and before the end of a stream. */
export const BZ2_BLOCK = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
export const BZ2_END = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90];

export const XZ_HEAD = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0];

/** zip: a member's header. */
export const ZIP_LOCAL = [0x50, 0x4b, 3, 4];

export const isGzip = (head: Uint8Array): boolean => beginsWith(head, [0x1f, 0x8b, 8]);

/** With the usual window of 32 KiB only: 'x' is no pickle opcode. */
export const isZlib = (head: Uint8Array): boolean =>
  head.length >= 2 && head[0] === 0x78 && (0x7800 + head[1]!) % 31 === 0;

/** The head of a stream: its level is a digit. */
export const isBz2Head = (head: Uint8Array): boolean =>
  beginsWith(head, [0x42, 0x5a, 0x68]) && head[3]! >= 0x31 && head[3]! <= 0x39;

/** The first block's mark too: 'B' is an opcode, whose length would have to be 800 MB then. */
export const isBz2 = (head: Uint8Array): boolean =>
  isBz2Head(head) && (beginsWith(head.subarray(4), BZ2_BLOCK) || beginsWith(head.subarray(4), BZ2_END));

export const isXz = (head: Uint8Array): boolean => beginsWith(head, XZ_HEAD);

/**
 * Where the properties are the usual ones and the dictionary is a multiple of 64 KiB, as all encoders make it: no pickle goes
 * on with zeros behind a ']'.
 */
export const isLzma = (head: Uint8Array): boolean => beginsWith(head, [0x5d, 0, 0]) && head.length >= 13;

export const isZstd = (head: Uint8Array): boolean => beginsWith(head, [0x28, 0xb5, 0x2f, 0xfd]);

export const isLz4 = (head: Uint8Array): boolean => beginsWith(head, [0x04, 0x22, 0x4d, 0x18]);

export const isZip = (head: Uint8Array): boolean => beginsWith(head, ZIP_LOCAL) || beginsWith(head, [0x50, 0x4b, 5, 6]);
