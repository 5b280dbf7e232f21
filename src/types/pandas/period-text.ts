/** Periods as pandas prints them. */
import { dateText, floorDiv } from './calendar.ts';

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Days since 1970 of a count of business days. */
function businessDay(ordinal: bigint): bigint {
  const shifted = ordinal + 3n;
  const week = floorDiv(shifted, 5n);
  return week * 7n + (shifted - week * 5n) - 3n;
}

/** `2024-01-01/2024-01-07`: the days of a week that ends on the day that its frequency names. */
function weekText(ordinal: bigint, end: string): string {
  const last = ordinal * 7n - 4n + BigInt(Math.max(0, WEEKDAYS.indexOf(end)));
  return `${dateText(last - 6n, 'D')}/${dateText(last, 'D')}`;
}

/**
 * The text of a period.
 * @param freq as periods name theirs: `M`, `Q-DEC`, `2D`; aliases of pandas before 2.2 too
 */
export function periodText(ordinal: bigint, freq: string): string {
  const [, alias = '', end = ''] = /^-?\d*([A-Za-z]+)(?:-(.*))?$/.exec(freq) ?? [];
  const clock = (unit: 'm' | 's' | 'ms' | 'us' | 'ns'): string => dateText(ordinal, unit).replace('T', ' ');
  switch (alias) {
    case 'Y':
    case 'A':
      return String(ordinal + 1970n);
    case 'Q': {
      const year = floorDiv(ordinal, 4n);
      return `${year + 1970n}Q${ordinal - year * 4n + 1n}`;
    }
    case 'M':
      return dateText(ordinal, 'M');
    case 'W':
      return weekText(ordinal, end);
    case 'B':
      return dateText(businessDay(ordinal), 'D');
    case 'D':
      return dateText(ordinal, 'D');
    case 'h':
    case 'H':
      return `${dateText(ordinal, 'h').replace('T', ' ')}:00`;
    case 'min':
    case 'T':
      return clock('m');
    case 's':
    case 'S':
      return clock('s');
    case 'ms':
    case 'L':
      return clock('ms');
    case 'us':
    case 'U':
      return clock('us');
    case 'ns':
    case 'N':
      return clock('ns');
    default:
      return `${ordinal}[${freq}]`;
  }
}
