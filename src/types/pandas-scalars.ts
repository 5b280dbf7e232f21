/** pandas' scalars: Timestamp, Timedelta, Period, Interval, NaT, and date offsets. What pandas would refuse stays inert. */
import type { PyType, TypeFamily } from '../spec/options.ts';
import { textOf } from '../arrays/dtype-state.ts';
import { inEach } from './numpy/names.ts';
import { isTimeUnit, NAT_TICKS, type TimeUnit } from './pandas/calendar.ts';
import {
  INTERVAL_MODULES,
  NA_MODULES,
  NAT_MODULES,
  OFFSET_MODULES,
  PERIOD_MODULES,
  TIMEDELTA_MODULES,
  TIMESTAMP_MODULES,
} from './pandas/modules.ts';
import { DateOffset, OFFSET_NAMES } from './pandas/offsets.ts';
import { Interval, isClosed, PdNaT, Period, Timedelta, Timestamp } from './pandas/scalars.ts';
import { fieldsOf, intOf, madeOf } from './stdlib/arguments.ts';

/** numpy's numbers of the units; before pandas 2 there is nothing but nanoseconds. */
const UNITS: ReadonlyMap<unknown, TimeUnit> = new Map([
  [7n, 's'],
  [8n, 'ms'],
  [9n, 'us'],
  [10n, 'ns'],
]);

function unitOf(code: unknown): TimeUnit | undefined {
  const unit = code === undefined ? 'ns' : UNITS.get(intOf(code));
  return isTimeUnit(unit) ? unit : undefined;
}

function ticksOf(value: unknown): bigint | undefined {
  const ticks = intOf(value);
  return ticks !== undefined && ticks === BigInt.asIntN(64, ticks) && ticks !== NAT_TICKS ? ticks : undefined;
}

/** `_unpickle_timestamp(value, freq, tz[, unit])`, and `Timestamp` with the same arguments. */
const timestamp = madeOf(([value, , tz = null, code, ...more]) => {
  const ticks = ticksOf(value);
  const unit = unitOf(code);
  if (ticks === undefined || unit === undefined || more.length > 0) return undefined;
  return typeof tz === 'object' && !Array.isArray(tz) ? new Timestamp(ticks, unit, tz) : undefined;
});

/** `_timedelta_unpickle(value[, unit])`, and `Timedelta` with the same arguments. */
const timedelta = madeOf(([value, code, ...more]) => {
  const ticks = ticksOf(value);
  const unit = unitOf(code);
  return ticks === undefined || unit === undefined || more.length > 0 ? undefined : new Timedelta(ticks, unit);
});

/** `Period(None, freq, ordinal)`. */
const period = madeOf(([value, freq, given, ...more]) => {
  const ordinal = intOf(given);
  const known = freq instanceof DateOffset ? freq : textOf(freq);
  if (value !== null || ordinal === undefined || known === undefined || more.length > 0) return undefined;
  return ordinal === BigInt.asIntN(64, ordinal) ? new Period(ordinal, known) : undefined;
});

const interval = madeOf(([left, right, closed = 'right', ...more]) =>
  isClosed(closed) && more.length === 0 && right !== undefined ? new Interval(left, right, closed) : undefined,
);

const nat = madeOf((args) => (args.length <= 1 ? new PdNaT() : undefined));

function offset(name: string): PyType {
  return {
    ...madeOf((args) => (args.length > 8 ? undefined : new DateOffset(name, args))),
    setState(target, state) {
      const attrs = fieldsOf(state);
      if (target instanceof DateOffset && attrs !== undefined) target.attrs = attrs;
    },
  };
}

/** A global that is a value itself: nothing is made of it. */
const constant: PyType = { call: () => undefined };

export const pandasScalars: TypeFamily = {
  name: 'pandas.scalars',
  get types(): TypeFamily['types'] {
    return [
      ...inEach(TIMESTAMP_MODULES, 'Timestamp', timestamp),
      ...inEach(TIMESTAMP_MODULES, '_unpickle_timestamp', timestamp),
      ...inEach(TIMEDELTA_MODULES, 'Timedelta', timedelta),
      ...inEach(TIMEDELTA_MODULES, '_timedelta_unpickle', timedelta),
      ...inEach(PERIOD_MODULES, 'Period', period),
      ...inEach(INTERVAL_MODULES, 'Interval', interval),
      ...inEach(NAT_MODULES, '_nat_unpickle', nat),
      ...inEach(NAT_MODULES, '__nat_unpickle', nat),
      ...inEach(NA_MODULES, 'NA', constant),
      ...OFFSET_NAMES.flatMap((name) => inEach(OFFSET_MODULES, name, offset(name))),
    ];
  },
};
