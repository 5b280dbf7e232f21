/** What has been written under which number of the memo: objects by identity, globals and strings by what they say. */
import { MAX_MAP_ENTRIES } from '../spec/limits.ts';

export class Memo {
  /** How many numbers are taken. */
  count = 0;
  /** The newest map last: no Map of V8 has more than 2^24 entries. */
  #objects: Map<object, number>[] = [new Map()];
  #last: Map<object, number> = this.#objects[0]!;
  #globals = new Map<string, number>();
  #strings = new Map<string, number>();

  /** The number of an object, or undefined. */
  find(object: object): number | undefined {
    const index = this.#last.get(object);
    if (index !== undefined || this.#objects.length === 1) return index;
    for (const map of this.#objects) {
      const found = map.get(object);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Gives an object the next number. */
  add(object: object): void {
    if (this.#last.size >= MAX_MAP_ENTRIES) this.#objects.push((this.#last = new Map()));
    this.#last.set(object, this.count);
  }

  findGlobal(key: string): number | undefined {
    return this.#globals.get(key);
  }

  addGlobal(key: string): void {
    this.#globals.set(key, this.count);
  }

  findString(text: string): number | undefined {
    return this.#strings.get(text);
  }

  /** More strings than a Map can hold are written again. */
  addString(text: string): void {
    if (this.#strings.size < MAX_MAP_ENTRIES) this.#strings.set(text, this.count);
  }

  clear(): void {
    this.count = 0;
    this.#last = new Map();
    this.#objects = [this.#last];
    this.#globals = new Map();
    this.#strings = new Map();
  }

  /** Forgets all numbers from `count` on: of a pickle that failed, nothing was delivered. */
  rollBack(count: number): void {
    if (this.count === count) return;
    for (const map of [...this.#objects, this.#globals, this.#strings] as Map<unknown, number>[]) {
      for (const [key, index] of map) if (index >= count) map.delete(key);
    }
    this.count = count;
  }
}
