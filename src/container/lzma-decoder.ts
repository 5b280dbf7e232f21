/**
 * The LZMA decoder, for `.lzma` and for the chunks of xz. It stops wherever its input or the room for output ends, and goes
 * on there.
 */
import { History } from './history.ts';

/** No symbol takes more bytes. */
export const MAX_SYMBOL_BYTES = 21;

const INITIAL = 1024;
const TOP = 2 ** 24;

/** Where in `#probs` each table begins. */
const IS_MATCH = 0;
const IS_REP = 192;
const IS_REP_G0 = 204;
const IS_REP_G1 = 216;
const IS_REP_G2 = 228;
const IS_REP0_LONG = 240;
const SLOT = 432;
const SPECIAL = 688;
const ALIGN = 803;
const MATCH_LENGTH = 819;
const REP_LENGTH = 1333;
const LITERAL = 1847;

/** In a table of lengths. */
const LOW = 2;
const MID = 130;
const HIGH = 258;

export type LzmaStop = 'full' | 'starved' | 'end' | 'corrupt';

export class LzmaDecoder {
  readonly window: History;
  #probs = new Uint16Array(LITERAL);
  #lc = 0;
  #lpMask = 0;
  #pbMask = 0;
  #state = 0;
  readonly #reps = new Uint32Array(4);
  /** Bytes of the last match that had no room. */
  #pending = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #pos = 0;
  #range = 0;
  #code = 0;

  constructor(dictionaryBytes: number) {
    this.window = new History(dictionaryBytes);
  }

  /** Whether a match goes on behind the room that there was. */
  get isPending(): boolean {
    return this.#pending > 0;
  }

  /** Whether the range coder is where an honest encoder ends. */
  get isFinished(): boolean {
    return this.#code === 0;
  }

  /** @param lc,lp,pb from one byte: false where it is none that there is */
  setProperties(byte: number): boolean {
    if (byte >= 225) return false;
    const lc = byte % 9;
    const lp = Math.floor(byte / 9) % 5;
    this.#lc = lc;
    this.#lpMask = (1 << lp) - 1;
    this.#pbMask = (1 << Math.floor(byte / 45)) - 1;
    this.#probs = new Uint16Array(LITERAL + (0x300 << (lc + lp)));
    this.reset();
    return true;
  }

  reset(): void {
    this.#probs.fill(INITIAL);
    this.#reps.fill(0);
    this.#state = 0;
    this.#pending = 0;
  }

  /** Begins a run of the range coder with its first five bytes. False where they are not such. */
  begin(bytes: Uint8Array): boolean {
    this.#range = 0xffffffff;
    this.#code = ((bytes[1]! << 24) | (bytes[2]! << 16) | (bytes[3]! << 8) | bytes[4]!) >>> 0;
    return bytes[0] === 0;
  }

