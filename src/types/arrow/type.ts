/** Arrow's types, as pyarrow names them. */
import { refuse } from '../../arrays/refuse.ts';
import type { TimeUnit } from '../pandas/calendar.ts';

/** How values of a type lie in buffers. */
export type ArrowLayout =
  | 'null'
  | 'bool'
  | 'number'
  | 'int128'
  | 'decimal'
  | 'fixed'
  | 'text'
  | 'bytes'
  | 'view'
  | 'list'
  | 'fixed_list'
  | 'struct'
  | 'map'
  | 'dictionary'
  | 'other';

export interface ArrowField {
  readonly name: string;
  readonly type: ArrowType;
  readonly nullable: boolean;
}

export interface ArrowTypeParts {
  readonly layout: ArrowLayout;
  /** As pyarrow prints it: 'int64', 'list<item: int64>', 'timestamp[us, tz=UTC]'. */
  readonly text: string;
  /** Of numbers: numpy's text of them, '<i8'. */
  readonly numpy?: string | undefined;
  /** What counts are of. */
  readonly counts?: 'timestamp' | 'duration' | 'date' | 'time' | undefined;
  readonly unit?: TimeUnit | 'day' | undefined;
  readonly tz?: string | null | undefined;
  /** Bytes of an offset, 4 or 8; bytes of a value of a fixed size; values of a list of a fixed size. */
  readonly width?: number | undefined;
  readonly precision?: number | undefined;
  readonly scale?: number | undefined;
  readonly fields?: readonly ArrowField[] | undefined;
  /** Of a dictionary: what its indices are, and its values. */
  readonly index?: ArrowType | undefined;
  readonly value?: ArrowType | undefined;
}

/** Levels of types within types. */
const MAX_DEPTH = 64;
/** Characters of a type's text: a type may hold another twice, and so on at every level. */
const MAX_TEXT = 2 ** 16;

export class ArrowType {
  readonly parts: ArrowTypeParts;
  readonly depth: number;

  /** @throws PickleError INVALID_STATE where it is more than 64 levels deep, or has more than 2^16 characters of text */
  constructor(parts: ArrowTypeParts) {
    this.parts = parts;
    const { fields = [], index, value } = parts;
    const inner = [...fields.map(({ type }) => type), index, value].map((type) => type?.depth ?? 0);
    this.depth = 1 + Math.max(0, ...inner);
    if (parts.text.length > MAX_TEXT) refuse('An Arrow type has too many parts.');
    if (this.depth > MAX_DEPTH) refuse(`An Arrow type is more than ${MAX_DEPTH} levels deep.`);
  }

  get layout(): ArrowLayout {
    return this.parts.layout;
  }

  get fields(): readonly ArrowField[] {
    return this.parts.fields ?? [];
  }

  toString(): string {
    return this.parts.text;
  }

  toJSON(): string {
    return this.parts.text;
  }
}

const NUMBERS: Readonly<Record<string, string>> = {
  int8: '|i1',
  int16: '<i2',
  int32: '<i4',
  int64: '<i8',
  uint8: '|u1',
  uint16: '<u2',
  uint32: '<u4',
  uint64: '<u8',
  halffloat: '<f2',
  float: '<f4',
  double: '<f8',
};

const OTHERS: Readonly<Record<string, ArrowTypeParts>> = {
  null: { layout: 'null', text: 'null' },
  bool: { layout: 'bool', text: 'bool' },
  string: { layout: 'text', text: 'string', width: 4 },
  large_string: { layout: 'text', text: 'large_string', width: 8 },
  binary: { layout: 'bytes', text: 'binary', width: 4 },
  large_binary: { layout: 'bytes', text: 'large_binary', width: 8 },
  string_view: { layout: 'view', text: 'string_view' },
  binary_view: { layout: 'view', text: 'binary_view' },
  'date32[day]': { layout: 'number', text: 'date32[day]', numpy: '<i4', counts: 'date', unit: 'day' },
  'date64[ms]': { layout: 'number', text: 'date64[ms]', numpy: '<i8', counts: 'date', unit: 'ms' },
};

