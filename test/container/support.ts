/** Containers made on the fly, and sources that give bytes in pieces. */
import { spawnSync } from 'node:child_process';
import type { ByteSource } from '../../src/bytes/byte-source.ts';
import { Budget } from '../../src/container/budget.ts';
import type { CompressionName } from '../../src/container/container.ts';
import { COMPRESSIONS } from '../../src/container/index.ts';
import { inflate } from '../../src/container/inflate.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/index.ts';

/** A stream of bytes in pieces of one size. */
export function inPieces(bytes: Uint8Array, pieceBytes = 65_536): ByteSource & { closed: number } {
  let pos = 0;
  return {
    closed: 0,
    byteLength: undefined,
    async read() {
      if (pos >= bytes.length) return null;
      pos += pieceBytes;
      return bytes.slice(pos - pieceBytes, pos);
    },
    async close() {
      this.closed++;
    },
  };
}

export async function drain(source: ByteSource): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let piece = await source.read(); piece !== null; piece = await source.read()) pieces.push(piece);
  await source.close();
  return new Uint8Array(Buffer.concat(pieces));
}

/** Compressions as `load` has them, and those that it has otherwise in browsers. */
export type WayToUnpack = CompressionName | 'gzip in browsers' | 'zlib in browsers';

/** Decompresses, under the default limits and others. */
export async function unpack(
  way: WayToUnpack,
  bytes: Uint8Array,
  pieceBytes = 65_536,
  limits: Partial<Limits> = {},
): Promise<Uint8Array> {
  const budget = new Budget({ ...DEFAULT_LIMITS, ...limits });
  const source = budget.counting(inPieces(bytes, pieceBytes));
  if (way === 'gzip in browsers') return drain(inflate(source, 'gzip', budget, true));
  if (way === 'zlib in browsers') return drain(inflate(source, 'zlib', budget, true));
  return drain(await COMPRESSIONS.find(({ name }) => name === way)!.open(source, budget));
}

/** Runs Python: what it writes to its standard output, or null where it or a module is missing. */
export function pythonBytes(script: string, input: Uint8Array = new Uint8Array(0)): Uint8Array | null {
  for (const command of ['python3.11', 'python3']) {
    const { status, stdout } = spawnSync(command, ['-c', script], { input, maxBuffer: 2 ** 30 });
    if (status === 0) return new Uint8Array(stdout);
  }
  return null;
}
