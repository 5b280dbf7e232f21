import { CUT, FRAME_STRADDLE, LIMIT_INT_BYTES, LIMIT_STRING, REQUEST, TRUNCATED } from './faults.ts';
import type { State } from './state.ts';

/** Bytes of the length of what an opcode counts, 0 where it counts nothing. */
function lengthBytes(opcode: number): number {
  switch (opcode) {
    case 0x8c: // SHORT_BINUNICODE
    case 0x43: // SHORT_BINBYTES
    case 0x55: // SHORT_BINSTRING
    case 0x8a: // LONG1
      return 1;
    case 0x58: // BINUNICODE
    case 0x42: // BINBYTES
    case 0x54: // BINSTRING
    case 0x8b: // LONG4
      return 4;
    case 0x8d: // BINUNICODE8
    case 0x8e: // BINBYTES8
    case 0x96: // BYTEARRAY8
      return 8;
    default:
      return 0;
  }
}

/**
 * Leaves the frame if the opcode carried out last has reached its end. An argument, or what its length counts, may begin
 * right behind a frame; it is a fault if a frame ends inside one, for then CPythons read different values.
 */
export function leaveFrame(s: State): number {
  const end = s.currentFrameEnd;
  const position = s.p + s.shift;
  if (end === 0 || position < end) return 0;
  s.currentFrameEnd = 0;
  if (position === end) return 0;
  const argument = s.opcodeOffset + 1;
  return argument >= end || argument + lengthBytes(s.opcode) === end ? 0 : FRAME_STRADDLE;
}

/** Whether an argument that is cut, or is asked of the host, goes over the end of the frame. */
export function isArgumentStraddling(s: State, fault: number): boolean {
  const end = s.currentFrameEnd;
  if (s.opcodeOffset + 1 >= end || s.opcodeOffset + 1 + lengthBytes(s.opcode) === end) return false;
  // What ends behind the input ends behind the frame as well.
  if (fault === TRUNCATED || (fault === CUT && s.final)) return true;
  // So it may be with a length that is over a limit: the frame comes first, whether the end of the input is known or not.
  if (fault === LIMIT_STRING || fault === LIMIT_INT_BYTES) return s.p + s.shift + s.actual > end;
  return fault === REQUEST && lengthBytes(s.opcode) !== 0 && s.argumentOffset + s.argumentLength > end;
}

/** Whether the line that the host has read went over the end of a frame. Of two lines the second may begin behind it. */
export function isLineStraddling(s: State, position: number): boolean {
  const end = s.currentFrameEnd;
  if (end === 0 || position <= end || s.opcode === 0x63 || s.opcode === 0x69) return false;
  return s.argumentOffset < end;
}
