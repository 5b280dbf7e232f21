/** Elements of an array as numpy prints them, each of them as wide as the widest. */
import type { Datetime64, Timedelta64 } from '../datetime64.ts';
import type { Dtype } from '../dtype.ts';
import type { NdRecord } from '../elements.ts';
import { WIDTH_16, WIDTH_32, WIDTH_64, WIDTH_BFLOAT, type FloatWidth } from './decimal.ts';
import { floatFormat } from './float-format.ts';
import { bytesRepr, textRepr } from './repr.ts';

export type FormatElement = (element: unknown) => string;

export interface ElementStyle {
  /** Digits behind the point of floats, at most. */
  readonly precision: number;
  /** Prints an object of an object array. */
  readonly part: (object: unknown) => string;
  /** Whether there is one element only, in no list: it is not padded. */
  readonly isAlone: boolean;
}

/**
 * How elements are written that `NdArray.get` gives.
 * @param elements those that will be
 */
export function elementFormat(dtype: Dtype, elements: readonly unknown[], style: ElementStyle): FormatElement {
  const { kind, subarray, fields } = dtype;
  if (subarray !== undefined) return subarrayFormat(subarray.base, subarray.shape.length, elements, style);
  if (fields !== undefined) return recordFormat(dtype, elements, style);
  if (dtype.hasObjects) return style.part;
  if (dtype.extension !== undefined) return extensionFormat(dtype, elements, style);
  switch (kind) {
    case 'b':
      return (value) => (value === true ? 'True' : 'False').padStart(style.isAlone ? 0 : 5);
    case 'i':
    case 'u':
      return padded(elements, String);
    case 'f':
      return floats(dtype, elements, style);
    case 'c':
      return complexFormat(dtype, elements as readonly (readonly number[])[], style);
    case 'M':
      return padded(elements, (value) => `'${String(value)}'`);
    case 'm':
      return padded(elements, (value) => spanText(value as Timedelta64));
    case 'S':
      return (value) => bytesRepr(String(value));
    case 'V':
      return (value) => (value instanceof Uint8Array ? voidText(value) : style.part(value));
    default:
      return (value) => (typeof value === 'string' ? textRepr(value) : style.part(value));
  }
}

/** Of a dtype that another library has added: floats, small ints, or raw bytes. */
function extensionFormat(dtype: Dtype, elements: readonly unknown[], style: ElementStyle): FormatElement {
  if (elements.some((element) => typeof element !== 'number')) {
    return (value) => (value instanceof Uint8Array ? voidText(value) : style.part(value));
  }
  return dtype.extension!.includes('float') ? floats(dtype, elements, style) : padded(elements, String);
}

const voidText = (bytes: Uint8Array): string =>
  `b'${Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'`;

function padded(elements: readonly unknown[], write: FormatElement): FormatElement {
  const width = Math.max(0, ...elements.map((element) => write(element).length));
  return (element) => write(element).padStart(width);
}

const spanText = (span: Timedelta64 | Datetime64): string => (span.isNaT ? "'NaT'" : String(span.ticks));

function floats(dtype: Dtype, elements: readonly unknown[], { precision }: ElementStyle): FormatElement {
  const format = floatFormat(elements as readonly number[], { precision, width: widthOf(dtype.itemsize, dtype) });
  return (value) => format(value as number);
}

function widthOf(byteLength: number, { extension }: Dtype): FloatWidth {
  if (extension === 'bfloat16') return WIDTH_BFLOAT;
  if (extension !== undefined) return WIDTH_64;
  return byteLength === 2 ? WIDTH_16 : byteLength === 4 ? WIDTH_32 : WIDTH_64;
}

function complexFormat(
  dtype: Dtype,
  pairs: readonly (readonly number[])[],
  { precision }: ElementStyle,
): FormatElement {
  const width = widthOf(dtype.itemsize / 2, dtype);
  const real = floatFormat(
    pairs.map(([re]) => re!),
    { precision, width },
  );
  const imaginary = floatFormat(
    pairs.map(([, im]) => im!),
    { precision, width, plus: true },
  );
  return (value) => {
    const [re, im] = value as readonly [number, number];
    const text = imaginary(im);
    const end = text.trimEnd().length;
    return `${real(re)}${text.slice(0, end)}j${text.slice(end)}`;
  };
}

function recordFormat(dtype: Dtype, elements: readonly unknown[], style: ElementStyle): FormatElement {
  const records = elements.filter(isRecord);
  const inner = { ...style, isAlone: false };
  const formats = dtype.fields!.map(({ name, dtype: of }): [string, FormatElement] => {
    return [
      name,
      elementFormat(
        of,
        records.map((record) => record[name]),
        inner,
      ),
    ];
  });
  return (value) => {
    if (!isRecord(value)) return style.part(value);
    const texts = formats.map(([name, format]) => format(value[name]));
    return `(${texts.join(', ')}${texts.length === 1 ? ',' : ''})`;
  };
}

const isRecord = (value: unknown): value is NdRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function subarrayFormat(base: Dtype, depth: number, elements: readonly unknown[], style: ElementStyle): FormatElement {
  const format = elementFormat(base, elements.flat(depth), { ...style, isAlone: false });
  const write = (value: unknown, left: number): string => {
    if (left === 0 || !Array.isArray(value)) return format(value);
    return `[${value.map((item) => write(item, left - 1)).join(', ')}]`;
  };
  return (value) => write(value, depth);
}
