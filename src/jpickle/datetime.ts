/** Python's datetime as a Date. */
import { latin1Bytes } from '../bytes/latin1.ts';
import { pickleError } from '../spec/pickle-error.ts';

/** Year, month, day, hour, minute, second, microsecond. */
const STATE_BYTES = 10;
/** The month's highest bit is `fold`. */
const FOLD = 0x80;

/**
 * @param args the ten bytes that a datetime pickles as, text or bytes, and its time zone. 'UTC' is UTC, as
 *   `django.utils.timezone.UTC` gives it; without one the time is local
 * @returns to the millisecond
 * @throws PickleError INVALID_STATE, without a place, where these are no date's
 */
export function dateOf(args: readonly unknown[]): Date {
  const [state, zone] = args;
  const bytes = typeof state === 'string' ? latin1Bytes(state) : state;
  if (!(bytes instanceof Uint8Array) || bytes.length !== STATE_BYTES) refuse();
  const [high, low, monthAndFold, day, hour, minute, second, ...micros] = bytes as unknown as number[];
  const milliseconds = Math.floor((micros[0]! * 65_536 + micros[1]! * 256 + micros[2]!) / 1000);
  const year = high! * 256 + low!;
  const month = (monthAndFold! & ~FOLD) - 1;
  const date = new Date(0);
  // Setters, for years below 100 are no others to them.
  if (zone === 'UTC') {
    date.setUTCFullYear(year, month, day);
    date.setUTCHours(hour!, minute, second, milliseconds);
  } else {
    date.setFullYear(year, month, day);
    date.setHours(hour!, minute, second, milliseconds);
  }
  return date;
}

function refuse(): never {
  const detail = 'A datetime is not made of these arguments. Register a function of your own in emulated.';
  throw pickleError('INVALID_STATE', { offset: -1, detail });
}
