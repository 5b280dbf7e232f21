/** How arrays refuse what no array can be. */
import { pickleError } from '../spec/pickle-error.ts';

/**
 * Whoever calls knows the place in the pickle, and puts it in.
 * @throws PickleError INVALID_STATE with the offset -1
 */
export function refuse(detail: string): never {
  throw pickleError('INVALID_STATE', { offset: -1, detail });
}
