/** Numbers of Python's library: complex, Decimal, Fraction; ranges and slices; and int, float, str and bool by name. */
import type { TypeContext, TypeFamily } from '../spec/options.ts';
import { exactFloat } from '../values/py-data.ts';
import { PyFloat } from '../values/py.ts';
import { asInt, bound, intOf, made, madeOf, type Kwargs } from './stdlib/arguments.ts';
import { PyComplex, PyDecimal, PyFraction, PyRange, PySlice } from './stdlib/numbers.ts';
import { NUMBER_REDUCERS } from './stdlib/reduce-numbers.ts';

export const numbers: TypeFamily = {
  name: 'numbers',
  get types(): TypeFamily['types'] {
    return [
      ['builtins', 'complex', madeOf(complex)],
      ['decimal', 'Decimal', madeOf(decimal)],
      ['_decimal', 'Decimal', madeOf(decimal)],
      ['_pydecimal', 'Decimal', madeOf(decimal)],
      ['fractions', 'Fraction', made(fraction)],
      ['builtins', 'range', madeOf(range)],
      ['builtins', 'slice', madeOf(slice)],
      ['builtins', 'int', madeOf(int)],
      ['builtins', 'float', madeOf(float)],
      ['builtins', 'bool', madeOf(bool)],
      ['builtins', 'str', madeOf(str)],
    ];
  },
  reducers: NUMBER_REDUCERS,
};

function floatOf(value: unknown): number | undefined {
  if (value instanceof PyFloat) return value.value;
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
}

function complex(args: readonly unknown[]): PyComplex | undefined {
  if (args.length > 2) return undefined;
  const [re, im] = [args[0] ?? 0, args[1] ?? 0].map(floatOf);
  return re === undefined || im === undefined ? undefined : new PyComplex(re, im);
}

const DECIMAL = /^([-+]?)(?:(\d+(?:\.\d*)?|\.\d+)(?:e([-+]?\d{1,30}))?|inf(?:inity)?|(s?nan)(\d*))$/i;

/** Of the text that pickles hold; it is given back as Python would print it. */
function decimal(args: readonly unknown[]): PyDecimal | undefined {
  const [text] = args;
  if (args.length === 0) return new PyDecimal('0');
  if (args.length > 1 || typeof text !== 'string') return undefined;
  const found = DECIMAL.exec(text.trim().replaceAll('_', ''));
  if (found === null) return undefined;
  const [, sign, number, exponent, nan, payload] = found;
  const minus = sign === '-' ? '-' : '';
  if (nan !== undefined) {
    return new PyDecimal(`${minus}${nan.length === 4 ? 'sNaN' : 'NaN'}${payload!.replace(/^0+/, '')}`);
  }
  if (number === undefined) return new PyDecimal(`${minus}Infinity`);
  const [whole, part = ''] = number.split('.') as [string, string?];
  return new PyDecimal(minus + decimalText((whole + part).replace(/^0+(?=\d)/, ''), exponent ?? '0', part.length));
}

/** The digits, times ten to the exponent less the number of fractional digits, as Decimal's to-scientific-string. */
function decimalText(digits: string, exponentText: string, fractional: number): string {
  const exponent = BigInt(exponentText) - BigInt(fractional);
  const adjusted = exponent + BigInt(digits.length) - 1n;
  if (exponent <= 0n && adjusted >= -6n) {
    const places = Number(-exponent);
    if (places === 0) return digits;
    const padded = digits.padStart(places + 1, '0');
    return `${padded.slice(0, -places)}.${padded.slice(-places)}`;
  }
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  return `${mantissa}E${adjusted < 0n ? '' : '+'}${adjusted}`;
}

/** Of two ints, or of the text that Python 2 and older versions of 3 wrote: `1/3`. */
function fraction(args: readonly unknown[], kwargs: Kwargs): PyFraction | undefined {
  const given = bound(['numerator', 'denominator'], args, withoutNormalize(kwargs));
  if (given === undefined) return undefined;
  const first = given.get('numerator') ?? 0;
  if (typeof first === 'string') {
    const text = /^([-+]?\d{1,4300})(?:\/(\d{1,4300}))?$/.exec(first.trim());
    return text === null || given.size > 1 ? undefined : reduced(BigInt(text[1]!), BigInt(text[2] ?? 1));
  }
  const [numerator, denominator] = [intOf(first), intOf(given.get('denominator') ?? 1)];
  return numerator === undefined || denominator === undefined ? undefined : reduced(numerator, denominator);
}

/** `_normalize` says that the terms are lowest already; it is done anyway. */
function withoutNormalize(kwargs: Kwargs): Kwargs {
  return new Map([...kwargs].filter(([name]) => name !== '_normalize'));
}

/** Greater terms are not reduced: it takes time that grows with the square of their length. */
const MAX_TERM = 1n << 65_536n;

function reduced(numerator: bigint, denominator: bigint): PyFraction | undefined {
  if (denominator === 0n) return undefined;
  if ([numerator, -numerator, denominator, -denominator].some((term) => term > MAX_TERM)) return undefined;
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  const sign = denominator < 0n ? -1n : 1n;
  return new PyFraction((sign * numerator) / a, (sign * denominator) / a);
}

function range(args: readonly unknown[], context: TypeContext): PyRange | undefined {
  const ints = args.map(intOf);
  if (args.length < 1 || args.length > 3 || !ints.every((part) => part !== undefined)) return undefined;
  const [start, stop, step] = ints.length === 1 ? [0n, ints[0]!, 1n] : [ints[0]!, ints[1]!, ints[2] ?? 1n];
  if (step === 0n) return undefined;
  return new PyRange(asInt(start, context), asInt(stop, context), asInt(step, context));
}

function slice(args: readonly unknown[]): PySlice | undefined {
  if (args.length < 1 || args.length > 3) return undefined;
  const [start, stop, step] = args.length === 1 ? [null, args[0]] : args;
  return new PySlice(start, stop, step ?? null);
}

/** `int()`, of an int, or of a bool: what subclasses of int reduce themselves to. */
function int(args: readonly unknown[], context: TypeContext): number | bigint | undefined {
  if (args.length === 0) return asInt(0n, context);
  const value = typeof args[0] === 'boolean' ? BigInt(args[0]) : intOf(args[0]);
  return args.length > 1 || value === undefined ? undefined : asInt(value, context);
}

const FLOAT = /^[-+]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?|inf(?:inity)?|nan)$/i;

function float(args: readonly unknown[], { options }: TypeContext): number | PyFloat | undefined {
  const [value] = args;
  if (args.length > 1) return undefined;
  if (value instanceof PyFloat || typeof value === 'number') return value;
  const read = args.length === 0 ? 0 : typeof value === 'string' ? floatOfText(value.trim()) : undefined;
  return read !== undefined && options.exact ? exactFloat(read) : read;
}

function floatOfText(given: string): number | undefined {
  if (!FLOAT.test(given)) return undefined;
  const text = given.toLowerCase();
  if (text.endsWith('nan')) return NaN;
  return text.includes('inf') ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
}

function bool(args: readonly unknown[]): boolean | undefined {
  const [given] = args;
  const value = given instanceof PyFloat ? given.value : given;
  if (args.length > 1) return undefined;
  return typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint'
    ? Boolean(value)
    : args.length === 0
      ? false
      : undefined;
}

function str(args: readonly unknown[]): string | undefined {
  const [value] = args;
  if (args.length === 0) return '';
  return args.length === 1 && typeof value === 'string' ? value : undefined;
}
