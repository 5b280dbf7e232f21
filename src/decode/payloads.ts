/**
 * What the values of a stream's pickle will need of bytes that pass by: bytes, bytearrays and large integers. In memory
 * they would stay where they are; from a stream each is copied out before its chunk is let go of.
 */
import type { Graph } from '../graph/graph.ts';
import { pickleError } from '../spec/pickle-error.ts';
import type { StreamWindow } from './window.ts';

/** Payloads of up to this many bytes share slabs: a buffer of its own costs some 200 bytes and 300 ns. */
const MAX_SHARED_BYTES = 4096;
const SLAB_BYTES = 65_536;
/** The first buffer of a payload that goes on behind the window, where the input's length is not known. */
const FIRST_BYTES = 65_536;

export class StreamPayloads {
  /** By absolute offset: each begins at another. */
  readonly #byOffset = new Map<number, Uint8Array>();
  readonly #inputBytes: number;
  #seen = 0;
  #slab = new Uint8Array(0);
  #slabFilled = 0;

  /** The payload that has not wholly arrived, as far as it is here; there is at most one, the newest. */
  #partial: Uint8Array | undefined;
  #partialFilled = 0;
  #partialLength = 0;
  #partialOffset = 0;
  #opcodeOffset = 0;

  /** @param inputBytes bytes of the whole input where that is known, else 0 */
  constructor(inputBytes: number) {
    this.#inputBytes = inputBytes;
  }

  /** For `Materialiser.read`. */
  slice(offset: number, length: number): Uint8Array {
    const payload = this.#byOffset.get(offset);
    if (payload === undefined || payload.length !== length) throw new Error(`no payload was kept at offset ${offset}`);
    return payload;
  }

  /** Bytes that the partial payload still wants, 0 where there is none. */
  get missing(): number {
    return this.#partialLength - this.#partialFilled;
  }

  /** Forgets everything: the next pickle's graph begins anew. */
  clear(): void {
    if (this.#byOffset.size > 0) this.#byOffset.clear();
    this.#seen = 0;
  }

  /**
   * Keeps the payloads that a run has found, as far as the window has them, before the window moves on.
   * @param newest slot index of the newest payload node
   */
  keep(graph: Graph, newest: number, window: StreamWindow, opcodeOffset: number): void {
    for (let slot = newest; slot !== this.#seen && slot !== 0; slot = graph.u32[2 * slot + 1]!) {
      const offset = graph.f64[slot + 1]!;
      const length = graph.f64[slot + 2]!;
      const here = window.slice(offset, length);
      if (here !== undefined) this.#byOffset.set(offset, this.#copy(here));
      else this.#begin(offset, length, window, opcodeOffset);
    }
    this.#seen = newest;
  }

  #copy(bytes: Uint8Array): Uint8Array {
    const { length } = bytes;
    if (length > MAX_SHARED_BYTES) return bytes.slice();
    if (length > this.#slab.length - this.#slabFilled) {
      this.#slab = new Uint8Array(SLAB_BYTES);
      this.#slabFilled = 0;
    }
    const place = this.#slab.subarray(this.#slabFilled, this.#slabFilled + length);
    place.set(bytes);
    // The next one begins at a multiple of 8, so that views of numbers can be made of it.
    this.#slabFilled = Math.min(SLAB_BYTES, this.#slabFilled + ((length + 7) & ~7));
    return place;
  }

  #begin(offset: number, length: number, window: StreamWindow, opcodeOffset: number): void {
    const here = window.slice(offset, window.available - offset)!;
    this.#partialOffset = offset;
    this.#partialLength = length;
    this.#partialFilled = 0;
    this.#opcodeOffset = opcodeOffset;
    // The declared length is trusted as far as the input is known to reach.
    const isThere = length <= this.#inputBytes - offset;
    this.#partial = this.#allocate(isThere ? length : Math.min(length, Math.max(FIRST_BYTES, here.length)));
    this.add(here);
  }

  /** Where the partial payload's next bytes go, for a source that reads into a buffer; tell `filled` afterwards. */
  room(): Uint8Array {
    const partial = this.#partial!;
    if (this.#partialFilled === partial.length) {
      // Twice as much, and all of it from the half on, so that the last buffer has the payload's own size.
      const half = partial.length >= this.#partialLength / 2;
      const grown = this.#allocate(half ? this.#partialLength : 2 * partial.length);
      grown.set(partial);
      this.#partial = grown;
    }
    return this.#partial!.subarray(this.#partialFilled);
  }

  filled(byteLength: number): void {
    this.#partialFilled += byteLength;
    if (this.#partialFilled < this.#partialLength) return;
    this.#byOffset.set(this.#partialOffset, this.#partial!);
    this.#partial = undefined;
    this.#partialFilled = this.#partialLength = 0;
  }

  /** Gives the partial payload its next bytes. Returns how many of them it took. */
  add(bytes: Uint8Array): number {
    let taken = 0;
    while (taken < bytes.length && this.missing > 0) {
      const room = this.room();
      const part = bytes.subarray(taken, taken + room.length);
      room.set(part);
      taken += part.length;
      this.filled(part.length);
    }
    return taken;
  }

  #allocate(byteLength: number): Uint8Array {
    try {
      return new Uint8Array(byteLength);
    } catch (cause) {
      const detail = `This place has no room for ${byteLength} bytes in one piece.`;
      throw pickleError('LIMIT_ALLOC', { offset: this.#opcodeOffset, detail, actual: byteLength, cause });
    }
  }
}
