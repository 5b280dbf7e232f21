/** A Huffman code of deflate: short codes by one look into a table, long ones, which are seldom, bit by bit. */

const MAX_CODE_BITS = 15;
/** Codes of up to so many bits are looked up. */
const LOOK_BITS = 10;
/** In place of an entry of the table where there is no such code: a symbol that nobody has, after all bits of a code. */
const NO_CODE = 16 * 0xfff + MAX_CODE_BITS;
export const LOOK_MASK = (1 << LOOK_BITS) - 1;

export class DeflateCodes {
  /** By the next LOOK_BITS bits: 16 times the symbol, and the bits of its code; 0 where that is longer, or there is none. */
  readonly table = new Uint16Array(1 << LOOK_BITS);
  /** How many symbols have codes of a length. */
  readonly #counts = new Uint16Array(MAX_CODE_BITS + 1);
  /** By code: those of one length behind those that are shorter. */
  readonly #symbols = new Uint16Array(320);

  /**
   * @param lengths bits of each symbol's code, 0 for none
   * @returns false where there are no such codes, or where some are free: but one symbol alone, and none, may be so
   */
  set(lengths: Uint8Array): boolean {
    const counts = this.#counts.fill(0);
    for (const bits of lengths) counts[bits]!++;
    const used = lengths.length - counts[0]!;
    counts[0] = 0;
    let free = 1;
    for (let bits = 1; bits <= MAX_CODE_BITS; bits++) {
      free = 2 * free - counts[bits]!;
      if (free < 0) return false;
    }
    if (free > 0 && used !== counts[1]) return false;
    this.table.fill(0);
    let code = 0;
    let placed = 0;
    for (let bits = 1; bits <= MAX_CODE_BITS && placed < used; bits++, code <<= 1) {
      if (counts[bits] === 0) continue;
      for (let symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] !== bits) continue;
        this.#symbols[placed++] = symbol;
        if (bits <= LOOK_BITS) this.#place(code, bits, symbol);
        code++;
      }
    }
    return true;
  }

  /** As the table has it, by the next 15 bits; NO_CODE where no code begins so. */
  long(ahead: number): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let bits = 1; bits <= MAX_CODE_BITS; bits++) {
      code = (code << 1) | ((ahead >>> (bits - 1)) & 1);
      first <<= 1;
      const count = this.#counts[bits]!;
      if (code - first < count) return 16 * this.#symbols[index + code - first]! + bits;
      index += count;
      first += count;
    }
    return NO_CODE;
  }

  /** Codes come with their first bit lowest, so all entries that end on the code turned round are its. */
  #place(code: number, bits: number, symbol: number): void {
    let turned = 0;
    for (let i = 0; i < bits; i++) turned |= ((code >>> i) & 1) << (bits - 1 - i);
    for (let at = turned; at <= LOOK_MASK; at += 1 << bits) this.table[at] = 16 * symbol + bits;
  }
}
