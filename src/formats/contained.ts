/** Pickles in containers: what is left of these may show that they were damaged, or that they are a bomb. */
import type { ByteSource } from '../bytes/byte-source.ts';
import { FREE_BYTES } from '../container/budget.ts';
import type { PickleReader } from '../decode/pickle-reader.ts';
import type { EngineName } from '../machine/auto.ts';
import type { ErrorCode } from '../spec/errors.ts';
import { PickleError, PickleMachineError, pickleError, PickleSyntaxError } from '../spec/pickle-error.ts';

/** So much is looked at behind an error: a bomb shows itself within it, and nobody waits for long. */
const CHECKED_BYTES = 1.25 * FREE_BYTES;

export class ContainedReader implements PickleReader {
  readonly #reader: PickleReader;
  readonly #content: ByteSource;

  /** @param content what `reader` reads from: the inside of the innermost container */
  constructor(reader: PickleReader, content: ByteSource) {
    this.#reader = reader;
    this.#content = content;
  }

  get engine(): EngineName {
    return this.#reader.engine;
  }

  get position(): number {
    return this.#reader.position;
  }

  get received(): number {
    return this.#reader.received;
  }

  get byteLength(): number | undefined {
    return this.#reader.byteLength;
  }

  atEnd(): boolean | Promise<boolean> {
    return this.#reader.atEnd();
  }

  /**
   * @throws PickleError as any reader; where the pickle makes no sense and the containers are damaged, or hold far more than
   *   is allowed, their error, whose `cause` is the pickle's
   */
  async next(fresh: boolean): Promise<unknown> {
    try {
      return await this.#reader.next(fresh);
    } catch (error) {
      const isDamage = error instanceof PickleSyntaxError || error instanceof PickleMachineError;
      throw isDamage ? await this.#explained(error) : error;
    }
  }

  /** Reads the containers to their ends, so that their checksums are looked at. */
  async finish(): Promise<void> {
    while ((await this.#content.read()) !== null);
  }

  close(): void | Promise<void> {
    return this.#reader.close();
  }

  async #explained(error: PickleError): Promise<unknown> {
    try {
      for (let left = CHECKED_BYTES; left > 0;) {
        const piece = await this.#content.read();
        if (piece === null) break;
        left -= piece.length;
      }
      return error;
    } catch (reason) {
      return reason instanceof PickleError ? becauseOf(reason, error) : error;
    }
  }
}

/** The same error, with a cause. */
function becauseOf(error: PickleError, cause: PickleError): PickleError {
  const { code, offset, detail } = error;
  const { limit, actual } = error as { limit?: number; actual?: number };
  return pickleError(code as ErrorCode, { offset, detail, limit, actual, cause });
}
