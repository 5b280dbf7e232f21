/** The class to subclass, as Python's `pickle.Pickler`. */
import type { EncodeOptions } from '../spec/encode-options.ts';
import type { Reduction } from '../spec/reducer.ts';
import type { Destination } from './destination.ts';
import { encodeTo } from './dump.ts';
import { encodeWhole } from './dumps.ts';
import { Encoder } from './encoder.ts';
import { Memo } from './memo.ts';
import { resolveSettings, type Settings } from './settings.ts';

/**
 * Writes pickles with rules of your own: override `persistentId` to write objects that lie elsewhere as an id, and
 * `reducerOverride` to say how objects are written. What one Pickler writes shares a memo: an object that was written before
 * is referred to. Such pickles are to be read by one Unpickler, in order.
 *
 * @example
 * class MyPickler extends Pickler {
 *   override persistentId(value) {
 *     return value instanceof Table ? ['table', value.name] : undefined;
 *   }
 * }
 * const bytes = new MyPickler().dumps({ first: table });
 */
export class Pickler {
  readonly #destination: Destination | undefined;
  readonly #options: EncodeOptions | undefined;
  readonly #memo = new Memo();
  #encoder: Encoder | undefined;
  #isBusy = false;

  /**
   * @param destination where `dump` writes to: see the function `dump`. Not needed for `dumps`
   * @param options as for `dumps`
   */
  constructor(destination?: Destination | null, options?: EncodeOptions) {
    this.#destination = destination ?? undefined;
    this.#options = options;
  }

  /**
   * Writes the next pickle to the destination. A path is written anew by each: it holds the last.
   * @throws as the function `dump`; the memo is as it was before then
   */
  async dump(value: unknown): Promise<void> {
    if (this.#destination === undefined) throw new TypeError('The Pickler was made without a destination to write to.');
    const encoder = this.#begin();
    try {
      await encodeTo(encoder, value, this.#destination);
    } finally {
      this.#isBusy = false;
    }
  }

  /**
   * The next pickle as bytes. The memo goes on from that of the pickles before.
   * @throws as the function `dumps`; the memo is as it was before then
   */
  dumps(value: unknown): Uint8Array {
    const encoder = this.#begin();
    try {
      return encodeWhole(encoder, value);
    } finally {
      this.#isBusy = false;
    }
  }

  /** Forgets what was written: the next pickle refers to nothing before it, and is to be read with a memo of its own. */
  clearMemo(): void {
    if (this.#isBusy) throw new Error('The memo cannot be cleared while a pickle is written.');
    this.#memo.clear();
  }

  /** The persistent id of a value; undefined or null where it has none. As it is, this asks the option `persistentId`. */
  persistentId(value: unknown): unknown {
    return this.#options?.persistentId?.(value);
  }

  /**
   * What is written for an object; undefined where it is not for this to say. Not asked for what Python's own types are
   * written for: lists, dicts, sets, bytes. As it is, this asks the option `reducerOverride`.
   */
  reducerOverride(value: object): Reduction | undefined {
    return this.#options?.reducerOverride?.(value);
  }

  /** Two pickles at once would mix up their memo numbers. */
  #begin(): Encoder {
    if (this.#isBusy) throw new Error('This Pickler is writing: wait until it is done, or use another.');
    const encoder = (this.#encoder ??= new Encoder(this.#resolve(), this.#memo));
    this.#isBusy = true;
    return encoder;
  }

  #resolve(): Settings {
    const settings = resolveSettings(this.#options);
    const base = Pickler.prototype;
    return {
      ...settings,
      persistentId:
        this.persistentId === base.persistentId ? settings.persistentId : (value) => this.persistentId(value),
      reducerOverride:
        this.reducerOverride === base.reducerOverride
          ? settings.reducerOverride
          : (value) => this.reducerOverride(value),
    };
  }
}
