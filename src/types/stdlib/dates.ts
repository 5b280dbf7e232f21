/** Dates and times of day, with nothing lost: microseconds, zone, fold. */
import { keyValue, type KeyValue } from '../../spec/key-kind.ts';
import { customInspect, printedShort, type PrintOptions } from '../../values/py-print.ts';
import { fraction, offsetText, pad, type PyTimeDelta } from './spans.ts';
import { isZone, utcMilliseconds, type WallClock } from './zones.ts';

/** A datetime.date, in the proleptic Gregorian calendar. */
export class PyDate {
  /** 1 to 9999. */
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;

  constructor(year: number, month: number, day: number) {
    this.year = year;
    this.month = month;
    this.day = day;
  }

  /** Midnight UTC of that day. */
  toDate(): Date {
    return new Date(utcMilliseconds({ ...this, hour: 0, minute: 0, second: 0 }));
  }

  /** As Python's isoformat: `2024-02-29`. */
  toString(): string {
    return `${pad(this.year, 4)}-${pad(this.month, 2)}-${pad(this.day, 2)}`;
  }

  [keyValue](): KeyValue {
    return ['date', this.toString()];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`PyDate ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.toString();
  }
}

/** A datetime.time. */
export class PyTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** 1 for the second of two equal readings of the clock, when it was set back. */
  readonly fold: 0 | 1;
  /** A PyTimezone, PyZoneInfo, PyPytzZone, or an inert object; null for a naive time. */
  readonly tzinfo: object | null;

  constructor(
    hour: number,
    minute: number,
    second: number,
    microsecond: number,
    tzinfo: object | null = null,
    fold: 0 | 1 = 0,
  ) {
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    this.microsecond = microsecond;
    this.fold = fold;
    this.tzinfo = tzinfo;
  }

  /** Only zones of a fixed offset have one at no particular day. */
  utcOffset(): PyTimeDelta | undefined {
    return isZone(this.tzinfo) ? this.tzinfo.utcOffset() : undefined;
  }

  /** As Python's isoformat: `12:34:56.789012+01:00`. */
  toString(): string {
    const offset = this.utcOffset();
    return clockText(this) + (offset === undefined ? '' : offsetText(offset));
  }

  [keyValue](): KeyValue {
    const offset = this.utcOffset();
    if (this.tzinfo !== null && offset === undefined && !isZone(this.tzinfo)) return undefined;
    const clock = clockMicroseconds(this);
    return offset === undefined ? ['time', clock] : ['zoned time', clock - offset.totalMicroseconds()];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`PyTime ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.toString();
  }
}

/** A datetime.datetime. */
export class PyDateTime implements WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** 1 for the second of two equal readings of the clock, when it was set back. */
  readonly fold: 0 | 1;
  /** A PyTimezone, PyZoneInfo, PyPytzZone, or an inert object; null for a naive datetime. */
  readonly tzinfo: object | null;

  constructor(date: PyDate, time: PyTime) {
    this.year = date.year;
    this.month = date.month;
    this.day = date.day;
    this.hour = time.hour;
    this.minute = time.minute;
    this.second = time.second;
    this.microsecond = time.microsecond;
    this.fold = time.fold;
    this.tzinfo = time.tzinfo;
  }

  /** The offset from UTC; undefined for a naive datetime, and where the zone cannot be told. */
  utcOffset(): PyTimeDelta | undefined {
    return isZone(this.tzinfo) ? this.tzinfo.utcOffset(this) : undefined;
  }

  /**
   * The instant, to the millisecond. A naive datetime is read as UTC.
   * @throws RangeError where there is a zone whose offset cannot be told
   */
  toDate(): Date {
    const offset = this.utcOffset();
    if (this.tzinfo !== null && offset === undefined)
      throw new RangeError(`the offset of ${this.#zone()} is not known`);
    const wall = utcMilliseconds(this) + Math.floor(this.microsecond / 1000);
    return new Date(Math.floor(wall - (offset === undefined ? 0 : Number(offset.totalMicroseconds()) / 1000)));
  }

  /** As Python's isoformat: `2024-02-29T12:34:56.789012+01:00`. Where no offset can be told, the zone in brackets. */
  toString(): string {
    const offset = this.utcOffset();
    const date = `${pad(this.year, 4)}-${pad(this.month, 2)}-${pad(this.day, 2)}`;
    const zone = offset !== undefined ? offsetText(offset) : this.tzinfo === null ? '' : `[${this.#zone()}]`;
    return `${date}T${clockText(this)}${zone}`;
  }

  [keyValue](): KeyValue {
    const offset = this.tzinfo === null ? undefined : this.#offsetOfFirst();
    if (this.tzinfo !== null && offset === undefined) return undefined;
    const day = BigInt(utcMilliseconds({ ...this, hour: 0, minute: 0, second: 0 })) * 1000n;
    const micro = day + clockMicroseconds(this) - (offset?.totalMicroseconds() ?? 0n);
    return [offset === undefined ? 'datetime' : 'instant', micro * 1000n];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`PyDateTime ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.toString();
  }

  #zone(): string {
    return String(this.tzinfo);
  }

  /** Hashes and equality of zones' clocks pass over the fold. */
  #offsetOfFirst(): PyTimeDelta | undefined {
    const { year, month, day, hour, minute, second } = this;
    return isZone(this.tzinfo) ? this.tzinfo.utcOffset({ year, month, day, hour, minute, second, fold: 0 }) : undefined;
  }
}

type Clock = Pick<PyTime, 'hour' | 'minute' | 'second' | 'microsecond'>;

function clockMicroseconds({ hour, minute, second, microsecond }: Clock): bigint {
  return BigInt((hour * 60 + minute) * 60 + second) * 1_000_000n + BigInt(microsecond);
}

function clockText({ hour, minute, second, microsecond }: Clock): string {
  return `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}${fraction(microsecond)}`;
}
