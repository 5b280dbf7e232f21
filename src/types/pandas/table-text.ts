/** DataFrames, Series and indexes as pandas prints them: the first and the last rows, the labels, the dtypes. */
import { shortened, type TableColumn, tableText } from '../../arrays/text/columns.ts';
import { textRepr } from '../../arrays/text/repr.ts';
import { cellsOf, type PrintCell } from './cell-text.ts';
import type { Column } from './column.ts';

export interface TableOptions {
  /** Characters in a line. */
  readonly width: number;
  /** More rows than this are elided. */
  readonly rows: number;
  readonly print: PrintCell;
}

export interface Labels {
  readonly kind: string;
  readonly column: Column;
  readonly names: readonly unknown[];
  readonly length: number;
}

export interface Frame {
  readonly shape: readonly [rows: number, columns: number];
  readonly columnIndex: Labels;
  readonly index: Labels;
  columnAt(place: number): Column;
}

export interface Row {
  readonly name: unknown;
  readonly index: Labels;
  readonly column: Column;
}

/** Rows at each end, where some are left out. */
const ENDS = 5;
/** Columns that are looked at at each end: more have no room in any line. */
const MAX_COLUMNS = 60;

export function frameText(frame: Frame, options: TableOptions): string {
  const [rows, count] = frame.shape;
  const { columnIndex, index } = frame;
  const footer = `[${rows} rows x ${count} columns]`;
  if (rows === 0 || count === 0) return `Empty DataFrame\nColumns: ${indexText(columnIndex, options)}\n${footer}`;
  const places = shownPlaces(count, 2 * MAX_COLUMNS, MAX_COLUMNS).filter((place) => place >= 0);
  const heads = levelsOf(columnIndex, places, options.print);
  const shown = shownPlaces(rows, options.rows, ENDS);
  // The names of the index have a line of their own.
  const below = index.names.some(isGiven) ? [''] : [];
  const corner = columnIndex.names.map((name) => (isGiven(name) ? labelCell(name, options.print) : ''));
  const labels = labelColumns(index, shown, [...corner, ...below], options.print);
  const columns = places.map((place, i): TableColumn => {
    const head = [...heads.map((level) => level[i]!), ...below];
    return { head, cells: elidedCells(frame.columnAt(place), shown, options.print) };
  });
  const table = tableText([...labels, ...columns], labels.length, options.width);
  const dtypes = places.map(
    (place) => `${labelCell(columnIndex.column.get(place), options.print)} ${frame.columnAt(place).dtype}`,
  );
  return [table, shortened(`dtypes: ${dtypes.join(', ')}`, options.width), footer].join('\n');
}

export function seriesText({ name, index, column }: Row, options: TableOptions): string {
  const { print } = options;
  const named = !isGiven(name) ? '' : `Name: ${labelCell(name, print)}, `;
  if (column.length === 0) return `Series([], ${named}dtype: ${column.dtype})`;
  const shown = shownPlaces(column.length, options.rows, ENDS);
  const head = index.names.some(isGiven) ? [''] : [];
  const labels = labelColumns(index, shown, head, print);
  const cells = elidedCells(column, shown, print);
  const table = tableText([...labels, { head, cells }], labels.length, Infinity);
  const length = shown.includes(-1) ? `Length: ${column.length}, ` : '';
  return `${table}\n${named}${length}dtype: ${column.dtype}`;
}

/** In one line: the first and the last labels. */
export function indexText({ column, length }: Labels, { rows, print, width }: TableOptions): string {
  const shown = shownPlaces(length, rows, ENDS);
  const real = shown.filter((place) => place >= 0);
  const cells = column.kind === 'multi' ? [] : cellsOf(column, real, print);
  const texts = real.map((place, i) => {
    const label = column.get(place);
    return typeof label === 'string' ? textRepr(cells[i]!) : (cells[i] ?? labelCell(label, print));
  });
  let next = 0;
  return shortened(`[${shown.map((place) => (place < 0 ? '...' : texts[next++]!)).join(', ')}]`, width * 4);
}

const isGiven = (name: unknown): boolean => name !== null && name !== undefined;

const labelCell = (label: unknown, print: PrintCell): string => {
  if (!Array.isArray(label)) return cellsOf({ kind: 'numpy', dtype: '', get: () => label }, [0], print)[0]!;
  return `(${label.map((part: unknown) => labelCell(part, print)).join(', ')})`;
};

/** Places that are shown; -1 for those between that are not. */
function shownPlaces(length: number, most: number, ends: number): number[] {
  if (length <= most) return [...Array(length).keys()];
  const first = Array.from({ length: ends }, (_, i) => i);
  return [...first, -1, ...first.map((i) => length - ends + i)];
}

function elidedCells(column: Column, shown: readonly number[], print: PrintCell): string[] {
  const cells = cellsOf(
    column,
    shown.filter((place) => place >= 0),
    print,
  );
  let next = 0;
  return shown.map((place) => (place < 0 ? '...' : cells[next++]!));
}

/** The labels at some places, level by level. */
function levelsOf(labels: Labels, places: readonly number[], print: PrintCell): string[][] {
  if (labels.column.kind !== 'multi') return [cellsOf(labels.column, places, print)];
  const tuples = places.map((place) => labels.column.get(place) as unknown[]);
  return labels.names.map((_, level) => tuples.map((tuple) => labelCell(tuple[level], print)));
}

/**
 * The labels of rows: of several levels, those that are as in the row above are left out but for the last.
 * @param head what stands above the first; names of the levels stand in the last line of it
 */
function labelColumns(
  index: Labels,
  shown: readonly number[],
  head: readonly string[],
  print: PrintCell,
): TableColumn[] {
  const places = shown.filter((place) => place >= 0);
  const levels = levelsOf(index, places, print);
  return levels.map((cells, level) => {
    const outer = levels.slice(0, level + 1);
    const isNew = (row: number): boolean => row === 0 || outer.some((labels) => labels[row] !== labels[row - 1]);
    let next = 0;
    const texts = shown.map((place) => {
      if (place < 0) return '...';
      const row = next++;
      return level === levels.length - 1 || isNew(row) ? cells[row]! : '';
    });
    const name = index.names[level];
    const lines = level === 0 ? [...head] : head.map(() => '');
    if (isGiven(name) && lines.length > 0) lines[lines.length - 1] = labelCell(name, print);
    return { head: lines, cells: texts, isLeft: true };
  });
}
