/** What has been written under which number of the memo: objects by identity, globals and strings by what they say. */
import { MAX_MAP_ENTRIES } from '../spec/limits.ts';
import type { PyGlobal } from '../values/py.ts';
import { Identities } from './identities.ts';

/** Names that are kept from one pickle to the next, and how long they may be together. */
const MAX_KEPT_NAMES = 1024;
const MAX_KEPT_UNITS = 1 << 15;

/** A string and its number in a round; in another, it has none. */
interface Entry {
  round: number;
  number: number;
}

export class Memo {
  /** How many numbers are taken. */
  count = 0;
  readonly #objects = new Identities();
  /** The same globals twice: as objects, which are found sooner, and by what they say. */
  readonly #globals = new Map<PyGlobal, number>();
  readonly #globalNames = new Map<string, number>();
  #strings = new Map<string, Entry>();
  #round = 0;
  /** Units of all strings; Infinity where there are others than names of properties. */
  #units = 0;

  /** The number of an object, or undefined. */
  find(object: object): number | undefined {
    return this.#objects.find(object);
  }

  /** The number of an object, or undefined: then it has the next number from now on. */
  meet(object: object): number | undefined {
    return this.#objects.meet(object, this.count);
  }

  findGlobal(global: PyGlobal): number | undefined {
    const known = this.#globals.get(global);
    if (known !== undefined) return known;
    const found = this.#globalNames.get(nameOf(global));
    if (found !== undefined && this.#globals.size < MAX_MAP_ENTRIES) this.#globals.set(global, found);
    return found;
  }

  /** Gives a global the next number. */
  addGlobal(global: PyGlobal): void {
    this.#globalNames.set(nameOf(global), this.count);
  }

  /** The number of a property's name, or undefined: then it has the next number from now on. */
  meetName(name: string): number | undefined {
    const entry = this.#strings.get(name);
    if (entry === undefined) {
      this.#units += name.length;
      // More strings than a Map can hold are written again.
      if (this.#strings.size < MAX_MAP_ENTRIES) this.#strings.set(name, { round: this.#round, number: this.count });
      return undefined;
    }
    if (entry.round === this.#round) return entry.number;
    entry.round = this.#round;
    entry.number = this.count;
    return undefined;
  }

  /** As `meetName`, for any string: it may be a part of a longer one, whose memory it would keep. */
  meetString(text: string): number | undefined {
    this.#units = Infinity;
    return this.meetName(text);
  }

  /** Forgets all numbers. Names of properties stay for the next pickle, which often has the same. */
  clear(): void {
    this.count = 0;
    this.#objects.clear();
    if (this.#globals.size > 0) this.#globals.clear();
    if (this.#globalNames.size > 0) this.#globalNames.clear();
    this.#round++;
    if (this.#units <= MAX_KEPT_UNITS && this.#strings.size <= MAX_KEPT_NAMES) return;
    this.#strings = new Map();
    this.#units = 0;
  }

  /** Forgets all numbers from `count` on: of a pickle that failed, nothing was delivered. */
  rollBack(count: number): void {
    this.#objects.rollBack(count);
    for (const map of [this.#globals, this.#globalNames] as Map<unknown, number>[]) {
      for (const [key, number] of map) if (number >= count) map.delete(key);
    }
    for (const [text, { number }] of this.#strings) if (number >= count) this.#strings.delete(text);
    this.count = count;
  }
}

const nameOf = ({ module, name }: PyGlobal): string => `${module}\n${name}`;
