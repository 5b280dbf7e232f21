/** A Huffman code of bz2: short codes by one look into a table, long ones, which are seldom, length by length. */

export const MAX_CODE_BITS = 20;
/** Codes of up to so many bits are looked up. */
export const LOOK_BITS = 10;

export class Bz2Codes {
  /** By the next LOOK_BITS bits: 32 times the symbol, and the bits of its code; 0 where that is longer, or there is none. */
  readonly table = new Uint16Array(1 << LOOK_BITS);
  /** Per length: the highest code of it, left-aligned to 20 bits, or -1. */
  readonly #limits = new Int32Array(MAX_CODE_BITS + 1).fill(-1);
  /** Per length: what to add to a code to get its place in `#symbols`. */
  readonly #bases = new Int32Array(MAX_CODE_BITS + 1);
  readonly #symbols: Uint16Array;

  private constructor(symbolCount: number) {
    this.#symbols = new Uint16Array(symbolCount);
  }

  /** @param lengths bits of each symbol's code. Null where so many codes do not exist */
  static of(lengths: Uint8Array): Bz2Codes | null {
    const codes = new Bz2Codes(lengths.length);
    const { table } = codes;
    let code = 0;
    let placed = 0;
    for (let bits = 1; bits <= MAX_CODE_BITS; bits++, code <<= 1) {
      codes.#bases[bits] = placed - code;
      for (let symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] !== bits) continue;
        codes.#symbols[placed++] = symbol;
        const spare = LOOK_BITS - bits;
        if (spare >= 0) table.fill(32 * symbol + bits, code << spare, (code + 1) << spare);
        code++;
      }
      if (code > 1 << bits) return null;
      codes.#limits[bits] = (code << (MAX_CODE_BITS - bits)) - 1;
    }
    return codes;
  }

  /** As the table has it, by the next 20 bits; 0 where no code begins so. */
  long(ahead: number): number {
    const limits = this.#limits;
    let bits = LOOK_BITS + 1;
    while (bits <= MAX_CODE_BITS && ahead > limits[bits]!) bits++;
    if (bits > MAX_CODE_BITS) return 0;
    return 32 * this.#symbols[(ahead >>> (MAX_CODE_BITS - bits)) + this.#bases[bits]!]! + bits;
  }
}
