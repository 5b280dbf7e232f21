/** What lies around deflated data: heads and checksums of gzip and zlib, by code of our own. */
import { adler32, crc32 } from './checksums.ts';
import type { Deflated } from './container.ts';
import { deflated } from './deflate.ts';
import { badChecksum, corrupt, trailing, unsupported } from './errors.ts';
import type { Feed } from './feed.ts';

/** Flags of a gzip member's head. */
const HEAD_CHECKSUM = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;

/** @throws PickleError CONTAINER_CORRUPT, CONTAINER_TRUNCATED, CONTAINER_CHECKSUM, TRAILING_DATA, UNSUPPORTED_CONTAINER */
export async function* inflatedHere(feed: Feed, format: Deflated): AsyncGenerator<Uint8Array, void, undefined> {
  if (format === 'gzip') yield* members(feed);
  else {
    if (format === 'zlib') yield* zlibData(feed);
    else yield* deflated(feed);
    if (!(await feed.atEnd())) throw trailing(feed.what, feed.offset);
  }
}

/** Members are one after another; zeros behind each are padding, as for Python. */
async function* members(feed: Feed): AsyncGenerator<Uint8Array, void, undefined> {
  for (let count = 0; !(await feed.atEnd()); count++) {
    await gzipHead(feed, count === 0);
    let crc = 0;
    let length = 0;
    for await (const piece of deflated(feed)) {
      crc = crc32(piece, crc);
      length = (length + piece.length) >>> 0;
      yield piece;
    }
    const at = feed.offset;
    if ((await feed.u32()) !== crc || (await feed.u32()) !== length) throw badChecksum(feed.what, at);
    await feed.passZeros();
  }
}

async function gzipHead(feed: Feed, isFirst: boolean): Promise<void> {
  const at = feed.offset;
  await feed.fill(2);
  const isGzip = feed.bytes[feed.pos] === 0x1f && (feed.available < 2 || feed.bytes[feed.pos + 1] === 0x8b);
  if (!isGzip) throw isFirst ? corrupt(feed.what, at) : trailing(feed.what, at);
  const head = await feed.take(10);
  const flags = head[3]!;
  if (head[2] !== 8 || flags > 0x1f) throw corrupt(feed.what, at);
  if ((flags & EXTRA) !== 0) {
    const [low, high] = await feed.take(2);
    await feed.take(low! | (high! << 8));
  }
  if ((flags & NAME) !== 0) await passText(feed);
  if ((flags & COMMENT) !== 0) await passText(feed);
  if ((flags & HEAD_CHECKSUM) !== 0) await feed.take(2);
}

async function* zlibData(feed: Feed): AsyncGenerator<Uint8Array, void, undefined> {
  const at = feed.offset;
  const [method, flags] = await feed.take(2);
  const isZlib = (method! & 15) === 8 && method! >> 4 < 8 && (method! * 256 + flags!) % 31 === 0;
  if (!isZlib) throw corrupt(feed.what, at);
  if ((flags! & 0x20) !== 0) throw unsupported('The zlib data needs a dictionary that lies elsewhere.', at);
  let sum = 1;
  for await (const piece of deflated(feed)) {
    sum = adler32(piece, sum);
    yield piece;
  }
  const end = feed.offset;
  const told = await feed.take(4);
  if (new DataView(told.buffer, told.byteOffset).getUint32(0) !== sum) throw badChecksum(feed.what, end);
}

/** Passes over text and the zero behind it. */
async function passText(feed: Feed): Promise<void> {
  for (;;) {
    await feed.need(1);
    const end = feed.bytes.subarray(feed.pos, feed.end).indexOf(0);
    feed.pos = end < 0 ? feed.end : feed.pos + end + 1;
    if (end >= 0) return;
  }
}
