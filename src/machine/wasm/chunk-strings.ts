/** Up to so many entries are wiped for the next decode; growing an empty array anew costs a small message more. */
const FEW_CHUNKS = 32;

/** Strings of whole chunks of text, by chunk number, and how far into its chunk each reaches. */
export class ChunkStrings {
  #strings: (string | undefined)[] = [];
  #ends: number[] = [];

  /** The string of a chunk if it was made up to this end. */
  known(number: number, end: number): string | undefined {
    return this.#ends[number] === end ? this.#strings[number] : undefined;
  }

  keep(number: number, end: number, text: string): string {
    this.#ends[number] = end;
    return (this.#strings[number] = text);
  }

  /** The text will be written over. */
  forget(): void {
    if (this.#ends.length > FEW_CHUNKS) {
      this.#strings = [];
      this.#ends = [];
      return;
    }
    for (let i = 0; i < this.#ends.length; i++) {
      this.#strings[i] = undefined;
      this.#ends[i] = 0;
    }
  }
}
