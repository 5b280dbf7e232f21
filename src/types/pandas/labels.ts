/** Labels of rows and columns as keys of records, and as what a caller asks for. */
import { PyFloat } from '../../values/py.ts';

/** A label as a key: a str as it is, a tuple as JSON of its parts, all else as text. */
export function labelText(label: unknown): string {
  if (typeof label === 'string') return label;
  return Array.isArray(label) ? JSON.stringify(label.map(partOf)) : String(label);
}

const partOf = (part: unknown): unknown =>
  part === null || typeof part === 'number' || typeof part === 'boolean' ? part : String(part);

/** Whether a label is the one that is asked for: equal numbers of any kind, tuples by their parts, times by their text. */
export function sameLabel(label: unknown, asked: unknown): boolean {
  // An exact decode has a class for whole floats, which are asked for as numbers too.
  if (label instanceof PyFloat) return sameLabel(label.value, asked instanceof PyFloat ? asked.value : asked);
  if (Object.is(label, asked)) return true;
  if (Array.isArray(label)) {
    return Array.isArray(asked) && label.length === asked.length && label.every((part, i) => sameLabel(part, asked[i]));
  }
  if (typeof label === 'bigint' || typeof asked === 'bigint') {
    // As text: numbers and bigints are never identical.
    return isNumber(label) && isNumber(asked) && String(label) === String(asked);
  }
  const isObject = typeof label === 'object' && label !== null && typeof asked === 'object' && asked !== null;
  return (
    isObject && !Array.isArray(asked) && label.constructor === asked.constructor && String(label) === String(asked)
  );
}

const isNumber = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';
