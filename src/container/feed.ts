/** The compressed side of a decompressor: bytes by demand, with their offsets; and its other side, a stream of pieces. */
import type { ByteSource } from '../bytes/byte-source.ts';
import type { Budget } from './budget.ts';
import { truncated } from './errors.ts';

const MIN_CAPACITY = 2 ** 16;
/** So much of what has come is given at a time, that a bomb is told from its first bytes, however many there are. */
const PIECE_BYTES = 2 ** 18;

/** Bytes that have come and are not used yet: `bytes` from `pos` to before `end`. */
export class Feed {
  bytes: Uint8Array = new Uint8Array(0);
  pos = 0;
  end = 0;
  /** Whether no more will come. */
  final = false;
  readonly #source: ByteSource;
  /** What the input is called in errors: 'xz data'. */
  readonly what: string;
  /** Absolute offset of bytes[0]. */
  #origin = 0;
  #owned = false;
  /** Before where in `bytes` there is input: behind `end` lies what is to be given next. */
  #filled = 0;
  readonly #budget: Budget | undefined;

  /** @param budget where it is a decompressor that is fed */
  constructor(source: ByteSource, what: string, budget?: Budget) {
    this.#source = source;
    this.what = what;
    this.#budget = budget;
    budget?.take(this);
  }

  /** Absolute offset of the next byte. */
  get offset(): number {
    return this.#origin + this.pos;
  }

  get available(): number {
    return this.end - this.pos;
  }

  /** Waits until so many bytes are there, or all that are left. */
  async fill(byteLength: number): Promise<boolean> {
    while (this.end - this.pos < byteLength && !this.final) {
      const more = Math.min(PIECE_BYTES, this.#filled - this.end);
      if (more > 0) {
        this.end += more;
        continue;
      }
      const chunk = await this.#source.read();
      if (chunk === null) this.final = true;
      else this.#append(chunk, byteLength);
    }
    return byteLength <= this.end - this.pos;
  }

  /** As `fill`. @throws PickleError CONTAINER_TRUNCATED where the input has no more */
  async need(byteLength: number): Promise<void> {
    if (!(await this.fill(byteLength))) throw truncated(this.what, this.#origin + this.end);
  }

  /** The next bytes as a view that is good till the next `fill`. */
  async take(byteLength: number): Promise<Uint8Array> {
    if (this.available < byteLength) await this.need(byteLength);
    this.pos += byteLength;
    return this.bytes.subarray(this.pos - byteLength, this.pos);
  }

  async u32(): Promise<number> {
    const [a, b, c, d] = await this.take(4);
    return (a! | (b! << 8) | (c! << 16) | (d! << 24)) >>> 0;
  }

  /** Whether nothing is left. */
  async atEnd(): Promise<boolean> {
    return !(await this.fill(1));
  }

  /** Passes over zeros. @returns the byte behind them, if there is one */
  async passZeros(): Promise<number | undefined> {
    while (await this.fill(1)) {
      const odd = this.bytes.subarray(this.pos, this.end).findIndex((byte) => byte !== 0);
      this.pos = odd < 0 ? this.end : this.pos + odd;
      if (odd >= 0) return this.bytes[this.pos];
    }
    return undefined;
  }

  close(): Promise<void> {
    this.#budget?.letGo(this);
    return this.#source.close();
  }

  /** Adds a chunk to what is here, all of which has been given. */
  #append(chunk: Uint8Array, wanted: number): void {
    const rest = this.end - this.pos;
    if (rest === 0) {
      this.#origin += this.pos;
      this.bytes = chunk;
      this.pos = this.end = 0;
      this.#filled = chunk.length;
      this.#owned = false;
      return;
    }
    if (!this.#owned || chunk.length > this.bytes.length - this.end) {
      // Room for what is wanted at most once it has come: a declared length alone allocates nothing.
      const size = Math.max(MIN_CAPACITY, rest + chunk.length, Math.min(wanted, 2 * (rest + chunk.length)));
      const joined = new Uint8Array(size);
      joined.set(this.bytes.subarray(this.pos, this.end));
      this.#origin += this.pos;
      this.bytes = joined;
      this.pos = 0;
      this.end = rest;
      this.#owned = true;
    }
    this.bytes.set(chunk, this.end);
    this.#filled = this.end + chunk.length;
  }
}

/**
 * A stream of what a generator yields. Pieces must be buffers that nobody writes to again.
 * @param meter is told the bytes of each piece before it is given, and may throw
 */
export function sourceOf(
  feed: Pick<Feed, 'close'>,
  pieces: AsyncGenerator<Uint8Array, void, undefined>,
  meter: (byteLength: number) => void,
): ByteSource {
  let isOpen = true;
  return {
    byteLength: undefined,
    async read() {
      if (!isOpen) return null;
      for (;;) {
        const { done, value } = await pieces.next();
        if (done === true) return null;
        meter(value.length);
        if (value.length > 0) return value;
      }
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      try {
        await pieces.return();
      } finally {
        await feed.close();
      }
    },
  };
}
