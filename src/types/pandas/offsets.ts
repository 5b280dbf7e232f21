/** Frequencies: pandas' date offsets, and their names in the words of pandas 2.2 and later. */
import { PyTimeDelta } from '../stdlib/spans.ts';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

/** The alias of each class; and which of its arguments, after n and normalize, the alias ends with. */
const ALIASES: Readonly<Record<string, readonly [alias: string, end?: 'month' | 'weekday' | 'day' | 'week']>> = {
  Day: ['D'],
  Hour: ['h'],
  Minute: ['min'],
  Second: ['s'],
  Milli: ['ms'],
  Micro: ['us'],
  Nano: ['ns'],
  BusinessDay: ['B'],
  BDay: ['B'],
  CustomBusinessDay: ['C'],
  CDay: ['C'],
  BusinessHour: ['bh'],
  CustomBusinessHour: ['cbh'],
  Week: ['W', 'weekday'],
  WeekOfMonth: ['WOM', 'week'],
  LastWeekOfMonth: ['LWOM', 'weekday'],
  MonthEnd: ['ME'],
  MonthBegin: ['MS'],
  BusinessMonthEnd: ['BME'],
  BMonthEnd: ['BME'],
  BusinessMonthBegin: ['BMS'],
  BMonthBegin: ['BMS'],
  CustomBusinessMonthEnd: ['CBME'],
  CustomBusinessMonthBegin: ['CBMS'],
  SemiMonthEnd: ['SME', 'day'],
  SemiMonthBegin: ['SMS', 'day'],
  QuarterEnd: ['QE', 'month'],
  QuarterBegin: ['QS', 'month'],
  BQuarterEnd: ['BQE', 'month'],
  BQuarterBegin: ['BQS', 'month'],
  YearEnd: ['YE', 'month'],
  YearBegin: ['YS', 'month'],
  BYearEnd: ['BYE', 'month'],
  BYearBegin: ['BYS', 'month'],
};

/** Every class of pandas' offsets. */
export const OFFSET_NAMES: readonly string[] = [
  ...Object.keys(ALIASES),
  'DateOffset',
  'Easter',
  'FY5253',
  'FY5253Quarter',
];

/** Periods name the span itself, not its end. */
const PERIOD_ALIASES: ReadonlyMap<string, string> = new Map([
  ['ME', 'M'],
  ['QE', 'Q'],
  ['YE', 'Y'],
]);

/** A date offset, such as MonthEnd: `n` steps of a kind. It is kept as the pickle has it, and does no arithmetic. */
export class DateOffset {
  /** `MonthEnd`, `Week` ... */
  readonly name: string;
  /** What the class was called with: n, normalize, and what its kind has beside. */
  readonly args: readonly unknown[];
  /** What was set later, of DateOffset itself: months, days, hours ... */
  attrs: ReadonlyMap<string, unknown> = new Map();

  constructor(name: string, args: readonly unknown[]) {
    this.name = name;
    this.args = args;
  }

  /** Number of steps. */
  get n(): number {
    return Number(this.args[0] ?? this.attrs.get('n') ?? 1);
  }

  /** As pandas 2.2 and later name it: `ME`, `2D`, `QE-MAR`; classes without an alias by their name. */
  get freqstr(): string {
    const [alias, end] = (Object.hasOwn(ALIASES, this.name) && ALIASES[this.name]) || [plainText(this)];
    const last = end === undefined ? '' : endText(end, this);
    return `${this.n === 1 ? '' : this.n}${alias}${last}${shiftText(this.args)}`;
  }

  toString(): string {
    return this.freqstr;
  }

  toJSON(): string {
    return this.freqstr;
  }
}

/** Of classes without an alias: `<DateOffset: months=1>`. */
function plainText({ name, attrs }: DateOffset): string {
  const entries = [...attrs].filter(([key]) => key !== 'n' && key !== 'normalize' && !key.startsWith('_'));
  const told = entries.map(([key, value]) => `${key}=${String(value)}`).toSorted();
  return `<${name}${told.length === 0 ? '' : `: ${told.join(', ')}`}>`;
}

/** Before pandas 1.1 what the kind has beside n came with a state. */
function endText(end: 'month' | 'weekday' | 'day' | 'week', { args, attrs }: DateOffset): string {
  const first = args[2] ?? attrs.get(end === 'day' ? 'day_of_month' : end) ?? attrs.get('startingMonth');
  const second = args[3] ?? attrs.get('weekday');
  const at = first === null || first === undefined ? undefined : Number(first);
  if (end === 'day') return at === undefined ? '' : `-${at}`;
  if (end === 'week') return `-${Number(first) + 1}${WEEKDAYS[Number(second)] ?? ''}`;
  const name = at === undefined ? undefined : end === 'month' ? MONTHS[at - 1] : WEEKDAYS[at];
  return name === undefined ? '' : `-${name}`;
}

/** `+9S`: business days may lie some time off midnight. */
function shiftText(args: readonly unknown[]): string {
  const shift = args.find((arg) => arg instanceof PyTimeDelta);
  if (shift === undefined || shift.totalMicroseconds() === 0n) return '';
  const seconds = shift.totalSeconds();
  return `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}s`;
}

/** The name of a frequency that may be a DateOffset, or a text already. */
export function freqOf(freq: unknown, of: 'index' | 'period'): string {
  const text = freq instanceof DateOffset ? freq.freqstr : typeof freq === 'string' ? freq : '';
  if (of === 'index') return text;
  const [, count = '', alias = '', end = ''] = /^(-?\d*)([A-Za-z]+)(-.*)?$/.exec(text) ?? [];
  return alias === '' ? text : `${count}${PERIOD_ALIASES.get(alias) ?? alias}${end}`;
}
