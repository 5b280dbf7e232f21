/** One block of bz2: Huffman codes, move to front, the transform of Burrows and Wheeler, runs. */
import { Bz2Codes, LOOK_BITS, MAX_CODE_BITS } from './bz2-codes.ts';

/** More bytes than a block can take: 900,001 symbols of 20 bits, and its tables. */
export const MAX_BLOCK_INPUT = 2_400_000;

const GROUP = 50;
const PIECE_BYTES = 2 ** 18;
/** From this place on in the list of bytes, moving by a call is faster than by a loop. */
const FAR_PLACE = 24;

const RUN_B = 1;

/** CRC-32 with the highest bit first. */
const CRC = new Uint32Array(256);

export class Bz2Block {
  /** Bytes that a block has at most. */
  size = 0;
  /** Low 8 bits: the bytes; above them, once sorted: the place of the next. */
  #cells = new Uint32Array(0);
  #count = 0;
  #origin = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #held = 0;
  #heldBits = 0;
  readonly #counts = new Int32Array(257);
  /** Where `next` goes on: the cell, the cells left, how many equal bytes there were, which, and the checksum so far. */
  #cell = 0;
  #left = 0;
  #same = 0;
  #before = -1;
  #crc = -1;

  constructor() {
    if (CRC[1] === 0) {
      for (let i = 0; i < 256; i++) {
        let value = i << 24;
        for (let k = 0; k < 8; k++) value = (value << 1) ^ (value < 0 ? 0x04c11db7 : 0);
        CRC[i] = value;
      }
    }
  }

  /** @param bit how many bits of the first byte are used up */
  start(bytes: Uint8Array, bit: number): void {
    this.#bytes = bytes;
    this.#at = 0;
    this.#held = this.#heldBits = 0;
    if (bit > 0) this.bits(bit);
  }

  /** Bits from the start of the bytes to what comes next. */
  get bitsRead(): number {
    return 8 * this.#at - this.#heldBits;
  }

  /** Whether more was read than there is. */
  get isBeyond(): boolean {
    return this.bitsRead > 8 * this.#bytes.length;
  }

