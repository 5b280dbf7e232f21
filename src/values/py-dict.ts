/** A Map whose keys are equal as in Python. */
import { canonicalKey, isHashFlood, keyKind, LENIENT, textOfNumberKey, type KeyKind } from './keys.ts';
import { customInspect, printed, type Inspect, type PrintOptions } from './py-print.ts';

/**
 * A dict: 1, 1n and true are one key; tuples, frozensets and bytes are compared by value (plain Arrays and Sets do for
 * tuples and frozensets); everything else by identity. A key that is set again keeps its first form and its place.
 *
 * The Map underneath goes from canonical keys to values. Keys that are not their own canonical form are kept beside it;
 * most dicts, with nothing but str keys, have none.
 */
export class PyDict<K = unknown, V = unknown> extends Map<K, V> {
  /** First form of each key that differs from its canonical form, by the canonical form. */
  #originals: Map<unknown, K> | undefined;
  /** Numbers as keys are hashed as text: keys were chosen to collide in V8's unseeded hash of numbers. */
  #textNumbers = false;

  constructor(entries?: Iterable<readonly [K, V]> | null) {
    super();
    if (entries instanceof PyDict) this.#copy(entries as PyDict<K, V>);
    else if (entries) for (const [key, value] of entries) this.set(key, value);
  }

  /**
   * Sets many entries at once, for builders that know the canonical keys: by `canonicalKey`, and `nanKey` for NaNs.
   * Fill an empty dict: then
   * numbers that were chosen to collide are found out, and it is linear in any case.
   */
  fill(canonicalKeys: readonly unknown[], keys: readonly K[], values: readonly V[]): void {
    if (!this.#textNumbers && this.size === 0 && isHashFlood(canonicalKeys)) this.#textNumbers = true;
    for (let i = 0; i < keys.length; i++) this.#put(this.#stored(canonicalKeys[i]), keys[i]!, values[i]!);
  }

  override get(key: K): V | undefined {
    return super.get(this.#canonical(key));
  }

  override has(key: K): boolean {
    return super.has(this.#canonical(key));
  }

  override set(key: K, value: V): this {
    this.#put(this.#canonical(key), key, value);
    return this;
  }

  override delete(key: K): boolean {
    const canonical = this.#canonical(key);
    this.#originals?.delete(canonical);
    return super.delete(canonical);
  }

  override clear(): void {
    this.#originals = undefined;
    super.clear();
  }

  override *entries(): Generator<[K, V], undefined> {
    for (const [canonical, value] of super.entries()) yield [this.#original(canonical), value];
  }

  override *keys(): Generator<K, undefined> {
    for (const canonical of super.keys()) yield this.#original(canonical);
  }

  override [Symbol.iterator](): Generator<[K, V], undefined> {
    return this.entries();
  }

  override forEach(callback: (value: V, key: K, map: Map<K, V>) => void, thisArg?: unknown): void {
    super.forEach((value, canonical) => callback.call(thisArg, value, this.#original(canonical), this));
  }

  get [keyKind](): KeyKind {
    return 'unhashable';
  }

  /** A plain object where every key is a str, else an array of entries. */
  toJSON(): unknown {
    const entries = [...this.entries()];
    if (!entries.every(([key]) => typeof key === 'string')) return entries;
    return Object.fromEntries(entries as [string, V][]);
  }

  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string {
    return printed(this, 'PyDict', depth, options, inspect, () => {
      const inner = { ...options, depth, printing: [...(options.printing ?? []), this] };
      return `Py${inspect(new Map(this), inner).replace(/^Map\(/, 'Dict(')}`;
    });
  }

  #original(canonical: K): K {
    const originals = this.#originals;
    return originals !== undefined && originals.has(canonical) ? originals.get(canonical)! : canonical;
  }

  #put(canonical: K, key: K, value: V): void {
    if (!Object.is(canonical, key) && !super.has(canonical)) (this.#originals ??= new Map()).set(canonical, key);
    super.set(canonical, value);
  }

  #stored(canonical: unknown): K {
    return (this.#textNumbers && typeof canonical === 'number' ? textOfNumberKey(canonical) : canonical) as K;
  }

  #canonical(key: K): K {
    const canonical = canonicalKey(key, LENIENT);
    if (Number.isNaN(canonical)) return this.#firstNaN();
    return this.#stored(canonical);
  }

  /** A program has only one NaN to ask with: it means the first. */
  #firstNaN(): K {
    for (const canonical of super.keys()) if (Number.isNaN(this.#original(canonical))) return canonical;
    return NaN as K;
  }

  #copy(other: PyDict<K, V>): void {
    this.#textNumbers = other.#textNumbers;
    if (other.#originals !== undefined) this.#originals = new Map(other.#originals);
    Map.prototype.forEach.call(other, (value: V, canonical: K) => super.set(canonical, value));
  }
}
