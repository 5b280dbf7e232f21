/** More out-of-band buffers are asked for than the iterator has. */
export class NoMoreBuffers extends Error {}

/** Out-of-band buffers, taken from an iterator as they are needed: it may be endless. */
export class Buffers {
  /** Stands for a number that is not known. */
  static readonly MANY = 0x7fffffff;
  readonly #iterator: Iterator<unknown>;
  readonly #taken: unknown[] = [];

  constructor(iterator: Iterator<unknown>) {
    this.#iterator = iterator;
  }

  /** How many were taken. */
  get count(): number {
    return this.#taken.length;
  }

  /** @throws NoMoreBuffers */
  at(index: number): unknown {
    while (this.#taken.length <= index) {
      const { done, value } = this.#iterator.next();
      if (done === true) throw new NoMoreBuffers();
      this.#taken.push(value);
    }
    return this.#taken[index];
  }
}
