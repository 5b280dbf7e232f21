/**
 * Deflate, where there is no `node:zlib`, which is in browsers. DecompressionStream does not tell where its data ends, and
 * engines differ in what they make of bytes behind, such as a second gzip member. Of 7 MB of pickle, a third as fast as
 * Python's gzip in the same run (77 against 227 MB/s; `node:zlib` has 297).
 */
import { DeflateCodes } from './deflate-codes.ts';
import { READ_AHEAD, runDeflate, type BitPlace, type DeflateStop } from './deflate-loop.ts';
import { corrupt, truncated } from './errors.ts';
import type { Feed } from './feed.ts';
import { History } from './history.ts';

const WINDOW_BYTES = 2 ** 15;
const PIECE_BYTES = 2 ** 17;
/** Input for one run; the head of a block, which is read at once, takes a few hundred bytes. */
const INPUT_BYTES = 2 ** 16;

/** In which order the lengths of the codes of lengths come. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const MAX_LENGTHS = 286;
const MAX_DISTANCES = 30;
const END_OF_BLOCK = 256;

/** What a stream of deflate becomes; behind it the feed stands at the next whole byte. */
export async function* deflated(feed: Feed): AsyncGenerator<Uint8Array, void, undefined> {
  const decoder = new DeflateDecoder();
  for (;;) {
    const { offset } = feed;
    const stop = decoder.decode(feed);
    const piece = decoder.window.take();
    if (piece.length > 0) yield piece;
    if (stop === 'end') return;
    if (stop === 'corrupt') throw corrupt(feed.what, offset);
    if (stop === 'starved' && !(await feed.fill(feed.available + 1))) {
      throw truncated(feed.what, feed.offset + feed.available);
    }
  }
}

class DeflateDecoder {
  readonly window = new History(WINDOW_BYTES);
  /** Input with zeros behind it, so that no byte is looked for in vain. */
  readonly #input = new Uint8Array(INPUT_BYTES + READ_AHEAD);
  #end = 0;
  readonly #place: BitPlace = { pos: 0, hold: 0, held: 0 };
  readonly #lengths = new DeflateCodes();
  readonly #distances = new DeflateCodes();
  readonly #lengthCodes = new DeflateCodes();
  /** What is to come: the head of a block, so many bytes as they are, or codes. */
  #block: 'head' | 'codes' | number = 'head';
  #isLast = false;

  /** Goes on with what has come, as far as that and the room for a piece go. 'end' is that of the last block. */
  decode(feed: Feed): DeflateStop {
    const place = this.#place;
    this.#end = Math.min(feed.available, INPUT_BYTES);
    this.#input.set(feed.bytes.subarray(feed.pos, feed.pos + this.#end));
    this.#input.fill(0, this.#end, this.#end + READ_AHEAD);
    place.pos = 0;
    let stop: DeflateStop = 'end';
    for (let room = PIECE_BYTES; stop === 'end' && !(this.#isLast && this.#block === 'head');) {
      if (room <= 0) stop = 'full';
      else if (this.#block === 'head') stop = this.#head();
      else {
        const before = this.window.total;
        stop = this.#block === 'codes' ? this.#codes(room) : this.#stored(this.#block, room);
        room -= this.window.total - before;
      }
    }
    const isAll = this.#end === feed.available;
    feed.pos += place.pos;
    return stop === 'starved' && !isAll ? 'full' : stop;
  }

  #codes(room: number): DeflateStop {
    const stop = runDeflate(this.#place, this.#lengths, this.#distances, this.window, this.#input, this.#end, room);
    if (stop === 'end') this.#block = 'head';
    return stop;
  }

  #stored(left: number, room: number): DeflateStop {
    const place = this.#place;
    const count = Math.min(left, room, this.#end - place.pos);
    this.window.append(this.#input.subarray(place.pos, place.pos + count));
    place.pos += count;
    this.#block = left === count ? 'head' : left - count;
    if (left === count) return 'end';
    return count === room ? 'full' : 'starved';
  }

  /** Reads the head of a block, or leaves all as it was where it has not come as a whole. */
  #head(): DeflateStop {
    const before = { ...this.#place };
    const isLast = this.#bits(1) === 1;
    const kind = this.#bits(2);
    const block =
      kind === 0 ? this.#storedHead() : kind === 1 ? this.#fixedHead() : kind === 2 ? this.#codeHead() : null;
    if (this.#place.pos > this.#end) {
      Object.assign(this.#place, before);
      return 'starved';
    }
    if (block === null) return 'corrupt';
    this.#block = block;
    this.#isLast = isLast;
    return 'end';
  }

  /** How many bytes follow, from the next whole byte on: told twice. */
  #storedHead(): 'head' | number | null {
    this.#bits(this.#place.held);
    const length = this.#bits(16);
    if (this.#bits(16) !== (length ^ 0xffff)) return null;
    return length === 0 ? 'head' : length;
  }

  #fixedHead(): 'codes' {
    const lengths = new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280);
    this.#lengths.set(lengths);
    this.#distances.set(new Uint8Array(32).fill(5));
    return 'codes';
  }

  #codeHead(): 'codes' | null {
    const lengthCount = this.#bits(5) + 257;
    const distanceCount = this.#bits(5) + 1;
    const told = this.#bits(4) + 4;
    if (lengthCount > MAX_LENGTHS || distanceCount > MAX_DISTANCES) return null;
    const ofCodes = new Uint8Array(19);
    for (let i = 0; i < told; i++) ofCodes[ORDER[i]!] = this.#bits(3);
    const isComplete = this.#lengthCodes.set(ofCodes);
    const all = isComplete ? this.#codeLengths(lengthCount + distanceCount) : null;
    if (all === null || all[END_OF_BLOCK] === 0) return null;
    const isGood = this.#lengths.set(all.subarray(0, lengthCount)) && this.#distances.set(all.subarray(lengthCount));
    return isGood ? 'codes' : null;
  }

  #codeLengths(count: number): Uint8Array | null {
    const codes = this.#lengthCodes;
    const all = new Uint8Array(count);
    for (let at = 0; at < count;) {
      const entry = codes.long(this.#peek());
      this.#bits(entry & 15);
      const symbol = entry >>> 4;
      if (symbol < 16) {
        all[at++] = symbol;
        continue;
      }
      if (symbol > 18 || (symbol === 16 && at === 0)) return null;
      const times = symbol === 16 ? 3 + this.#bits(2) : symbol === 17 ? 3 + this.#bits(3) : 11 + this.#bits(7);
      if (times > count - at) return null;
      all.fill(symbol === 16 ? all[at - 1]! : 0, at, at + times);
      at += times;
    }
    return all;
  }

  /** The next bits, at least 16, those behind the end zeros. */
  #peek(): number {
    const { pos, hold, held } = this.#place;
    return hold | (((this.#input[pos] ?? 0) | ((this.#input[pos + 1] ?? 0) << 8)) << held);
  }

  /** At most 16 bits. Fewer than 8 are held before and behind. */
  #bits(count: number): number {
    const place = this.#place;
    let { hold, held } = place;
    for (; held < count; held += 8) hold |= (this.#input[place.pos++] ?? 0) << held;
    place.hold = hold >>> count;
    place.held = held - count;
    return hold & ((1 << count) - 1);
  }
}
