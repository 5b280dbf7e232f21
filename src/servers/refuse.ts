/** The errors of what lies around a pickle. Offsets are those of the bytes that were given; 0 where there is no better. */
import { type PickleError, pickleError } from '../spec/pickle-error.ts';

/** Bytes that are cut short. */
export function cutShort(detail: string, offset = 0): PickleError {
  return pickleError('TRUNCATED', { offset, detail });
}

/** Bytes that are no such wrapper. */
export function damaged(detail: string, offset = 0): PickleError {
  return pickleError('UNKNOWN_OPCODE', { offset, detail });
}

/** A value of another shape than the format has. */
export function misshapen(detail: string): PickleError {
  return pickleError('INVALID_OPERAND', { offset: 0, detail });
}

/** A format that is not read here. */
export function unsupported(detail: string): PickleError {
  return pickleError('INVALID_OPERAND', { offset: 0, detail });
}
