/** Fortran order to C order in wasm: block by block, each block a box of the array that fits into the memory. */
import { cSteps, fortranSteps, walkBox } from './boxes.ts';
import { type ConvertExports, FROM, REGION_BYTES, TO } from './module.ts';

/** Sizes of items, in bytes, that the kernel knows. */
export const TRANSPOSED_SIZES: ReadonlySet<number> = new Set([1, 2, 4, 8, 16]);

/** A box of an array as it lies in memory: runs of bytes that lie together in the array too, some way apart. */
interface Layout {
  /** Dimensions that a run spans. */
  readonly spanned: number;
  readonly runBytes: number;
  /** How far apart neighbours are in each dimension, in bytes. */
  readonly steps: readonly number[];
  readonly bytes: number;
}

export class BlockTransposer {
  readonly #exports: ConvertExports;
  readonly #bytes: Uint8Array;

  constructor(exports: ConvertExports) {
    this.#exports = exports;
    this.#bytes = new Uint8Array(exports.memory.buffer);
  }

  /** See `Converters`; `itemSize` is one of `TRANSPOSED_SIZES`. */
  transpose(source: Uint8Array, itemSize: number, shape: readonly number[], out: Uint8Array): void {
    const block = blockOf(shape, itemSize);
    const counts = shape.map((extent, d) => Math.ceil(extent / block[d]!));
    const fromSteps = fortranSteps(shape, itemSize);
    const toSteps = cSteps(shape, itemSize);
    const blockFromSteps = fromSteps.map((step, d) => step * block[d]!);
    const blockToSteps = toSteps.map((step, d) => step * block[d]!);
    walkBox(counts, blockFromSteps, blockToSteps, (a, b, index) => {
      const extents = block.map((extent, d) => Math.min(extent, shape[d]! - index[d]! * extent));
      const from = fortranLayout(extents, shape, itemSize);
      const to = reversed(fortranLayout(extents.toReversed(), shape.toReversed(), itemSize));
      const { spanned, runBytes, steps } = from;
      walkBox(extents.slice(spanned), fromSteps.slice(spanned), steps.slice(spanned), (inSource, inBlock) => {
        this.#bytes.set(source.subarray(a + inSource, a + inSource + runBytes), FROM + inBlock);
      });
      this.#transposeBlock(extents, from, to, itemSize);
      const outer = extents.length - to.spanned;
      walkBox(extents.slice(0, outer), toSteps.slice(0, outer), to.steps.slice(0, outer), (inOut, inBlock) => {
        out.set(this.#bytes.subarray(TO + inBlock, TO + inBlock + to.runBytes), b + inOut);
      });
    });
  }

  #transposeBlock(extents: readonly number[], from: Layout, to: Layout, itemSize: number): void {
    const { transpose } = this.#exports;
    const rows = extents.at(-1)!;
    const fromPitch = from.steps.at(-1)!;
    const toPitch = to.steps[0]!;
    walkBox(extents.slice(1, -1), from.steps.slice(1, -1), to.steps.slice(1, -1), (a, b) => {
      transpose(FROM + a, fromPitch, TO + b, toPitch, rows, extents[0]!, itemSize);
    });
  }
}

/**
 * The extents of a block that fits. Runs of the source grow along the first dimensions, runs of the result along the
 * last, the shorter of them first: each run is a copy, so that neither should be short.
 */
function blockOf(shape: readonly number[], itemSize: number): number[] {
  const block = shape.map(() => 1);
  const backwards = shape.toReversed();
  for (;;) {
    const first = shape.findIndex((extent, d) => block[d]! < extent);
    const last = shape.findLastIndex((extent, d) => block[d]! < extent);
    const runIn = fortranLayout(block, shape, itemSize).runBytes;
    const runOut = fortranLayout(block.toReversed(), backwards, itemSize).runBytes;
    const grows = (runIn <= runOut ? [first, last] : [last, first]).some((d) => {
      if (d < 0) return false;
      const larger = block.with(d, Math.min(shape[d]!, 2 * block[d]!));
      const bytes = fortranLayout(larger, shape, itemSize).bytes;
      if (Math.max(bytes, fortranLayout(larger.toReversed(), backwards, itemSize).bytes) > REGION_BYTES) return false;
      block[d] = larger[d]!;
      return true;
    });
    if (!grows) return block;
  }
}

/** How a box of an array lies in memory, where the first dimension is contiguous. */
function fortranLayout(extents: readonly number[], shape: readonly number[], itemSize: number): Layout {
  const partial = extents.findIndex((extent, d) => extent < shape[d]!);
  const spanned = partial < 0 ? extents.length : partial + 1;
  const inRun = fortranSteps(extents.slice(0, spanned), itemSize);
  const runBytes = inRun.at(-1)! * extents[spanned - 1]!;
  // Not a power of two apart, so that neighbouring runs are not in one set of the cache.
  const pitch = (Math.ceil(runBytes / 64) | 1) * 64;
  const outside = fortranSteps(extents.slice(spanned), pitch);
  const bytes = spanned === extents.length ? runBytes : outside.at(-1)! * extents.at(-1)!;
  return { spanned, runBytes, steps: [...inRun, ...outside], bytes };
}

function reversed(layout: Layout): Layout {
  return { ...layout, steps: layout.steps.toReversed() };
}
