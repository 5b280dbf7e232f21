/** Columns of datetimes, timedeltas and periods: counts in 64 bits. */
import type { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import { NAT_TICKS, type TimeUnit } from './calendar.ts';
import type { Column } from './column.ts';
import { freqOf } from './offsets.ts';
import { Period, Timedelta, Timestamp } from './scalars.ts';

export interface TimeParts {
  readonly unit: TimeUnit;
  /** Of datetimes; null for naive ones. */
  readonly tz?: object | null | undefined;
  /** Of periods, what they are spans of; of others, what lies between one and the next, where that is known. */
  readonly freq?: unknown;
}

export class TimeColumn implements Column {
  readonly kind: 'datetime' | 'timedelta' | 'period';
  readonly unit: TimeUnit;
  readonly tz: object | null;
  readonly freq: unknown;
  readonly array: NdArray;
  #ticks: BigInt64Array | undefined;

  /**
   * @param array of one dimension
   * @throws PickleError INVALID_STATE where it is not of ints of 64 bits
   */
  constructor(kind: 'datetime' | 'timedelta' | 'period', array: NdArray, { unit, tz, freq }: TimeParts) {
    const { descr, ndim } = array;
    if (ndim !== 1 || descr.itemsize !== 8 || !'iMm'.includes(descr.kind)) refuse('Times are not counts of 64 bits.');
    this.kind = kind;
    this.array = array;
    this.unit = unit;
    this.tz = tz ?? null;
    this.freq = freq ?? null;
  }

  get dtype(): string {
    if (this.kind === 'period') return `period[${freqOf(this.freq, 'period')}]`;
    if (this.kind === 'timedelta') return `timedelta64[${this.unit}]`;
    return this.tz === null ? `datetime64[${this.unit}]` : `datetime64[${this.unit}, ${String(this.tz)}]`;
  }

  get length(): number {
    return this.array.shape[0]!;
  }

  get(i: number): Timestamp | Timedelta | Period | null {
    const ticks = this.values()[i]!;
    if (ticks === NAT_TICKS) return null;
    if (this.kind === 'datetime') return new Timestamp(ticks, this.unit, this.tz);
    return this.kind === 'timedelta' ? new Timedelta(ticks, this.unit) : new Period(ticks, this.freq);
  }

  /** Counts since 1970; the smallest int64 stands for NaT. */
  values(): BigInt64Array {
    if (this.#ticks !== undefined) return this.#ticks;
    const data = this.array.toTyped();
    if (!(data instanceof BigInt64Array)) refuse('Times are not counts of 64 bits.');
    return (this.#ticks = data);
  }
}
