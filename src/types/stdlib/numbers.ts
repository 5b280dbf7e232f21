/** Numbers that JavaScript has no type for. Exact ones keep every digit, in bigints or as text. */
import { keyValue, type KeyValue } from '../../spec/key-kind.ts';
import { customInspect, type Inspect, printed, printedShort, type PrintOptions } from '../../values/py-print.ts';
import { floatText } from '../../values/text-keys.ts';
import { complexKey, decimalKey, rationalKey } from './number-key.ts';

/** A complex. */
export class PyComplex {
  readonly re: number;
  readonly im: number;

  constructor(re: number, im: number) {
    this.re = re;
    this.im = im;
  }

  /** As Python's str: `(1+2j)`, `2j`. */
  toString(): string {
    const im = `${partText(this.im)}j`;
    if (Object.is(this.re, 0)) return im;
    return `(${partText(this.re)}${/^[-+]/.test(im) ? '' : '+'}${im})`;
  }

  [keyValue](): KeyValue {
    return complexKey(this.re, this.im);
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`PyComplex ${this.toString()}`, options);
  }

  toJSON(): unknown {
    return { $complex: [jsonFloat(this.re), jsonFloat(this.im)] };
  }
}

function partText(float: number): string {
  if (Number.isNaN(float)) return 'nan';
  if (!Number.isFinite(float)) return float > 0 ? 'inf' : '-inf';
  return floatText(float).replace(/\.0$/, '');
}

const jsonFloat = (float: number): number | string => (Number.isFinite(float) ? float : partText(float));

/** A decimal.Decimal, as the text that Python prints: every digit, the exponent, and what kind of NaN. */
export class PyDecimal {
  readonly text: string;
  /** Made once: text of a megabyte may be the key of many dicts. */
  #key: { readonly value: KeyValue } | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** The nearest double. */
  valueOf(): number {
    if (/nan/i.test(this.text)) return NaN;
    return Number(this.text);
  }

  toString(): string {
    return this.text;
  }

  [keyValue](): KeyValue {
    return (this.#key ??= { value: decimalKey(this.text) }).value;
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`PyDecimal ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.text;
  }
}

/** A fractions.Fraction, in lowest terms; the denominator is positive. */
export class PyFraction {
  readonly numerator: bigint;
  readonly denominator: bigint;

  constructor(numerator: bigint, denominator: bigint) {
    this.numerator = numerator;
    this.denominator = denominator;
  }

  /** The nearest double, where both parts are in a double's range. */
  valueOf(): number {
    return Number(this.numerator) / Number(this.denominator);
  }

  /** As Python's str: `1/3`, `2`. */
  toString(): string {
    return this.denominator === 1n ? String(this.numerator) : `${this.numerator}/${this.denominator}`;
  }

  [keyValue](): KeyValue {
    return rationalKey(this.numerator, this.denominator);
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`PyFraction ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.toString();
  }
}

type Int = number | bigint;

/** A range: iterable, never a list of its numbers. */
export class PyRange {
  readonly start: Int;
  readonly stop: Int;
  /** Not 0. */
  readonly step: Int;

  constructor(start: Int, stop: Int, step: Int) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  /** How many numbers it has. */
  get length(): number {
    const [start, stop, step] = [BigInt(this.start), BigInt(this.stop), BigInt(this.step)];
    const span = step > 0n ? stop - start : start - stop;
    const size = step > 0n ? step : -step;
    return span <= 0n ? 0 : Number((span + size - 1n) / size);
  }

  *[Symbol.iterator](): Generator<Int, undefined> {
    const [start, step] = [BigInt(this.start), BigInt(this.step)];
    const isBig = [this.start, this.stop, this.step].some((part) => typeof part === 'bigint');
    for (let i = 0, count = this.length; i < count; i++) {
      const number = start + BigInt(i) * step;
      yield isBig ? number : Number(number);
    }
  }

  /** As Python's repr: `range(0, 5)`, `range(0, 5, 2)`. */
  toString(): string {
    return `range(${this.start}, ${this.stop}${BigInt(this.step) === 1n ? '' : `, ${this.step}`})`;
  }

  [keyValue](): KeyValue {
    const [start, step, stop] = [BigInt(this.start), BigInt(this.step), BigInt(this.stop)];
    const span = step > 0n ? stop - start : start - stop;
    const size = step > 0n ? step : -step;
    const count = span <= 0n ? 0n : (span + size - 1n) / size;
    return ['range', count, count > 0n ? start : null, count > 1n ? step : null];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(this.toString(), options);
  }

  toJSON(): unknown {
    return { $range: [this.start, this.stop, this.step].map(jsonInt) };
  }
}

/** JSON.stringify does not take bigints: those beyond a safe integer are text. */
function jsonInt(value: Int): number | string {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/** A slice; what is not given is null. Mostly ints, but any value may stand there. */
export class PySlice {
  readonly start: unknown;
  readonly stop: unknown;
  readonly step: unknown;

  constructor(start: unknown, stop: unknown, step: unknown) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  /** As Python's repr: `slice(1, None, 2)`. */
  toString(): string {
    return `slice(${[this.start, this.stop, this.step].map((part) => (part === null ? 'None' : String(part))).join(', ')})`;
  }

  [keyValue](): KeyValue {
    return ['slice', this.start, this.stop, this.step];
  }

  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string {
    return printed(this, 'slice', depth, options, inspect, (part) => {
      const parts = [this.start, this.stop, this.step].map((one) => (one === null ? 'None' : part(one)));
      return `slice(${parts.join(', ')})`;
    });
  }

  toJSON(): unknown {
    const parts = [this.start, this.stop, this.step];
    return { $slice: parts.map((part) => (typeof part === 'bigint' ? jsonInt(part) : part)) };
  }
}
