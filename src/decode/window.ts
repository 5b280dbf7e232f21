/**
 * The part of a stream that is in memory and not yet read: one run of bytes, which grows at its end as chunks come.
 *
 * ```text
 * bytes   |......|########|        |      absolute offset of bytes[i]: origin + i
 *         0      start    end      length
 * ```
 *
 * Bytes that a machine was given are never written to again: it may still hold them. A chunk that comes when nothing is
 * left unread becomes the window itself; else what is unread is joined with it, in a buffer with room for more.
 */
import type { ArgumentSource } from '../machine/host.ts';
import { NO_BYTES } from './memory-input.ts';

const MIN_CAPACITY = 4096;

export class StreamWindow implements ArgumentSource {
  bytes: Uint8Array = NO_BYTES;
  start = 0;
  end = 0;
  /** Absolute offset of the next byte to be read. */
  position = 0;
  /** Whether no more bytes will come. */
  final = false;
  /** Whether the room behind `end` is this window's own to write to. */
  #owned = false;
  /** No newline lies from `#searchedFrom` to before `#searchedTo`, absolute: a long line is searched once, not per chunk. */
  #searchedFrom = 0;
  #searchedTo = 0;

  /** Absolute offset behind the last byte in memory. */
  get available(): number {
    return this.position + (this.end - this.start);
  }

  /** Goes on at an absolute offset at or behind `position`, inside the window or at its end. */
  advance(position: number): void {
    this.start += position - this.position;
    this.position = position;
  }

  /** Lets go of all that is in memory: the next bytes to be added are those at `position`, which lies behind it. */
  skipTo(position: number): void {
    this.position = position;
    this.start = this.end;
  }

  /** Adds the next bytes of the stream. */
  append(chunk: Uint8Array): void {
    const unread = this.end - this.start;
    if (unread === 0) {
      this.bytes = chunk;
      this.start = 0;
      this.end = chunk.length;
      this.#owned = false;
      return;
    }
    if (!this.#owned || chunk.length > this.bytes.length - this.end) {
      const wanted = unread + chunk.length;
      const joined = new Uint8Array(Math.max(MIN_CAPACITY, chunk.length >= unread ? wanted : 2 * wanted));
      joined.set(this.bytes.subarray(this.start, this.end));
      this.bytes = joined;
      this.start = 0;
      this.end = unread;
      this.#owned = true;
    }
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
  }

  slice(offset: number, length: number): Uint8Array | undefined {
    if (length > this.available - offset) return undefined;
    const from = this.start + (offset - this.position);
    return this.bytes.subarray(from, from + length);
  }

  newline(offset: number): number {
    const known = offset >= this.#searchedFrom && offset <= this.#searchedTo;
    const from = known ? this.#searchedTo : offset;
    const first = this.start + (from - this.position);
    const found = this.bytes.subarray(first, this.end).indexOf(0x0a);
    if (found >= 0) return from + found;
    if (!known) this.#searchedFrom = offset;
    this.#searchedTo = this.available;
    return -1;
  }
}
