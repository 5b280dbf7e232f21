/** The compressed blocks of a zstd frame (RFC 8878). Tables and offsets go on from block to block. */
import type { History } from './history.ts';
import { BackwardBits } from './zstd-bits.ts';
import * as tables from './zstd-tables.ts';
import type { Fse, Huffman } from './zstd-tables.ts';

export const MAX_BLOCK_BYTES = 2 ** 17;

/** By kind of code: literal lengths, offsets, match lengths. */
const MAX_ACCURACY = [9, 8, 9];
const MAX_SYMBOL = [35, 31, 52];
const DEFAULTS = [tables.DEFAULT_LITERALS, tables.DEFAULT_OFFSETS, tables.DEFAULT_MATCHES];

export class ZstdBlocks {
  readonly #history: History;
  #huffman: Huffman | null = null;
  readonly #tables: (Fse | null)[] = [null, null, null];
  #offsets: [number, number, number] = [1, 4, 8];
  readonly #literals: Uint8Array;

  /** @param literals room for those of one block, MAX_BLOCK_BYTES */
  constructor(history: History, literals: Uint8Array) {
    this.#history = history;
    this.#literals = literals;
  }

  /** Puts out what a block becomes. False where it is damaged. */
  decode(bytes: Uint8Array): boolean {
    const literals = this.#readLiterals(bytes);
    return literals !== null && this.#sequences(bytes, literals.pos, literals.count);
  }

