/**
 * The loop of LZMA. All of it is one function, with the range coder in its locals: as fields of an object they cost three
 * quarters of the time. Literals have a loop of their own. What a match is told by, single bits too, are trees, which one
 * loop walks.
 */
import type { History } from './history.ts';
import {
  ALIGN,
  HIGH,
  IS_MATCH,
  IS_REP,
  IS_REP0_LONG,
  IS_REP_G0,
  IS_REP_G1,
  IS_REP_G2,
  LITERAL,
  LOW,
  MATCH_LENGTH,
  MID,
  OF_CHOICE,
  OF_CHOICE2,
  OF_LENGTH,
  OF_LOW_BITS,
  OF_REP,
  OF_REP0_LONG,
  OF_REP_G0,
  OF_REP_G1,
  OF_REP_G2,
  OF_SLOT,
  REP_LENGTH,
  REVERSED,
  SLOT,
  SPECIAL,
} from './lzma-tables.ts';

const TOP = 2 ** 24;

/** What goes on from one run of the loop to the next. */
export interface LzmaState {
  probs: Uint16Array;
  lc: number;
  lpMask: number;
  pbMask: number;
  state: number;
  /** Distances of the last matches, less 1. */
  readonly reps: Uint32Array;
  /** Bytes of the last match that had no room. */
  pending: number;
  range: number;
  code: number;
}

export type LzmaStop = 'full' | 'starved' | 'end' | 'corrupt';

export interface LzmaRun {
  readonly stop: LzmaStop;
  /** Bytes of input before the next symbol. */
  readonly used: number;
}

/**
 * Decodes till the window has `room` bytes more.
 * @param input with MAX_SYMBOL_BYTES and one more behind `end`
 * @param end how far symbols may begin
 */