/** Names of today for those that pyarrow takes beside them. */
const SYNONYMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    bool: 'boolean',
    int8: 'i1',
    int16: 'i2',
    int32: 'i4',
    int64: 'i8',
    uint8: 'u1',
    uint16: 'u2',
    uint32: 'u4',
    uint64: 'u8',
    halffloat: 'f2 float16',
    float: 'f4 float32',
    double: 'f8 float64',
    string: 'str utf8',
    large_string: 'large_str large_utf8',
    'date32[day]': 'date32',
    'date64[ms]': 'date64',
  }).flatMap(([name, others]) => others.split(' ').map((other): [string, string] => [other, name])),
);

/** The type of a name that has no parameters but a unit; undefined where it is none of them. */
export function typeOfAlias(alias: string): ArrowType | undefined {
  const name = SYNONYMS.get(alias) ?? alias;
  const numpy = Object.hasOwn(NUMBERS, name) ? NUMBERS[name] : undefined;
  if (numpy !== undefined) return new ArrowType({ layout: 'number', text: name, numpy });
  const other = Object.hasOwn(OTHERS, name) ? OTHERS[name] : undefined;
  if (other !== undefined) return new ArrowType(other);
  const [, of, unit] = /^(timestamp|duration|time32|time64)\[(s|ms|us|ns)\]$/.exec(name) ?? [];
  return of === undefined ? undefined : timeType(of, unit as TimeUnit, null);
}

export function timeType(of: string, unit: TimeUnit, tz: string | null): ArrowType {
  const isTime = of.startsWith('time3') || of.startsWith('time6');
  return new ArrowType({
    layout: 'number',
    text: tz === null ? `${of}[${unit}]` : `${of}[${unit}, tz=${tz}]`,
    numpy: of === 'time32' ? '<i4' : '<i8',
    counts: isTime ? 'time' : (of as 'timestamp' | 'duration'),
    unit,
    tz,
  });
}

const fieldText = ({ name, type, nullable }: ArrowField): string =>
  `${name}: ${String(type)}${nullable ? '' : ' not null'}`;

export function listType(name: 'list' | 'large_list', item: ArrowField): ArrowType {
  const width = name === 'list' ? 4 : 8;
  return new ArrowType({ layout: 'list', text: `${name}<${fieldText(item)}>`, width, fields: [item] });
}

export function fixedListType(item: ArrowField, width: number): ArrowType {
  const text = `fixed_size_list<${fieldText(item)}>[${width}]`;
  return new ArrowType({ layout: 'fixed_list', text, width, fields: [item] });
}

export function structType(fields: readonly ArrowField[]): ArrowType {
  return new ArrowType({ layout: 'struct', text: `struct<${fields.map(fieldText).join(', ')}>`, fields });
}

export function mapType(key: ArrowField, item: ArrowField): ArrowType {
  const text = `map<${String(key.type)}, ${String(item.type)}>`;
  const entries = { name: 'entries', type: structType([key, item]), nullable: false };
  return new ArrowType({ layout: 'map', text, width: 4, fields: [entries] });
}

export function dictionaryType(index: ArrowType, value: ArrowType, ordered: boolean): ArrowType {
  const text = `dictionary<values=${String(value)}, indices=${String(index)}, ordered=${ordered ? 1 : 0}>`;
  return new ArrowType({ layout: 'dictionary', text, index, value });
}

export function decimalType(name: string, width: number, precision: number, scale: number): ArrowType {
  return new ArrowType({ layout: 'decimal', text: `${name}(${precision}, ${scale})`, width, precision, scale });
}

/** No type of Arrow's own: polars writes it. */
export function int128Type(isSigned: boolean): ArrowType {
  return new ArrowType({ layout: 'int128', text: isSigned ? 'int128' : 'uint128', width: 16 });
}

export function fixedBinaryType(width: number): ArrowType {
  return new ArrowType({ layout: 'fixed', text: `fixed_size_binary[${width}]`, width });
}
