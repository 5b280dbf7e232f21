/** pyarrow's values. */
import {
  ArrowArray,
  ArrowChunkedArray,
  ArrowScalar,
  ArrowSchema,
  ArrowTable,
  type ArrowTableColumn,
  ArrowType,
  Timedelta,
  Timestamp,
} from '../../../src/index.ts';
import { ArrowBuffer } from '../../../src/types/arrow/buffer.ts';
import { entriesOf } from '../../../src/types/stdlib/arguments.ts';
import type { Tell, Teller } from '../teller.ts';
import { madePairs } from './base.ts';

export const pyarrow: Teller = {
  made(value, tell) {
    // The truth tells a buffer by its bytes.
    if (value instanceof ArrowBuffer) return tell(new Uint8Array(value.buffer, value.byteOffset, value.length));
    if (value instanceof ArrowTable) return madeTable(value, tell);
    if (value instanceof ArrowArray || value instanceof ArrowChunkedArray) {
      const name = value instanceof ArrowArray ? `${classOf(value.type)}Array` : 'ChunkedArray';
      return { kind: 'arrow.array', class: name, type: String(value.type), values: valuesOf(value, tell) };
    }
    if (value instanceof ArrowScalar) {
      const text = value.value === null ? 'None' : String(value.value);
      return { kind: 'text', class: `pyarrow.lib.${classOf(value.type)}Scalar`, text };
    }
    if (value instanceof ArrowSchema) return { kind: 'text', class: 'pyarrow.lib.Schema', text: value.toString() };
    if (value instanceof ArrowType) {
      const isParametric = /[<[(]/.test(String(value));
      const name = isParametric ? `${classOf(value)}Type` : 'DataType';
      return { kind: 'text', class: `pyarrow.lib.${name}`, text: String(value) };
    }
    return undefined;
  },
  older: () => undefined,
};

function madeTable({ kind, schema, columns, numRows }: ArrowTable, tell: Tell): unknown {
  return {
    kind: 'arrow.table',
    class: kind,
    rows: numRows,
    metadata: madePairs(entriesOf(schema.metadata) ?? [], tell),
    columns: schema.fields.map(({ name, type, nullable }, i) => {
      return { name, type: String(type), nullable, values: valuesOf(columns[i]!, tell) };
    }),
  };
}

const valuesOf = (column: ArrowTableColumn, tell: Tell): unknown[] =>
  column.toArray().map((value) => tellValue(value, column.type, tell));

function tellValue(value: unknown, type: ArrowType, tell: Tell): unknown {
  const { layout, fields, parts } = type;
  if (value === null) return null;
  if (layout === 'struct') {
    const record = value as Readonly<Record<string, unknown>>;
    const items = fields.map(({ name, type: inner }) => [name, tellValue(record[name], inner, tell)]);
    return { kind: 'dict', items };
  }
  if (Array.isArray(value)) return value.map((item) => tellValue(item, fields[0]!.type, tell));
  const isFine = parts.unit === 'ns';
  if (value instanceof Timestamp && !isFine)
    return { kind: 'datetime', iso: String(value), fold: 0, tz: tell(value.tz) };
  if (value instanceof Timestamp) {
    const { ticks, unit, tz } = value;
    return { kind: 'timestamp', iso: String(value), fold: 0, tz: tell(tz), unit, value: String(ticks) };
  }
  if (value instanceof Timedelta && !isFine) return spanNode(value);
  return tell(value);
}

export function spanNode(value: Timedelta): unknown {
  const day = 86_400;
  const seconds = value.totalSeconds();
  const days = Math.floor(seconds / day);
  const rest = seconds - days * day;
  const microseconds = Math.round((rest % 1) * 1e6);
  return { kind: 'timedelta', days, seconds: Math.floor(rest), microseconds };
}

/** What pyarrow's classes of a type begin with. */
function classOf(type: ArrowType): string {
  const [, name, width] = /^([a-z_]+?)(\d*)\b/.exec(String(type))!;
  const known: Readonly<Record<string, string>> = { bool: 'Boolean', double: 'Double', uint: 'UInt' };
  const camel = name!.replace(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  return (known[name!] ?? camel) + width!;
}
