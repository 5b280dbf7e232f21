/** polars' names of the types that it writes as Arrow's. */
import { textRepr } from '../../arrays/text/repr.ts';
import type { IpcField } from '../arrow/ipc-schema.ts';

const NAMES: Readonly<Record<string, readonly [name: string, short: string]>> = {
  null: ['Null', 'null'],
  bool: ['Boolean', 'bool'],
  int8: ['Int8', 'i8'],
  int16: ['Int16', 'i16'],
  int32: ['Int32', 'i32'],
  int64: ['Int64', 'i64'],
  int128: ['Int128', 'i128'],
  uint8: ['UInt8', 'u8'],
  uint16: ['UInt16', 'u16'],
  uint32: ['UInt32', 'u32'],
  uint64: ['UInt64', 'u64'],
  uint128: ['UInt128', 'u128'],
  halffloat: ['Float16', 'f16'],
  float: ['Float32', 'f32'],
  double: ['Float64', 'f64'],
  string: ['String', 'str'],
  large_string: ['String', 'str'],
  string_view: ['String', 'str'],
  binary: ['Binary', 'binary'],
  large_binary: ['Binary', 'binary'],
  binary_view: ['Binary', 'binary'],
  'date32[day]': ['Date', 'date'],
  'date64[ms]': ["Datetime(time_unit='ms', time_zone=None)", 'datetime[ms]'],
};

/** As Python prints it: `Int64`, `Datetime(time_unit='us', time_zone=None)`, `List(String)`. */
export function dtypeText(field: IpcField): string {
  const { type, children } = field;
  const { layout, parts } = type;
  const [name] = NAMES[String(type)] ?? [];
  if (name !== undefined) return name;
  switch (layout) {
    case 'number':
      return timeText(field);
    case 'decimal':
      return `Decimal(precision=${parts.precision}, scale=${parts.scale})`;
    case 'dictionary':
      return isEnum(field) ? `Enum(categories=[${categoriesOf(field).map(textRepr).join(', ')}])` : 'Categorical';
    case 'list':
    case 'map':
      return `List(${dtypeText(children[0]!)})`;
    case 'fixed_list': {
      const { shape, item } = shapeOf(field);
      return `Array(${dtypeText(item)}, shape=(${shape.join(', ')}${shape.length === 1 ? ',' : ''}))`;
    }
    case 'struct':
      return `Struct({${children.map((child) => `${textRepr(child.name)}: ${dtypeText(child)}`).join(', ')}})`;
    default:
      return 'Binary';
  }
}

/** As it stands above a column: `i64`, `datetime[us]`, `list[str]`. */
export function shortDtype(field: IpcField): string {
  const { type, children } = field;
  const { layout, parts } = type;
  const [, name] = NAMES[String(type)] ?? [];
  if (name !== undefined) return name;
  switch (layout) {
    case 'number': {
      if (parts.counts === 'time') return 'time';
      return `${parts.counts === 'timestamp' ? 'datetime' : parts.counts}[${[parts.unit, parts.tz ?? []].flat().join(', ')}]`;
    }
    case 'decimal':
      return `decimal[${parts.precision},${parts.scale}]`;
    case 'dictionary':
      return isEnum(field) ? 'enum' : 'cat';
    case 'list':
    case 'map':
      return `list[${shortDtype(children[0]!)}]`;
    case 'fixed_list': {
      const { shape, item } = shapeOf(field);
      return `array[${shortDtype(item)}, ${shape.length === 1 ? shape[0] : `(${shape.join(', ')})`}]`;
    }
    case 'struct':
      return `struct[${children.length}]`;
    default:
      return 'binary';
  }
}

function timeText({ type: { parts } }: IpcField): string {
  const { counts, unit, tz = null } = parts;
  if (counts === 'time') return 'Time';
  if (counts === 'duration') return `Duration(time_unit='${unit}')`;
  return `Datetime(time_unit='${unit}', time_zone=${tz === null ? 'None' : textRepr(tz)})`;
}

/** Of arrays within arrays, one shape. */
function shapeOf(field: IpcField): { readonly shape: readonly number[]; readonly item: IpcField } {
  const shape: number[] = [];
  let item = field;
  for (; item.type.layout === 'fixed_list'; item = item.children[0]!) shape.push(item.type.parts.width!);
  return { shape, item };
}

const ENUM = '_PL_ENUM_VALUES';
/** As `1;a2;bc`: each text behind the number of its bytes. */
const ENUM_COUNTED = '_PL_ENUM_VALUES2';

const isEnum = ({ metadata }: IpcField): boolean => metadata.has(ENUM) || metadata.has(ENUM_COUNTED);

function categoriesOf({ metadata }: IpcField): string[] {
  const bytes = new TextEncoder().encode(metadata.get(ENUM_COUNTED) ?? '');
  const texts: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const split = bytes.indexOf(0x3b, at);
    const length = split < 0 ? NaN : Number(decoder.decode(bytes.subarray(at, split)));
    // What is not so is no more than a name that is not known.
    if (!(Number.isInteger(length) && length >= 0 && length <= bytes.length - split - 1)) break;
    texts.push(decoder.decode(bytes.subarray(split + 1, split + 1 + length)));
    at = split + 1 + length;
  }
  return texts;
}

const decoder = new TextDecoder();
