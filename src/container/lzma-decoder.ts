/**
 * The LZMA decoder, for `.lzma` and for the chunks of xz. It stops wherever its input or the room for output ends, and goes
 * on there.
 */
import { History } from './history.ts';
import { runLzma, type LzmaRun, type LzmaState } from './lzma-loop.ts';
import { LITERAL } from './lzma-tables.ts';

/** No symbol takes more bytes. */
export const MAX_SYMBOL_BYTES = 21;
/** Input for one run: a chunk of xz has no more. */
const INPUT_BYTES = 2 ** 16;
/** Each probability is a half at first. */
const INITIAL = 1024;

export class LzmaDecoder {
  readonly window: History;
  readonly #lzma: LzmaState = {
    probs: new Uint16Array(LITERAL),
    lc: 0,
    lpMask: 0,
    pbMask: 0,
    state: 0,
    reps: new Uint32Array(4),
    pending: 0,
    range: 0,
    code: 0,
  };
  /** Input with zeros behind it, so that no byte is looked for in vain. */
  readonly #input = new Uint8Array(INPUT_BYTES + 2 * MAX_SYMBOL_BYTES);

  constructor(dictionaryBytes: number) {
    this.window = new History(dictionaryBytes);
  }

  /** Whether a match goes on behind the room that there was. */
  get isPending(): boolean {
    return this.#lzma.pending > 0;
  }

  /** Whether the range coder is where an honest encoder ends. */
  get isFinished(): boolean {
    return this.#lzma.code === 0;
  }

  /** @param byte of lc, lp and pb. False where it is none that there is */
  setProperties(byte: number): boolean {
    if (byte >= 225) return false;
    const lzma = this.#lzma;
    const lp = Math.floor(byte / 9) % 5;
    lzma.lc = byte % 9;
    lzma.lpMask = (1 << lp) - 1;
    lzma.pbMask = (1 << Math.floor(byte / 45)) - 1;
    const length = LITERAL + (0x300 << (lzma.lc + lp));
    if (lzma.probs.length !== length) lzma.probs = new Uint16Array(length);
    this.reset();
    return true;
  }

  reset(): void {
    const lzma = this.#lzma;
    lzma.probs.fill(INITIAL);
    lzma.reps.fill(0);
    lzma.state = lzma.pending = 0;
  }

  /** Begins a run of the range coder with its first five bytes. False where they are not such. */
  begin(bytes: Uint8Array): boolean {
    this.#lzma.range = 0xffffffff;
    this.#lzma.code = ((bytes[1]! << 24) | (bytes[2]! << 16) | (bytes[3]! << 8) | bytes[4]!) >>> 0;
    return bytes[0] === 0;
  }

  /**
   * Decodes till the window has `room` bytes more.
   * @param bytes from the next symbol on
   * @param isLast whether no more will come: then the last symbol may go on behind the end, where reads are zeros
   * @returns why it has stopped, and how many bytes it used: more than there are where it went on behind them
   */
  decode(bytes: Uint8Array, isLast: boolean, room: number): LzmaRun {
    const taken = bytes.length > INPUT_BYTES ? bytes.subarray(0, INPUT_BYTES) : bytes;
    const { length } = taken;
    this.#input.set(taken);
    this.#input.fill(0, length, length + 2 * MAX_SYMBOL_BYTES);
    const end = isLast && taken === bytes ? length : length - MAX_SYMBOL_BYTES;
    return runLzma(this.#lzma, this.window, this.#input, end, room);
  }
}
