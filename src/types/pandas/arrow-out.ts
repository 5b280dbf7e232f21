/** Columns as Arrow's buffers, for libraries that take these without copying. */
import type { NumberArray } from '../../arrays/storage.ts';
import type { ArrowArray } from '../arrow/array.ts';
import { bitAt } from '../arrow/buffers.ts';
import { ArrowColumn, numbersOfChunks } from './arrow-column.ts';
import { NAT_TICKS } from './calendar.ts';
import { CategoryColumn, IntervalColumn, type Labels } from './category-column.ts';
import { type Column, listOf } from './column.ts';
import { MaskedColumn } from './extension-columns.ts';
import { TimeColumn } from './time-column.ts';

/** One column. Its parts are those of Arrow's ArrayData, at offset 0. */
export interface ArrowColumnData {
  readonly name: string;
  /**
   * Arrow's type, as pyarrow prints it: 'int64', 'double', 'bool', 'string', 'timestamp[ns, tz=UTC]', 'duration[us]',
   * 'dictionary<values=string, indices=int8, ordered=0>', 'struct<left: int64, right: int64>'; or 'object' for values that
   * Arrow has no one type for: then `data` is an array of them.
   */
  readonly type: string;
  readonly length: number;
  readonly nullCount: number;
  /** Numbers; bits of bools, the lowest first; bytes of strings, in UTF-8; indices of a dictionary, -1 where none is. */
  readonly data: NumberArray | readonly unknown[];
  /** A bit for each value, the lowest first: 0 where it is missing. Left out where none is. */
  readonly validity?: Uint8Array;
  /** Of strings and bytes: where each begins in `data`, and where the last ends. */
  readonly offsets?: Int32Array | BigInt64Array;
  readonly dictionary?: ArrowColumnData;
  readonly children?: readonly ArrowColumnData[];
}

type Parts = Omit<ArrowColumnData, 'name' | 'length' | 'nullCount' | 'validity'>;

const NAMES: Readonly<Record<string, string>> = {
  float64: 'double',
  float32: 'float',
  float16: 'float',
  boolean: 'bool',
};

/** @throws RangeError where more than 2^28 values would have to be copied */
export function arrowColumnOf(name: string, column: Column): ArrowColumnData {
  if (column instanceof ArrowColumn) return ofArrow(name, column);
  const { length } = column;
  if (column instanceof CategoryColumn) {
    const dictionary = ofLabels('', column.categories);
    const indices = column.array.dtype;
    const type = `dictionary<values=${dictionary.type}, indices=${indices}, ordered=${column.ordered ? 1 : 0}>`;
    return whole(name, length, { type, data: column.codes, dictionary }, (i) => Number(column.codes[i]) >= 0);
  }
  if (column instanceof MaskedColumn) {
    const values = column.data.toTyped() as NumberArray;
    const isBool = column.dtype === 'boolean';
    const type = isBool ? 'bool' : arrowName(column.data.dtype);
    const data = isBool ? bitsOf(length, (i) => values[i] !== 0) : values;
    return whole(name, length, { type, data }, (i) => column.mask[i] === 0);
  }
  if (column instanceof IntervalColumn) {
    const children = [ofLabels('left', column.left), ofLabels('right', column.right)];
    const type = `struct<${children.map((child) => `${child.name}: ${child.type}`).join(', ')}>`;
    return whole(name, length, { type, data: [], children });
  }
  if (column instanceof TimeColumn) {
    const ticks = column.values();
    return whole(name, length, { type: timeName(column), data: ticks }, (i) => ticks[i] !== NAT_TICKS);
  }
  const values = column.values();
  if (Array.isArray(values)) return ofValues(name, values);
  if (column.dtype === 'bool')
    return whole(name, length, { type: 'bool', data: bitsOf(length, (i) => values[i] !== 0) });
  const isComplex = column.dtype.startsWith('complex');
  const part = values instanceof Float32Array ? 'float' : 'double';
  const type = isComplex ? `fixed_size_list<item: ${part}>[2]` : arrowName(column.dtype);
  return whole(name, length, { type, data: values });
}

const arrowName = (dtype: string): string => NAMES[dtype] ?? dtype;

