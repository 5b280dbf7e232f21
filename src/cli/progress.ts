/** A line on stderr that tells how far long work has come, where somebody looks at it. */

/** Nothing is shown before this: most work is done by then. */
const FIRST_MILLISECONDS = 1000;
const EVERY_MILLISECONDS = 100;

export interface Measured {
  /** Bytes that have come, and bytes of the whole where they are known. */
  readonly received: number;
  readonly byteLength: number | undefined;
}

export class Progress {
  readonly #file: string;
  readonly #input: Measured;
  readonly #begin = Date.now();
  readonly #timer: NodeJS.Timeout | undefined;
  #hasLine = false;
  /** How many pickles have been read. */
  pickles = 0;

  /** @param isQuiet whether nothing is to be told: where values are printed on the same terminal, they show it */
  constructor(file: string, input: Measured, isQuiet = process.stdout.isTTY) {
    this.#file = file;
    this.#input = input;
    if (process.stderr.isTTY && !isQuiet) {
      this.#timer = setInterval(() => this.#show(), EVERY_MILLISECONDS).unref();
    }
  }

  #show(): void {
    if (Date.now() - this.#begin < FIRST_MILLISECONDS) return;
    this.#hasLine = true;
    const { received, byteLength } = this.#input;
    const part = byteLength ? ` of ${megabytes(byteLength)} (${Math.floor((100 * received) / byteLength)} %)` : '';
    process.stderr.write(`\r\x1b[K${this.#file}: ${megabytes(received)}${part}, ${this.pickles} pickles`);
  }

  /** Takes the line away. */
  end(): void {
    clearInterval(this.#timer);
    if (this.#hasLine) process.stderr.write('\r\x1b[K');
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
