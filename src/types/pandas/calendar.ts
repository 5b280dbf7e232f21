/** Counts of time since 1970 as text and as Dates, in the zones that pickles name. */
import { Datetime64, type UnitName } from '../../arrays/datetime64.ts';
import { isZone, PyPytzZone, PyZoneInfo, type WallClock, type Zone } from '../stdlib/zones.ts';

/** The units that pandas has. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

/** Not a time: the smallest int64. */
export const NAT_TICKS = -(2n ** 63n);

const PER_SECOND: Readonly<Record<TimeUnit, bigint>> = { s: 1n, ms: 1_000n, us: 1_000_000n, ns: 1_000_000_000n };
const DAY = 86_400;

export const isTimeUnit = (name: unknown): name is TimeUnit =>
  typeof name === 'string' && Object.hasOwn(PER_SECOND, name);

export const perSecond = (unit: TimeUnit): bigint => PER_SECOND[unit];

export function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** Milliseconds, rounded down. */
export const millisecondsOf = (ticks: bigint, unit: TimeUnit): number =>
  Number(floorDiv(ticks * 1000n, PER_SECOND[unit]));

/** Seconds from UTC, and whether the clock stands at the second of two equal readings. */
export interface OffsetThere {
  readonly seconds: number;
  readonly fold: 0 | 1;
}

/** The offset of a zone at a count of seconds since 1970; undefined where it cannot be told. */
export function offsetAt(zone: unknown, instant: number): OffsetThere | undefined {
  const teller = tellerOf(zone);
  if (teller === undefined) return undefined;
  for (const near of [0, -DAY, DAY]) {
    const guess = teller.utcOffset(wallAt(instant + near, 0))?.totalSeconds();
    if (guess === undefined) continue;
    const [first, second] = ([0, 1] as const).map((fold) =>
      teller.utcOffset(wallAt(instant + guess, fold))?.totalSeconds(),
    );
    // A clock that was set forward never shows what lies between: there the second reading is the later one.
    if (first === undefined || second === undefined || first < second) continue;
    if (first === guess) return { seconds: guess, fold: 0 };
    if (second === guess) return { seconds: guess, fold: 1 };
  }
  return undefined;
}

/** A zone of pytz holds the offset of one of its times; that of another is told by its name. */
function tellerOf(zone: unknown): Zone | undefined {
  if (zone instanceof PyPytzZone && zone.zone !== null) {
    const named = new PyZoneInfo(zone.zone);
    return named.utcOffset(wallAt(0, 0)) === undefined ? zone : named;
  }
  return isZone(zone) ? zone : undefined;
}

function wallAt(seconds: number, fold: 0 | 1): WallClock {
  const date = new Date(Math.floor(seconds) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    fold,
  };
}

/** `+01:00`, with seconds where there are some. */
function offsetText(seconds: number): string {
  const size = Math.abs(seconds);
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60, ...(size % 60 === 0 ? [] : [size % 60])];
  return (seconds < 0 ? '-' : '+') + parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/**
 * As pandas' isoformat: a fraction of 6 digits where there are microseconds, of 9 where there are nanoseconds; with the
 * offset of the zone. Where that cannot be told: UTC, and the zone in brackets.
 */
export function isoText(ticks: bigint, unit: TimeUnit, zone: unknown): string {
  if (ticks === NAT_TICKS) return 'NaT';
  const scale = PER_SECOND[unit];
  const seconds = floorDiv(ticks, scale);
  const rest = ((ticks - seconds * scale) * 1_000_000_000n) / scale;
  const offset = zone === null ? undefined : offsetAt(zone, Number(seconds));
  const local = dateText(seconds + BigInt(Math.round(offset?.seconds ?? 0)), 's');
  const end = zone === null ? '' : offset === undefined ? `Z[${String(zone)}]` : offsetText(offset.seconds);
  return local + fractionText(rest) + end;
}

function fractionText(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '';
  const digits = String(nanoseconds).padStart(9, '0');
  return `.${digits.endsWith('000') ? digits.slice(0, 6) : digits}`;
}

/** As numpy prints a datetime64 of a unit. */
export const dateText = (ticks: bigint, name: UnitName): string => new Datetime64(ticks, { name, count: 1 }).toString();

/** A span in days and what is left: hours, minutes, seconds, nanoseconds, none of them negative. */
function spanParts(ticks: bigint, unit: TimeUnit): readonly [bigint, number, number, number, number] {
  const scale = PER_SECOND[unit];
  const seconds = floorDiv(ticks, scale);
  const nano = Number(((ticks - seconds * scale) * 1_000_000_000n) / scale);
  const days = floorDiv(seconds, 86_400n);
  const rest = Number(seconds - days * 86_400n);
  return [days, Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60, nano];
}

/** As pandas' Timedelta.isoformat: `P1DT2H3M4.000000005S`. */
export function spanIsoText(ticks: bigint, unit: TimeUnit): string {
  if (ticks === NAT_TICKS) return 'NaT';
  const [days, hours, minutes, seconds, nano] = spanParts(ticks, unit);
  const fraction = nano === 0 ? '' : `.${String(nano).padStart(9, '0').replace(/0+$/, '')}`;
  return `P${days}DT${hours}H${minutes}M${seconds}${fraction}S`;
}

/** As pandas' str of a Timedelta: `-1 days +22:00:00`. */
export function spanText(ticks: bigint, unit: TimeUnit): string {
  if (ticks === NAT_TICKS) return 'NaT';
  const [days, hours, minutes, seconds, nano] = spanParts(ticks, unit);
  const clock = [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':');
  return `${days} days ${days < 0n ? '+' : ''}${clock}${fractionText(BigInt(nano))}`;
}
