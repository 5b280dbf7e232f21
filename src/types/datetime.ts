/**
 * Module datetime. What pickles write: `datetime(state[, tzinfo])` with a state of 10 bytes, `time` with 6, `date` with 4;
 * in Python 2 the state is a str. The constructors' own arguments are taken too. What Python would refuse stays inert.
 */
import type { TypeFamily } from '../spec/options.ts';
import { bound, intOf, made, octetsOf, smallIntOf, type Kwargs } from './stdlib/arguments.ts';
import { PyDate, PyDateTime, PyTime } from './stdlib/dates.ts';
import { DATE_REDUCERS } from './stdlib/reduce-dates.ts';
import { PyTimeDelta, PyTimezone } from './stdlib/spans.ts';

export const datetime: TypeFamily = {
  name: 'datetime',
  get types(): TypeFamily['types'] {
    return [
      ['datetime', 'date', made(date)],
      ['datetime', 'time', made(time)],
      ['datetime', 'datetime', made(dateAndTime)],
      ['datetime', 'timedelta', made(timedelta)],
      ['datetime', 'timezone', made(timezone)],
    ];
  },
  reducers: DATE_REDUCERS,
};

type Fields = ReadonlyMap<string, unknown>;

const DATE = ['year', 'month', 'day'];
const CLOCK = ['hour', 'minute', 'second', 'microsecond', 'tzinfo'];

function date(args: readonly unknown[], kwargs: Kwargs): PyDate | undefined {
  const state = args.length === 1 && kwargs.size === 0 ? octetsOf(args[0]) : undefined;
  if (state !== undefined) {
    return state.length === 4 ? dateOf(state[0]! * 256 + state[1]!, state[2]!, state[3]!) : undefined;
  }
  const given = bound(DATE, args, kwargs);
  return given && dateOf(given.get('year'), given.get('month'), given.get('day'));
}

function dateOf(givenYear: unknown, givenMonth: unknown, givenDay: unknown): PyDate | undefined {
  const year = smallIntOf(givenYear, 1, 9999);
  const month = smallIntOf(givenMonth, 1, 12);
  if (year === undefined || month === undefined) return undefined;
  const day = smallIntOf(givenDay, 1, daysIn(year, month));
  return day === undefined ? undefined : new PyDate(year, month, day);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function time(args: readonly unknown[], kwargs: Kwargs): PyTime | undefined {
  const state = stateOf(args, kwargs, 6);
  if (state !== undefined) return timeOfState(state, args[1]);
  const given = boundWithFold(CLOCK, args, kwargs);
  return given && timeOfFields(given);
}

function dateAndTime(args: readonly unknown[], kwargs: Kwargs): PyDateTime | undefined {
  const state = stateOf(args, kwargs, 10);
  if (state !== undefined) {
    // The fold is the high bit of the month here, of the hour in a time.
    const day = dateOf(state[0]! * 256 + state[1]!, state[2]! & 0x7f, state[3]);
    const clock = state.slice(4);
    if (clock[0]! > 23) return undefined;
    clock[0]! |= state[2]! & 0x80;
    const at = timeOfState(clock, args[1]);
    return day && at && new PyDateTime(day, at);
  }
  const given = boundWithFold([...DATE, ...CLOCK], args, kwargs);
  if (given === undefined) return undefined;
  const day = dateOf(given.get('year'), given.get('month'), given.get('day'));
  const at = timeOfFields(given);
  return day && at && new PyDateTime(day, at);
}

/** The state of so many bytes that is the first of one or two arguments. */
function stateOf(args: readonly unknown[], kwargs: Kwargs, length: number): Uint8Array | undefined {
  if (args.length === 0 || args.length > 2 || kwargs.size > 0) return undefined;
  const state = octetsOf(args[0]);
  return state?.length === length ? state : undefined;
}

/** `fold` is by keyword only. */
function boundWithFold(names: readonly string[], args: readonly unknown[], kwargs: Kwargs): Fields | undefined {
  return args.length > names.length ? undefined : bound([...names, 'fold'], args, kwargs);
}

function timeOfState(state: Uint8Array, tzinfo: unknown): PyTime | undefined {
  const [hour, minute, second, high, middle, low] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const microsecond = high * 65_536 + middle * 256 + low;
  return timeOf(hour & 0x7f, minute, second, microsecond, tzinfo, hour >> 7);
}

function timeOfFields(given: Fields): PyTime | undefined {
  const [hour = 0, minute = 0, second = 0, microsecond = 0, tzinfo] = CLOCK.map((name) => given.get(name));
  return timeOf(hour, minute, second, microsecond, tzinfo, given.get('fold') ?? 0);
}

function timeOf(
  givenHour: unknown,
  givenMinute: unknown,
  givenSecond: unknown,
  givenMicrosecond: unknown,
  tzinfo: unknown,
  givenFold: unknown,
): PyTime | undefined {
  const hour = smallIntOf(givenHour, 0, 23);
  const minute = smallIntOf(givenMinute, 0, 59);
  const second = smallIntOf(givenSecond, 0, 59);
  const microsecond = smallIntOf(givenMicrosecond, 0, 999_999);
  const fold = smallIntOf(givenFold, 0, 1) as 0 | 1 | undefined;
  const zone = tzinfo ?? null;
  if (hour === undefined || minute === undefined || second === undefined || microsecond === undefined) return undefined;
  if (fold === undefined || typeof zone !== 'object' || Array.isArray(zone)) return undefined;
  return new PyTime(hour, minute, second, microsecond, zone, fold);
}

const UNITS: readonly (readonly [name: string, microseconds: bigint])[] = [
  ['days', 86_400_000_000n],
  ['seconds', 1_000_000n],
  ['microseconds', 1n],
  ['milliseconds', 1_000n],
  ['minutes', 60_000_000n],
  ['hours', 3_600_000_000n],
  ['weeks', 604_800_000_000n],
];

/** Of ints alone: pickles have no others. */
function timedelta(args: readonly unknown[], kwargs: Kwargs): PyTimeDelta | undefined {
  const given = bound(
    UNITS.map(([name]) => name),
    args,
    kwargs,
  );
  if (given === undefined) return undefined;
  let total = 0n;
  for (const [name, size] of UNITS) {
    const count = given.has(name) ? intOf(given.get(name)) : 0n;
    if (count === undefined) return undefined;
    total += count * size;
  }
  return PyTimeDelta.fromMicroseconds(total);
}

function timezone(args: readonly unknown[], kwargs: Kwargs): PyTimezone | undefined {
  const given = bound(['offset', 'name'], args, kwargs);
  const offset = given?.get('offset');
  const name = given?.has('name') ? given.get('name') : null;
  if (!(offset instanceof PyTimeDelta) || (name !== null && typeof name !== 'string')) return undefined;
  const isWithinDay = offset.days === 0 || (offset.days === -1 && offset.seconds + offset.microseconds > 0);
  return isWithinDay ? new PyTimezone(offset, name) : undefined;
}
