/** Elements of arrays, and scalars, in the words of `made`. */
import { Datetime64, type Dtype, type NdArray, type NpScalar, PyComplex, Timedelta64 } from '../../../src/index.ts';
import type { Tell } from '../teller.ts';
import { base64 } from './base.ts';
import { longdoubleText } from './longdouble.ts';
import { canonicalBytes } from './numpy-bytes.ts';

export function elementsOf(array: NdArray, count: number, tell: Tell): unknown[] {
  const { descr } = array;
  const { kind, itemsize } = descr;
  const isLong = (kind === 'f' && itemsize === 16) || (kind === 'c' && itemsize === 32);
  const bytes = isLong ? canonicalBytes(array, 'without padding')! : undefined;
  const values: unknown[] = [];
  for (const element of array.flat()) {
    if (values.length === count) break;
    const start = values.length * itemsize;
    values.push(
      bytes === undefined ? madeElement(element, descr, tell) : longOf(bytes.subarray(start, start + itemsize)),
    );
  }
  return values;
}

export function scalarOf({ value, dtype, bytes }: NpScalar, tell: Tell): unknown {
  const isLong = 'fc'.includes(dtype.kind) && (bytes?.length ?? 0) >= (dtype.kind === 'f' ? 16 : 32);
  return isLong ? longOf(bytes!) : madeElement(value, dtype, tell);
}

/** A longdouble, or a complex of two. */
function longOf(bytes: Uint8Array): unknown {
  return bytes.length === 16 ? longdoubleText(bytes) : [bytes, bytes.subarray(16)].map(longdoubleText);
}

function madeFloat(value: number): unknown {
  if (Number.isNaN(value)) return 'nan';
  return Number.isFinite(value) ? value : value > 0 ? 'inf' : '-inf';
}

export function madeElement(value: unknown, dtype: Dtype, tell: Tell): unknown {
  const { kind, fields, subarray } = dtype;
  if (subarray !== undefined) {
    return (value as unknown[]).flat(subarray.shape.length - 1).map((item) => madeElement(item, subarray.base, tell));
  }
  if (fields !== undefined) {
    const record = value as Readonly<Record<string, unknown>>;
    return fields.map((field) => madeElement(record[field.name], field.dtype, tell));
  }
  if (dtype.extension !== undefined) return madeFloat(Number(value));
  if (kind === 'c') return (value instanceof PyComplex ? [value.re, value.im] : (value as number[])).map(madeFloat);
  if (kind === 'f') return madeFloat(value as number);
  if (kind === 'S') return madeBytes(typeof value === 'string' ? Buffer.from(value, 'latin1') : (value as Uint8Array));
  if (kind === 'V') return madeBytes(value as Uint8Array);
  if (kind === 'O' || kind === 'T') return tell(value);
  if (value instanceof Datetime64) return value.toString();
  if (value instanceof Timedelta64) return value.isNaT ? 'NaT' : tell(value.ticks);
  return typeof value === 'number' ? value : tell(value);
}

const madeBytes = (bytes: Uint8Array): unknown => ({ kind: 'bytes', length: bytes.length, b64: base64(bytes) });

const FILLS: Readonly<Record<string, unknown>> = {
  b: true,
  i: 999_999,
  u: 999_999,
  f: 1e20,
  c: [1e20, 0],
  S: madeBytes(Buffer.from('N/A')),
  U: 'N/A',
  M: 'NaT',
  m: 'NaT',
  O: '?',
};

/** numpy.ma's default for a dtype. */
export function fillOf(dtype: Dtype): unknown {
  return dtype.fields?.map((field) => fillOf(field.dtype)) ?? FILLS[dtype.kind];
}
