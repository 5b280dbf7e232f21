import { MAX_INLINE_TEXT_BYTES, TEXT2_CHUNK_BITS, TEXT_CHUNK_BITS } from '../../spec/layout.ts';
import type { Budget } from './budget.ts';
import { INVALID_UTF8, LIMIT_ALLOC } from './faults.ts';
import { latin1String, utf16String } from './strings.ts';
import { TEXT_END, TextArea } from './text-area.ts';
import { decodeUtf8, WIDE } from './utf8.ts';
import { HI_STR1, HI_STR2, IN_CHUNK, IN_CHUNK2 } from '../../spec/slot-words.ts';

/** Of one-byte text. */
const CHUNK_BYTES = 1 << TEXT_CHUNK_BITS;

/**
 * The text of the graph.
 *
 * ASCII text is not copied where it can be helped. If the whole input is given in one run, offsets into one-byte text are
 * offsets into the input, and a chunk is the Latin-1 string of a megabyte of the input itself, opcodes and all: *direct*
 * text. What cannot be direct (not ASCII, or a streamed input) is copied into areas; that of one-byte text begins at the
 * first chunk behind the direct part.
 */
export class Text {
  /** Whether ASCII text of the present run is direct: then `index in bytes + delta` is its offset. */
  direct = false;
  delta = 0;
  /** The slot of the text that was copied last. */
  lo = 0;
  hi = 0;

  private readonly one: TextArea;
  private readonly two: TextArea;
  /** The bytes that direct text lies in, the index of its offset 0 in them and its length; length 0: there is none. */
  private source: Uint8Array = NO_BYTES;
  private sourceStart = 0;
  private sourceLength = 0;
  /** The absolute offset of direct text's offset 0. */
  private sourceBase = 0;
  /** How far direct text has been used. */
  private used = 0;
  private fresh = true;
  /** Set once `source` may have been changed by its owner. */
  private released = false;
  private readonly strings: string[] = [];

  constructor(budget: Budget) {
    this.one = new TextArea(1, budget);
    this.two = new TextArea(2, budget);
  }

  begin(): void {
    this.fresh = true;
    this.released = false;
    this.direct = false;
    this.source = NO_BYTES;
    this.sourceLength = 0;
    this.used = 0;
    this.strings.length = 0;
    this.one.begin(0);
    this.two.begin(0);
  }

  /** The pickle has ended: its bytes may be changed, but its text stays. */
  next(): void {
    for (let n = 0; n * CHUNK_BYTES < this.used; n++) this.directChunk(n);
    this.released = true;
    this.one.settle();
    this.two.settle();
  }

  beginRun(bytes: Uint8Array, start: number, end: number, base: number, final: boolean): void {
    if (this.fresh) {
      this.fresh = false;
      if (final && end - start <= TEXT_END / 2) {
        this.source = bytes;
        this.sourceStart = start;
        this.sourceLength = end - start;
        this.sourceBase = base;
        this.one.begin(Math.ceil(this.sourceLength / CHUNK_BYTES));
      }
    }
    // The same memory under the same offsets is the same input, also in a stream's next pickle.
    this.delta = base - start - this.sourceBase;
    this.direct =
      this.sourceLength > 0 &&
      bytes.buffer === this.source.buffer &&
      bytes.byteOffset - this.delta === this.source.byteOffset + this.sourceStart &&
      start + this.delta >= 0 &&
      end + this.delta <= this.sourceLength;
  }

  /** @param end the index in the run's bytes up to which they have been read */
  endRun(end: number): void {
    if (this.direct) this.used = Math.max(this.used, Math.min(end + this.delta, this.sourceLength));
  }

  /** Copies ASCII bytes, and leaves their slot in `lo` and `hi`. @returns 0, or an error's number */
  copyAscii(bytes: Uint8Array, from: number, length: number): number {
    const at = this.one.reserve(length);
    if (at < 0) return LIMIT_ALLOC;
    const target = this.one.bytes;
    if (length > 64) target.set(bytes.subarray(from, from + length), at);
    else for (let i = 0; i < length; i++) target[at + i] = bytes[from + i]!;
    this.lo = this.one.commit(length);
    this.hi = HI_STR1 | length;
    return 0;
  }

