/** gzip and zlib, by what the platform has: `node:zlib`, else by code of our own. */
import type { ByteSource } from '../bytes/byte-source.ts';
import { isNode, nodeZlib } from '../bytes/node-modules.ts';
import type { Budget } from './budget.ts';
import { beginsWith, type Deflated } from './container.ts';
import { badChecksum, corrupt, trailing, truncated } from './errors.ts';
import { Feed, sourceOf } from './feed.ts';
import { through } from './node-transform.ts';

const GZIP = [0x1f, 0x8b];
const CHUNK_BYTES = 2 ** 18;

/**
 * Inflates a stream. gzip members lie one after another, with zeros for padding, as for Python.
 * @param here whether it is done by code of our own, as it is in browsers
 */
export function inflate(source: ByteSource, format: Deflated, budget: Budget, here = !isNode()): ByteSource {
  const feed = new Feed(source, format === 'deflate-raw' ? 'deflated member' : `${format} data`, budget);
  return sourceOf(feed, here ? ownPieces(feed, format) : nodePieces(feed, format), budget.meter());
}

async function* ownPieces(feed: Feed, format: Deflated): AsyncGenerator<Uint8Array, void, undefined> {
  const { inflatedHere } = await import('./inflate-here.ts');
  yield* inflatedHere(feed, format);
}

async function* nodePieces(feed: Feed, format: Deflated): AsyncGenerator<Uint8Array, void, undefined> {
  yield* nodeRun(feed, format, true);
  while (!(await feed.atEnd())) {
    const isMember = format === 'gzip' && (await feed.passZeros()) === GZIP[0];
    if (!isMember && !(await feed.atEnd())) throw trailing(feed.what, feed.offset);
    if (isMember) yield* nodeRun(feed, format, false);
  }
}

/** One run of Node's engine: it takes members by itself, up to zeros between them. What it has not used is given back. */
async function* nodeRun(feed: Feed, format: Deflated, isFirst: boolean): AsyncGenerator<Uint8Array, void, undefined> {
  const zlib = await nodeZlib();
  const options = { chunkSize: CHUNK_BYTES };
  const engine =
    format === 'gzip'
      ? zlib.createGunzip(options)
      : format === 'zlib'
        ? zlib.createInflate(options)
        : zlib.createInflateRaw(options);
  const begin = feed.offset;
  let isGzip = !isFirst;
  /** All bytes that have come: a view that is used up at once. */
  const next = async (): Promise<Uint8Array | null> => {
    if (!(await feed.fill(1))) return null;
    const chunk = feed.bytes.subarray(feed.pos, feed.end);
    if (feed.offset === begin) isGzip ||= format === 'gzip' && beginsWith(chunk, GZIP.slice(0, chunk.length));
    feed.pos = feed.end;
    return chunk;
  };
  try {
    yield* through(engine, next);
  } catch (error) {
    const at = begin + engine.bytesWritten;
    // The first member has begun well: what is no header lies behind one.
    const isBehind = isGzip && error instanceof Error && error.message === 'incorrect header check';
    throw isBehind ? trailing(feed.what, at) : explained(error, feed.what, at);
  }
  feed.pos -= feed.offset - begin - engine.bytesWritten;
}

function explained(error: unknown, what: string, offset: number): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as { code?: unknown };
  if (code === 'Z_BUF_ERROR') return truncated(what, offset);
  if (/incorrect (?:data|length) check/.test(error.message)) return badChecksum(what, offset);
  return typeof code === 'string' && code.startsWith('Z_') ? corrupt(what, offset, error) : error;
}
