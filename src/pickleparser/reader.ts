type Encoding = 'ascii' | 'utf-8';
type Bytes = Uint8Array | Int8Array | Uint8ClampedArray;

/** What a Parser reads from. */
export interface IReader {
  byte(): number;
  bytes(length: number): Bytes;
  uint16(): number;
  int32(): number;
  uint32(): number;
  uint64(): number;
  float64(): number;
  skip(offset: number): void;
  string(size: number, encoding: Encoding): string;
  line(): string;
  hasNext(): boolean;
}

const NEWLINE = 0x0a;

/**
 * Reads numbers and text from bytes, one after another: little-endian, but for floats. Every method throws an Error where
 * the bytes end too soon, and stays where it was.
 */
export class BufferReader implements IReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;

  constructor(buffer: Bytes) {
    const { byteOffset, byteLength } = buffer;
    this.#bytes = buffer instanceof Uint8Array ? buffer : new Uint8Array(buffer.buffer, byteOffset, byteLength);
    this.#view = new DataView(buffer.buffer, byteOffset, byteLength);
  }

  /** The bytes that a reader has not read yet. */
  static rest(reader: BufferReader): Uint8Array {
    return reader.#bytes.subarray(reader.#position);
  }

  get length(): number {
    return this.#bytes.length;
  }

  get position(): number {
    return this.#position;
  }

  byte(): number {
    return this.#view.getUint8(this.#take(1));
  }

  /** A view of the given bytes. */
  bytes(length: number): Uint8Array {
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** Rounded, with a warning on the console, where it is no safe integer. */
  uint64(): number {
    const value = Number(this.#view.getBigUint64(this.#take(8), true));
    if (!Number.isSafeInteger(value)) console.warn(value, 'exceeds MAX_SAFE_INTEGER. Precision may be lost');
    return value;
  }

  /** Big-endian. */
  float64(): number {
    return this.#view.getFloat64(this.#take(8), false);
  }

  skip(offset: number): void {
    this.#take(offset);
  }

  /** 'ascii' is what TextDecoder calls so: windows-1252. */
  string(size: number, encoding: Encoding): string {
    return new TextDecoder(encoding).decode(this.bytes(size));
  }

  /** Up to the next newline, which is left out. */
  line(): string {
    const end = this.#bytes.indexOf(NEWLINE, this.#position);
    if (end < 0) throw new Error('Could not find end of line.');
    const text = this.string(end - this.#position, 'ascii');
    this.#take(1);
    return text;
  }

  hasNext(): boolean {
    return this.#position < this.length;
  }

  /** Goes on by a number of bytes. Returns the position of the first. */
  #take(count: number): number {
    const start = this.#position;
    const missing = count - (this.length - start);
    if (missing > 0) {
      throw new Error(`Expected ${missing} more bytes. The file might be corrupted. Unexpected end of file.`);
    }
    if (!(count >= 0)) throw new RangeError(`A reader goes on by 0 bytes or more, not by ${count}.`);
    this.#position = start + count;
    return start;
  }
}
