/** Where the bytes of a pickle gather: a buffer, the frame that is open in it, and the pieces that are done. */

/** A frame is ended by the first save that finds this many bytes in it, and payloads of this many lie outside of frames. */
export const FRAME_TARGET = 65536;
/** Frames of fewer bytes are written without their header. */
const FRAME_MIN = 4;
/** FRAME and its length. */
const FRAME_HEADER = 9;
const FRAME = 0x95;
/** What may be written without asking for room, once `pos` is at most `room`. */
export const MARGIN = 1024;
/** A buffer: some frames, and more than most messages take. */
const CHUNK = 1 << 18;
/** Buffers that are kept for the next pickle: the first touch of fresh memory is slower than filling it. */
const MAX_KEPT = 16;

const kept: Uint8Array<ArrayBuffer>[] = [];

export class Output {
  bytes = kept.pop() ?? new Uint8Array(CHUNK);
  view = new DataView(this.bytes.buffer);
  pos = 0;
  /** `boundary` is called before a save that begins here or behind. */
  limit = 0;
  /** Up to here `MARGIN` bytes may be written without asking. */
  room = CHUNK - MARGIN;
  /** Pieces that are done, in order, and how many bytes they have. */
  pieces: Uint8Array[] = [];
  pieceBytes = 0;
  /** From how many bytes in pieces on `boundary` says that it is time to take them. */
  pauseAt = Infinity;
  /** Where the header of the open frame is to be; -1 where none is open. */
  #frame = -1;
  #isFramed = false;
  /** The buffers that pieces are of. */
  #own: Uint8Array<ArrayBuffer>[] = [];

  /** @param isFramed as protocols 4 and 5 are, from their header on */
  begin(protocol: number, pauseAt: number): void {
    this.pos = 0;
    this.pieces = [];
    this.pieceBytes = 0;
    this.pauseAt = pauseAt;
    this.#frame = -1;
    this.#isFramed = protocol >= 4;
    if (protocol >= 2) {
      this.bytes[this.pos++] = 0x80;
      this.bytes[this.pos++] = protocol;
    }
    this.#openFrame();
    this.#setLimit();
  }

  /**
   * What CPython does before each save: ends a frame that is long enough. Makes room, too.
   * @returns whether it is time to take the pieces
   */
  boundary(): boolean {
    if (this.#isFramed && this.pos - this.#frame - FRAME_HEADER >= FRAME_TARGET) {
      this.#closeFrame();
      this.#openFrame();
    }
    if (this.pos >= this.room) this.makeRoom(0);
    this.#setLimit();
    return this.pieceBytes >= this.pauseAt;
  }

  /** Makes room for `n` bytes and the margin behind them. What is done becomes a piece; an open frame moves on. */
  makeRoom(n: number): void {
    const done = this.#frame < 0 ? this.pos : this.#frame;
    const rest = this.pos - done;
    const wanted = rest + n + 2 * MARGIN + FRAME_TARGET;
    const bytes = wanted > CHUNK ? new Uint8Array(wanted) : (kept.pop() ?? new Uint8Array(CHUNK));
    const { length } = bytes;
    bytes.set(this.bytes.subarray(done, this.pos));
    if (done > 0) this.#push(this.bytes.subarray(0, done));
    this.#own.push(this.bytes);
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
    this.pos = rest;
    if (this.#frame >= 0) this.#frame = 0;
    this.room = length - MARGIN;
    this.#setLimit();
  }

  byte(byte: number): void {
    if (this.pos > this.room) this.makeRoom(0);
    this.bytes[this.pos++] = byte;
  }

  /** ASCII text, of any length. */
  ascii(text: string): void {
    if (this.pos + text.length > this.room) this.makeRoom(text.length);
    const { bytes } = this;
    let { pos } = this;
    for (let i = 0; i < text.length; i++) bytes[pos++] = text.charCodeAt(i);
    this.pos = pos;
  }

  /** Bytes that stay in the frame, of any length: arguments of ints. */
  copy(from: Uint8Array): void {
    if (this.pos + from.length > this.room) this.makeRoom(from.length);
    this.bytes.set(from, this.pos);
    this.pos += from.length;
  }

  /** The opcode and length before a payload: outside of a frame where the payload is long. */
  beginPayload(length: number): void {
    if (length >= FRAME_TARGET) this.#closeFrame();
    if (this.pos > this.room) this.makeRoom(0);
  }

  /** A payload whose header is written. A long one becomes a piece as it is: nothing is copied. */
  payload(bytes: Uint8Array): void {
    if (bytes.length < FRAME_TARGET) return this.copy(bytes);
    this.#push(this.bytes.slice(0, this.pos));
    this.#push(bytes);
    this.pos = 0;
    this.#openFrame();
    this.#setLimit();
  }

  /** Ends the pickle: what is left becomes the last piece. */
  end(): void {
    this.#closeFrame();
    if (this.pos > 0) this.#push(this.bytes.subarray(0, this.pos));
  }

  /** Nobody holds the pieces any more: their memory serves the next pickle. */
  release(): void {
    for (const bytes of [...this.#own, this.bytes]) {
      if (bytes.length === CHUNK && kept.length < MAX_KEPT) kept.push(bytes);
    }
    this.#own = [];
  }

  /** The pieces that are done. */
  take(): Uint8Array[] {
    const { pieces } = this;
    this.pieces = [];
    this.pieceBytes = 0;
    return pieces;
  }

  #push(piece: Uint8Array): void {
    this.pieces.push(piece);
    this.pieceBytes += piece.length;
  }

  #openFrame(): void {
    if (!this.#isFramed) return;
    this.#frame = this.pos;
    this.pos += FRAME_HEADER;
  }

  #closeFrame(): void {
    if (this.#frame < 0) return;
    const start = this.#frame + FRAME_HEADER;
    const length = this.pos - start;
    if (length >= FRAME_MIN) {
      this.bytes[this.#frame] = FRAME;
      this.view.setBigUint64(this.#frame + 1, BigInt(length), true);
    } else {
      this.bytes.copyWithin(this.#frame, start, this.pos);
      this.pos -= FRAME_HEADER;
    }
    this.#frame = -1;
  }

  #setLimit(): void {
    this.limit = this.#isFramed ? Math.min(this.room, this.#frame + FRAME_HEADER + FRAME_TARGET) : this.room;
  }
}
