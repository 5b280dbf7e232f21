/** Spans of time and fixed zones: timedelta and timezone. */
import { keyValue, type KeyValue } from '../../spec/key-kind.ts';
import { customInspect, printedShort, type PrintOptions } from '../../values/py-print.ts';

const DAY = 86_400n;
const MICRO = 1_000_000n;
const MAX_DAYS = 999_999_999n;

export const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

/** A datetime.timedelta, normalised as Python does it: only the days may be negative. */
export class PyTimeDelta {
  /** -999,999,999 to 999,999,999. */
  readonly days: number;
  /** 0 to 86,399. */
  readonly seconds: number;
  /** 0 to 999,999. */
  readonly microseconds: number;

  constructor(days: number, seconds: number, microseconds: number) {
    this.days = days;
    this.seconds = seconds;
    this.microseconds = microseconds;
  }

  /** The span of so many microseconds; undefined where timedelta has no room for it. */
  static fromMicroseconds(total: bigint): PyTimeDelta | undefined {
    const micro = floorMod(total, MICRO);
    const seconds = (total - micro) / MICRO;
    const rest = floorMod(seconds, DAY);
    const days = (seconds - rest) / DAY;
    if (days > MAX_DAYS || days < -MAX_DAYS) return undefined;
    return new PyTimeDelta(Number(days), Number(rest), Number(micro));
  }

  /** The whole span, in microseconds. */
  totalMicroseconds(): bigint {
    return (BigInt(this.days) * DAY + BigInt(this.seconds)) * MICRO + BigInt(this.microseconds);
  }

  /** The whole span, in seconds. */
  totalSeconds(): number {
    return Number(this.totalMicroseconds()) / 1e6;
  }

  /** The whole span in milliseconds, as JavaScript counts time. */
  valueOf(): number {
    return Number(this.totalMicroseconds()) / 1e3;
  }

  /** As Python's str: `1 day, 2:03:04.000005`. */
  toString(): string {
    const minutes = Math.floor(this.seconds / 60);
    const time = `${Math.floor(minutes / 60)}:${pad(minutes % 60, 2)}:${pad(this.seconds % 60, 2)}`;
    const days = this.days === 0 ? '' : `${this.days} day${Math.abs(this.days) === 1 ? '' : 's'}, `;
    return days + time + fraction(this.microseconds);
  }

  [keyValue](): KeyValue {
    return ['span', this.totalMicroseconds() * 1000n];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`PyTimeDelta ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.toString();
  }
}

/** `.000005`, or nothing. */
export function fraction(microseconds: number): string {
  return microseconds === 0 ? '' : `.${pad(microseconds, 6)}`;
}

function floorMod(value: bigint, by: bigint): bigint {
  return ((value % by) + by) % by;
}

/** `+05:30`, with seconds and microseconds where there are some, as isoformat writes it. */
export function offsetText(offset: PyTimeDelta): string {
  const total = offset.totalMicroseconds();
  const size = total < 0n ? -total : total;
  const seconds = Number(size / MICRO);
  const micro = Number(size % MICRO);
  const minutes = Math.floor(seconds / 60);
  const tail = seconds % 60 === 0 && micro === 0 ? '' : `:${pad(seconds % 60, 2)}${fraction(micro)}`;
  return `${total < 0n ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}${tail}`;
}

/** A datetime.timezone: a fixed offset from UTC, with a name if it was given one. */
export class PyTimezone {
  /** Strictly between -24 and 24 hours. */
  readonly offset: PyTimeDelta;
  readonly name: string | null;

  constructor(offset: PyTimeDelta, name: string | null = null) {
    this.offset = offset;
    this.name = name;
  }

  utcOffset(): PyTimeDelta {
    return this.offset;
  }

  /** As Python's str: the name, or `UTC`, or `UTC+05:30`. */
  toString(): string {
    if (this.name !== null) return this.name;
    return this.offset.totalMicroseconds() === 0n ? 'UTC' : `UTC${offsetText(this.offset)}`;
  }

  [keyValue](): KeyValue {
    return ['timezone', this.offset];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`PyTimezone ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.toString();
  }
}
