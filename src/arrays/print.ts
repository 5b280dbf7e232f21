/** How arrays print in Node's console. */
import { nestedOf } from './nested.ts';
import { readerOf } from './elements.ts';
import { sizeOf } from './shape.ts';
import type { ArrayView } from './view.ts';

/** The method by which Node, Bun and Deno let a class print itself. */
export const customInspect = Symbol.for('nodejs.util.inspect.custom');

/** What is used of Node's InspectOptions. */
export interface PrintOptions {
  readonly depth?: number | null | undefined;
  /** The values that are being printed, outermost first, so that an array within itself ends. */
  readonly printing?: readonly object[] | undefined;
}

export type Inspect = (value: unknown, options?: PrintOptions) => string;

/** Arrays of more elements print their data, of which the console shows the first. */
const MANY = 100;

export function printed(
  array: ArrayView & { readonly dtype: string },
  depth: number | null,
  options: PrintOptions,
  inspect: Inspect,
): string {
  const { shape, data, descr, dtype } = array;
  const title = `NdArray ${dtype} (${shape.join(', ')})`;
  const printing = options.printing ?? [];
  if (printing.includes(array)) return '[Circular]';
  if (depth !== null && depth < 0) return `[${title}]`;
  const inner = { ...options, depth: depth === null ? null : depth + shape.length - 1, printing: [...printing, array] };
  const contents = sizeOf(shape) > MANY ? data : nestedOf(array, readerOf(data, descr), {});
  return `${title} ${inspect(contents, inner)}`;
}