  /** Where the literals end, and how many they are; they are in `#literals` then. */
  #readLiterals(bytes: Uint8Array): { pos: number; count: number } | null {
    const first = bytes[0] ?? 0;
    const kind = first & 3;
    const format = (first >> 2) & 3;
    const headBytes = kind < 2 ? [1, 2, 1, 3][format]! : [3, 3, 4, 5][format]!;
    if (headBytes > bytes.length) return null;
    let head = 0;
    for (let i = headBytes - 1; i >= 0; i--) head = head * 256 + bytes[i]!;
    if (kind < 2) {
      const count = head >>> (headBytes === 1 ? 3 : 4);
      const used = kind === 0 ? count : 1;
      if (count > MAX_BLOCK_BYTES || used > bytes.length - headBytes) return null;
      if (kind === 0) this.#literals.set(bytes.subarray(headBytes, headBytes + count));
      else this.#literals.fill(bytes[headBytes]!, 0, count);
      return { pos: headBytes + used, count };
    }
    const width = [10, 10, 14, 18][format]!;
    const count = Math.floor(head / 16) % 2 ** width;
    const packed = Math.floor(head / 2 ** (4 + width));
    if (count > MAX_BLOCK_BYTES || packed > bytes.length - headBytes) return null;
    const end = headBytes + packed;
    let pos = headBytes;
    if (kind === 2) {
      const found = readHuffman(bytes.subarray(0, end), pos);
      if (found === null) return null;
      this.#huffman = found.huffman;
      pos = found.pos;
    }
    const good = this.#huffmanStreams(bytes.subarray(pos, end), format === 0 ? 1 : 4, count);
    return good ? { pos: end, count } : null;
  }

  #huffmanStreams(bytes: Uint8Array, streams: number, count: number): boolean {
    if (this.#huffman === null) return false;
    if (streams === 1) return this.#huffmanStream(bytes, 0, count);
    if (bytes.length < 6) return false;
    const each = (count + 3) >> 2;
    if (3 * each > count) return false;
    let pos = 6;
    for (let i = 0; i < 4; i++) {
      const end = i === 3 ? bytes.length : pos + (bytes[2 * i]! | (bytes[2 * i + 1]! << 8));
      if (end > bytes.length) return false;
      const to = i === 3 ? count : (i + 1) * each;
      if (!this.#huffmanStream(bytes.subarray(pos, end), i * each, to)) return false;
      pos = end;
    }
    return true;
  }

  #huffmanStream(bytes: Uint8Array, from: number, to: number): boolean {
    const { maxBits, symbols, bits } = this.#huffman!;
    const literals = this.#literals;
    const input = new BackwardBits(bytes);
    for (let i = from; i < to; i++) {
      const code = input.peek(maxBits);
      literals[i] = symbols[code]!;
      input.left -= bits[code]!;
    }
    return input.left === 0;
  }

  #sequences(bytes: Uint8Array, start: number, literalCount: number): boolean {
    let pos = start;
    if (pos >= bytes.length) return false;
    let count = bytes[pos++]!;
    if (count >= 128) {
      const more = count === 255 ? 2 : 1;
      if (more > bytes.length - pos) return false;
      count = more === 1 ? ((count - 128) << 8) + bytes[pos]! : (bytes[pos]! | (bytes[pos + 1]! << 8)) + 0x7f00;
      pos += more;
    }
    const history = this.#history;
    const literals = this.#literals;
    if (count === 0) {
      history.append(literals.subarray(0, literalCount));
      return pos === bytes.length;
    }
    if (pos >= bytes.length) return false;
    const modes = bytes[pos++]!;
    if ((modes & 3) !== 0) return false;
    for (let kind = 0; kind < 3; kind++) {
      const next = this.#readTable(kind, (modes >> (6 - 2 * kind)) & 3, bytes, pos);
      if (next < 0) return false;
      pos = next;
    }
    const [lengths, offsets, matches] = this.#tables as [Fse, Fse, Fse];
    const input = new BackwardBits(bytes.subarray(pos));
    let lengthState = input.read(lengths.accuracy);
    let offsetState = input.read(offsets.accuracy);
    let matchState = input.read(matches.accuracy);
    let used = 0;
    let room = MAX_BLOCK_BYTES;
    for (let i = 0; i < count; i++) {
      const offsetBits = offsets.symbols[offsetState]!;
      // At most 31 bits, in two parts.
      const high = offsetBits > 16 ? input.read(offsetBits - 16) : 0;
      const low = input.read(Math.min(offsetBits, 16));
      const offsetCode = 2 ** offsetBits + high * 2 ** 16 + low;
      const matchCode = matches.symbols[matchState]!;
      const match = tables.MATCH_BASES[matchCode]! + input.read(tables.MATCH_BITS[matchCode]!);
      const lengthCode = lengths.symbols[lengthState]!;
      const length = tables.LITERAL_BASES[lengthCode]! + input.read(tables.LITERAL_BITS[lengthCode]!);
      if (length > literalCount - used || length + match > room || input.left < 0) return false;
      history.append(literals.subarray(used, used + length));
      used += length;
      const offset = this.#offset(offsetCode, length);
      if (offset === 0 || history.copy(offset - 1, match) === 0) return false;
      room -= length + match;
      if (i === count - 1) break;
      lengthState = lengths.bases[lengthState]! + input.read(lengths.bits[lengthState]!);
      matchState = matches.bases[matchState]! + input.read(matches.bits[matchState]!);
      offsetState = offsets.bases[offsetState]! + input.read(offsets.bits[offsetState]!);
    }
    if (input.left !== 0 || literalCount - used > room) return false;
    history.append(literals.subarray(used, literalCount));
    return true;
  }

  /** Offsets 1 to 3 stand for the last ones. */
  #offset(code: number, literalLength: number): number {
    const [first, second, third] = this.#offsets;
    const which = code > 3 ? 4 : code - 1 + (literalLength === 0 ? 1 : 0);
    if (which === 0) return first;
    const offset = code > 3 ? code - 3 : which === 1 ? second : which === 2 ? third : first - 1;
    this.#offsets = which === 1 ? [offset, first, third] : [offset, first, second];
    return offset;
  }

  /** Sets up the table of a kind: where its description ends, or -1 where it is damaged. */
  #readTable(kind: number, mode: number, bytes: Uint8Array, pos: number): number {
    if (mode === 0) this.#tables[kind] = DEFAULTS[kind]!;
    else if (mode === 1) {
      const symbol = bytes[pos++];
      if (symbol === undefined || symbol > MAX_SYMBOL[kind]!) return -1;
      this.#tables[kind] = tables.fseOfOne(symbol);
    } else if (mode === 2) {
      const found = tables.readFse(bytes, pos, MAX_ACCURACY[kind]!, MAX_SYMBOL[kind]!);
      if (found === null) return -1;
      this.#tables[kind] = found.table;
      return found.pos;
    } else if (this.#tables[kind] === null) return -1;
    return pos;
  }
}

function readHuffman(bytes: Uint8Array, start: number): { huffman: Huffman; pos: number } | null {
  const head = bytes[start];
  if (head === undefined) return null;
  let pos = start + 1;
  let weights: number[] | null = [];
  if (head >= 128) {
    const count = head - 127;
    const end = pos + ((count + 1) >> 1);
    if (end > bytes.length) return null;
    for (let i = 0; i < count; i++) weights.push((bytes[pos + (i >> 1)]! >> (i % 2 === 0 ? 4 : 0)) & 15);
    pos = end;
  } else {
    const end = pos + head;
    if (end > bytes.length) return null;
    const found = tables.readFse(bytes.subarray(0, end), pos, 6, 255);
    if (found === null || found.pos > end) return null;
    weights = tables.readWeights(found.table, new BackwardBits(bytes.subarray(found.pos, end)));
    pos = end;
  }
  const huffman = weights === null || weights.some((weight) => weight > 11) ? null : tables.huffmanOf(weights);
  return huffman === null ? null : { huffman, pos };
}
