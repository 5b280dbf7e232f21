import { int4 } from './numbers.ts';
import type { Text } from './text.ts';

/** The longest text that is looked up, in bytes. */
export const MAX_REPEAT_BYTES = 32;
/** What `look` returns for a text that is met the second time: it is to be shared now. */
export const SECOND = -2;

const ENTRIES_BITS = 12;
/** After so many look-ups the hits are counted; below a quarter, the next so many texts are not looked up. */
const TRIAL = 2048;
const PAUSE = 65536;

/**
 * Short texts that were met lately. Many programs write the same few texts over and over as different objects, so that the
 * memo does not know them; a text that is met again becomes a shared string, of which JavaScript makes one. Where few
 * repeat, the table is let be.
 *
 * ```text
 * entry, 4 words: [text offset] [length] [number of the shared string, or -1] [decode]
 * ```
 */
export class Repeats {
  private readonly table = new Int32Array(4 << ENTRIES_BITS);
  private readonly text: Text;
  private decode = 0;
  private tries = 0;
  private hits = 0;
  private pause = 0;
  /** The entry of the text that was looked up last; -1 if it was not. */
  private place = -1;

  constructor(text: Text) {
    this.text = text;
  }

  /** Forgets the texts. */
  begin(): void {
    this.decode++;
    this.tries = 0;
    this.hits = 0;
    this.pause = 0;
  }

  /**
   * Looks up 1 to MAX_REPEAT_BYTES bytes of ASCII.
   * @returns the number of the shared string; SECOND; or -1: the text is new, and `note` is to be told where it lies
   */
  look(bytes: Uint8Array, p: number, length: number): number {
    this.place = -1;
    if (this.pause > 0) {
      this.pause--;
      return -1;
    }
    if (++this.tries === TRIAL) {
      if (4 * this.hits < TRIAL) this.pause = PAUSE;
      this.tries = 0;
      this.hits = 0;
    }
    // Head and tail tell short texts apart well enough; a collision costs one comparison.
    const head =
      length < 4 ? bytes[p]! | (bytes[p + length - 1]! << 8) | (bytes[p + (length >> 1)]! << 16) : int4(bytes, p);
    const tail = length < 4 ? length : int4(bytes, p + length - 4);
    const hash = Math.imul(Math.imul(head, 0x85ebca6b) ^ tail, 0x9e3779b1);
    const place = (hash >>> (32 - ENTRIES_BITS)) << 2;
    this.place = place;
    const table = this.table;
    if (table[place + 1] !== length || table[place + 3] !== this.decode) return -1;
    if (!this.text.isAt(table[place]!, bytes, p, length)) return -1;
    this.hits++;
    const number = table[place + 2]!;
    return number < 0 ? SECOND : number;
  }

  /** The offset of the text of SECOND, where it was met first. */
  get first(): number {
    return this.table[this.place]!;
  }

  /** Gives the text of SECOND its number as a shared string. */
  share(number: number): void {
    this.table[this.place + 2] = number;
  }

  /** Enters the text that was looked up last. */
  note(offset: number, length: number): void {
    const place = this.place;
    if (place < 0) return;
    const table = this.table;
    table[place] = offset;
    table[place + 1] = length;
    table[place + 2] = -1;
    table[place + 3] = this.decode;
  }
}
