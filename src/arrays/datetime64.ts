/** numpy's points and spans of time: counts of a unit since 1970, in 64 bits. */
import { keyValue, type KeyValue } from '../spec/key-kind.ts';

export type UnitName = 'Y' | 'M' | 'W' | 'D' | 'h' | 'm' | 's' | 'ms' | 'us' | 'ns' | 'ps' | 'fs' | 'as' | 'generic';

/** `M8[25s]` is `{ name: 's', count: 25 }`. */
export interface DatetimeUnit {
  readonly name: UnitName;
  /** Units in one tick, from 1. */
  readonly count: number;
}

export const GENERIC_UNIT: DatetimeUnit = Object.freeze({ name: 'generic', count: 1 });

/** Not a time: the smallest int64. */
const NAT = -(2n ** 63n);

/** Seconds in one of these; the digits of a fraction behind the second for the finer ones. */
const SECONDS: Readonly<Partial<Record<UnitName, bigint>>> = {
  W: 604_800n,
  D: 86_400n,
  h: 3_600n,
  m: 60n,
  s: 1n,
};
const DIGITS: Readonly<Partial<Record<UnitName, number>>> = { ms: 3, us: 6, ns: 9, ps: 12, fs: 15, as: 18 };

const UNIT_NAMES: ReadonlySet<string> = new Set<UnitName>(
  'Y M W D h m s ms us ns ps fs as generic'.split(' ') as UnitName[],
);

export const isUnitName = (name: string): name is UnitName => UNIT_NAMES.has(name);

/** As numpy writes it: `25s`, `ns`. */
export const unitText = ({ name, count }: DatetimeUnit): string => (count === 1 ? name : `${count}${name}`);

/** A numpy.datetime64. It has no time zone. */
export class Datetime64 {
  /** Ticks since 1970-01-01T00:00:00. */
  readonly ticks: bigint;
  readonly unit: DatetimeUnit;

  constructor(ticks: bigint, unit: DatetimeUnit) {
    this.ticks = ticks;
    this.unit = unit;
  }

  get isNaT(): boolean {
    return this.ticks === NAT;
  }

  /** Milliseconds since 1970, UTC, rounded down; NaN for NaT, and for counts without a unit. */
  valueOf(): number {
    const { name, count } = this.unit;
    if (this.isNaT || name === 'generic') return NaN;
    const units = this.ticks * BigInt(count);
    if (name === 'Y' || name === 'M') return Number(daysOf(monthsOf(units, name))) * 86_400_000;
    const seconds = SECONDS[name];
    if (seconds !== undefined) return Number(units * seconds * 1000n);
    return Number(floorDiv(units, 10n ** BigInt(DIGITS[name]! - 3)));
  }

  /** A Date of the time, taken as UTC; an invalid one for NaT and for times that a Date cannot hold. */
  toDate(): Date {
    return new Date(this.valueOf());
  }

  /** As numpy prints it: `2024-02-29T12:00:00.000000001`, `2024-02`, `NaT`. */
  toString(): string {
    if (this.isNaT) return 'NaT';
    const { name, count } = this.unit;
    const units = this.ticks * BigInt(count);
    if (name === 'generic') return String(units);
    if (name === 'Y' || name === 'M') {
      const months = monthsOf(units, name);
      return yearText(floorDiv(months, 12n)) + (name === 'Y' ? '' : `-${two(mod(months, 12n) + 1n)}`);
    }
    const digits = DIGITS[name] ?? 0;
    const scale = 10n ** BigInt(digits);
    const seconds = floorDiv(units, scale) * (SECONDS[name] ?? 1n);
    const day = dayText(floorDiv(seconds, 86_400n));
    if (name === 'W' || name === 'D') return day;
    const time = mod(seconds, 86_400n);
    const parts = [two(time / 3600n), two((time / 60n) % 60n), two(time % 60n)];
    const shown = parts.slice(0, name === 'h' ? 1 : name === 'm' ? 2 : 3).join(':');
    const fraction = digits === 0 ? '' : `.${String(mod(units, scale)).padStart(digits, '0')}`;
    return `${day}T${shown}${fraction}`;
  }

  [keyValue](): KeyValue {
    const attos = this.isNaT ? undefined : attosOfTime(this.ticks, this.unit);
    if (attos === undefined) return undefined;
    return attos % BILLION === 0n ? ['datetime', attos / BILLION] : ['datetime64', attos];
  }

