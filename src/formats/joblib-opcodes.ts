/** How long opcodes are, and what simple ones push, without a machine: for streams that are no pickle as a whole. */
import { OPCODES } from '../spec/opcodes.ts';
import { pickleError } from '../spec/pickle-error.ts';

/** Bytes of an argument of a fixed size, or of the length before one that follows; lines have none. */
const FIXED: Readonly<Record<string, number>> = { uint1: 1, uint2: 2, int4: 4, uint4: 4, uint8: 8, float8: 8 };
const LENGTHS: Readonly<Record<string, number>> = {
  bytes1: 1,
  string1: 1,
  unicodestring1: 1,
  long1: 1,
  bytes4: 4,
  string4: 4,
  unicodestring4: 4,
  long4: 4,
  bytes8: 8,
  bytearray8: 8,
  unicodestring8: 8,
};

/** By the opcode's byte: bytes of a fixed argument; -n: a length of n bytes; 100 and more: lines; 255: no opcode. */
const FORMS = new Int16Array(256).fill(255);
for (const { code, argument } of OPCODES) {
  if (argument === null) FORMS[code] = 0;
  else if (argument in FIXED) FORMS[code] = FIXED[argument]!;
  else if (argument in LENGTHS) FORMS[code] = -LENGTHS[argument]!;
  else FORMS[code] = argument === 'stringnl_noescape_pair' ? 102 : 101;
}

export type Scalar = string | number | boolean | null | Uint8Array | undefined;

/** Reads the arguments of opcodes in some bytes. */
export class OpcodeReader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /**
   * The offset behind the opcode at an offset, and its argument.
   * @throws PickleError UNKNOWN_OPCODE, TRUNCATED, MISSING_STOP, NEGATIVE_LENGTH
   */
  endOf(offset: number): number {
    const { bytes } = this;
    if (offset >= bytes.length) throw pickleError('MISSING_STOP', { offset: bytes.length });
    const opcode = bytes[offset]!;
    const form = FORMS[opcode]!;
    const from = offset + 1;
    if (form >= 100) {
      if (form === 255) throw pickleError('UNKNOWN_OPCODE', { offset });
      let end = from;
      for (let lines = form - 100; lines > 0; lines--) {
        const newline = bytes.indexOf(0x0a, end);
        if (newline < 0) throw pickleError('TRUNCATED', { offset, opcode });
        end = newline + 1;
      }
      return end;
    }
    const head = form < 0 ? -form : form;
    if (head > bytes.length - from) throw pickleError('TRUNCATED', { offset, opcode });
    const length = form < 0 ? this.#lengthAt(from, head) : 0;
    if (length < 0) throw pickleError('NEGATIVE_LENGTH', { offset, opcode });
    const behind = from + head;
    if (length > bytes.length - behind) throw pickleError('TRUNCATED', { offset, opcode });
    return behind + length;
  }

  /** An unsigned int of 1, 2 or 4 bytes. */
  uintAt(offset: number, width: number): number {
    const view = this.#view;
    if (width === 1) return view.getUint8(offset);
    return width === 2 ? view.getUint16(offset, true) : view.getUint32(offset, true);
  }

  /** The lines of an opcode's argument, as Latin-1. */
  lines(offset: number): string[] {
    return this.#latin1(offset + 1, this.endOf(offset) - 1).split('\n');
  }

  /** What an opcode pushes, where that is None, a bool, an int that a number holds, a str or short bytes; else undefined. */
  scalarAt(offset: number): Scalar {
    const view = this.#view;
    const from = offset + 1;
    switch (view.getUint8(offset)) {
      case 0x4e: // NONE
        return null;
      case 0x88: // NEWTRUE
        return true;
      case 0x89: // NEWFALSE
        return false;
      case 0x4b: // BININT1
        return view.getUint8(from);
      case 0x4d: // BININT2
        return view.getUint16(from, true);
      case 0x4a: // BININT
        return view.getInt32(from, true);
      case 0x8a: // LONG1
        return this.#long(from + 1, view.getUint8(from));
      case 0x49: // INT
      case 0x4c: // LONG
        return intOfLine(this.lines(offset)[0]!);
      case 0x55: // SHORT_BINSTRING
        return this.#latin1(from + 1, this.endOf(offset));
      case 0x54: // BINSTRING
        return this.#latin1(from + 4, this.endOf(offset));
      case 0x53: // STRING
        return this.lines(offset)[0]!.slice(1, -1);
      case 0x43: // SHORT_BINBYTES
        return this.bytes.subarray(from + 1, this.endOf(offset));
      case 0x8c: // SHORT_BINUNICODE
        return this.#utf8(from + 1, this.endOf(offset));
      case 0x58: // BINUNICODE
        return this.#utf8(from + 4, this.endOf(offset));
      case 0x56: // UNICODE
        return this.lines(offset)[0]!;
      default:
        return undefined;
    }
  }

  #long(from: number, length: number): number | undefined {
    if (length > 8) return undefined;
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.bytes[from + i]!);
    const number = Number(BigInt.asIntN(8 * Math.max(1, length), value));
    return Number.isSafeInteger(number) ? number : undefined;
  }

  #lengthAt(offset: number, width: number): number {
    const view = this.#view;
    if (width < 4) return this.uintAt(offset, width);
    if (width === 8) return Number(view.getBigUint64(offset, true));
    const opcode = view.getUint8(offset - 1);
    // BINSTRING's and LONG4's are signed.
    return opcode === 0x54 || opcode === 0x8b ? view.getInt32(offset, true) : view.getUint32(offset, true);
  }

  #latin1(from: number, end: number): string {
    return new TextDecoder('latin1').decode(this.bytes.subarray(from, end));
  }

  #utf8(from: number, end: number): string {
    return new TextDecoder().decode(this.bytes.subarray(from, end));
  }
}

function intOfLine(line: string): number | boolean | undefined {
  if (line === '00' || line === '01') return line === '01';
  const number = /^[+-]?\d{1,16}L?$/.test(line.trim()) ? Number(line.trim().replace('L', '')) : NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}
