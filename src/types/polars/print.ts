/** How polars' frames and Series print in Node's console: as polars prints them, the first and the last rows. */
import type { Inspect, PrintOptions } from '../../arrays/print.ts';
import { padRight, placesThatFit, shortened, widthOfText } from '../../arrays/text/columns.ts';
import { bytesRepr, escapedText, textRepr } from '../../arrays/text/repr.ts';
import { shortLatin1 } from '../../bytes/latin1.ts';
import { floatText } from '../../values/text-keys.ts';
import type { IpcField } from '../arrow/ipc-schema.ts';
import { Timestamp } from '../pandas/scalars.ts';
import { dtypeText, shortDtype } from './dtype.ts';

interface PrintedSeries {
  readonly name: string;
  readonly field: IpcField;
  readonly length: number;
  get(i: number): unknown;
}

interface PrintedFrame {
  readonly shape: readonly [rows: number, columns: number];
  getColumns(): readonly PrintedSeries[];
}

const WIDTH = 80;
/** More rows than this are elided: so many stand at each end. */
const ROWS = 10;
const ENDS = 5;
/** Columns that are looked at at each end: more have no room in any line. */
const MAX_COLUMNS = 60;
/** Characters of a cell, and of a list or bytes within one. */
const MAX_CELL = 32;
const MAX_ITEMS = 3;
const ELIDED = '…';

export function printedFrame(
  frame: PrintedFrame,
  depth: number | null,
  options: PrintOptions,
  _inspect: Inspect,
): string {
  const [rows, count] = frame.shape;
  const title = `polars.DataFrame (${rows}, ${count})`;
  if (depth !== null && depth < 0) return `[${title}]`;
  const all = frame.getColumns();
  const near = all.length <= 2 * MAX_COLUMNS ? all : [...all.slice(0, MAX_COLUMNS), ...all.slice(-MAX_COLUMNS)];
  const shown = shownPlaces(rows);
  const columns = near.map((series) => columnLines(series, shown));
  const widths = columns.map((lines) => Math.max(...lines.map(widthOfText)) + 3);
  const width = Math.max(20, Math.min(options.breakLength ?? WIDTH, 1000)) - 4;
  const places = placesThatFit(widths, 0, width);
  const gap = columns[0]?.map((_, i) => (i === 1 || i === 2 ? '' : ELIDED)) ?? [];
  const body = boxed(places.map((place) => (place < 0 ? gap : columns[place]!)));
  return [title, ...body.map((line) => `  ${line}`)].join('\n');
}

export function printedSeries(
  series: PrintedSeries,
  depth: number | null,
  options: PrintOptions,
  _inspect: Inspect,
): string {
  const title = `polars.Series ${textRepr(series.name)} ${shortened(dtypeText(series.field), WIDTH)} (${series.length},)`;
  if (depth !== null && depth < 0) return `[${title}]`;
  const cells = shownPlaces(series.length).map((place) => (place < 0 ? ELIDED : cellText(series, place, true)));
  const line = `${title} [${cells.join(', ')}]`;
  if (widthOfText(line) <= (options.breakLength ?? WIDTH)) return line;
  return [title, ...cells.map((cell) => `  ${cell}`)].join('\n');
}

/** Places that are shown; -1 for those between that are not. */
function shownPlaces(length: number): number[] {
  if (length <= ROWS) return [...Array(length).keys()];
  const first = Array.from({ length: ENDS }, (_, i) => i);
  return [...first, -1, ...first.map((i) => length - ENDS + i)];
}

const HEAD = 3;

function columnLines(series: PrintedSeries, shown: readonly number[]): string[] {
  const cells = shown.map((place) => (place < 0 ? ELIDED : cellText(series, place, false)));
  const [name, type] = [escapedText(series.name), shortDtype(series.field)];
  return [shortened(name, MAX_CELL), '---', shortened(type, MAX_CELL), ...cells];
}

/** Columns of texts between lines, as a table with a head of three lines. */
function boxed(columns: readonly (readonly string[])[]): string[] {
  if (columns.length === 0) return ['┌┐', '╞╡', '└┘'];
  const widths = columns.map((lines) => Math.max(...lines.map(widthOfText)));
  const rule = (left: string, line: string, cross: string, right: string): string =>
    left + widths.map((width) => line.repeat(width + 2)).join(cross) + right;
  const rows = columns[0]!.map((_, row) => {
    const cells = columns.map((lines, i) => padRight(lines[row]!, widths[i]!));
    return `│ ${cells.join(' ┆ ')} │`;
  });
  return [
    rule('┌', '─', '┬', '┐'),
    ...rows.slice(0, HEAD),
    rule('╞', '═', '╪', '╡'),
    ...rows.slice(HEAD),
    rule('└', '─', '┴', '┘'),
  ];
}

function cellText(series: PrintedSeries, place: number, isQuoted: boolean): string {
  return shortened(valueText(series.get(place), series.field, isQuoted), MAX_CELL);
}

/** @param isQuoted whether text stands in quotes, as it does within lists and structs */
function valueText(value: unknown, field: IpcField, isQuoted: boolean): string {
  const { layout, parts } = field.type;
  if (value === null || value === undefined) return 'null';
  switch (typeof value) {
    case 'string':
      return isQuoted ? textRepr(value) : escapedText(value.slice(0, MAX_CELL * 2));
    case 'number':
      return layout === 'number' && parts.numpy!.startsWith('<f') ? floatText(value) : String(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
  }
  if (value instanceof Uint8Array) return bytesRepr(shortLatin1(value.subarray(0, MAX_CELL)));
  if (Array.isArray(value)) {
    const texts = value.slice(0, MAX_ITEMS).map((item) => valueText(item, field.children[0] ?? field, true));
    return `[${[...texts, ...(value.length > MAX_ITEMS ? [ELIDED] : [])].join(', ')}]`;
  }
  if (layout === 'struct') {
    const record = value as Readonly<Record<string, unknown>>;
    return `{${field.children.map((child) => valueText(record[child.name], child, true)).join(',')}}`;
  }
  const text = String(value as object);
  return value instanceof Timestamp ? text.replace('T', ' ') : text;
}
