/** Frames by `node:zlib`, where Node has zstd (22.15, 23.8 and later): 100 MB/s against 27 of our own code. */
import { isNode, nodeZlib } from '../bytes/node-modules.ts';
import { badChecksum, corrupt } from './errors.ts';
import type { Feed } from './feed.ts';
import { through, type Engine } from './node-transform.ts';

const CHUNK_BYTES = 2 ** 18;
/** Node keeps room for all of a window that a frame tells of, so larger ones are not given to it. Level 19 has this. */
const MAX_WINDOW_BYTES = 2 ** 23;

interface ZlibWithZstd {
  createZstdDecompress?: (options: { chunkSize: number }) => Engine;
}

/** An engine for one frame, or null where there is none. */
export async function nodeZstd(windowBytes: number): Promise<Engine | null> {
  if (!isNode() || windowBytes > MAX_WINDOW_BYTES) return null;
  const { createZstdDecompress } = (await nodeZlib()) as ZlibWithZstd;
  return createZstdDecompress?.({ chunkSize: CHUNK_BYTES }) ?? null;
}

/**
 * What a frame becomes. Node passes over a frame that is cut short and over all that lies behind the first one, so it is
 * given just one, and the feed tells whether that is whole.
 * @param next the parts of the frame, or null behind the last
 */
export async function* nodeFrame(
  engine: Engine,
  feed: Feed,
  next: () => Promise<Uint8Array | null>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let at = feed.offset;
  try {
    yield* through(engine, () => {
      at = feed.offset;
      return next();
    });
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ZSTD_error_checksum_wrong') throw badChecksum(feed.what, at);
    throw typeof code === 'string' && code.startsWith('ZSTD_') ? corrupt(feed.what, at, error) : error;
  }
}
