import type { ByteSource } from '../bytes/byte-source.ts';
import type { Budget } from './budget.ts';
import { beginsWith, type Compression } from './container.ts';
import { badChecksum, corrupt, trailing, unsupported } from './errors.ts';
import { Feed, sourceOf } from './feed.ts';
import { History } from './history.ts';
import { XxHash64 } from './xxhash64.ts';
import { MAX_BLOCK_BYTES, ZstdBlocks } from './zstd-block.ts';

const MAGIC = 0xfd2fb528;
/** Frames with bytes of somebody else's, which are passed over: the last hex digit is any. */
const SKIPPABLE = 0x184d2a50;

/** Frames one after another are one stream; they need not tell their sizes. Dictionaries are not known here. */
export const zstd: Compression = {
  name: 'zstd',
  detect: (head) => beginsWith(head, [0x28, 0xb5, 0x2f, 0xfd]),
  open: open,
};

function open(source: ByteSource, budget: Budget): ByteSource {
  const feed = new Feed(source, 'zstd data');
  return sourceOf(feed, pieces(feed), budget);
}

async function* pieces(feed: Feed): AsyncGenerator<Uint8Array, void, undefined> {
  for (let frames = 0; !(await feed.atEnd()); frames++) {
    const at = feed.offset;
    const magic = (await feed.fill(4)) ? await feed.u32() : 0;
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) {
      for (let left = await feed.u32(); left > 0;) {
        await feed.need(1);
        const part = Math.min(left, feed.available);
        feed.pos += part;
        left -= part;
      }
    } else if (magic === MAGIC) yield* frame(feed, at);
    else throw frames === 0 ? corrupt(feed.what, at) : trailing(feed.what, at);
  }
}

async function* frame(feed: Feed, at: number): AsyncGenerator<Uint8Array, void, undefined> {
  const flags = (await feed.take(1))[0]!;
  const isSingle = (flags & 0x20) !== 0;
  if ((flags & 8) !== 0) throw unsupported('This zstd data is of a later version.', at);
  const window = isSingle ? 0 : (await feed.take(1))[0]!;
  const dictionary = await number(feed, [0, 1, 2, 4][flags & 3]!);
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6]!;
  const told = (await number(feed, sizeBytes)) + (sizeBytes === 2 ? 256 : 0);
  if (dictionary !== 0) throw unsupported('This zstd data needs a dictionary.', at);
  const windowBytes = isSingle ? told : 2 ** (10 + (window >> 3)) * (1 + (window & 7) / 8);
  const history = new History(windowBytes);
  const blocks = new ZstdBlocks(history);
  const hash = (flags & 4) !== 0 ? new XxHash64() : undefined;
  let length = 0;
  for (let isLast = false; !isLast;) {
    const blockAt = feed.offset;
    const head = await number(feed, 3);
    const size = head >> 3;
    isLast = (head & 1) === 1;
    if (size > MAX_BLOCK_BYTES) throw corrupt(feed.what, blockAt);
    const kind = (head >> 1) & 3;
    const bytes = await feed.take(kind === 1 ? 1 : size);
    if (kind === 0) history.append(bytes);
    else if (kind === 1) history.append(new Uint8Array(size).fill(bytes[0]!));
    else if (kind === 3 || !blocks.decode(bytes)) throw corrupt(feed.what, blockAt);
    const piece = history.take();
    hash?.update(piece);
    length += piece.length;
    yield piece;
  }
  if (hash !== undefined && (await feed.u32()) !== hash.low32()) throw badChecksum(feed.what, at);
  if (sizeBytes > 0 && told !== length) throw corrupt(feed.what, at);
}

/** A little-endian number. */
async function number(feed: Feed, byteLength: number): Promise<number> {
  const bytes = await feed.take(byteLength);
  let value = 0;
  for (let i = byteLength - 1; i >= 0; i--) value = value * 256 + bytes[i]!;
  return value;
}
