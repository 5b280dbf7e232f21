/**
 * The list of compressions. Each is told by its first bytes, and loaded when data needs it. Zip and tar hold several members
 * and are opened otherwise.
 */
import type { Compression, CompressionName, Deflated, OpenCompressed } from './container.ts';
import { isBz2, isGzip, isLz4, isLzma, isXz, isZlib, isZstd } from './marks.ts';

const row = (
  name: CompressionName,
  detect: (head: Uint8Array) => boolean,
  load: () => Promise<OpenCompressed>,
): Compression => ({ name, detect, open: async (source, budget) => (await load())(source, budget) });

const inflating = async (format: Deflated): Promise<OpenCompressed> => {
  const { inflate } = await import('./inflate.ts');
  return (source, budget) => inflate(source, format, budget);
};

export const COMPRESSIONS: readonly Compression[] = [
  row('gzip', isGzip, () => inflating('gzip')),
  row('zlib', isZlib, () => inflating('zlib')),
  row('bz2', isBz2, async () => (await import('./bz2.ts')).openBz2),
  row('xz', isXz, async () => (await import('./xz.ts')).openXz),
  row('lzma', isLzma, async () => (await import('./lzma.ts')).openLzma),
  row('zstd', isZstd, async () => (await import('./zstd.ts')).openZstd),
  row('lz4', isLz4, async () => (await import('./lz4.ts')).openLz4),
];
