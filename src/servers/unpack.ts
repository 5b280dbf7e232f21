/** The compressions of kombu that take a decompressor of the package's own: loaded when a message needs one. */
import { Budget } from '../container/budget.ts';
import type { OpenCompressed } from '../container/container.ts';
import { gather, type ByteSource } from '../bytes/byte-source.ts';
import type { DecodeOptions } from '../spec/options.ts';
import { resolveOptions } from '../values/resolve-options.ts';

/** By kombu's content type. What kombu calls lzma is xz. */
const LOADERS: ReadonlyMap<string, () => Promise<OpenCompressed>> = new Map([
  ['application/x-bz2', async () => (await import('../container/bz2.ts')).openBz2],
  ['application/x-lzma', async () => (await import('../container/xz.ts')).openXz],
  ['application/zstd', async () => (await import('../container/zstd.ts')).openZstd],
]);

/**
 * What compressed bytes become, or undefined where the compression is none of these.
 * @throws PickleError, with offsets of the compressed bytes; LIMIT_INFLATED before more is unpacked
 */
export async function unpackAsync(
  name: string,
  bytes: Uint8Array,
  options: DecodeOptions | undefined,
): Promise<Uint8Array | undefined> {
  const open = await LOADERS.get(name)?.();
  if (open === undefined) return undefined;
  const budget = new Budget(resolveOptions({ limits: options?.limits }).limits);
  const unpacked = open(budget.counting(sourceOf(bytes)), budget);
  try {
    return await gather(unpacked);
  } finally {
    await unpacked.close();
  }
}

/** Bytes in memory as a stream of one piece. */
function sourceOf(bytes: Uint8Array): ByteSource {
  let left: Uint8Array | null = bytes.length > 0 ? bytes : null;
  return {
    byteLength: bytes.length,
    read: () => {
      const piece = left;
      left = null;
      return Promise.resolve(piece);
    },
    close: () => Promise.resolve(),
  };
}
