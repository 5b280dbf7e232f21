/** What a decoder of LZMA or zstd has put out last: matches are copied from here. Its memory follows what has come, up to a bound. */

/** Room beside the dictionary, so that it is moved seldom. */
const MIN_ROOM = 2 ** 22;
/** Larger dictionaries are cut to this: nothing but a file of more than 1 GiB can need them. */
const MAX_DICTIONARY = 2 ** 30;

export class History {
  /** How far back a match may reach at most. */
  readonly dictionaryBytes: number;
  #bytes = new Uint8Array(0);
  #pos = 0;
  /** From where on nothing has been taken yet. */
  #taken = 0;
  /** Bytes since the dictionary was last reset: how far back a match may reach. */
  #filled = 0;
  /** Bytes since then that have been put out, for contexts that go by place. */
  total = 0;

  constructor(dictionaryBytes: number) {
    this.dictionaryBytes = Math.min(Math.max(dictionaryBytes, 4096), MAX_DICTIONARY);
  }

  reset(): void {
    this.#filled = 0;
    this.total = 0;
  }

  /** The byte before, 0 where there is none. */
  get last(): number {
    return this.#filled === 0 ? 0 : this.#bytes[this.#pos - 1]!;
  }

  /**
   * Makes room for bytes that the caller puts from `end` on: the buffer, with what was put before. It is good till the
   * next call of any method; `advance` tells how many bytes have been put.
   */
  reserve(length: number): Uint8Array {
    this.#makeRoom(length);
    return this.#bytes;
  }

  /** Where in the buffer the next byte goes. */
  get end(): number {
    return this.#pos;
  }

  /** Where in the buffer the first byte is that a match may reach, but for the dictionary's bound. */
  get first(): number {
    return Math.max(0, this.#pos - this.#filled);
  }

  advance(length: number): void {
    this.#pos += length;
    this.#filled += length;
    this.total += length;
  }

  /** Puts bytes as they are. */
  append(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    this.#bytes.set(bytes, this.#pos);
    this.advance(bytes.length);
  }

  /** Repeats bytes from back then: how many, 0 where the window does not go back so far. */
  copy(distance: number, length: number): number {
    if (distance >= this.#filled || distance >= this.dictionaryBytes) return 0;
    this.#makeRoom(length);
    const bytes = this.#bytes;
    let to = this.#pos;
    let from = to - distance - 1;
    if (distance + 1 >= length && length > 16) bytes.copyWithin(to, from, from + length);
    else for (const end = to + length; to < end;) bytes[to++] = bytes[from++]!;
    this.advance(length);
    return length;
  }

  /** A copy of what was put since the last call. */
  take(): Uint8Array {
    const piece = this.#bytes.slice(this.#taken, this.#pos);
    this.#taken = this.#pos;
    return piece;
  }

  /** Grows, or forgets what is older than the dictionary. What was not taken is kept. */
  #makeRoom(length: number): void {
    if (length <= this.#bytes.length - this.#pos) return;
    const keep = Math.max(Math.min(this.dictionaryBytes, this.#pos), this.#pos - this.#taken);
    const wanted = keep + length;
    const most = this.dictionaryBytes + Math.max(MIN_ROOM, this.dictionaryBytes / 2);
    const size = Math.max(wanted, Math.min(2 * this.#bytes.length, most));
    const from = this.#pos - keep;
    if (size > this.#bytes.length || wanted > this.#bytes.length) {
      const bytes = new Uint8Array(size);
      bytes.set(this.#bytes.subarray(from, this.#pos));
      this.#bytes = bytes;
    } else this.#bytes.copyWithin(0, from, this.#pos);
    this.#taken -= from;
    this.#pos = keep;
  }
}