  toJSON(): string {
    return this.toString();
  }
}

/** A numpy.timedelta64. */
export class Timedelta64 {
  readonly ticks: bigint;
  readonly unit: DatetimeUnit;

  constructor(ticks: bigint, unit: DatetimeUnit) {
    this.ticks = ticks;
    this.unit = unit;
  }

  get isNaT(): boolean {
    return this.ticks === NAT;
  }

  /** Milliseconds; NaN for NaT, and for months, years and counts without a unit, which have no length. */
  valueOf(): number {
    const { name, count } = this.unit;
    if (this.isNaT) return NaN;
    const units = Number(this.ticks) * count;
    if (SECONDS[name] !== undefined) return units * Number(SECONDS[name]) * 1000;
    return DIGITS[name] === undefined ? NaN : units / 10 ** (DIGITS[name] - 3);
  }

  /** The count and the unit: `90s`, `3 x 25s`, `NaT`. */
  toString(): string {
    if (this.isNaT) return 'NaT';
    const { name, count } = this.unit;
    return count === 1 ? `${this.ticks}${name === 'generic' ? '' : name}` : `${this.ticks} x ${count}${name}`;
  }

  [keyValue](): KeyValue {
    const { name, count } = this.unit;
    if (this.isNaT || name === 'generic') return undefined;
    const units = this.ticks * BigInt(count);
    if (name === 'Y' || name === 'M') return ['months', name === 'Y' ? units * 12n : units];
    const attos = attosOf(units, name);
    return attos % BILLION === 0n ? ['span', attos / BILLION] : ['timedelta64', attos];
  }

  toJSON(): string {
    return this.toString();
  }
}

const BILLION = 10n ** 9n;

/** Attoseconds of a unit that has a length. */
const attosOf = (units: bigint, name: UnitName): bigint => {
  const seconds = SECONDS[name];
  return seconds === undefined ? units * 10n ** BigInt(18 - DIGITS[name]!) : units * seconds * BILLION * BILLION;
};

/** Attoseconds since 1970; undefined for counts without a unit. */
function attosOfTime(ticks: bigint, { name, count }: DatetimeUnit): bigint | undefined {
  if (name === 'generic') return undefined;
  const units = ticks * BigInt(count);
  return name === 'Y' || name === 'M' ? attosOf(daysOf(monthsOf(units, name)), 'D') : attosOf(units, name);
}

function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}

const mod = (a: bigint, b: bigint): bigint => a - floorDiv(a, b) * b;
const two = (n: bigint): string => String(n).padStart(2, '0');

/** Months since year 0. */
const monthsOf = (units: bigint, name: 'Y' | 'M'): bigint => 1970n * 12n + (name === 'Y' ? units * 12n : units);

/** Four characters at least, the sign of years before 0 among them: as numpy has it. */
function yearText(year: bigint): string {
  return year < 0n ? `-${String(-year).padStart(3, '0')}` : String(year).padStart(4, '0');
}

/** Days since 1970 of the first of a month, counted since year 0, in the Gregorian calendar. */
function daysOf(months: bigint): bigint {
  // Years begin in March, so that the leap day is the last of one.
  const shifted = months - 2n;
  const year = floorDiv(shifted, 12n);
  const month = mod(shifted, 12n);
  return (
    year * 365n + floorDiv(year, 4n) - floorDiv(year, 100n) + floorDiv(year, 400n) + (month * 153n + 2n) / 5n - 719_468n
  );
}

function dayText(day: bigint): string {
  const since = day + 719_468n;
  const era = floorDiv(since, 146_097n);
  const dayOfEra = mod(since, 146_097n);
  const yearOfEra = (dayOfEra - dayOfEra / 1460n + dayOfEra / 36_524n - dayOfEra / 146_096n) / 365n;
  const dayOfYear = dayOfEra - (yearOfEra * 365n + yearOfEra / 4n - yearOfEra / 100n);
  const monthFromMarch = (dayOfYear * 5n + 2n) / 153n;
  const dayOfMonth = dayOfYear - (monthFromMarch * 153n + 2n) / 5n + 1n;
  const month = monthFromMarch < 10n ? monthFromMarch + 3n : monthFromMarch - 9n;
  const year = yearOfEra + era * 400n + (month <= 2n ? 1n : 0n);
  return `${yearText(year)}-${two(month)}-${two(dayOfMonth)}`;
}
