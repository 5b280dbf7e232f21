/** The errors of what lies around a pickle. Offsets are those of the bytes that were given; 0 where there is no better. */
import { type PickleError, pickleError } from '../spec/pickle-error.ts';

/** Bytes that are cut short. */
export function cutShort(detail: string, offset = 0): PickleError {
  return pickleError('CONTAINER_TRUNCATED', { offset, detail });
}

/** Bytes that are no such wrapper. */
export function damaged(detail: string, offset = 0): PickleError {
  return pickleError('CONTAINER_CORRUPT', { offset, detail });
}

/** What is of another shape than the format has, or of a kind that is not read here. */
export function unsupported(detail: string): PickleError {
  return pickleError('UNSUPPORTED_CONTAINER', { offset: 0, detail });
}
