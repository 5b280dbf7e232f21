/** How arrays print in Node's console. */
import { arrayText, type ArrayTextOptions, shapeText, titled } from './text/array-text.ts';
import type { ArrayView } from './view.ts';

/** The method by which Node, Bun and Deno let a class print itself. */
export const customInspect = Symbol.for('nodejs.util.inspect.custom');

/** What is used of Node's InspectOptions. */
export interface PrintOptions {
  readonly depth?: number | null | undefined;
  readonly breakLength?: number | undefined;
  /** The values that are being printed, outermost first, so that an array within itself ends. */
  readonly printing?: readonly object[] | undefined;
}

export type Inspect = (value: unknown, options?: PrintOptions) => string;

/** Characters in a line, where nothing is said: numpy's own. */
const WIDTH = 75;

/** `NdArray float64 (3,) [1. 2. 3.]`: what the array is, and its elements or their corners. */
export function printed(
  array: ArrayView & { readonly dtype: string },
  depth: number | null,
  options: PrintOptions,
  inspect: Inspect,
): string {
  return printedAs(`NdArray ${array.dtype} ${shapeText(array.shape)}`, array, array, depth, options, inspect);
}

/** As `printed`, for what holds an array: a tensor, a masked array. */
export function printedAs(
  title: string,
  holder: object,
  array: ArrayView,
  depth: number | null,
  options: PrintOptions,
  inspect: Inspect,
  style: ArrayTextOptions = {},
): string {
  const printing = options.printing ?? [];
  if (printing.includes(holder)) return '[Circular]';
  if (depth !== null && depth < 0) return `[${title}]`;
  const inner = { ...options, depth: depth === null ? null : depth - 1, printing: [...printing, holder] };
  const width = Math.max(20, Math.min(options.breakLength ?? WIDTH, 1000) - 4);
  return titled(title, arrayText(array, { ...style, width, part: (object) => inspect(object, inner) }));
}
