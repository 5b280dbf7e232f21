/** Zones that have rules: zoneinfo, pytz. Offsets come from the time zone data that JavaScript itself has. */
import { keyValue, type KeyValue } from '../../spec/key-kind.ts';
import { customInspect, printedShort, type PrintOptions } from '../../values/py-print.ts';
import { PyTimeDelta } from './spans.ts';

/** A wall clock: what a naive datetime holds. Month and day from 1. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 1 for the second of two equal readings of the clock, when it was set back. */
  readonly fold: 0 | 1;
}

/** Something that knows its offset from UTC by a wall clock; undefined where it cannot tell. */
export interface Zone {
  utcOffset(at?: WallClock): PyTimeDelta | undefined;
}

export function isZone(value: unknown): value is Zone {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Zone>).utcOffset === 'function';
}

/** A zoneinfo.ZoneInfo: a zone by its key, such as `Europe/Berlin`. */
export class PyZoneInfo implements Zone {
  readonly key: string;
  #format: Intl.DateTimeFormat | null | undefined;

  constructor(key: string) {
    this.key = key;
  }

  /** The offset, as Python's utcoffset; undefined without a clock, or where JavaScript does not know the zone. */
  utcOffset(at?: WallClock): PyTimeDelta | undefined {
    if (at === undefined) return undefined;
    const format = (this.#format ??= formatOf(this.key));
    if (format === null) return undefined;
    const seconds = offsetAt(format, at);
    return PyTimeDelta.fromMicroseconds(BigInt(seconds) * 1_000_000n);
  }

  toString(): string {
    return this.key;
  }

  [keyValue](): KeyValue {
    return ['zoneinfo', this.key];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`PyZoneInfo ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.key;
  }
}

/** A zone of pytz. A datetime's own holds the offset at that time; one that stands alone knows only its name. */
export class PyPytzZone implements Zone {
  readonly zone: string | null;
  /** Offset from UTC; null where the pickle tells none. */
  readonly offset: PyTimeDelta | null;
  /** How much of it is daylight saving; null where the pickle tells none. */
  readonly dst: PyTimeDelta | null;
  /** Such as `CEST`. */
  readonly name: string | null;

  constructor(zone: string | null, offset: PyTimeDelta | null, dst: PyTimeDelta | null, name: string | null) {
    this.zone = zone;
    this.offset = offset;
    this.dst = dst;
    this.name = name;
  }

  utcOffset(at?: WallClock): PyTimeDelta | undefined {
    if (this.offset !== null) return this.offset;
    return this.zone === null ? undefined : new PyZoneInfo(this.zone).utcOffset(at);
  }

  /** As Python's str: the zone's name; for a fixed offset, its minutes. */
  toString(): string {
    if (this.zone !== null) return this.zone;
    return `pytz.FixedOffset(${this.offset === null ? '' : this.offset.totalSeconds() / 60})`;
  }

  [keyValue](): KeyValue {
    return ['pytz', this.zone, this.offset, this.dst, this.name];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`PyPytzZone ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.toString();
  }
}

function formatOf(key: string): Intl.DateTimeFormat | null {
  const numeric = 'numeric';
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: key,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    });
  } catch {
    return null;
  }
}

const DAY = 86_400_000;

/** Milliseconds since 1970 of a clock that is read as UTC. */
export function utcMilliseconds(at: Omit<WallClock, 'fold'>): number {
  const date = new Date(0);
  date.setUTCFullYear(at.year, at.month - 1, at.day);
  return date.setUTCHours(at.hour, at.minute, at.second);
}

/** Seconds from UTC, as PEP 495 has it: in a gap the clock is that of before (fold 0) or after (fold 1) the change. */
function offsetAt(format: Intl.DateTimeFormat, at: WallClock): number {
  const wall = utcMilliseconds(at);
  const before = offsetOfInstant(format, wall - DAY);
  const after = offsetOfInstant(format, wall + DAY);
  if (before === after) return before;
  const isBefore = offsetOfInstant(format, wall - before * 1000) === before;
  const isAfter = offsetOfInstant(format, wall - after * 1000) === after;
  if (isBefore !== isAfter) return isBefore ? before : after;
  return at.fold === 0 ? before : after;
}

function offsetOfInstant(format: Intl.DateTimeFormat, instant: number): number {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const field = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name));
  const year = parts.get('era')?.startsWith('B') ? 1 - field('year') : field('year');
  const wall = utcMilliseconds({
    year,
    month: field('month'),
    day: field('day'),
    hour: field('hour'),
    minute: field('minute'),
    second: field('second'),
  });
  return Math.round((wall - Math.floor(instant / 1000) * 1000) / 1000);
}
