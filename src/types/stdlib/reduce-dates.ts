/** What is written for dates, times, spans and zones. */
import type { EncodeContext } from '../../spec/reducer.ts';
import { PyGlobal, PyObject } from '../../values/py.ts';
import { PyDate, PyDateTime, PyTime } from './dates.ts';
import { fixed, type ReducerRow } from './reduce.ts';
import { PyTimeDelta, PyTimezone } from './spans.ts';
import { PyPytzZone, PyZoneInfo } from './zones.ts';

const DATE = /* @__PURE__ */ new PyGlobal('datetime', 'date');
const TIME = /* @__PURE__ */ new PyGlobal('datetime', 'time');
const DATETIME = /* @__PURE__ */ new PyGlobal('datetime', 'datetime');
const TIMEDELTA = /* @__PURE__ */ new PyGlobal('datetime', 'timedelta');
const TIMEZONE = /* @__PURE__ */ new PyGlobal('datetime', 'timezone');

export const DATE_REDUCERS: readonly ReducerRow[] = [
  fixed(PyDate, (date) => [DATE, [Uint8Array.from(dayOctets(date))]]),
  fixed(PyTime, (time, context) => {
    const [hour, ...rest] = clockOctets(time);
    return [TIME, withZone([hour! | foldBit(time, context), ...rest], time.tzinfo)];
  }),
  fixed(PyDateTime, (at, context) => {
    const [high, low, month, day] = dayOctets(at) as [number, number, number, number];
    // The fold is the high bit of the month here, of the hour in a time.
    const octets = [high, low, month | foldBit(at, context), day, ...clockOctets(at)];
    return [DATETIME, withZone(octets, at.tzinfo)];
  }),
  fixed(PyTimeDelta, ({ days, seconds, microseconds }) => [TIMEDELTA, [days, seconds, microseconds]]),
  fixed(PyTimezone, ({ offset, name }) => [TIMEZONE, name === null ? [offset] : [offset, name]]),
];

function dayOctets({ year, month, day }: Pick<PyDate, 'year' | 'month' | 'day'>): number[] {
  return [year >> 8, year & 0xff, month, day];
}

type Clock = Pick<PyTime, 'hour' | 'minute' | 'second' | 'microsecond'>;

function clockOctets({ hour, minute, second, microsecond }: Clock): number[] {
  return [hour, minute, second, microsecond >> 16, (microsecond >> 8) & 0xff, microsecond & 0xff];
}

/** Protocols below 4 do not tell it, for they are of the time before there were folds. */
const foldBit = ({ fold }: { readonly fold: 0 | 1 }, { protocol }: EncodeContext): number =>
  fold === 1 && protocol > 3 ? 0x80 : 0;

function withZone(octets: readonly number[], tzinfo: object | null): unknown[] {
  const bytes = Uint8Array.from(octets);
  return tzinfo === null ? [bytes] : [bytes, tzinfo];
}

const GETATTR = /* @__PURE__ */ new PyGlobal('builtins', 'getattr');
const ZONE_INFO = /* @__PURE__ */ new PyGlobal('zoneinfo', 'ZoneInfo');
const PYTZ = /* @__PURE__ */ new PyGlobal('pytz', '_p');
const PYTZ_UTC = /* @__PURE__ */ new PyGlobal('pytz', '_UTC');
const PYTZ_FIXED = /* @__PURE__ */ new PyGlobal('pytz', 'FixedOffset');

export const ZONE_REDUCERS: readonly ReducerRow[] = [
  // `ZoneInfo._unpickle(key, 1)`: 1 says that Python may take the zone from its cache.
  fixed(PyZoneInfo, ({ key }) => [new PyObject(GETATTR, [ZONE_INFO, '_unpickle'], 'reduce'), [key, 1]]),
  fixed(PyPytzZone, ({ zone, offset, dst, name }) => {
    if (zone === 'UTC') return [PYTZ_UTC, []];
    if (zone === null) return [PYTZ_FIXED, [secondsOf(offset) / 60]];
    return [PYTZ, offset === null ? [zone] : [zone, secondsOf(offset), secondsOf(dst), name]];
  }),
];

const secondsOf = (span: PyTimeDelta | null): number => (span === null ? 0 : span.totalSeconds());
