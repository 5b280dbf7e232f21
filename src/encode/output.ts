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

const WORD = 0x100000000;

interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView;
}

const kept: Chunk[] = [];

function newChunk(size: number): Chunk {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer) };
}

/** What an output writes to between pickles: nothing. */
const NO_CHUNK = /* @__PURE__ */ newChunk(0);
const NO_PIECES: Uint8Array[] = [];

export class Output {
  bytes = NO_CHUNK.bytes;
  view = NO_CHUNK.view;
  pos = 0;
  /** `boundary` is called before a save that begins here or behind. */
  limit = 0;
  /** Up to here `MARGIN` bytes may be written without asking. */
  room = 0;
  /** Pieces that are done, in order, and how many bytes they have. */
  pieces = NO_PIECES;
  pieceBytes = 0;
  /** From how many bytes in pieces on `boundary` says that it is time to take them. */
  pauseAt = Infinity;
  /** Where the header of the open frame is to be; -1 where none is open. */
  #frame = -1;
  #isFramed = false;
  /** What `bytes` and `view` are of, and what the pieces are of. */
  #chunk = NO_CHUNK;
  readonly #full: Chunk[] = [];

  /** @param isFramed as protocols 4 and 5 are, from their header on */
  begin(protocol: number, pauseAt: number): void {
    this.#use(kept.pop() ?? newChunk(CHUNK));
    this.pos = 0;
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
    const chunk = wanted > CHUNK ? newChunk(wanted) : (kept.pop() ?? newChunk(CHUNK));
    chunk.bytes.set(this.bytes.subarray(done, this.pos));
    if (done > 0) this.#push(this.bytes.subarray(0, done));
    this.#full.push(this.#chunk);
    this.#use(chunk);
    this.pos = rest;
    if (this.#frame >= 0) this.#frame = 0;
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

  /** Ends the pickle. */
  end(): void {
    this.#closeFrame();
  }

  /** All bytes of the pickle, which has ended, in memory of their own. */
  whole(): Uint8Array {
    const last = this.bytes.subarray(0, this.pos);
    const { pieces, pieceBytes } = this;
    if (pieces.length === 0) return new Uint8Array(last);
    const bytes = new Uint8Array(pieceBytes + last.length);
    let at = 0;
    for (const piece of pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    bytes.set(last, at);
    return bytes;
  }

  /** The pickle is done with, and nobody holds its pieces any more: their memory serves the next. */
  release(): void {
    for (let chunk = this.#full.pop(); chunk !== undefined; chunk = this.#full.pop()) this.#keep(chunk);
    this.#keep(this.#chunk);
    this.forgo();
  }

  /** The pickle is done with; its pieces are somebody else's. */
  forgo(): void {
    if (this.#full.length > 0) this.#full.length = 0;
    this.pieces = NO_PIECES;
    this.pieceBytes = 0;
    this.#use(NO_CHUNK);
  }

  /** The last pieces of the pickle, which has ended. */
  rest(): Uint8Array[] {
    if (this.pos > 0) this.#push(this.bytes.subarray(0, this.pos));
    return this.take();
  }

  /** The pieces that are done. */
  take(): Uint8Array[] {
    const { pieces } = this;
    this.pieces = NO_PIECES;
    this.pieceBytes = 0;
    return pieces;
  }

  #use(chunk: Chunk): void {
    this.#chunk = chunk;
    this.bytes = chunk.bytes;
    this.view = chunk.view;
    this.room = chunk.bytes.length - MARGIN;
  }

  #keep(chunk: Chunk): void {
    if (chunk.bytes.length === CHUNK && kept.length < MAX_KEPT) kept.push(chunk);
  }

  #push(piece: Uint8Array): void {
    if (this.pieces === NO_PIECES) this.pieces = [];
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
      this.view.setUint32(this.#frame + 1, length % WORD, true);
      this.view.setUint32(this.#frame + 5, Math.floor(length / WORD), true);
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
