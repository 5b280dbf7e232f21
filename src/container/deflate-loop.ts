/** The loop of deflate: literals and matches of one block. The bits are in its locals, as are all that it looks at. */
import { LOOK_MASK, type DeflateCodes } from './deflate-codes.ts';
import type { History } from './history.ts';

/** A match puts out so many bytes at most. */
const MAX_MATCH = 258;
/** Reads go so far behind the last byte that there is. */
export const READ_AHEAD = 8;
const END_OF_BLOCK = 256;
const LENGTH_SYMBOLS = 29;
const DISTANCE_SYMBOLS = 30;

const LENGTH_EXTRA = Uint8Array.from({ length: LENGTH_SYMBOLS }, (_, i) => (i < 8 || i === 28 ? 0 : (i >> 2) - 1));
const LENGTH_BASE = new Uint16Array(LENGTH_SYMBOLS);
const DISTANCE_EXTRA = Uint8Array.from({ length: DISTANCE_SYMBOLS }, (_, i) => (i < 4 ? 0 : (i >> 1) - 1));
const DISTANCE_BASE = new Uint16Array(DISTANCE_SYMBOLS);
fillBases(LENGTH_BASE, LENGTH_EXTRA, 3);
fillBases(DISTANCE_BASE, DISTANCE_EXTRA, 1);
// The longest match has a symbol of its own.
LENGTH_BASE[LENGTH_SYMBOLS - 1] = MAX_MATCH;

function fillBases(bases: Uint16Array, extra: Uint8Array, first: number): void {
  for (let i = 0, base = first; i < bases.length; base += 1 << extra[i]!, i++) bases[i] = base;
}

/** Where the next bit is: `held` bits of `hold` are bytes before `pos`. Between calls they are fewer than 8. */
export interface BitPlace {
  pos: number;
  hold: number;
  held: number;
}

export type DeflateStop = 'full' | 'starved' | 'end' | 'corrupt';

/**
 * Decodes till the block ends, the window has `room` bytes more, or a symbol goes on behind the end: it is read again then.
 * @param input with READ_AHEAD bytes behind `end`
 */
export function runDeflate(
  place: BitPlace,
  lengths: DeflateCodes,
  distances: DeflateCodes,
  window: History,
  input: Uint8Array,
  end: number,
  room: number,
): DeflateStop {
  const out = window.reserve(room + MAX_MATCH);
  const lengthTable = lengths.table;
  const distanceTable = distances.table;
  const { first, end: begin } = window;
  const limit = begin + room;
  let at = begin;
  let { pos, hold, held } = place;
  let stop: DeflateStop = 'full';
  while (at < limit) {
    const posBefore = pos;
    const holdBefore = hold;
    const heldBefore = held;
    if (held < 16) {
      hold |= (input[pos]! | (input[pos + 1]! << 8)) << held;
      pos += 2;
      held += 16;
    }
    let entry = lengthTable[hold & LOOK_MASK]!;
    if (entry === 0) entry = lengths.long(hold);
    hold >>>= entry & 15;
    held -= entry & 15;
    const symbol = entry >>> 4;
    let isGood = true;
    let length = 0;
    let distance = 0;
    if (symbol > END_OF_BLOCK) {
      const row = symbol - END_OF_BLOCK - 1;
      if (held < 16) {
        hold |= (input[pos]! | (input[pos + 1]! << 8)) << held;
        pos += 2;
        held += 16;
      }
      isGood = row < LENGTH_SYMBOLS;
      if (isGood) {
        const bits = LENGTH_EXTRA[row]!;
        length = LENGTH_BASE[row]! + (hold & ((1 << bits) - 1));
        hold >>>= bits;
        held -= bits;
        if (held < 16) {
          hold |= (input[pos]! | (input[pos + 1]! << 8)) << held;
          pos += 2;
          held += 16;
        }
        entry = distanceTable[hold & LOOK_MASK]!;
        if (entry === 0) entry = distances.long(hold);
        hold >>>= entry & 15;
        held -= entry & 15;
        const far = entry >>> 4;
        isGood = far < DISTANCE_SYMBOLS;
        if (isGood) {
          if (held < 16) {
            hold |= (input[pos]! | (input[pos + 1]! << 8)) << held;
            pos += 2;
            held += 16;
          }
          const extra = DISTANCE_EXTRA[far]!;
          distance = DISTANCE_BASE[far]! + (hold & ((1 << extra) - 1));
          hold >>>= extra;
          held -= extra;
          isGood = distance <= at - first;
        }
      }
    }
    if (pos > end && pos - (held >>> 3) > end) {
      pos = posBefore;
      hold = holdBefore;
      held = heldBefore;
      stop = 'starved';
      break;
    }
    if (!isGood) {
      stop = 'corrupt';
      break;
    }
    if (symbol < END_OF_BLOCK) out[at++] = symbol;
    else if (symbol === END_OF_BLOCK) {
      stop = 'end';
      break;
    } else {
      const from = at - distance;
      if (distance >= length && length > 24) {
        out.copyWithin(at, from, from + length);
        at += length;
      } else for (let k = from, to = at + length; at < to;) out[at++] = out[k++]!;
    }
  }
  // Whole bytes are given back.
  pos -= held >>> 3;
  held &= 7;
  place.pos = pos;
  place.hold = hold & ((1 << held) - 1);
  place.held = held;
  window.advance(at - begin);
  return stop;
}
