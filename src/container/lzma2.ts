/** The chunks of xz: each tells its lengths, up to 64 KiB packed and 2 MiB unpacked, so it is read whole. */
import { corrupt } from './errors.ts';
import type { Feed } from './feed.ts';
import { LzmaDecoder } from './lzma-decoder.ts';

export class Lzma2 {
  readonly #feed: Feed;
  readonly #decoder: LzmaDecoder;
  #needsDictionary = true;
  #needsProperties = true;

  constructor(feed: Feed, dictionaryBytes: number) {
    this.#feed = feed;
    this.#decoder = new LzmaDecoder(dictionaryBytes);
  }

  /** What the next chunk becomes, or null behind the last. */
  async next(): Promise<Uint8Array | null> {
    const feed = this.#feed;
    const { window } = this.#decoder;
    const at = feed.offset;
    const control = (await feed.take(1))[0]!;
    if (control === 0) return null;
    if (control >= 0xe0 || control === 1) {
      window.reset();
      this.#needsDictionary = false;
      // Only a chunk of LZMA resets the rest; one as it is must be followed by such.
      this.#needsProperties ||= control === 1;
    } else if (this.#needsDictionary) throw corrupt(feed.what, at);
    if (control >= 0x80) await this.#packed(control, at);
    else {
      if (control > 2) throw corrupt(feed.what, at);
      const [high, low] = await feed.take(2);
      window.append(await feed.take(high! * 256 + low! + 1));
    }
    return window.take();
  }

  async #packed(control: number, at: number): Promise<void> {
    const feed = this.#feed;
    const decoder = this.#decoder;
    const sizes = await feed.take(4);
    const room = (control & 0x1f) * 0x10000 + sizes[0]! * 256 + sizes[1]! + 1;
    const packed = sizes[2]! * 256 + sizes[3]! + 1;
    const resets = (control >> 5) & 3;
    if (resets >= 2) {
      if (!decoder.setProperties((await feed.take(1))[0]!)) throw corrupt(feed.what, at);
      this.#needsProperties = false;
    } else if (this.#needsProperties) throw corrupt(feed.what, at);
    else if (resets === 1) decoder.reset();
    const bytes = await feed.take(packed);
    if (packed < 5 || !decoder.begin(bytes)) throw corrupt(feed.what, at);
    const { stop, used } = decoder.decode(bytes.subarray(5), true, room);
    const good = stop === 'full' && used === packed - 5 && !decoder.isPending && decoder.isFinished;
    if (!good) throw corrupt(feed.what, at);
  }
}
