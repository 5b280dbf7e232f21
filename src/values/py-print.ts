/** How the Py* classes print in Node's console, without Node's util: what `inspect` hands to a printer, and rules. */

/** The method by which Node, Bun and Deno let a class print itself. */
export const customInspect = Symbol.for('nodejs.util.inspect.custom');

/** What is used of Node's InspectOptions. */
export interface PrintOptions {
  readonly depth?: number | null | undefined;
  readonly stylize?: ((text: string, style: string) => string) | undefined;
  /** Added by this module: the values that are being printed, outermost first, so that cycles end. */
  readonly printing?: readonly object[] | undefined;
}

export type Inspect = (value: unknown, options?: PrintOptions) => string;

/** Prints a part of a value, one level deeper. */
export type PrintPart = (part: unknown) => string;

/**
 * Prints `value` as `full` says, unless it lies too deep or within itself. Node passes options that it does not know on
 * to the printers of what lies deeper; so `printing` gets there without any state of this module.
 */
export function printed(
  value: object,
  short: string,
  depth: number | null,
  options: PrintOptions,
  inspect: Inspect,
  full: (part: PrintPart) => string,
): string {
  const stylize = options.stylize ?? ((text: string) => text);
  const printing = options.printing ?? [];
  if (printing.includes(value)) return stylize('[Circular]', 'special');
  if (depth !== null && depth < 0) return stylize(`[${short}]`, 'special');
  const inner = { ...options, depth: depth === null ? null : depth - 1, printing: [...printing, value] };
  return full((part) => inspect(part, inner));
}

/** A value of one word. */
export function printedShort(text: string, { stylize }: PrintOptions): string {
  return stylize?.(text, 'special') ?? text;
}
