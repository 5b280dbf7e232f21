/** How much of an opcode has to be there before a machine can carry it out. */
import { MAX_INLINE_TEXT_BYTES } from '../spec/layout.ts';
import { OPCODES, type Argument } from '../spec/opcodes.ts';

/** Bytes that each kind of argument takes, or its length field. Lines are not told ahead. */
const WIDTHS: Readonly<Partial<Record<Argument, number>>> = {
  uint1: 1,
  uint2: 2,
  int4: 4,
  uint4: 4,
  uint8: 8,
  float8: 8,
  bytes1: 1,
  bytes4: 4,
  bytes8: 8,
  bytearray8: 8,
  string1: 1,
  string4: 4,
  unicodestring1: 1,
  unicodestring4: 4,
  unicodestring8: 8,
  long1: 1,
  long4: 4,
};

const widths = new Uint8Array(256);
/** Texts, which a machine takes whole; bytes and large integers it passes by. */
const isText = new Uint8Array(256);
for (const { code, argument } of OPCODES) {
  if (argument === null) continue;
  widths[code] = WIDTHS[argument] ?? 0;
  if (argument.startsWith('string') || argument.startsWith('unicodestring'))
    isText[code] = WIDTHS[argument] === undefined ? 0 : 1;
}

/** Bytes of an opcode's length field or fixed argument, 0 where there is none. */
export const argumentWidth = (opcode: number): number => widths[opcode]!;

/**
 * For a machine that stopped for want of input at `start`: how many bytes from there on it needs at least, so that it is
 * not asked again for every byte that comes.
 */
export function bytesNeeded(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) return 1;
  const opcode = bytes[start]!;
  const header = 1 + widths[opcode]!;
  if (isText[opcode] === 0 || header > end - start) return Math.max(header, end - start + 1);
  let length = 0;
  for (let i = header - 1; i > 0; i--) length = length * 256 + bytes[start + i]!;
  // Longer text the machine asks the host for, with the header alone.
  return length > MAX_INLINE_TEXT_BYTES ? header : header + length;
}
