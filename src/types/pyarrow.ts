/** pyarrow's types and arrays. Tables, schemas and scalars stay inert. */
import type { PyType, TypeContext, TypeFamily } from '../spec/options.ts';
import { ArrowArray } from './arrow/array.ts';
import { ArrowBuffer } from './arrow/buffer.ts';
import { ArrowChunkedArray } from './arrow/chunked.ts';
import { ARROW_REDUCERS } from './arrow/reduce.ts';
import { bytesOf, restoreArray } from './arrow/restore.ts';
import {
  type ArrowField,
  ArrowType,
  decimalType,
  dictionaryType,
  fixedBinaryType,
  fixedListType,
  listType,
  mapType,
  structType,
  timeType,
  typeOfAlias,
} from './arrow/type.ts';
import { isTimeUnit } from './pandas/calendar.ts';
import { PyArrowField } from './arrow/field.ts';
import { madeOf, smallIntOf } from './stdlib/arguments.ts';

type Make = (args: readonly unknown[], context: TypeContext) => unknown;

const MAX_WIDTH = 2 ** 31 - 1;

const fieldOf = (value: unknown, name: string): ArrowField | undefined => {
  if (value instanceof PyArrowField) return value;
  return value instanceof ArrowType ? { name, type: value, nullable: true } : undefined;
};

const field: Make = ([name, type, nullable = true, metadata = null]) =>
  typeof name === 'string' && type instanceof ArrowType
    ? new PyArrowField(name, type, nullable === true, metadata)
    : undefined;

const list: Make = ([given, size]) => {
  const item = fieldOf(given, 'item');
  const width = size === undefined || Number(size) === -1 ? undefined : smallIntOf(size, 0, MAX_WIDTH);
  if (item === undefined) return undefined;
  return width === undefined ? listType('list', item) : fixedListType(item, width);
};

const largeList: Make = ([given]) => {
  const item = fieldOf(given, 'item');
  return item && listType('large_list', item);
};

const struct: Make = ([given]) => {
  if (!Array.isArray(given)) return undefined;
  const fields = given.map((one) => fieldOf(one, ''));
  return fields.every((one) => one !== undefined) ? structType(fields) : undefined;
};

const map: Make = ([givenKey, givenItem]) => {
  const [key, item] = [fieldOf(givenKey, 'key'), fieldOf(givenItem, 'value')];
  return key && item && mapType(key, item);
};

const dictionary: Make = ([index, value, ordered]) =>
  index instanceof ArrowType && value instanceof ArrowType ? dictionaryType(index, value, ordered === true) : undefined;

const timestamp: Make = ([unit, tz = null]) =>
  isTimeUnit(unit) && (tz === null || typeof tz === 'string') ? timeType('timestamp', unit, tz) : undefined;

const decimal =
  (name: string, width: number): Make =>
  ([precision, scale = 0]) => {
    const [digits, behind] = [smallIntOf(precision, 1, 76), smallIntOf(scale, -1000, 1000)];
    return digits === undefined || behind === undefined ? undefined : decimalType(name, width, digits, behind);
  };

const binary: Make = ([size = -1]) => {
  const width = smallIntOf(size, 0, MAX_WIDTH);
  return width === undefined ? typeOfAlias('binary') : fixedBinaryType(width);
};

/** A type that is known by its name alone: arrays of it are there, but their values are not read. */
const alias: Make = ([name]) =>
  typeof name === 'string' ? (typeOfAlias(name) ?? new ArrowType({ layout: 'other', text: name })) : undefined;

/** Types of which pyarrow prints more than their names; their values are not read either. */
const UNREAD = ['union', 'dense_union', 'sparse_union', 'run_end_encoded', 'list_view', 'large_list_view'];

const chunked: Make = ([chunks, given]) => {
  if (!Array.isArray(chunks) || !chunks.every((chunk) => chunk instanceof ArrowArray)) return undefined;
  const type: unknown = given ?? chunks[0]?.type;
  if (!(type instanceof ArrowType)) return undefined;
  const isOne = chunks.every((chunk) => String(chunk.type) === String(type));
  return isOne ? new ArrowChunkedArray(type, chunks as ArrowArray[]) : undefined;
};

const buffer: Make = ([given], { options }) => {
  const bytes = bytesOf(given);
  if (bytes === undefined || !options.exact) return bytes;
  return new ArrowBuffer(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
};

const MAKERS: Readonly<Record<string, Make>> = {
  type_for_alias: alias,
  field,
  list_: list,
  large_list: largeList,
  struct,
  map_: map,
  dictionary,
  timestamp,
  decimal32: decimal('decimal32', 4),
  decimal64: decimal('decimal64', 8),
  decimal128: decimal('decimal128', 16),
  decimal256: decimal('decimal256', 32),
  binary,
  py_buffer: buffer,
  _restore_array: ([data]) => restoreArray(data),
  chunked_array: chunked,
  ...Object.fromEntries(UNREAD.map((name): [string, Make] => [name, (_, context) => alias([name], context)])),
};

export const pyarrow: TypeFamily = {
  name: 'pyarrow',
  get types(): TypeFamily['types'] {
    return Object.entries(MAKERS).map(([name, make]): [string, string, PyType] => [
      'pyarrow.lib',
      name,
      madeOf((args, context) => make(args, context)),
    ]);
  },
  reducers: ARROW_REDUCERS,
};
