/** One block of bz2: Huffman codes, move to front, the transform of Burrows and Wheeler, runs. */

/** More bytes than a block can take: 900,001 symbols of 20 bits, and its tables. */
export const MAX_BLOCK_INPUT = 2_400_000;

const GROUP = 50;
const MAX_BITS = 20;
const PIECE_BYTES = 2 ** 18;

const RUN_A = 0;
const RUN_B = 1;

/** CRC-32 with the highest bit first. */
const CRC = new Uint32Array(256);

interface Codes {
  /** Per length: the highest code of it, left-aligned to 20 bits, or -1. */
  readonly limits: Int32Array;
  /** Per length: what to add to a code to get its place in `symbols`. */
  readonly bases: Int32Array;
  readonly symbols: Uint16Array;
  readonly shortest: number;
}

export class Bz2Block {
  crc = 0;
  readonly #size: number;
  /** Low 8 bits: the bytes; above them, once sorted: the place of the next. */
  readonly #cells: Uint32Array;
  #count = 0;
  #origin = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #held = 0;
  #heldBits = 0;
  readonly #counts = new Int32Array(257);

  constructor(size: number) {
    this.#size = size;
    this.#cells = new Uint32Array(size);
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
    const codes: Codes[] = [];
    for (let t = 0; t < tables; t++) {
      const one = this.#codes(used.length + 2);
      if (one === null) return false;
      codes.push(one);
    }
    return this.#symbols(used, selectors, codes) && this.#sort();
  }

  #codes(symbolCount: number): Codes | null {
    const lengths = new Uint8Array(symbolCount);
    let length = this.bits(5);
    for (let i = 0; i < symbolCount; i++) {
      for (;;) {
        if (length < 1 || length > MAX_BITS) return null;
        if (this.bits(1) === 0) break;
        length += this.bits(1) === 0 ? 1 : -1;
      }
      lengths[i] = length;
    }
    const limits = new Int32Array(MAX_BITS + 1).fill(-1);
    const bases = new Int32Array(MAX_BITS + 1);
    const symbols = new Uint16Array(symbolCount);
    let code = 0;
    let placed = 0;
    for (let bits = 1; bits <= MAX_BITS; bits++, code <<= 1) {
      bases[bits] = placed - code;
      for (let i = 0; i < symbolCount; i++) {
        if (lengths[i] !== bits) continue;
        symbols[placed++] = i;
        code++;
      }
      if (code > 1 << bits) return null;
      limits[bits] = (code << (MAX_BITS - bits)) - 1;
    }
    return { limits, bases, symbols, shortest: Math.min(...lengths) };
  }

  /** Reads the symbols: runs of zeros and moves to front. */
  #symbols(used: readonly number[], selectors: Uint8Array, codes: readonly Codes[]): boolean {
    const front = Uint8Array.from(used);
    const cells = this.#cells;
    const counts = this.#counts.fill(0);
    const end = used.length + 1;
    const bytes = this.#bytes;
    const size = this.#size;
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
      const { limits, bases, symbols, shortest } = codes[selectors[group]!]!;
      if (at > bytes.length + 4) break;
      for (let k = 0; k < GROUP; k++) {
        while (heldBits < MAX_BITS) {
          held = (held << 8) | (at < bytes.length ? bytes[at]! : 0);
          at++;
          heldBits += 8;
        }
        const ahead = (held >>> (heldBits - MAX_BITS)) & 0xfffff;
        let length = shortest;
        while (length <= MAX_BITS && ahead > limits[length]!) length++;
        if (length > MAX_BITS) return stop(false);
        heldBits -= length;
        const symbol = symbols[(ahead >>> (MAX_BITS - length)) + bases[length]!]!;
        if (symbol <= RUN_B) {
          run += runBit << (symbol === RUN_A ? 0 : 1);
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
        front.copyWithin(1, 0, place);
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
    for (let i = 1; i <= 256; i++) starts[i]! += starts[i - 1]!;
    for (let i = 0; i < this.#count; i++) {
      const place = starts[cells[i]! & 0xff]!++;
      cells[place]! |= i << 8;
    }
    return true;
  }

  /** The block's bytes; `crc` is theirs once all have been taken. Four equal bytes have a count of more behind them. */
  *output(): Generator<Uint8Array, void, undefined> {
    const cells = this.#cells;
    let cell = cells[this.#origin]! >>> 8;
    let piece = new Uint8Array(PIECE_BYTES);
    let filled = 0;
    let crc = -1;
    let same = 0;
    let before = -1;
    for (let left = this.#count; left > 0; left--) {
      const entry = cells[cell]!;
      const byte = entry & 0xff;
      cell = entry >>> 8;
      if (PIECE_BYTES - filled < 256) {
        yield piece.subarray(0, filled);
        piece = new Uint8Array(PIECE_BYTES);
        filled = 0;
      }
      if (same === 4) {
        for (let i = 0; i < byte; i++) {
          piece[filled++] = before;
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
    this.crc = ~crc >>> 0;
    yield piece.subarray(0, filled);
  }
}
