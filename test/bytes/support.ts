import { PickleError } from '../../src/spec/pickle-error.ts';
import type { Where } from '../../src/bytes/where.ts';

export const WHERE: Where = { offset: 7, opcode: 0x53 };

/** The bytes of text of Latin-1: `\xff` is the byte FF. */
export const raw = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** What a function gives, or the code of the error that it throws; any other error goes on. */
export function codeOr<T>(run: () => T): T | string {
  try {
    return run();
  } catch (error) {
    if (error instanceof PickleError && error.offset === WHERE.offset) return error.code;
    throw error;
  }
}

/** Milliseconds that a function takes. */
export function timed(run: () => unknown): number {
  const before = performance.now();
  run();
  return performance.now() - before;
}
