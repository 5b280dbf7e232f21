/** How DataFrames, Series and indexes print in Node's console. */
import type { Inspect, PrintOptions } from '../../arrays/print.ts';
import {
  type Frame,
  frameText,
  indexText,
  type Labels,
  type Row,
  seriesText,
  type TableOptions,
} from './table-text.ts';

/** Where nothing is said of them. */
const WIDTH = 80;
const ROWS = 20;

type Printed<Value> = (value: Value, depth: number | null, options: PrintOptions, inspect: Inspect) => string;

/** Prints a value unless it lies too deep or within itself. */
function printer<Value extends object>(
  title: (value: Value) => string,
  text: (value: Value, options: TableOptions) => string,
): Printed<Value> {
  return (value, depth, options, inspect) => {
    const printing = options.printing ?? [];
    if (printing.includes(value)) return '[Circular]';
    if (depth !== null && depth < 0) return `[${title(value)}]`;
    const inner = { ...options, depth: depth === null ? null : depth - 1, printing: [...printing, value] };
    const width = Math.max(20, Math.min(options.breakLength ?? WIDTH, 1000) - 2);
    const body = text(value, { width, rows: ROWS, print: (part) => inspect(part, inner) });
    if (!body.includes('\n')) return `${title(value)} ${body}`;
    return `${title(value)}\n  ${body.replaceAll('\n', '\n  ')}`;
  };
}

export const printedFrame = printer<Frame>(({ shape }) => `DataFrame (${shape.join(', ')})`, frameText);

export const printedSeries = printer<Row>(({ column }) => `Series (${column.length},)`, seriesText);

export const printedIndex = printer<Labels>(
  ({ kind, column, length }) => `${kind} ${column.dtype} (${length},)`,
  indexText,
);
