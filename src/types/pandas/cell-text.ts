/** Values of columns as pandas prints them: all of a column by the same rules. */
import { shortened } from '../../arrays/text/columns.ts';
import { escapedText } from '../../arrays/text/repr.ts';
import { type Column } from './column.ts';

/** Prints a value that is no text, number or time. */
export type PrintCell = (value: unknown) => string;

/** Characters of a cell. */
const MAX_CELL = 50;
/** Digits behind the point, as pandas has it. */
const DIGITS = 6;

/** The texts of the values at some places. */
export function cellsOf(
  column: Pick<Column, 'kind' | 'dtype' | 'get'>,
  places: readonly number[],
  print: PrintCell,
): string[] {
  const values = places.map((place) => column.get(place));
  const missing = missingText(column);
  const cells = textsOf(column, values, print);
  return cells.map((cell, i) => shortened(values[i] === null || values[i] === undefined ? missing : cell, MAX_CELL));
}

function textsOf(
  { kind, dtype }: Pick<Column, 'kind' | 'dtype'>,
  values: readonly unknown[],
  print: PrintCell,
): string[] {
  if (/^float|^Float|^Sparse\[float|^double/.test(dtype)) return floatTexts(values);
  // Only among objects is a number of no fraction perhaps a float.
  const write: PrintCell =
    dtype === 'object' ? print : (value) => (typeof value === 'number' ? String(value) : print(value));
  const texts = values.map((value) => textOf(value, write));
  if (kind === 'datetime')
    return withoutAll(
      texts.map((text) => text.replace('T', ' ')),
      / 00:00:00$/,
    );
  if (kind === 'timedelta') return withoutAll(texts, / \+?00:00:00$/);
  return texts;
}

function textOf(value: unknown, print: PrintCell): string {
  if (typeof value === 'string') return escapedText(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number' && Number.isNaN(value)) return 'NaN';
  return value === null || value === undefined
    ? ''
    : escapedText(ownText(value) ?? print(value).replaceAll(/\s*\n\s*/g, ' '));
}

/** Times, periods, intervals: instances that have a text of their own. */
function ownText(value: unknown): string | undefined {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const prototype = Object.getPrototypeOf(value) as object | null;
  const isOwn = prototype !== null && prototype !== Object.prototype && Object.hasOwn(prototype, 'toString');
  return isOwn ? String(value) : undefined;
}

function missingText({ kind, dtype }: Pick<Column, 'kind' | 'dtype'>): string {
  if (kind === 'datetime' || kind === 'timedelta' || kind === 'period') return 'NaT';
  if (dtype === 'str') return 'NaN';
  if (kind === 'masked' || kind === 'arrow' || dtype === 'string') return '<NA>';
  return kind === 'numpy' ? 'None' : 'NaN';
}

/** What all texts have, the empty ones aside, is left out. */
function withoutAll(texts: readonly string[], part: RegExp): string[] {
  return texts.every((text) => text === '' || part.test(text))
    ? texts.map((text) => text.replace(part, ''))
    : [...texts];
}

function floatTexts(values: readonly unknown[]): string[] {
  const numbers = values.map((value) => (typeof value === 'number' ? value : NaN));
  const finite = numbers.filter(Number.isFinite);
  const fixed = trimmed(finite.map((value) => fixedText(value)));
  const sizes = finite.map(Math.abs).filter((size) => size > 0);
  const isTooLong = Math.max(0, ...fixed.map((text) => text.length)) > DIGITS + 6;
  const hasSmall = sizes.some((size) => size < 10 ** -DIGITS);
  const useExponent = hasSmall || (isTooLong && sizes.some((size) => size > 1e6));
  const texts = useExponent ? finite.map((value) => exponentText(value)) : fixed;
  let next = 0;
  return numbers.map((value) => {
    if (Number.isFinite(value)) return texts[next++]!;
    return Number.isNaN(value) ? 'NaN' : value < 0 ? '-inf' : 'inf';
  });
}

const fixedText = (value: number): string => (Math.abs(value) < 1e21 ? value.toFixed(DIGITS) : exponentText(value));

const exponentText = (value: number): string => value.toExponential(DIGITS).replace(/e([+-])(\d)$/, 'e$10$2');

/** Without the zeros at the end that all of them have; one digit stays. */
function trimmed(texts: readonly string[]): string[] {
  let shown = [...texts];
  while (shown.length > 0 && shown.every((text) => /\.\d+0$/.test(text)))
    shown = shown.map((text) => text.slice(0, -1));
  return shown;
}
