/** Texts of what keys are made of, and how long ones are shortened without being read twice. */
import { latin1Text } from '../bytes/chunks.ts';
import { sha256Hex } from '../bytes/sha256.ts';

/** Units of text up to which it stands for itself: from there on its SHA-256 does. */
export const MAX_TEXT = 256;
/** An int of more hex digits is looked up before it is written out, which costs 800 us at 64 KiB. */
const BIG = /* @__PURE__ */ BigInt(`0x1${'0'.repeat(MAX_TEXT)}`);

/** `.` and the text, or `#` and its SHA-256. */
export function shortened(text: string): string {
  return text.length <= MAX_TEXT ? `.${text}` : digestOf(text);
}

function digestOf(text: string): string {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < units.length; i++) units[i] = text.charCodeAt(i);
  return `#${sha256Hex(new Uint8Array(units.buffer))}`;
}

/**
 * What was made of the large parts of the keys of one decode: a text, tuple or int of a megabyte that a hundred thousand
 * keys share is read once. Tuples and bytes go by identity: drop the memo before a program can change them.
 */
export class KeyMemo {
  readonly #objects = new Map<object, string>();
  readonly #texts = new Map<string, string>();
  /** By the remainder of a divisor that nobody can foresee: a Map hashes bigints by their low 64 bits only. */
  readonly #ints = new Map<number, [bigint, string][]>();
  readonly #divisor = BigInt(2 ** 51 + Math.floor(Math.random() * 2 ** 51)) | 1n;

  get(object: object): string | undefined {
    return this.#objects.get(object);
  }

  set(object: object, text: string): void {
    this.#objects.set(object, text);
  }

  /** `shortened` of a text. */
  text(text: string): string {
    if (text.length <= MAX_TEXT) return `.${text}`;
    let short = this.#texts.get(text);
    if (short === undefined) this.#texts.set(text, (short = digestOf(text)));
    return short;
  }

  bytes(bytes: Uint8Array): string {
    if (bytes.length <= MAX_TEXT) return `.${latin1Text(bytes, 0, bytes.length)}`;
    let short = this.#objects.get(bytes);
    if (short === undefined) this.#objects.set(bytes, (short = `#${sha256Hex(bytes)}`));
    return short;
  }

  /** `shortened` of an int's hex. */
  int(value: bigint): string {
    if (value < BIG && value > -BIG) return shortened(value.toString(16));
    const remainder = Number(value % this.#divisor);
    let met = this.#ints.get(remainder);
    if (met === undefined) this.#ints.set(remainder, (met = []));
    const found = met.find(([other]) => other === value);
    if (found !== undefined) return found[1];
    const text = shortened(value.toString(16));
    met.push([value, text]);
    return text;
  }
}
