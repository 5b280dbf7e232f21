/** The bytes of one pickle from a reader of any kind, and no more: another pickle may follow. */
import { OPCODES, type Argument } from '../spec/opcodes.ts';
import type { IReader } from './reader.ts';

const STOP = 0x2e;
const NEWLINE = 0x0a;

/** Bytes of arguments, by their names: fixed ones; those of a length before the bytes, and how many lines. */
const FIXED: Partial<Record<Argument, number>> = { uint1: 1, uint2: 2, int4: 4, uint4: 4, uint8: 8, float8: 8 };
const LINES: Partial<Record<Argument, number>> = {
  floatnl: 1,
  decimalnl_short: 1,
  decimalnl_long: 1,
  stringnl: 1,
  stringnl_noescape: 1,
  stringnl_noescape_pair: 2,
  unicodestringnl: 1,
};

/** Bytes as they come, in an array that grows with them. */
class Gathered {
  #bytes = new Uint8Array(256);
  #length = 0;

  add(bytes: ArrayLike<number>): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = needed;
  }

  all(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}

/**
 * Reads up to the STOP, or up to what is no opcode, or to the end: decoding tells what is wrong then.
 * @throws what the reader throws
 */
export function readPickle(reader: IReader): Uint8Array {
  const argumentOf = new Map(OPCODES.map(({ code, argument }) => [code, argument]));
  const gathered = new Gathered();
  while (reader.hasNext()) {
    const opcode = reader.byte();
    gathered.add([opcode]);
    const argument = argumentOf.get(opcode);
    if (opcode === STOP || argument === undefined) break;
    if (argument !== null && !readArgument(reader, argument, gathered)) break;
  }
  return gathered.all();
}

/** False where its length is none. */
function readArgument(reader: IReader, argument: Argument, gathered: Gathered): boolean {
  const fixed = FIXED[argument];
  if (fixed !== undefined) {
    gathered.add(asUnsigned(reader.bytes(fixed)));
    return true;
  }
  const lines = LINES[argument];
  if (lines !== undefined) {
    for (let i = 0; i < lines; i++) readLine(reader, gathered);
    return true;
  }
  const width = Number(argument.at(-1));
  const prefix = asUnsigned(reader.bytes(width));
  gathered.add(prefix);
  let length = 0;
  for (let i = width - 1; i >= 0; i--) length = length * 256 + prefix[i]!;
  // Of signed ones: a negative length is for the machine to refuse.
  if (argument === 'long4' && length > 0x7fffffff) return false;
  gathered.add(asUnsigned(reader.bytes(length)));
  return true;
}

function readLine(reader: IReader, gathered: Gathered): void {
  for (;;) {
    const byte = reader.byte();
    gathered.add([byte]);
    if (byte === NEWLINE) return;
  }
}

function asUnsigned(bytes: Uint8Array | Int8Array | Uint8ClampedArray): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
