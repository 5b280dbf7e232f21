/** gzip and zlib, by what the platform has: `node:zlib`, else DecompressionStream. */
import type { ByteSource } from '../bytes/byte-source.ts';
import { isNode, nodeZlib } from '../bytes/node-modules.ts';
import { PickleError } from '../spec/pickle-error.ts';
import type { Budget } from './budget.ts';
import { beginsWith } from './container.ts';
import { badChecksum, corrupt, trailing, truncated } from './errors.ts';
import { Feed, sourceOf } from './feed.ts';
import { through } from './node-transform.ts';

export type Deflated = 'gzip' | 'zlib' | 'deflate-raw';

const GZIP = [0x1f, 0x8b];
const CHUNK_BYTES = 2 ** 18;

/**
 * Inflates a stream.
 * @param web whether to use DecompressionStream, as browsers must. It knows but one gzip member
 */
export function inflate(source: ByteSource, format: Deflated, budget: Budget, web = !isNode()): ByteSource {
  const feed = new Feed(source, format === 'deflate-raw' ? 'deflated member' : `${format} data`, budget);
  return sourceOf(feed, web ? webPieces(feed, format) : nodePieces(feed, format), budget.meter());
}

/** All bytes that have come: a view that is used up at once. */
async function nextChunk(feed: Feed): Promise<Uint8Array | null> {
  if (!(await feed.fill(1))) return null;
  const chunk = feed.bytes.subarray(feed.pos, feed.end);
  feed.pos = feed.end;
  return chunk;
}

async function* nodePieces(feed: Feed, format: Deflated): AsyncGenerator<Uint8Array, void, undefined> {
  const zlib = await nodeZlib();
  const options = { chunkSize: CHUNK_BYTES };
  const engine =
    format === 'gzip'
      ? zlib.createGunzip(options)
      : format === 'zlib'
        ? zlib.createInflate(options)
        : zlib.createInflateRaw(options);
  /** The last chunk given to the engine, and how many bytes that was in all. */
  let last: Uint8Array = new Uint8Array(0);
  let given = 0;
  let isGzip = false;
  const next = async (): Promise<Uint8Array | null> => {
    const chunk = await nextChunk(feed);
    if (chunk === null) return null;
    isGzip ||= format === 'gzip' && given === 0 && beginsWith(chunk, GZIP.slice(0, chunk.length));
    given += chunk.length;
    return (last = chunk);
  };
  try {
    yield* through(engine, next);
  } catch (error) {
    // The first member has begun well: what is no header lies behind one.
    const isBehind = isGzip && error instanceof Error && error.message === 'incorrect header check';
    throw isBehind ? trailing(feed.what, engine.bytesWritten) : explained(error, feed.what, engine.bytesWritten);
  }
  const unused = given - engine.bytesWritten;
  await checkRest(feed, last.subarray(last.length - unused), engine.bytesWritten, format);
}

/** What lies behind the data must be nothing; behind gzip, zeros are padding, as for Python. */
async function checkRest(feed: Feed, unused: Uint8Array, offset: number, format: Deflated): Promise<void> {
  let at = offset;
  for (let rest: Uint8Array | null = unused; rest !== null; rest = await nextChunk(feed)) {
    const odd = format === 'gzip' ? rest.findIndex((byte) => byte !== 0) : rest.length > 0 ? 0 : -1;
    if (odd >= 0) throw trailing(feed.what, at + odd);
    at += rest.length;
  }
}

function explained(error: unknown, what: string, offset: number): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as { code?: unknown };
  if (code === 'Z_BUF_ERROR') return truncated(what, offset);
  if (/incorrect (?:data|length) check/.test(error.message)) return badChecksum(what, offset);
  return typeof code === 'string' && code.startsWith('Z_') ? corrupt(what, offset, error) : error;
}

async function* webPieces(feed: Feed, format: Deflated): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = new DecompressionStream(format === 'zlib' ? 'deflate' : format);
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  let given: unknown;
  const giving = (async () => {
    try {
      for (let chunk = await nextChunk(feed); chunk !== null; chunk = await nextChunk(feed)) {
        // A copy: the feed's buffer may be one that others share.
        await writer.write(new Uint8Array(chunk));
      }
      await writer.close();
    } catch (error) {
      given = error;
      await writer.abort(error).catch(() => undefined);
    }
  })();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    await giving;
    if (given !== undefined) throw given;
  } catch (error) {
    await giving;
    if (given instanceof PickleError) throw given;
    const short = feed.final && /end of file|truncated|unexpected end/i.test(String(error));
    throw short ? truncated(feed.what, feed.offset) : corrupt(feed.what, feed.offset, error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
