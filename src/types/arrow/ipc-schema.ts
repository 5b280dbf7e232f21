/** The schema of an Arrow stream. */
import { refuse } from '../../arrays/refuse.ts';
import { isTimeUnit } from '../pandas/calendar.ts';
import type { FlatTable } from './ipc-table.ts';
import {
  type ArrowField,
  type ArrowType,
  decimalType,
  dictionaryType,
  fixedBinaryType,
  fixedListType,
  int128Type,
  listType,
  mapType,
  structType,
  timeType,
  typeOfAlias,
} from './type.ts';

/** A field, and how its array is written. */
export interface IpcField extends ArrowField {
  readonly metadata: ReadonlyMap<string, string>;
  /** Of a dictionary: which batches hold its values. */
  readonly dictionary: bigint | undefined;
  readonly children: readonly IpcField[];
}

/** Levels of fields within fields; a type has a limit of its own. */
const MAX_DEPTH = 64;
/** No table of a field is smaller, so there are no more fields than that; but an offset may be told twice. */
const MIN_FIELD_BYTES = 8;

/**
 * @param byteLength of the message that it lies in
 * @throws PickleError INVALID_STATE where it is damaged, or tells of types that are not read
 */
export function fieldsOfSchema(schema: FlatTable, byteLength: number): IpcField[] {
  if (schema.i16(0) !== 0) refuse('An Arrow stream is of another byte order.');
  const reader = new SchemaReader(Math.ceil(byteLength / MIN_FIELD_BYTES));
  return Array.from(schema.tables(1), (field) => reader.field(field, 0));
}

class SchemaReader {
  #left: number;

  constructor(most: number) {
    this.#left = most;
  }

  field(table: FlatTable, depth: number): IpcField {
    if (depth >= MAX_DEPTH || this.#left-- <= 0) refuse('An Arrow schema has too many fields within each other.');
    const children = Array.from(table.tables(5), (child) => this.field(child, depth + 1));
    const value = typeOf(table.u8(2), table.table(3), children);
    const encoding = table.table(4);
    const type = encoding === undefined ? value : dictionaryType(indexOf(encoding), value, encoding.u8(2) !== 0);
    return {
      name: table.text(0) ?? '',
      type,
      nullable: table.u8(1) !== 0,
      metadata: metadataOf(table, 6),
      dictionary: encoding?.id(0),
      children,
    };
  }
}

export function metadataOf(table: FlatTable, field: number): ReadonlyMap<string, string> {
  return new Map(Array.from(table.tables(field), (pair) => [pair.text(0) ?? '', pair.text(1) ?? '']));
}

function indexOf(encoding: FlatTable): ArrowType {
  const index = encoding.table(1);
  return index === undefined ? typeOfAlias('int32')! : intType(index);
}

const NAMES: Readonly<Record<number, string>> = {
  1: 'null',
  4: 'binary',
  5: 'string',
  6: 'bool',
  19: 'large_binary',
  20: 'large_string',
  23: 'binary_view',
  24: 'string_view',
};
const UNITS = ['s', 'ms', 'us', 'ns'];

/** @param tag which type of Arrow's union of types */
function typeOf(tag: number, given: FlatTable | undefined, children: readonly IpcField[]): ArrowType {
  const name = NAMES[tag];
  if (name !== undefined) return typeOfAlias(name)!;
  const table = given ?? refuse('A field of an Arrow schema has no type.');
  switch (tag) {
    case 2:
      return intType(table);
    case 3:
      return typeOfAlias(
        ['halffloat', 'float', 'double'][table.i16(0)] ?? refuse('Floats of Arrow have other sizes.'),
      )!;
    case 7:
      return decimalOf(table);
    case 8:
      return typeOfAlias(table.i16(0, 1) === 0 ? 'date32[day]' : 'date64[ms]')!;
    case 9:
      return timeType(table.i32(1, 32) === 32 ? 'time32' : 'time64', unitOf(table.i16(0, 1)), null);
    case 10:
      return timeType('timestamp', unitOf(table.i16(0)), table.text(1) ?? null);
    case 12:
      return listType('list', only(children));
    case 13:
      return structType(children);
    case 15:
      return fixedBinaryType(sizeOf(table.i32(0)));
    case 16:
      return fixedListType(only(children), sizeOf(table.i32(0)));
    case 17: {
      const [key, item, ...more] = only(children).children;
      if (key === undefined || item === undefined || more.length > 0) refuse('A map of Arrow has no pairs.');
      return mapType(key, item);
    }
    case 18:
      return timeType('duration', unitOf(table.i16(0, 1)), null);
    case 21:
      return listType('large_list', only(children));
    default:
      return refuse(`Type ${tag} of Arrow's schemas is not read.`);
  }
}

function intType(table: FlatTable): ArrowType {
  const [bits, isSigned] = [table.i32(0), table.u8(1) !== 0];
  if (bits === 128) return int128Type(isSigned);
  return typeOfAlias(`${isSigned ? 'int' : 'uint'}${bits}`) ?? refuse(`Ints of ${bits} bits are none of Arrow's.`);
}

function decimalOf(table: FlatTable): ArrowType {
  const [precision, scale, bits] = [table.i32(0), table.i32(1), table.i32(2, 128)];
  const isKnown = [32, 64, 128, 256].includes(bits) && precision > 0 && precision <= 76 && Math.abs(scale) <= 1000;
  return isKnown
    ? decimalType(`decimal${bits}`, bits / 8, precision, scale)
    : refuse('A decimal type of Arrow is none.');
}

function unitOf(code: number): 's' | 'ms' | 'us' | 'ns' {
  const unit = UNITS[code];
  return isTimeUnit(unit) ? unit : refuse('A unit of time of Arrow is none.');
}

const sizeOf = (size: number): number => (size >= 0 ? size : refuse('A size of an Arrow type is negative.'));

function only(children: readonly IpcField[]): IpcField {
  const [child, ...more] = children;
  return child !== undefined && more.length === 0 ? child : refuse('A list of Arrow has not one type of items.');
}