  /**
   * Decodes till the window has `room` bytes more.
   * @param end how far symbols may begin; one may end up to MAX_SYMBOL_BYTES behind it, where `bytes` ends reads are zeros
   * @returns why it has stopped, and `pos`: where the next symbol begins
   */
  decode(bytes: Uint8Array, pos: number, end: number, room: number): { stop: LzmaStop; pos: number } {
    this.#bytes = bytes;
    this.#pos = pos;
    const stop = this.#run(end, room);
    this.#bytes = new Uint8Array(0);
    return { stop, pos: this.#pos };
  }

  #run(end: number, room: number): LzmaStop {
    const { window } = this;
    const reps = this.#reps;
    const limit = window.total + room;
    if (this.#pending > 0) this.#pending -= window.copy(reps[0]!, Math.min(this.#pending, room));
    while (window.total < limit) {
      if (this.#pos > end) return 'starved';
      const state = this.#state;
      const posState = window.total & this.#pbMask;
      if (this.#bit(IS_MATCH + (state << 4) + posState) === 0) {
        this.#literal(state);
        continue;
      }
      let length: number;
      if (this.#bit(IS_REP + state) === 0) {
        length = this.#length(MATCH_LENGTH, posState);
        this.#state = state < 7 ? 7 : 10;
        const distance = this.#distance(length);
        reps[3] = reps[2]!;
        reps[2] = reps[1]!;
        reps[1] = reps[0]!;
        reps[0] = distance;
        if (distance === 0xffffffff) {
          this.#normalize();
          return 'end';
        }
      } else {
        if (this.#bit(IS_REP_G0 + state) === 0) {
          if (this.#bit(IS_REP0_LONG + (state << 4) + posState) === 0) {
            this.#state = state < 7 ? 9 : 11;
            if (window.copy(reps[0]!, 1) === 0) return 'corrupt';
            continue;
          }
        } else {
          let distance: number;
          if (this.#bit(IS_REP_G1 + state) === 0) distance = reps[1]!;
          else {
            if (this.#bit(IS_REP_G2 + state) === 0) distance = reps[2]!;
            else {
              distance = reps[3]!;
              reps[3] = reps[2]!;
            }
            reps[2] = reps[1]!;
          }
          reps[1] = reps[0]!;
          reps[0] = distance;
        }
        length = this.#length(REP_LENGTH, posState);
        this.#state = state < 7 ? 8 : 11;
      }
      const copied = window.copy(reps[0]!, Math.min(length, limit - window.total));
      if (copied === 0) return 'corrupt';
      this.#pending = length - copied;
    }
    // So that the end of a run can be told from its code, which an encoder leaves at zero.
    this.#normalize();
    return 'full';
  }

  #literal(state: number): void {
    const { window } = this;
    const context = ((window.total & this.#lpMask) << this.#lc) + (window.last >> (8 - this.#lc));
    const base = LITERAL + 0x300 * context;
    let symbol = 1;
    if (state >= 7) {
      let match = window.back(this.#reps[0]!);
      do {
        const matchBit = (match >> 7) & 1;
        match <<= 1;
        const bit = this.#bit(base + ((1 + matchBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (matchBit !== bit) break;
      } while (symbol < 0x100);
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(base + symbol);
    window.put(symbol & 0xff);
    this.#state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  }

  #length(table: number, posState: number): number {
    if (this.#bit(table) === 0) return 2 + this.#tree(table + LOW + (posState << 3), 3);
    if (this.#bit(table + 1) === 0) return 10 + this.#tree(table + MID + (posState << 3), 3);
    return 18 + this.#tree(table + HIGH, 8);
  }

  #distance(length: number): number {
    const slot = this.#tree(SLOT + (Math.min(length - 2, 3) << 6), 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** bits;
    if (slot < 14) return base + this.#reverseTree(SPECIAL + base - slot, bits);
    let high = 0;
    for (let i = 0; i < bits - 4; i++) {
      this.#normalize();
      this.#range >>>= 1;
      const isOne = this.#code >= this.#range;
      if (isOne) this.#code -= this.#range;
      high = 2 * high + (isOne ? 1 : 0);
    }
    return base + 16 * high + this.#reverseTree(ALIGN, 4);
  }

  #tree(base: number, bits: number): number {
    let symbol = 1;
    for (let i = 0; i < bits; i++) symbol = (symbol << 1) | this.#bit(base + symbol);
    return symbol - (1 << bits);
  }

  #reverseTree(base: number, bits: number): number {
    let node = 1;
    let symbol = 0;
    for (let i = 0; i < bits; i++) {
      const bit = this.#bit(base + node);
      node = (node << 1) | bit;
      symbol |= bit << i;
    }
    return symbol;
  }

  #normalize(): void {
    if (this.#range >= TOP) return;
    this.#range = (this.#range << 8) >>> 0;
    const byte = this.#pos < this.#bytes.length ? this.#bytes[this.#pos]! : 0;
    this.#code = ((this.#code << 8) | byte) >>> 0;
    this.#pos++;
  }

  #bit(index: number): number {
    const probs = this.#probs;
    this.#normalize();
    const prob = probs[index]!;
    const bound = (this.#range >>> 11) * prob;
    if (this.#code < bound) {
      this.#range = bound;
      probs[index] = prob + ((2048 - prob) >> 5);
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    probs[index] = prob - (prob >> 5);
    return 1;
  }
}