function timeName({ kind, unit, tz }: TimeColumn): string {
  if (kind === 'period') return 'int64';
  if (kind === 'timedelta') return `duration[${unit}]`;
  return tz === null ? `timestamp[${unit}]` : `timestamp[${unit}, tz=${String(tz)}]`;
}

function ofLabels(name: string, labels: Labels): ArrowColumnData {
  const { column } = labels as { readonly column?: Column };
  return column === undefined ? ofValues(name, listOf(labels)) : arrowColumnOf(name, column);
}

/** Strings, some of which may be missing; or values of no one type. */
function ofValues(name: string, values: readonly unknown[]): ArrowColumnData {
  const isText = values.every((value) => value === null || typeof value === 'string');
  const parts = isText ? textParts(values as readonly (string | null)[]) : { type: 'object', data: values };
  return whole(name, values.length, parts, (i) => values[i] !== null);
}

function textParts(values: readonly (string | null)[]): Parts {
  const encoder = new TextEncoder();
  const texts = values.map((value) => encoder.encode(value ?? ''));
  const total = texts.reduce((sum, { length }) => sum + length, 0);
  const isLarge = total > 0x7fffffff;
  const offsets = isLarge ? new BigInt64Array(texts.length + 1) : new Int32Array(texts.length + 1);
  const data = new Uint8Array(total);
  let at = 0;
  texts.forEach((text, i) => {
    data.set(text, at);
    at += text.length;
    offsets[i + 1] = (isLarge ? BigInt(at) : at) as never;
  });
  return { type: isLarge ? 'large_string' : 'string', data, offsets };
}

function whole(name: string, length: number, parts: Parts, isThere?: (i: number) => boolean): ArrowColumnData {
  let nullCount = 0;
  if (isThere !== undefined) for (let i = 0; i < length; i++) if (!isThere(i)) nullCount++;
  return {
    name,
    length,
    nullCount,
    ...parts,
    ...(isThere !== undefined && nullCount > 0 && { validity: bitsOf(length, isThere) }),
  };
}

function bitsOf(length: number, isSet: (i: number) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(length / 8));
  for (let i = 0; i < length; i++) if (isSet(i)) bits[i >> 3]! |= 1 << (i & 7);
  return bits;
}

function ofArrow(name: string, column: ArrowColumn): ArrowColumnData {
  const [chunk] = column.chunks;
  if (column.chunks.length === 1) return ofChunk(name, chunk!) ?? ofList(name, column);
  if (column.type.layout !== 'number' || chunk === undefined) return ofList(name, column);
  const data = numbersOfChunks(column.chunks)!;
  return whole(name, column.length, { type: String(column.type), data }, (i) => column.get(i) !== null);
}

function ofList(name: string, column: ArrowColumn): ArrowColumnData {
  const values = listOf(column);
  if (column.type.layout !== 'bool') return ofValues(name, values);
  const data = bitsOf(values.length, (i) => values[i] === true);
  return whole(name, values.length, { type: 'bool', data }, (i) => values[i] !== null);
}

/** The array's own buffers; undefined for layouts within others. */
function ofChunk(name: string, chunk: ArrowArray): ArrowColumnData | undefined {
  const { type, offset, length, validity } = chunk;
  const { layout, parts } = type;
  const isThere = validity === null ? undefined : (i: number): boolean => bitAt(validity, offset + i);
  const text = String(type);
  switch (layout) {
    case 'number':
      return whole(name, length, { type: text, data: chunk.data.subarray(offset, offset + length) }, isThere);
    case 'int128':
    case 'decimal':
    case 'fixed': {
      const width = parts.width!;
      const data = chunk.data.subarray(offset * width, (offset + length) * width);
      return whole(name, length, { type: text, data }, isThere);
    }
    case 'text':
    case 'bytes': {
      const offsets = chunk.offsets!.subarray(offset, offset + length + 1);
      return whole(name, length, { type: text, data: chunk.data, offsets }, isThere);
    }
    case 'dictionary': {
      const dictionary = ofChunk('', chunk.dictionary!);
      const data = chunk.data.subarray(offset, offset + length);
      return dictionary && whole(name, length, { type: text, data, dictionary }, isThere);
    }
    default:
      return undefined;
  }
}
