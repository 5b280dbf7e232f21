/**
 * `.lzma` by the decoder that xz has too: of 7 MB of pickle, half as fast as Python's lzma in the same run (20 against 41
 * MB/s). lzma1 0.3.0 has 5 to 7 MB/s there, reads an input that is cut short as if more came, without an end, takes as much
 * memory as the head says, and passes over what lies behind the data.
 */
import type { ByteSource } from '../bytes/byte-source.ts';
import type { Budget } from './budget.ts';
import { corrupt, trailing, truncated } from './errors.ts';
import { Feed, sourceOf } from './feed.ts';
import { LzmaDecoder, MAX_SYMBOL_BYTES } from './lzma-decoder.ts';

const PIECE_BYTES = 2 ** 18;
/** Input that is asked for at a time. */
const INPUT_BYTES = 2 ** 12;

/** `.lzma`, the format before xz: no checksum. */
export function openLzma(source: ByteSource, budget: Budget): ByteSource {
  const feed = new Feed(source, 'lzma data', budget);
  return sourceOf(feed, pieces(feed), budget.meter());
}

async function* pieces(feed: Feed): AsyncGenerator<Uint8Array, void, undefined> {
  const [properties] = await feed.take(1);
  const decoder = new LzmaDecoder(await feed.u32());
  const low = await feed.u32();
  const high = await feed.u32();
  /** Infinite: as far as the mark at the end says. */
  let left = low === 0xffffffff && high === 0xffffffff ? Infinity : high * 2 ** 32 + low;
  if (!decoder.setProperties(properties!)) throw corrupt(feed.what, 0);
  if (!decoder.begin(await feed.take(5))) throw corrupt(feed.what, feed.offset - 5);
  let isMarked = false;
  while (left > 0 && !isMarked) {
    await feed.fill(INPUT_BYTES);
    const before = decoder.window.total;
    const room = Math.min(left, PIECE_BYTES);
    const { stop, used } = decoder.decode(feed.bytes.subarray(feed.pos, feed.end), feed.final, room);
    if (used > feed.available) throw truncated(feed.what, feed.offset + feed.available);
    feed.pos += used;
    if (stop === 'corrupt') throw corrupt(feed.what, feed.offset);
    left -= decoder.window.total - before;
    yield decoder.window.take();
    isMarked = stop === 'end';
  }
  await skipMark(feed, decoder, isMarked);
  if (left !== Infinity && left > 0) throw corrupt(feed.what, feed.offset);
  if (decoder.isPending || !decoder.isFinished) throw corrupt(feed.what, feed.offset);
  if (!(await feed.atEnd())) throw trailing(feed.what, feed.offset);
}

/** Where the length is told, a mark at the end may still be there. */
async function skipMark(feed: Feed, decoder: LzmaDecoder, isMarked: boolean): Promise<void> {
  if (isMarked || decoder.isFinished || decoder.isPending) return;
  await feed.fill(MAX_SYMBOL_BYTES);
  const { stop, used } = decoder.decode(feed.bytes.subarray(feed.pos, feed.end), true, 1);
  if (used > feed.available) throw truncated(feed.what, feed.offset + feed.available);
  if (stop !== 'end') throw corrupt(feed.what, feed.offset);
  feed.pos += used;
}
