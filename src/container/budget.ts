/** What decompressing one input may become: a bomb ends early. */
import type { ByteSource } from '../bytes/byte-source.ts';
import type { Limits } from '../spec/limits.ts';
import { pickleError } from '../spec/pickle-error.ts';

/** Output that is allowed whatever the input's size: short runs of equal bytes are compressed a thousand times. */
export const FREE_BYTES = 2 ** 26;

/** Shared by all containers within each other: the ratio is that of the innermost bytes to the outermost compressed ones. */
export class Budget {
  readonly limits: Limits;
  /** Bytes of the outermost input that have come. */
  received = 0;
  /** The outermost of the decompressors at work, and what those before it have used up. */
  #outermost: { readonly offset: number } | undefined;
  #usedBefore = 0;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** The outermost input, counted. @throws PickleLimitError LIMIT_INPUT */
  counting(source: ByteSource): ByteSource {
    const { readInto, readAt } = source;
    const limit = this.limits.maxInputBytes;
    let inOrder = 0;
    const check = (actual: number): void => {
      if (actual > limit) throw pickleError('LIMIT_INPUT', { offset: limit, limit, actual });
    };
    const count = (byteLength: number): void => {
      this.received += byteLength;
      check((inOrder += byteLength));
    };
    check(source.byteLength ?? 0);
    const counted: ByteSource = {
      byteLength: source.byteLength,
      read: async () => {
        const chunk = await source.read();
        count(chunk?.length ?? 0);
        return chunk;
      },
      close: () => source.close(),
    };
    if (readInto !== undefined) {
      counted.readInto = async (target) => {
        const byteLength = await readInto.call(source, target);
        count(byteLength);
        return byteLength;
      };
    }
    if (readAt !== undefined) {
      counted.readAt = async (offset, length) => {
        const bytes = await readAt.call(source, offset, length);
        // Parts may be read twice: that is no larger input.
        this.received += bytes.length;
        return bytes;
      };
    }
    return counted;
  }

  /** A decompressor begins: the first one is the outermost, till it lets go. @param feed tells how much is used up */
  take(feed: { readonly offset: number }): void {
    this.#outermost ??= feed;
  }

  letGo(feed: { readonly offset: number }): void {
    if (this.#outermost !== feed) return;
    this.#usedBefore += feed.offset;
    this.#outermost = undefined;
  }

  /** A count of one layer's output: called with the bytes of each piece, before it is used. */
  meter(): (byteLength: number) => void {
    let inflated = 0;
    return (byteLength) => {
      inflated += byteLength;
      this.check(inflated);
    };
  }

  /** @throws PickleLimitError LIMIT_INFLATED where so many bytes of output are too many for the input so far */
  check(inflated: number): void {
    const { maxInflatedBytes, maxInflateRatio } = this.limits;
    const used = this.#usedBefore + (this.#outermost?.offset ?? 0);
    const limit = Math.min(maxInflatedBytes, Math.max(FREE_BYTES, maxInflateRatio * used));
    if (inflated > limit) throw pickleError('LIMIT_INFLATED', { offset: 0, limit, actual: inflated });
  }
}
