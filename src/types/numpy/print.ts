/** How masked arrays print in Node's console. */
import { type Inspect, printedAs, type PrintOptions } from '../../arrays/print.ts';
import { shapeText } from '../../arrays/text/array-text.ts';
import type { ArrayView } from '../../arrays/view.ts';

interface Masked {
  readonly data: ArrayView;
  readonly mask: ArrayView;
  readonly dtype: string;
  readonly shape: readonly number[];
}

export function printedMasked(array: Masked, depth: number | null, options: PrintOptions, inspect: Inspect): string {
  const { data, mask, dtype, shape } = array;
  const title = `MaskedArray ${dtype} ${shapeText(shape)}`;
  return printedAs(title, array, data, depth, options, inspect, { mask });
}
