/** Bytes with parts taken out and others put in, and where each came from. */

export class Splice {
  readonly #bytes: Uint8Array;
  readonly #pieces: Uint8Array[] = [];
  /** Where each piece begins: there, and in the bytes as they were. */
  readonly #starts: (readonly [made: number, origin: number])[] = [];
  #length = 0;
  #from = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Takes out what lies from `at` to `end`. In order. */
  cut(at: number, end: number): void {
    this.#push(this.#bytes.subarray(this.#from, at), this.#from);
    this.#from = end;
  }

  /** Puts other bytes in the place of those from `at` to `end`. In order. */
  replace(at: number, end: number, by: Uint8Array): void {
    this.cut(at, end);
    this.#push(by, at);
  }

  /** All bytes as they are now, in a buffer of their own. */
  bytes(): Uint8Array {
    this.cut(this.#bytes.length, this.#bytes.length);
    const all = new Uint8Array(this.#length);
    this.#pieces.forEach((piece, i) => all.set(piece, this.#starts[i]![0]));
    return all;
  }

  /** Where the byte at an offset of `bytes()` came from. */
  originOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]![0] <= offset) low = middle;
      else high = middle;
    }
    const [made, origin] = this.#starts[low] ?? [0, 0];
    return origin + Math.max(0, offset - made);
  }

  #push(piece: Uint8Array, origin: number): void {
    if (piece.length === 0) return;
    this.#pieces.push(piece);
    this.#starts.push([this.#length, origin]);
    this.#length += piece.length;
  }
}
