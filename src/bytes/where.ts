import { pickleError } from '../spec/pickle-error.ts';

/** What text belongs to: for the errors that reading it may give. */
export interface Where {
  /** Absolute offset of the opcode's first byte. */
  readonly offset: number;
  /** The opcode's byte. */
  readonly opcode: number;
}

/** The most units of UTF-16 that V8 lets a string have: 2^29 - 24. */
export const MAX_STRING_UNITS = 2 ** 29 - 24;

/**
 * Refuses a string before it is made.
 * @throws PickleLimitError LIMIT_STRING where JavaScript cannot hold `units` units of UTF-16
 */
export function checkStringUnits(units: number, where: Where): void {
  if (units > MAX_STRING_UNITS) {
    throw pickleError('LIMIT_STRING', { ...where, limit: MAX_STRING_UNITS, actual: units });
  }
}
