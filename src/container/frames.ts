/** What zstd and lz4 have in common: frames one after another, and between them frames of somebody else's. */
import { corrupt, trailing } from './errors.ts';
import type { Feed } from './feed.ts';

/** Frames with bytes of somebody else's, which are passed over: the last hex digit is any. */
const SKIPPABLE = 0x184d2a50;

/**
 * The contents of all frames.
 * @param magic what a frame begins with, little-endian
 * @param frame reads one from behind its magic on; `at` is its offset
 * @throws PickleError CONTAINER_CORRUPT, or TRAILING_DATA behind a frame, where something else comes
 */
export async function* framesOf(
  feed: Feed,
  magic: number,
  frame: (feed: Feed, at: number) => AsyncGenerator<Uint8Array, void, undefined>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let frames = 0; !(await feed.atEnd()); frames++) {
    const at = feed.offset;
    const found = (await feed.fill(4)) ? await feed.u32() : 0;
    if ((found & 0xfffffff0) >>> 0 === SKIPPABLE) {
      for (let left = await feed.u32(); left > 0;) {
        await feed.need(1);
        const part = Math.min(left, feed.available);
        feed.pos += part;
        left -= part;
      }
    } else if (found === magic) yield* frame(feed, at);
    else throw frames === 0 ? corrupt(feed.what, at) : trailing(feed.what, at);
  }
}
