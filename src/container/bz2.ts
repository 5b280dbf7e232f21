/**
 * bz2 by code of our own: of 7 MB of pickle, 0.9 times as fast as Python's bz2 in the same run (6.8 against 7.5 MB/s).
 * seek-bzip 2.0.0 has 3 to 4 MB/s there, needs Node's `Buffer` (and has Node warn of how it makes them), so that it does not
 * run in browsers, and the input as a whole in memory.
 */
import type { ByteSource } from '../bytes/byte-source.ts';
import type { Budget } from './budget.ts';
import { Bz2Block, MAX_BLOCK_INPUT } from './bz2-block.ts';
import { badChecksum, corrupt, trailing, truncated } from './errors.ts';
import { Feed, sourceOf } from './feed.ts';
import { BZ2_BLOCK, BZ2_END, isBz2Head } from './marks.ts';

/** Blocks of up to 900 kB; streams one after another are one. */
export function openBz2(source: ByteSource, budget: Budget): ByteSource {
  const feed = new Feed(source, 'bz2 data', budget);
  return sourceOf(feed, pieces(feed), budget.meter());
}

async function* pieces(feed: Feed): AsyncGenerator<Uint8Array, void, undefined> {
  const block = new Bz2Block();
  for (let streams = 0; !(await feed.atEnd()); streams++) {
    const at = feed.offset;
    await feed.fill(4);
    const head = feed.bytes.subarray(feed.pos, Math.min(feed.end, feed.pos + 4));
    if (!isBz2Head(head)) throw streams === 0 ? corrupt(feed.what, at) : trailing(feed.what, at);
    feed.pos += 4;
    block.size = (head[3]! - 0x30) * 100_000;
    yield* blocks(feed, block);
  }
}

/** The blocks of one stream. They have no lengths, and begin at any bit. */
async function* blocks(feed: Feed, block: Bz2Block): AsyncGenerator<Uint8Array, void, undefined> {
  let bit = 0;
  let combined = 0;
  for (;;) {
    await feed.fill(MAX_BLOCK_INPUT);
    const { offset } = feed;
    block.start(feed.bytes.subarray(feed.pos, feed.end), bit);
    const mark = [1, 2, 3, 4, 5, 6].map(() => block.bits(8));
    const checksum = (block.bits(16) * 0x10000 + block.bits(16)) >>> 0;
    const isEnd = mark.every((byte, i) => byte === BZ2_END[i]);
    const isBlock = mark.every((byte, i) => byte === BZ2_BLOCK[i]);
    const good = isEnd || (isBlock && block.decode());
    // Bits behind the end read as zeros, so this comes first.
    if (block.isBeyond) throw truncated(feed.what, offset + feed.available);
    if (!good) throw corrupt(feed.what, offset);
    feed.pos += Math.floor(block.bitsRead / 8);
    bit = block.bitsRead % 8;
    if (isEnd) {
      if (checksum !== combined) throw badChecksum(feed.what, offset);
      if (bit > 0) feed.pos++;
      return;
    }
    for (let piece = block.next(); piece !== null; piece = block.next()) yield piece;
    if (block.crc !== checksum) throw badChecksum(feed.what, offset);
    combined = (((combined << 1) | (combined >>> 31)) ^ checksum) >>> 0;
  }
}
