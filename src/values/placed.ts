/** Errors of what a family of types does: it does not know where in the pickle it is called. */
import { isReadingCode } from '../spec/errors.ts';
import { PickleError, pickleError } from '../spec/pickle-error.ts';
import { UnhashableKey } from './keys.ts';

/** The error to throw for one that was caught: a PickleError without a place gets the one at hand; others stay. */
export function withPlace(error: unknown, offset: number, opcode?: number): unknown {
  // A key that Python cannot hash.
  if (error instanceof UnhashableKey) return pickleError('UNHASHABLE_KEY', { offset, opcode });
  if (!(error instanceof PickleError) || error.offset !== -1) return error;
  const { code, detail, cause } = error;
  // A callback that writes pickles: its errors have no place in this one.
  if (!isReadingCode(code)) return error;
  const { limit, actual } = error as { limit?: number; actual?: number };
  return pickleError(code, { offset, opcode, detail, limit, actual, cause });
}

/**
 * Runs what does not know its place in the pickle.
 * @param opcode the opcode's byte, where it is known
 * @throws PickleError with the offset; what else is thrown
 */
export function placed<T>(offset: number, opcode: number | undefined, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw withPlace(error, offset, opcode);
  }
}
