/** pandas' points and spans of time, intervals, and what stands for a missing value. */
import { keyValue, type KeyValue } from '../../spec/key-kind.ts';
import { customInspect, printedShort, type PrintOptions } from '../../values/py-print.ts';
import { PyGlobal } from '../../values/py.ts';
import { floatText } from '../../values/text-keys.ts';
import {
  isoText,
  millisecondsOf,
  NAT_TICKS,
  offsetAt,
  perSecond,
  spanIsoText,
  spanText,
  type TimeUnit,
} from './calendar.ts';
import { freqOf } from './offsets.ts';
import { periodText } from './period-text.ts';

/** pandas.NaT, a time that is missing. In columns and records it is null. */
export class PdNaT {
  valueOf(): number {
    return NaN;
  }

  toString(): string {
    return 'NaT';
  }

  [keyValue](): KeyValue {
    return ['NaT'];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort('NaT', options);
  }

  toJSON(): null {
    return null;
  }
}

/** Whether a value is the global pandas.NA. In columns and records it is null. */
export const isNA = (value: unknown): boolean =>
  value instanceof PyGlobal && value.name === 'NA' && /^pandas(\._libs\.missing)?$/.test(value.module);

/** A pandas.Timestamp: a count of a unit since 1970, UTC, and the zone whose clock it shows. */
export class Timestamp {
  readonly ticks: bigint;
  readonly unit: TimeUnit;
  /** A PyTimezone, PyZoneInfo, PyPytzZone, or an inert object; null for a naive one. */
  readonly tz: object | null;

  constructor(ticks: bigint, unit: TimeUnit, tz: object | null = null) {
    this.ticks = ticks;
    this.unit = unit;
    this.tz = tz;
  }

  /** 1 for the second of two equal readings of the clock, when it was set back. */
  get fold(): 0 | 1 {
    const there = this.tz === null ? undefined : offsetAt(this.tz, Math.floor(this.valueOf() / 1000));
    return there?.fold ?? 0;
  }

  /** Milliseconds since 1970, UTC, rounded down; a naive one is taken as UTC. */
  valueOf(): number {
    return millisecondsOf(this.ticks, this.unit);
  }

  /** An invalid Date where a Date has no room for it. */
  toDate(): Date {
    return new Date(this.valueOf());
  }

  /** As Python's isoformat: `2024-02-29T12:34:56.123456789+01:00`. */
  toString(): string {
    return isoText(this.ticks, this.unit, this.tz);
  }

  [keyValue](): KeyValue {
    return [this.tz === null ? 'datetime' : 'instant', nanoseconds(this.ticks, this.unit)];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`Timestamp ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.toString();
  }
}

/** A pandas.Timedelta. */
export class Timedelta {
  readonly ticks: bigint;
  readonly unit: TimeUnit;

  constructor(ticks: bigint, unit: TimeUnit) {
    this.ticks = ticks;
    this.unit = unit;
  }

  totalSeconds(): number {
    return Number(this.ticks) / Number(perSecond(this.unit));
  }

  /** Milliseconds. */
  valueOf(): number {
    return (Number(this.ticks) / Number(perSecond(this.unit))) * 1000;
  }

  /** As Python's str: `1 days 02:03:04.500000`. */
  toString(): string {
    return spanText(this.ticks, this.unit);
  }

  [keyValue](): KeyValue {
    return ['span', nanoseconds(this.ticks, this.unit)];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`Timedelta ${this.toString()}`, options);
  }

  /** As pandas' isoformat, and its to_json with date_format 'iso'. */
  toJSON(): string {
    return spanIsoText(this.ticks, this.unit);
  }
}

/** A pandas.Period: the `ordinal`th span of a frequency since 1970. */
export class Period {
  readonly ordinal: bigint;
  /** A DateOffset, or the alias of one, such as `M`. */
  readonly freq: unknown;

  constructor(ordinal: bigint, freq: unknown) {
    this.ordinal = ordinal;
    this.freq = freq;
  }

  /** The frequency as periods name theirs: `M`, `Q-DEC`, `2D`. */
  get freqstr(): string {
    return freqOf(this.freq, 'period');
  }

  /** As Python's str: `2024-03`, `2024Q1`, `2024-01-01/2024-01-07`. */
  toString(): string {
    return this.ordinal === NAT_TICKS ? 'NaT' : periodText(this.ordinal, this.freqstr);
  }

  [keyValue](): KeyValue {
    return ['period', this.freqstr, this.ordinal];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`Period ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.toString();
  }
}

const nanoseconds = (ticks: bigint, unit: TimeUnit): bigint => (ticks * 1_000_000_000n) / perSecond(unit);

export type Closed = 'left' | 'right' | 'both' | 'neither';

export const isClosed = (value: unknown): value is Closed =>
  value === 'left' || value === 'right' || value === 'both' || value === 'neither';

/** A pandas.Interval. */
export class Interval {
  readonly left: unknown;
  readonly right: unknown;
  /** Which ends belong to it. */
  readonly closed: Closed;
  readonly #hasFloats: boolean;

  /** @param hasFloats whether numbers are known to be floats, also where JavaScript has none that tells itself from an int */
  constructor(left: unknown, right: unknown, closed: Closed, hasFloats = false) {
    this.left = left;
    this.right = right;
    this.closed = closed;
    this.#hasFloats = hasFloats;
  }

  /**
   * As Python's str: `(0, 1]`, `(0.5, 1e+20]`, `(2020-01-01 00:00:00, 2020-01-02 00:00:00]`. A whole number that a decode
   * gave without its type is taken for an int; `exact: true` keeps the type.
   */
  toString(): string {
    const open = this.closed === 'left' || this.closed === 'both' ? '[' : '(';
    const close = this.closed === 'right' || this.closed === 'both' ? ']' : ')';
    return `${open}${endText(this.left, this.#hasFloats)}, ${endText(this.right, this.#hasFloats)}${close}`;
  }

  [keyValue](): KeyValue {
    return ['interval', this.left, this.right, this.closed];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`Interval ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.toString();
  }
}

function endText(end: unknown, isFloat: boolean): string {
  if (typeof end !== 'number') return end instanceof Timestamp ? end.toString().replace('T', ' ') : String(end);
  if (!isFloat && Number.isSafeInteger(end)) return String(end);
  return Number.isFinite(end) ? floatText(end) : end > 0 ? 'inf' : end < 0 ? '-inf' : 'nan';
}