  /** Decodes UTF-8, and leaves the slot in `lo` and `hi`. @returns 0, or an error's number */
  copyUtf8(bytes: Uint8Array, from: number, length: number): number {
    const at = this.two.reserve(2 * length);
    if (at < 0) return LIMIT_ALLOC;
    const units = this.two.units;
    const result = decodeUtf8(bytes, from, length, units, at >>> 1);
    if (result < 0) return INVALID_UTF8;
    if (result >= WIDE) {
      const count = result - WIDE;
      this.lo = this.two.commit(2 * count);
      this.hi = HI_STR2 | count;
      return 0;
    }
    const narrowAt = this.one.reserve(result);
    if (narrowAt < 0) return LIMIT_ALLOC;
    const target = this.one.bytes;
    for (let i = 0; i < result; i++) target[narrowAt + i] = units[(at >>> 1) + i]!;
    this.lo = this.one.commit(result);
    this.hi = HI_STR1 | result;
    return 0;
  }

  /** Copies the units of a text into `units`, which has room for them. */
  read(lo: number, hi: number, units: Uint16Array): void {
    const length = hi & 0xffff;
    const offset = lo >>> 0;
    const chunk = offset >>> TEXT_CHUNK_BITS;
    const at = offset & IN_CHUNK;
    if (hi >= HI_STR2) {
      const bytes = this.two.bytesOf(offset >>> TEXT2_CHUNK_BITS);
      const from = offset & IN_CHUNK2;
      for (let i = 0; i < length; i++) units[i] = bytes[from + 2 * i]! | (bytes[from + 2 * i + 1]! << 8);
    } else if (offset >= this.sourceLength) {
      const bytes = this.one.bytesOf(chunk);
      for (let i = 0; i < length; i++) units[i] = bytes[at + i]!;
    } else if (this.direct || !this.released) {
      const bytes = this.source;
      const from = offset + this.sourceStart;
      for (let i = 0; i < length; i++) units[i] = bytes[from + i]!;
    } else {
      const text = this.directChunk(chunk);
      for (let i = 0; i < length; i++) units[i] = text.charCodeAt(at + i);
    }
  }

  /** Whether the one-byte text at an offset is that of `bytes`. Not for text of an earlier pickle. */
  isAt(lo: number, bytes: Uint8Array, from: number, length: number): boolean {
    const offset = lo >>> 0;
    const isDirect = offset < this.sourceLength;
    const own = isDirect ? this.source : this.one.bytesOf(offset >>> TEXT_CHUNK_BITS);
    const at = isDirect ? offset + this.sourceStart : offset & IN_CHUNK;
    for (let i = 0; i < length; i++) if (own[at + i] !== bytes[from + i]) return false;
    return true;
  }

  /** The string of a STR1 or STR2 slot by itself, without the string of its chunk. */
  string(lo: number, hi: number): string {
    const length = hi & 0xffff;
    const units = new Uint16Array(length);
    this.read(lo, hi, units);
    return utf16String(units, 0, length);
  }

  chunk1(n: number): string {
    return n * CHUNK_BYTES < this.sourceLength ? this.directChunk(n) : this.one.chunk(n);
  }

  chunk2(n: number): string {
    return this.two.chunk(n);
  }

  /**
   * The input from a chunk's beginning to where it has been used, or further. A string that has become too short is made
   * again at least twice as long, so that many small pickles in one buffer cost in proportion to the buffer.
   */
  private directChunk(n: number): string {
    const from = n * CHUNK_BYTES;
    const most = Math.min(this.sourceLength - from, CHUNK_BYTES + MAX_INLINE_TEXT_BYTES);
    const used = Math.min(this.used - from, most);
    const made = this.strings[n];
    if (made !== undefined && made.length >= used) return made;
    const length = made === undefined ? used : Math.min(most, Math.max(used, 2 * made.length));
    const start = this.sourceStart + from;
    const text = latin1String(this.source, start, start + length);
    this.strings[n] = text;
    return text;
  }
}

const NO_BYTES = new Uint8Array(0);
