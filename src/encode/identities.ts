/**
 * Which objects were met, and under which number. Most values are trees, in which nothing is met again: so a Set only says
 * whether an object is new, which takes one look for asking and noting together, and the numbers lie beside it. The first
 * object that is met again makes Maps of it.
 */
import { MAX_MAP_ENTRIES } from '../spec/limits.ts';

const FEW = 256;
/** Numbers that are kept for the next pickle: the first touch of fresh memory is slow. */
const MANY = 1 << 16;
const MAX_UINT32 = 0xffffffff;

export class Identities {
  /** In the order of `#numbers`; undefined as soon as there are Maps. */
  #met: Set<object> | undefined = new Set();
  #numbers = new Uint32Array(FEW);
  /** The newest last: no Map of V8 has more than 2^24 entries. */
  #maps: Map<object, number>[] = [];

  /** The number of an object that was met before, or undefined: then it has this one from now on. */
  meet(object: object, number: number): number | undefined {
    const met = this.#met;
    if (met === undefined) {
      const found = this.#look(object);
      if (found === undefined) this.#set(object, number);
      return found;
    }
    const { size } = met;
    met.add(object);
    if (met.size === size) {
      this.#makeMaps();
      return this.#look(object);
    }
    if (size >= this.#numbers.length) this.#grow();
    this.#numbers[size] = number;
    if (size + 1 >= MAX_MAP_ENTRIES || number >= MAX_UINT32) this.#makeMaps();
    return undefined;
  }

  /** The number of an object, or undefined. */
  find(object: object): number | undefined {
    if (this.#met !== undefined) {
      if (!this.#met.has(object)) return undefined;
      this.#makeMaps();
    }
    return this.#look(object);
  }

  clear(): void {
    if (this.#met === undefined || this.#met.size > 0) this.#met = new Set();
    this.#maps = [];
    if (this.#numbers.length > MANY) this.#numbers = new Uint32Array(FEW);
  }

  /** Forgets the objects whose numbers are not below `count`. */
  rollBack(count: number): void {
    if (this.#met !== undefined) this.#makeMaps();
    for (const map of this.#maps) {
      for (const [object, number] of map) if (number >= count) map.delete(object);
    }
  }

  #look(object: object): number | undefined {
    const maps = this.#maps;
    for (let i = maps.length - 1; i >= 0; i--) {
      const found = maps[i]!.get(object);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #set(object: object, number: number): void {
    let last = this.#maps.at(-1)!;
    if (last.size >= MAX_MAP_ENTRIES) this.#maps.push((last = new Map()));
    last.set(object, number);
  }

  #makeMaps(): void {
    const map = new Map<object, number>();
    let i = 0;
    for (const object of this.#met!) map.set(object, this.#numbers[i++]!);
    this.#maps = [map];
    this.#met = undefined;
  }

  #grow(): void {
    const numbers = new Uint32Array(2 * this.#numbers.length);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
  }
}
