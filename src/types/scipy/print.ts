/** How sparse matrices print in Node's console: the first and the last entries, as scipy prints them. */
import type { Inspect, PrintOptions } from '../../arrays/print.ts';
import { arrayText, shapeText, titled } from '../../arrays/text/array-text.ts';
import { padRight } from '../../arrays/text/columns.ts';
import type { ArrayView } from '../../arrays/view.ts';

interface Printable {
  readonly className: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  toCoo(): { readonly coords: readonly ArrayLike<number>[]; readonly data: ArrayView & Counted };
}

interface Counted {
  readonly size: number;
  slice(start: number, stop: number): ArrayView;
}

/** Entries at each end. */
const ENDS = 5;

export function printedSparse(
  matrix: Printable,
  depth: number | null,
  options: PrintOptions,
  inspect: Inspect,
): string {
  const { className, dtype, shape } = matrix;
  const title = `${className} ${dtype} ${shapeText(shape)}`;
  if (depth !== null && depth < 0) return `[${title}]`;
  const { coords, data } = matrix.toCoo();
  const stored = `${title}, ${data.size} stored`;
  if (data.size === 0) return stored;
  const places = [...Array(data.size <= 2 * ENDS ? data.size : ENDS).keys()];
  const last = data.size <= 2 * ENDS ? [] : places.map((i) => data.size - ENDS + i);
  const part = (value: unknown): string => inspect(value, options);
  const lineOf = (place: number): [string, string] => [
    shapeText(coords.map((axis) => axis[place]!)),
    arrayText(data.slice(place, place + 1), { part }).slice(1, -1),
  ];
  const lines = [...places.map(lineOf), ...(last.length > 0 ? [['...', '...']] : []), ...last.map(lineOf)];
  const width = Math.max(...lines.map(([at]) => at!.length));
  return titled(stored, lines.map(([at, value]) => `${padRight(at!, width)}  ${value!}`).join('\n'));
}
