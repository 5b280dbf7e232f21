/** torch's sparse tensors: as they are written, with their parts as tensors. */
import { customInspect, type Inspect, type PrintOptions } from '../../arrays/print.ts';
import { printedSparse } from './print.ts';
import { refuse } from '../../arrays/refuse.ts';
import { sizeOf } from '../../arrays/shape.ts';
import type { Tensor } from './tensor.ts';

export type SparseLayout = 'coo' | 'csr' | 'csc' | 'bsr' | 'bsc';

export interface SparseParts {
  readonly layout: SparseLayout;
  readonly shape: readonly number[];
  readonly values: Tensor;
  readonly indices?: Tensor | undefined;
  readonly compressed?: Tensor | undefined;
  readonly plain?: Tensor | undefined;
  readonly isCoalesced?: boolean | undefined;
}

/**
 * A tensor most of whose elements are zero. In layout 'coo' `indices`, of shape (dimensions, entries), tells where each
 * of `values` lies. The others have `compressed`, where each row (csr, bsr) or column (csc, bsc) begins among the entries,
 * and `plain`, the column or row of each entry; the entries of bsr and bsc are blocks.
 */
export class SparseTensor {
  readonly layout: SparseLayout;
  readonly shape: readonly number[];
  readonly values: Tensor;
  readonly indices: Tensor | undefined;
  readonly compressed: Tensor | undefined;
  readonly plain: Tensor | undefined;
  /** Whether every index is there once, in order; undefined where that is not told. Layout 'coo' only. */
  readonly isCoalesced: boolean | undefined;
  requiresGrad = false;
  className = 'torch.Tensor';
  readonly attributes = new Map<string, unknown>();

  /** @throws PickleError INVALID_STATE where the parts do not fit together; what the indices say is not looked at */
  constructor({ layout, shape, values, indices, compressed, plain, isCoalesced }: SparseParts) {
    sizeOf(shape);
    this.layout = layout;
    this.shape = [...shape];
    this.values = values;
    this.indices = indices;
    this.compressed = compressed;
    this.plain = plain;
    this.isCoalesced = isCoalesced;
    const where = layout === 'coo' ? indices : plain;
    const entries = where?.shape.at(-1);
    const axis = layout === 'coo' ? 0 : Math.max(0, (where?.ndim ?? 1) - 1);
    if (entries === undefined || values.shape[axis] !== entries) {
      refuse('The indices and the values of a sparse tensor do not fit together.');
    }
  }

  get dtype(): string {
    return this.values.dtype;
  }

  toJSON(): unknown {
    const { layout, shape, values, indices, compressed, plain } = this;
    return { layout, shape, values, ...(indices ? { indices } : { compressed, plain }) };
  }

  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string {
    return printedSparse(this, depth, options, inspect);
  }

  get [Symbol.toStringTag](): string {
    return 'SparseTensor';
  }
}
