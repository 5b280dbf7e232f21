import type { EngineName } from '../machine/auto.ts';

/** Pickles one after another in one input. */
export interface PickleReader {
  readonly engine: EngineName;
  /** Absolute offset behind the last pickle that was read: where the next one begins. */
  readonly position: number;
  /** Bytes that have come so far. */
  readonly received: number;
  /** Bytes of the whole input, where that is known. */
  readonly byteLength: number | undefined;
  /** Whether nothing lies behind the last pickle. */
  atEnd(): boolean | Promise<boolean>;
  /**
   * Reads the next pickle.
   * @param fresh whether it has a memo of its own; else it shares that of the pickles before it
   */
  next(fresh: boolean): unknown;
  /** Lets go of the input and the machine. */
  close(): void | Promise<void>;
}
