/** Date offsets as Python's repr has them. */
import { type DateOffset, PyTimeDelta } from '../../../src/index.ts';

/** Names of the arguments after n and normalize. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  Week: ['weekday'],
  WeekOfMonth: ['week', 'weekday'],
  LastWeekOfMonth: ['weekday'],
  YearEnd: ['month'],
  YearBegin: ['month'],
  QuarterEnd: ['startingMonth'],
  QuarterBegin: ['startingMonth'],
  SemiMonthEnd: ['day_of_month'],
  SemiMonthBegin: ['day_of_month'],
  FY5253: ['weekday', 'startingMonth', 'variation'],
};

const HIDDEN = new Set(['n', 'normalize', '_offset', '_use_relativedelta', '_cache']);

const shown = (value: unknown): string => (value === null ? 'None' : String(value));

function partsOf(offset: DateOffset): string[] {
  const { name, args, attrs } = offset;
  if (name === 'BusinessHour') return [`bh=${hoursText(args[2], args[3])}`];
  if (name === 'DateOffset') {
    const entries = [...attrs].filter(([key]) => !HIDDEN.has(key));
    return entries.map(([key, value]) => `${key}=${shown(value)}`).toSorted();
  }
  const shift = args.find((arg) => arg instanceof PyTimeDelta);
  if (shift !== undefined && shift.totalMicroseconds() !== 0n) {
    return [`offset=datetime.timedelta(seconds=${shift.seconds})`];
  }
  const named = (NAMES[name] ?? []).map((key, i) => `${key}=${shown(args[i + 2])}`);
  return name === 'FY5253' ? named.toSorted() : named;
}

export function offsetText(offset: DateOffset): string {
  const { name, n } = offset;
  const parts = partsOf(offset);
  const count = n === 1 ? name : `${n} * ${name}s`;
  return `<${count}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}>`;
}

/** `09:00-15:14`: the hours of business, of each of its spans. */
function hoursText(starts: unknown, ends: unknown): string {
  const [from, to] = [starts, ends].map((times) => (Array.isArray(times) ? (times as unknown[]) : [times]));
  return from!.map((start, i) => `${clockText(start)}-${clockText(to![i])}`).join(',');
}

const clockText = (time: unknown): string => String(time).slice(0, 5);
