import { MAX_KEY_BYTES, MAX_KEYS } from '../../spec/layout.ts';
import { utf16String } from './strings.ts';

/** Places of the hash table: a power of two, twice the most keys. */
const PLACES = 2 * MAX_KEYS;
const FIRST_PLACES = 1024;
/** A key that has found no place after this many tries is not interned, so that chosen collisions cost little. */
const TRIES = 24;

/** Texts that have been dict keys, each under a number. They outlive the pickle that they were met in. */
export class Keys {
  count = 0;
  /** The text that is being looked up. */
  readonly units = new Uint16Array(MAX_KEY_BYTES);
  private seed = 0;
  /** Key number + 1, or 0. */
  private table = new Int32Array(FIRST_PLACES);
  private hashes = new Int32Array(FIRST_PLACES / 2);
  private starts = new Int32Array(FIRST_PLACES / 2 + 1);
  private pool = new Uint16Array(8 * FIRST_PLACES);
  private readonly strings: string[] = [];

  constructor() {
    this.clear();
  }

  clear(): void {
    this.count = 0;
    this.strings.length = 0;
    this.table.fill(0);
    this.seed = (Math.random() * 2 ** 32) | 0;
  }

  get full(): boolean {
    return this.count >= MAX_KEYS;
  }

  /** The number of the key whose text is the first `length` of `units`; -1 if it cannot be interned. */
  number(length: number): number {
    const units = this.units;
    let hash = this.seed;
    for (let i = 0; i < length; i++) hash = Math.imul(hash ^ units[i]!, 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.table.length - 1;
    for (let t = 0; t < TRIES; t++) {
      const place = (hash + t) & mask;
      const found = this.table[place]! - 1;
      if (found < 0) return this.add(hash, length, place);
      if (this.hashes[found] === hash && this.is(found, length)) return found;
    }
    return -1;
  }

  /** Whether the key of a number has the text that is the first `length` of `units`. */
  is(key: number, length: number): boolean {
    const start = this.starts[key]!;
    if (this.starts[key + 1]! - start !== length) return false;
    const pool = this.pool;
    const units = this.units;
    for (let i = 0; i < length; i++) if (pool[start + i] !== units[i]) return false;
    return true;
  }

  string(key: number): string {
    return (this.strings[key] ??= utf16String(this.pool, this.starts[key]!, this.starts[key + 1]!));
  }

  private add(hash: number, length: number, place: number): number {
    if (this.full) return -1;
    if (2 * this.count >= this.table.length && this.table.length < PLACES) {
      this.widen();
      return this.number(length);
    }
    const key = this.count++;
    const start = this.starts[key]!;
    if (start + length > this.pool.length) {
      const larger = new Uint16Array(2 * this.pool.length);
      larger.set(this.pool);
      this.pool = larger;
    }
    for (let i = 0; i < length; i++) this.pool[start + i] = this.units[i]!;
    this.starts[key + 1] = start + length;
    this.hashes[key] = hash;
    this.table[place] = key + 1;
    return key;
  }

  private widen(): void {
    const length = 2 * this.table.length;
    const hashes = new Int32Array(length / 2);
    hashes.set(this.hashes);
    this.hashes = hashes;
    const starts = new Int32Array(length / 2 + 1);
    starts.set(this.starts);
    this.starts = starts;
    this.table = new Int32Array(length);
    for (let key = 0; key < this.count; key++) {
      let place = this.hashes[key]! & (length - 1);
      while (this.table[place] !== 0) place = (place + 1) & (length - 1);
      this.table[place] = key + 1;
    }
  }
}
