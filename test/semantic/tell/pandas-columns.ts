/** Columns of pandas in the words of `made`. */
import {
  type ArrowColumn,
  CategoryColumn,
  type Column,
  IntervalColumn,
  MaskedColumn,
  dtypeOfText,
  NdArray,
  NumpyColumn,
  SparseColumn,
  StringColumn,
  TimeColumn,
} from '../../../src/index.ts';
import { isoText, NAT_TICKS, spanIsoText } from '../../../src/types/pandas/calendar.ts';
import { freqOf } from '../../../src/types/pandas/offsets.ts';
import type { Tell } from '../teller.ts';
import { base64, sha256 } from './base.ts';
import { canonicalBytes } from './numpy-bytes.ts';
import { elementsOf } from './numpy-elements.ts';

/** Columns of more values are told by their first ones. */
const MANY = 64;
const FIRST = 8;

const shown = (length: number): number => (length > MANY ? FIRST : length);

export const bytesOf = (data: ArrayBufferView): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

export function madeColumn(column: Column, tell: Tell): Record<string, unknown> {
  const { dtype, length } = column;
  if (column instanceof NumpyColumn) return { dtype, ...numpyNode(column.array, tell) };
  if (column instanceof TimeColumn) return { dtype, ...timeNode(column) };
  if (column instanceof CategoryColumn) {
    return {
      dtype,
      categories: tell(column.categories),
      codes: Array.from(column.codes.subarray(0, shown(length)), Number),
      codes_dtype: column.array.descr.str,
      ordered: column.ordered,
      sha256: sha256(bytesOf(column.codes)),
    };
  }
  if (column instanceof IntervalColumn) {
    return { dtype, left: tell(column.left), right: tell(column.right), closed: column.closed };
  }
  if (column instanceof MaskedColumn) return { dtype, ...maskedNode(column, tell) };
  if (column instanceof SparseColumn) return { dtype, ...sparseNode(column, tell) };
  if (column instanceof StringColumn) return { dtype, storage: 'python', na: column.na, ...textNode(column) };
  const { type } = column as ArrowColumn;
  if (!dtype.endsWith('[pyarrow]')) {
    return { dtype, storage: 'pyarrow', na: dtype === 'str' ? 'nan' : 'NA', ...textNode(column) };
  }
  const values = Array.from({ length: shown(length) }, (_, i) => arrowValue(column.get(i), tell));
  return { dtype, arrow: String(type), values };
}

function numpyNode(array: NdArray, tell: Tell): Record<string, unknown> {
  const values = elementsOf(array, shown(array.size), tell);
  const bytes = canonicalBytes(array, 'without padding');
  return bytes === null ? { values } : { numpy: array.descr.str, values, sha256: sha256(bytes) };
}

function timeNode({ kind, unit, tz, freq, array }: TimeColumn): Record<string, unknown> {
  const all = array.toTyped() as BigInt64Array;
  const ticks = Array.from(all.subarray(0, shown(all.length)), (count) => (count === NAT_TICKS ? null : count));
  const text = new TimeColumn(kind, array, { unit, tz, freq });
  return {
    ticks: ticks.map((count) => (count === null ? null : String(count))),
    values: ticks.map((count, i) => {
      if (count === null) return null;
      if (kind === 'timedelta') return spanIsoText(count, unit);
      return kind === 'period' ? String(text.get(i)) : isoText(count, unit, tz);
    }),
    ...(freq !== null && { freq: endAlias(freqOf(freq, 'index')) }),
    sha256: sha256(bytesOf(all)),
  };
}

/** A column of periods tells the name of the offset, whatever the pickle has. */
const endAlias = (freq: string): string => freq.replace(/^(-?\d*[MQY])(?=-|$)/, '$1E');

function maskedNode(column: MaskedColumn, tell: Tell): Record<string, unknown> {
  const { data, mask, length } = column;
  const filled = data.toTyped().slice() as Exclude<ReturnType<NdArray['toTyped']>, unknown[]>;
  const zero = filled instanceof BigInt64Array || filled instanceof BigUint64Array ? 0n : 0;
  mask.forEach((isMissing, i) => {
    if (isMissing !== 0) filled[i] = zero as never;
  });
  const values = elementsOf(data, shown(length), tell).map((value, i) => (mask[i] === 0 ? value : null));
  return {
    values,
    na: mask.reduce((count, mark) => count + mark, 0),
    sha256: sha256(bytesOf(filled)),
    mask_sha256: sha256(mask),
  };
}

/** As a dense array of numpy. */
function sparseNode(column: SparseColumn, tell: Tell): Record<string, unknown> {
  const { points, indices, length, fillValue } = column;
  const sample = points.toTyped();
  const Typed = sample.constructor as new (length: number) => Float64Array;
  const fill = typeof fillValue === 'bigint' ? fillValue : Number(fillValue);
  const isBig = sample instanceof BigInt64Array || sample instanceof BigUint64Array;
  const dense = new Typed(length).fill((isBig ? BigInt(fill) : Number(fill)) as never);
  indices.forEach((place, i) => (dense[place] = sample[i] as never));
  const array = new NdArray({ data: dense, descr: dtypeOfText(points.descr.str)!, shape: [length] });
  const { values, sha256: digest } = numpyNode(array, tell);
  return { fill_value: tell(fillValue), npoints: indices.length, values, sha256: digest };
}

/** Each text's length in UTF-8, in 32 bits, and its bytes; a missing one is ffffffff. */
function textNode(column: Column): Record<string, unknown> {
  const parts: Uint8Array[] = [];
  for (let i = 0; i < column.length; i++) {
    const value = column.get(i);
    const text = Buffer.from(typeof value === 'string' ? value : '');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(typeof value === 'string' ? text.length : 0xffffffff);
    parts.push(length, text);
  }
  const values = Array.from({ length: shown(column.length) }, (_, i) => column.get(i));
  return { values, sha256: sha256(Buffer.concat(parts)) };
}

/** Structs are dicts there, and ints no floats. */
function arrowValue(value: unknown, tell: Tell): unknown {
  if (value instanceof Uint8Array) return { kind: 'bytes', length: value.length, b64: base64(value) };
  if (Array.isArray(value)) return value.map((item) => arrowValue(item, tell));
  const isStruct = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  if (!isStruct) return tell(value);
  return { kind: 'dict', items: Object.entries(value).map(([key, item]) => [key, arrowValue(item, tell)]) };
}
