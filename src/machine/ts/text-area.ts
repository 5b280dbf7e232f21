import { MAX_INLINE_TEXT_BYTES, TEXT2_CHUNK_BITS, TEXT_CHUNK_BITS } from '../../spec/layout.ts';
import type { Budget } from './budget.ts';
import { latin1String, utf16String } from './strings.ts';

/** Text offsets have 32 bits. */
export const TEXT_END = 2 ** 32;
const FIRST_BYTES = 1024;
/** A chunk of which a string of more than this was made is not continued in the next pickle of a stream. */
const SETTLED_BYTES = 128 * 1024;

/**
 * Text that was copied together, in chunks. Each chunk has a buffer of its own, longer than the chunk by as much as the
 * longest text that begins on its last byte, so that a text never lies in two.
 */
export class TextArea {
  /** The chunk in which text is written now. */
  bytes: Uint8Array = new Uint8Array(FIRST_BYTES);
  units = new Uint16Array(this.bytes.buffer);
  /** Offset of the next text. */
  private end = 0;
  private firstChunk = 0;
  /** The chunk of `bytes`. */
  private current = 0;
  /** Size of a chunk. */
  private readonly chunkBytes: number;
  private readonly unitBytes: 1 | 2;
  private readonly longest: number;
  private readonly budget: Budget;
  private granted = 0;
  /** By number less `firstChunk`: the buffers of earlier chunks, the bytes used of each, and the strings made of all. */
  private readonly buffers: Uint8Array[] = [];
  private readonly ends: number[] = [];
  private readonly strings: string[] = [];

  constructor(unitBytes: 1 | 2, budget: Budget) {
    this.unitBytes = unitBytes;
    this.chunkBytes = 1 << (unitBytes === 1 ? TEXT_CHUNK_BITS : TEXT2_CHUNK_BITS);
    this.longest = this.chunkBytes + MAX_INLINE_TEXT_BYTES * unitBytes;
    this.budget = budget;
  }

  /** Begins anew, at the chunk of this number. */
  begin(firstChunk: number): void {
    if (this.buffers.length > 0) {
      this.bytes = this.buffers[0]!;
      this.units = new Uint16Array(this.bytes.buffer);
      this.buffers.length = 0;
      this.ends.length = 0;
    }
    this.strings.length = 0;
    this.firstChunk = this.current = firstChunk;
    this.end = firstChunk * this.chunkBytes;
    this.granted = 0;
  }

  /** Makes room in `bytes` and `units`. @returns where to write, in bytes; -1 where there is no room */
  reserve(length: number): number {
    if (this.end - this.current * this.chunkBytes >= this.chunkBytes) this.leaveChunk();
    const at = this.end - this.current * this.chunkBytes;
    return at + length <= this.granted || this.grow(at + length) ? at : -1;
  }

  /** Keeps `length` bytes of what was written where `reserve` said. @returns their offset */
  commit(length: number): number {
    const offset = this.end;
    this.end = offset + length;
    return offset;
  }

  /** Between pickles: makes sure that making the current chunk's string after each of them stays cheap. */
  settle(): void {
    const made = this.strings[this.current - this.firstChunk];
    if (made !== undefined && made.length * this.unitBytes > SETTLED_BYTES) this.leaveChunk();
  }

  /** The string of all text that begins in a chunk. */
  chunk(number: number): string {
    const index = number - this.firstChunk;
    const used = this.ends[index] ?? this.end - this.current * this.chunkBytes;
    let text = this.strings[index];
    if (text === undefined || text.length * this.unitBytes < used) {
      const bytes = this.bytesOf(number);
      text =
        this.unitBytes === 1 ? latin1String(bytes, 0, used) : utf16String(new Uint16Array(bytes.buffer), 0, used >>> 1);
      this.strings[index] = text;
    }
    return text;
  }

  /** The buffer of a chunk; the text at `offset` lies at `offset % chunkBytes` in it. */
  bytesOf(number: number): Uint8Array {
    return this.buffers[number - this.firstChunk] ?? this.bytes;
  }

  private leaveChunk(): void {
    this.buffers.push(this.bytes);
    this.ends.push(this.end - this.current * this.chunkBytes);
    this.current++;
    this.end = Math.max(this.end, this.current * this.chunkBytes);
    this.bytes = new Uint8Array(FIRST_BYTES);
    this.units = new Uint16Array(this.bytes.buffer);
    this.granted = 0;
  }

  private grow(needed: number): boolean {
    if (this.current * this.chunkBytes + needed > TEXT_END) {
      this.budget.asked = 2 ** 32;
      return false;
    }
    // A later chunk is granted whole, since it follows a full one.
    const whole = this.current > this.firstChunk ? this.longest : 0;
    const size = Math.min(Math.max(2 * this.granted, (needed + 7) & ~7, FIRST_BYTES, whole), this.longest);
    if (!this.budget.take(size - this.granted)) return false;
    this.granted = size;
    if (size > this.bytes.length) {
      const larger = new Uint8Array(size);
      larger.set(this.bytes);
      this.bytes = larger;
      this.units = new Uint16Array(larger.buffer);
    }
    return true;
  }
}
