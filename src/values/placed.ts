/** Errors of what a family of types does: it does not know where in the pickle it is called. */
import { PickleError, pickleError } from '../spec/pickle-error.ts';
import { UnhashableKey } from './keys.ts';

/**
 * Runs, and gives a PickleError without a place the one at hand; a key that Python cannot hash becomes one.
 * @param opcode the opcode's byte, where it is known
 * @throws PickleError with the offset; what else is thrown
 */
export function placed<T>(offset: number, opcode: number | undefined, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof UnhashableKey) throw pickleError('UNHASHABLE_KEY', { offset, opcode });
    if (!(error instanceof PickleError) || error.offset !== -1) throw error;
    const { code, detail, cause } = error;
    const { limit, actual } = error as { limit?: number; actual?: number };
    throw pickleError(code, { offset, opcode, detail, limit, actual, cause });
  }
}
