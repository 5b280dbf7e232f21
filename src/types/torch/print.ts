/** How tensors print in Node's console. */
import { type Inspect, printedAs, type PrintOptions } from '../../arrays/print.ts';
import { shapeText, titled } from '../../arrays/text/array-text.ts';
import type { ArrayView } from '../../arrays/view.ts';

/** Digits behind the point, as torch prints them. */
const PRECISION = 4;

interface Printable {
  readonly className: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly device: string;
  readonly requiresGrad: boolean;
  readonly storage: { readonly isFilled: boolean } | null;
  toNdArray(): ArrayView;
}

interface Sparse {
  readonly layout: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: unknown;
  readonly indices: unknown;
  readonly compressed: unknown;
  readonly plain: unknown;
}

export function printedTensor(
  tensor: Printable,
  depth: number | null,
  options: PrintOptions,
  inspect: Inspect,
): string {
  const { className, dtype, shape, device, requiresGrad, storage } = tensor;
  const notes = [...(device === 'cpu' ? [] : [`on ${device}`]), ...(requiresGrad ? ['requires grad'] : [])];
  const name = className.slice(className.lastIndexOf('.') + 1);
  const title = [`${name} ${dtype} ${shapeText(shape)}`, ...notes].join(', ');
  if (storage?.isFilled !== true) return `[${title}]`;
  return printedAs(title, tensor, tensor.toNdArray(), depth, options, inspect, { precision: PRECISION });
}

export function printedSparse(sparse: Sparse, depth: number | null, options: PrintOptions, inspect: Inspect): string {
  const { layout, dtype, shape, values, indices, compressed, plain } = sparse;
  const title = `SparseTensor ${layout} ${dtype} ${shapeText(shape)}`;
  if (depth !== null && depth < 0) return `[${title}]`;
  const inner = { ...options, depth: depth === null ? null : depth - 1 };
  const parts = Object.entries({ indices, compressed, plain, values }).filter(([, part]) => part !== undefined);
  return titled(title, parts.map(([name, part]) => `${name}: ${inspect(part, inner)}`).join('\n'));
}