  /** The next bits, at most 20; zeros behind the end. */
  bits(count: number): number {
    while (this.#heldBits < count) {
      this.#held = (this.#held << 8) | (this.#bytes[this.#at++] ?? 0);
      this.#heldBits += 8;
    }
    this.#heldBits -= count;
    return (this.#held >>> this.#heldBits) & ((1 << count) - 1);
  }

  /** Reads a block behind its mark and checksum. False where it is damaged. */
  decode(): boolean {
    // A flag of bzip2 0.9.0 and before: blocks made random.
    if (this.bits(1) === 1) return false;
    this.#origin = this.bits(12) * 4096 + this.bits(12);
    const used: number[] = [];
    const ranges = this.bits(16);
    for (let i = 0; i < 16; i++) {
      if ((ranges & (0x8000 >> i)) === 0) continue;
      const row = this.bits(16);
      for (let k = 0; k < 16; k++) if ((row & (0x8000 >> k)) !== 0) used.push(16 * i + k);
    }
    if (used.length === 0) return false;
    if (this.#cells.length < this.size) this.#cells = new Uint32Array(this.size);
    const tables = this.bits(3);
    const selectorCount = this.bits(15);
    if (tables < 2 || tables > 6 || selectorCount === 0) return false;
    const order = [0, 1, 2, 3, 4, 5];
    const selectors = new Uint8Array(selectorCount);
    for (let i = 0; i < selectorCount; i++) {
      let k = 0;
      while (this.bits(1) === 1) if (++k >= tables) return false;
      const [table] = order.splice(k, 1);
      order.unshift(table!);
      selectors[i] = table!;
    }
    const codes: Bz2Codes[] = [];
    for (let t = 0; t < tables; t++) {
      const lengths = this.#lengths(used.length + 2);
      const one = lengths === null ? null : Bz2Codes.of(lengths);
      if (one === null) return false;
      codes.push(one);
    }
    return this.#symbols(used, selectors, codes) && this.#sort();
  }

  /** How long each symbol's code is; null where a length is none that there is. */
  #lengths(symbolCount: number): Uint8Array | null {
    const lengths = new Uint8Array(symbolCount);
    let length = this.bits(5);
    for (let i = 0; i < symbolCount; i++) {
      for (;;) {
        if (length < 1 || length > MAX_CODE_BITS) return null;
        if (this.bits(1) === 0) break;
        length += this.bits(1) === 0 ? 1 : -1;
      }
      lengths[i] = length;
    }
    return lengths;
  }

  /** Reads the symbols: runs of zeros and moves to front. */
  #symbols(used: readonly number[], selectors: Uint8Array, codes: readonly Bz2Codes[]): boolean {
    const front = Uint8Array.from(used);
    const cells = this.#cells;
    const counts = this.#counts.fill(0);
    const end = used.length + 1;
    const bytes = this.#bytes;
    const inputBytes = bytes.length;
    const { size } = this;
    let count = 0;
    let run = 0;
    let runBit = 1;
    // As in `bits`, in locals.
    let at = this.#at;
    let held = this.#held;
    let heldBits = this.#heldBits;
    const stop = (good: boolean): boolean => {
      this.#at = at;
      this.#held = held;
      this.#heldBits = heldBits;
      this.#count = count;
      return good;
    };
    for (let group = 0; group < selectors.length; group++) {
      const code = codes[selectors[group]!]!;
      const { table } = code;
      if (at > inputBytes + 4) break;
      for (let k = 0; k < GROUP; k++) {
        if (heldBits < 16) {
          if (inputBytes - at >= 2) held = (held << 16) | (bytes[at]! << 8) | bytes[at + 1]!;
          else held = (held << 16) | (at < inputBytes ? bytes[at]! << 8 : 0);
          at += 2;
          heldBits += 16;
        }
        let found = table[(held >>> (heldBits - LOOK_BITS)) & ((1 << LOOK_BITS) - 1)]!;
        if (found === 0) {
          if (heldBits < MAX_CODE_BITS) {
            held = (held << 8) | (at < inputBytes ? bytes[at]! : 0);
            at++;
            heldBits += 8;
          }
          found = code.long((held >>> (heldBits - MAX_CODE_BITS)) & 0xfffff);
          if (found === 0) return stop(false);
        }
        heldBits -= found & 31;
        const symbol = found >>> 5;
        if (symbol <= RUN_B) {
          run += runBit << symbol;
          runBit <<= 1;
          if (run > size) return stop(false);
          continue;
        }
        if (run > 0) {
          const byte = front[0]!;
          if (run > size - count) return stop(false);
          cells.fill(byte, count, count + run);
          counts[byte + 1]! += run;
          count += run;
          run = 0;
          runBit = 1;
        }
        if (symbol === end) return stop(count > 0 && this.#origin < count);
        if (count >= size) return stop(false);
        const place = symbol - 1;
        const byte = front[place]!;
        if (place < FAR_PLACE) for (let i = place; i > 0; i--) front[i] = front[i - 1]!;
        else front.copyWithin(1, 0, place);
        front[0] = byte;
        counts[byte + 1]!++;
        cells[count++] = byte;
      }
    }
    return stop(false);
  }

  /** Puts into each cell the place of the one that follows it. */
  #sort(): boolean {
    const cells = this.#cells;
    const starts = this.#counts;
    const count = this.#count;
    for (let i = 1; i <= 256; i++) starts[i]! += starts[i - 1]!;
    for (let i = 0; i < count; i++) {
      const place = starts[cells[i]! & 0xff]!++;
      cells[place]! |= i << 8;
    }
    this.#cell = cells[this.#origin]! >>> 8;
    this.#left = count;
    this.#same = 0;
    this.#before = -1;
    this.#crc = -1;
    return true;
  }

  /** CRC-32 of the bytes that have been taken. */
  get crc(): number {
    return ~this.#crc >>> 0;
  }

  /** The block's next bytes, or null behind the last. Four equal bytes have a count of more behind them. */
  next(): Uint8Array | null {
    if (this.#left === 0) return null;
    const cells = this.#cells;
    const piece = new Uint8Array(Math.min(PIECE_BYTES, 52 * this.#left + 256));
    const full = piece.length - 256;
    let filled = 0;
    let cell = this.#cell;
    let left = this.#left;
    let same = this.#same;
    let before = this.#before;
    let crc = this.#crc;
    for (; left > 0 && filled <= full; left--) {
      const entry = cells[cell]!;
      const byte = entry & 0xff;
      cell = entry >>> 8;
      if (same === 4) {
        for (const end = filled + byte; filled < end; filled++) {
          piece[filled] = before;
          crc = (crc << 8) ^ CRC[(crc >>> 24) ^ before]!;
        }
        same = 0;
        before = -1;
        continue;
      }
      same = byte === before ? same + 1 : 1;
      before = byte;
      piece[filled++] = byte;
      crc = (crc << 8) ^ CRC[(crc >>> 24) ^ byte]!;
    }
    this.#cell = cell;
    this.#left = left;
    this.#same = same;
    this.#before = before;
    this.#crc = crc;
    return piece.subarray(0, filled);
  }
}