export function runLzma(lzma: LzmaState, window: History, input: Uint8Array, end: number, room: number): LzmaRun {
  const { probs, lc, lpMask, pbMask } = lzma;
  const out = window.reserve(room);
  const { first, dictionaryBytes } = window;
  let at = window.end;
  const begin = at;
  const limit = at + room;
  /** What makes a place in `out` one in the whole, but for the higher bits. */
  const shift = (window.total - at) | 0;
  let last = window.last;
  let pos = 0;
  // These operators do nothing but tell V8 that no fraction ever comes, so that it keeps ints in registers.
  let range = lzma.range >>> 0;
  let code = lzma.code >>> 0;
  let state = lzma.state | 0;
  let length = lzma.pending | 0;
  let rep0 = lzma.reps[0]! >>> 0;
  let rep1 = lzma.reps[1]! >>> 0;
  let rep2 = lzma.reps[2]! >>> 0;
  let rep3 = lzma.reps[3]! >>> 0;
  let stop: LzmaStop = 'full';
  let prob = 0;
  let bound = 0;

  for (;;) {
    if (length > 0) {
      if (rep0 >= at - first || rep0 >= dictionaryBytes) {
        stop = 'corrupt';
        break;
      }
      const count = Math.min(length, limit - at);
      const from = at - rep0 - 1;
      if (count > 32 && rep0 + 1 >= count) out.copyWithin(at, from, from + count);
      else for (let i = 0; i < count; i++) out[at + i] = out[from + i]!;
      at += count;
      length -= count;
      last = out[at - 1]!;
    }
    if (at === limit) break;
    if (pos > end) {
      stop = 'starved';
      break;
    }
    const posState = (at + shift) & pbMask;
    let index = IS_MATCH + (state << 4) + posState;
    if (range < TOP) {
      range = (range << 8) >>> 0;
      code = ((code << 8) | input[pos++]!) >>> 0;
    }
    prob = probs[index]!;
    bound = Math.imul(range >>> 11, prob) >>> 0;
    if (code < bound) {
      range = bound;
      probs[index] = prob + ((2048 - prob) >> 5);
      const context = (((at + shift) & lpMask) << lc) + (last >> (8 - lc));
      const base = LITERAL + 0x300 * context;
      let symbol = 1;
      /** 0x100 as long as the literal is as the byte that a match would give. */
      let same = state < 7 ? 0 : 0x100;
      let match = same === 0 || rep0 >= at - first ? 0 : out[at - rep0 - 1]!;
      do {
        match <<= 1;
        const matchBit = match & same;
        index = base + same + matchBit + symbol;
        if (range < TOP) {
          range = (range << 8) >>> 0;
          code = ((code << 8) | input[pos++]!) >>> 0;
        }
        prob = probs[index]!;
        bound = Math.imul(range >>> 11, prob) >>> 0;
        if (code < bound) {
          range = bound;
          probs[index] = prob + ((2048 - prob) >> 5);
          symbol <<= 1;
          same &= ~matchBit;
        } else {
          range = (range - bound) >>> 0;
          code = (code - bound) >>> 0;
          probs[index] = prob - (prob >> 5);
          symbol = (symbol << 1) | 1;
          same &= matchBit;
        }
      } while (symbol < 0x100);
      last = symbol & 0xff;
      out[at++] = last;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    range = (range - bound) >>> 0;
    code = (code - bound) >>> 0;
    probs[index] = prob - (prob >> 5);

    let what = OF_REP;
    let tree = IS_REP + state - 1;
    let leaves = 2;
    let lengths = REP_LENGTH;
    let least = 0;
    let distance = 0;
    while (what >= 0) {
      let symbol = 1;
      do {
        index = tree + symbol;
        if (range < TOP) {
          range = (range << 8) >>> 0;
          code = ((code << 8) | input[pos++]!) >>> 0;
        }
        prob = probs[index]!;
        bound = Math.imul(range >>> 11, prob) >>> 0;
        if (code < bound) {
          range = bound;
          probs[index] = prob + ((2048 - prob) >> 5);
          symbol <<= 1;
        } else {
          range = (range - bound) >>> 0;
          code = (code - bound) >>> 0;
          probs[index] = prob - (prob >> 5);
          symbol = (symbol << 1) | 1;
        }
      } while (symbol < leaves);
      const isZero = symbol === 2;
      switch (what) {
        case OF_REP:
          if (isZero) lengths = MATCH_LENGTH;
          what = isZero ? OF_CHOICE : OF_REP_G0;
          tree = isZero ? lengths - 1 : IS_REP_G0 + state - 1;
          break;
        case OF_REP_G0:
          what = isZero ? OF_REP0_LONG : OF_REP_G1;
          tree = isZero ? IS_REP0_LONG + (state << 4) + posState - 1 : IS_REP_G1 + state - 1;
          break;
        case OF_REP0_LONG:
          length = 1;
          what = isZero ? -1 : OF_CHOICE;
          tree = lengths - 1;
          break;
        case OF_REP_G1:
          if (isZero) {
            distance = rep1;
            rep1 = rep0;
            rep0 = distance;
          }
          what = isZero ? OF_CHOICE : OF_REP_G2;
          tree = isZero ? lengths - 1 : IS_REP_G2 + state - 1;
          break;
        case OF_REP_G2:
          distance = isZero ? rep2 : rep3;
          if (!isZero) rep3 = rep2;
          rep2 = rep1;
          rep1 = rep0;
          rep0 = distance;
          what = OF_CHOICE;
          tree = lengths - 1;
          break;
        case OF_CHOICE:
          leaves = isZero ? 8 : 2;
          least = 2;
          what = isZero ? OF_LENGTH : OF_CHOICE2;
          tree = isZero ? lengths + LOW + (posState << 3) : lengths;
          break;
        case OF_CHOICE2:
          leaves = isZero ? 8 : 256;
          least = isZero ? 10 : 18;
          what = OF_LENGTH;
          tree = isZero ? lengths + MID + (posState << 3) : lengths + HIGH;
          break;
        case OF_LENGTH:
          length = least + symbol - leaves;
          leaves = 64;
          what = lengths === REP_LENGTH ? -1 : OF_SLOT;
          tree = SLOT + (Math.min(length - 2, 3) << 6);
          break;
        case OF_SLOT: {
          const slot = symbol - 64;
          const bits = (slot >> 1) - 1;
          distance = slot < 4 ? slot : ((2 | (slot & 1)) << bits) >>> 0;
          what = slot < 4 ? -1 : OF_LOW_BITS;
          leaves = slot < 14 ? 1 << bits : 16;
          tree = slot < 14 ? SPECIAL + distance - slot : ALIGN;
          let high = 0;
          for (let left = slot < 14 ? 0 : bits - 4; left > 0; left--) {
            if (range < TOP) {
              range = (range << 8) >>> 0;
              code = ((code << 8) | input[pos++]!) >>> 0;
            }
            range >>>= 1;
            high <<= 1;
            if (code >= range) {
              code = (code - range) >>> 0;
              high |= 1;
            }
          }
          distance = (distance + (high << 4)) >>> 0;
          break;
        }
        default:
          distance = (distance + REVERSED[symbol]!) >>> 0;
          what = -1;
      }
    }
    if (lengths === MATCH_LENGTH) {
      rep3 = rep2;
      rep2 = rep1;
      rep1 = rep0;
      rep0 = distance;
      state = state < 7 ? 7 : 10;
      if (distance === 0xffffffff) {
        length = 0;
        stop = 'end';
        break;
      }
    } else state = length === 1 ? (state < 7 ? 9 : 11) : state < 7 ? 8 : 11;
  }

  // So that the end of a run can be told from its code, which an encoder leaves at zero.
  if ((stop === 'full' || stop === 'end') && range < TOP) {
    range = (range << 8) >>> 0;
    code = ((code << 8) | input[pos++]!) >>> 0;
  }
  Object.assign(lzma, { range, code, state, pending: length });
  lzma.reps.set([rep0, rep1, rep2, rep3]);
  window.advance(at - begin);
  return { stop, used: pos };
}
