/** Sets whose items are equal as in Python. */
import { canonicalKey, isHashFlood, keyKind, LENIENT, textOfNumberKey, type KeyKind } from './keys.ts';
import { customInspect, printed, type Inspect, type PrintOptions } from './py-print.ts';

/** A set: items are equal as keys of a PyDict are, and the first form of an item stays. */
export class PySet<T = unknown> extends Set<T> {
  /** First form of each item that differs from its canonical form, by the canonical form. */
  #originals: Map<unknown, T> | undefined;
  /** Numbers are hashed as text: they were chosen to collide in V8's unseeded hash of numbers. */
  #textNumbers = false;

  constructor(items?: Iterable<T> | null) {
    super();
    if (items instanceof PySet) this.#copy(items as PySet<T>);
    else if (items) for (const item of items) this.add(item);
  }

  /**
   * Adds many items at once, for builders that know the canonical keys: by `canonicalKey`, and `nanKey` for NaNs.
   * Fill an empty set: then
   * numbers that were chosen to collide are found out, and it is linear in any case.
   */
  fill(canonicalKeys: readonly unknown[], items: readonly T[]): void {
    if (!this.#textNumbers && this.size === 0 && isHashFlood(canonicalKeys)) this.#textNumbers = true;
    for (let i = 0; i < items.length; i++) this.#put(this.#stored(canonicalKeys[i]), items[i]!);
  }

  override has(item: T): boolean {
    return super.has(this.#canonical(item));
  }

  override add(item: T): this {
    this.#put(this.#canonical(item), item);
    return this;
  }

  override delete(item: T): boolean {
    const canonical = this.#canonical(item);
    this.#originals?.delete(canonical);
    return super.delete(canonical);
  }

  override clear(): void {
    this.#originals = undefined;
    super.clear();
  }

  override *values(): Generator<T, undefined> {
    for (const canonical of super.values()) yield this.#original(canonical);
  }

  override keys(): Generator<T, undefined> {
    return this.values();
  }

  override *entries(): Generator<[T, T], undefined> {
    for (const item of this.values()) yield [item, item];
  }

  override [Symbol.iterator](): Generator<T, undefined> {
    return this.values();
  }

  override forEach(callback: (item: T, same: T, set: Set<T>) => void, thisArg?: unknown): void {
    super.forEach((canonical) => {
      const item = this.#original(canonical);
      callback.call(thisArg, item, item, this);
    });
  }

  get [keyKind](): KeyKind {
    return 'unhashable';
  }

  toJSON(): unknown {
    return [...this.values()];
  }

  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string {
    const name = this[keyKind] === 'frozenset' ? 'PyFrozenSet' : 'PySet';
    return printed(this, name, depth, options, inspect, () => {
      const inner = { ...options, depth, printing: [...(options.printing ?? []), this] };
      return inspect(new Set(this), inner).replace(/^Set\(/, `${name}(`);
    });
  }

  #original(canonical: T): T {
    const originals = this.#originals;
    return originals !== undefined && originals.has(canonical) ? originals.get(canonical)! : canonical;
  }

  #put(canonical: T, item: T): void {
    if (!Object.is(canonical, item) && !super.has(canonical)) (this.#originals ??= new Map()).set(canonical, item);
    super.add(canonical);
  }

  #stored(canonical: unknown): T {
    return (this.#textNumbers && typeof canonical === 'number' ? textOfNumberKey(canonical) : canonical) as T;
  }

  #canonical(item: T): T {
    const canonical = canonicalKey(item, LENIENT);
    if (Number.isNaN(canonical)) return this.#firstNaN();
    return this.#stored(canonical);
  }

  /** A program has only one NaN to ask with: it means the first. */
  #firstNaN(): T {
    for (const canonical of super.values()) if (Number.isNaN(this.#original(canonical))) return canonical;
    return NaN as T;
  }

  #copy(other: PySet<T>): void {
    this.#textNumbers = other.#textNumbers;
    if (other.#originals !== undefined) this.#originals = new Map(other.#originals);
    Set.prototype.forEach.call(other, (canonical) => super.add(canonical as T));
  }
}

/** A frozenset. Nothing hinders a program from adding to it, but then it is no key that can be found again. */
export class PyFrozenSet<T = unknown> extends PySet<T> {
  override get [keyKind](): KeyKind {
    return 'frozenset';
  }
}
