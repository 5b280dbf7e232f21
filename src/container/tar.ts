/** Tar archives, member by member as they come: ustar, pax and GNU's long names. */
import type { ByteSource } from '../bytes/byte-source.ts';
import { pickleError } from '../spec/pickle-error.ts';
import type { Budget } from './budget.ts';
import type { ArchiveEntry } from './container.ts';
import { badChecksum, corrupt, unsupported } from './errors.ts';
import { Feed } from './feed.ts';

const BLOCK = 512;
/** A long name or a pax head may be so long. */
const MAX_EXTRA_BYTES = 2 ** 20;

export function isTar(head: Uint8Array): boolean {
  return head.length >= BLOCK && text(head, 257, 5) === 'ustar' && checksumFits(head.subarray(0, BLOCK));
}

/** The members of a tar archive, in order. Each must be read, or is passed over, before the next. */
export class TarReader {
  readonly #feed: Feed;
  readonly #maxEntries: number;
  /** Bytes of the present member, and of the padding behind it, that are not read yet. */
  #left = 0;
  #padding = 0;
  #count = 0;

  constructor(source: ByteSource, budget: Budget) {
    this.#feed = new Feed(source, 'tar archive');
    this.#maxEntries = budget.limits.maxArchiveEntries;
  }

  /** The next regular file, or null at the end. Links, folders and devices are passed over. */
  async next(): Promise<ArchiveEntry | null> {
    const feed = this.#feed;
    const told = new Map<string, string>();
    for (;;) {
      await this.#skip();
      const at = feed.offset;
      // Archives end with two blocks of zeros; some just end.
      if (await feed.atEnd()) return null;
      const head = new Uint8Array(await feed.take(BLOCK));
      if (head.every((byte) => byte === 0)) return null;
      if (!checksumFits(head)) throw badChecksum(feed.what, at);
      if (++this.#count > this.#maxEntries) {
        throw pickleError('LIMIT_ZIP_ENTRIES', { offset: at, limit: this.#maxEntries, actual: this.#count });
      }
      const kind = String.fromCharCode(head[156]!);
      let byteLength = numberAt(head, 124, 12);
      if (!Number.isSafeInteger(byteLength)) throw corrupt(feed.what, at);
      if (kind === 'x' || kind === 'g' || kind === 'L' || kind === 'K') {
        if (byteLength > MAX_EXTRA_BYTES) throw corrupt(feed.what, at);
        this.#begin(byteLength);
        const extra = new Uint8Array(await feed.take(byteLength));
        this.#left = 0;
        if (kind === 'L') told.set('path', text(extra, 0, extra.length));
        else if (kind === 'x') for (const [key, value] of paxFields(extra)) told.set(key, value);
        continue;
      }
      if (told.has('size')) byteLength = /^\d+$/.test(told.get('size')!) ? Number(told.get('size')) : NaN;
      if (!Number.isSafeInteger(byteLength) || byteLength < 0) throw corrupt(feed.what, at);
      this.#begin(byteLength);
      const isSparse = kind === 'S' || [...told.keys()].some((key) => key.startsWith('GNU.sparse'));
      if (isSparse) throw unsupported('A member of the tar archive is sparse.', at);
      const name = told.get('path') ?? ustarName(head);
      told.clear();
      if (kind === '0' || kind === '\0' || kind === '7') return { name, byteLength };
    }
  }

  /** The next bytes of the member, or null at its end. */
  async read(): Promise<Uint8Array | null> {
    if (this.#left === 0) return null;
    const feed = this.#feed;
    await feed.need(1);
    const length = Math.min(this.#left, feed.available);
    const bytes = feed.bytes.subarray(feed.pos, feed.pos + length);
    feed.pos += length;
    this.#left -= length;
    // A copy: the feed may put what comes next into the same buffer.
    return bytes.slice();
  }

  close(): Promise<void> {
    return this.#feed.close();
  }

  #begin(byteLength: number): void {
    this.#left = byteLength;
    this.#padding = (BLOCK - (byteLength % BLOCK)) % BLOCK;
  }

  /** Passes over what is left of the member. Padding at the very end of the input may be missing. */
  async #skip(): Promise<void> {
    const feed = this.#feed;
    while (this.#left > 0) {
      await feed.need(1);
      const part = Math.min(this.#left, feed.available);
      feed.pos += part;
      this.#left -= part;
    }
    await feed.fill(this.#padding);
    feed.pos += Math.min(this.#padding, feed.available);
    this.#padding = 0;
  }
}

/** Text up to a zero byte. */
function text(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

function ustarName(head: Uint8Array): string {
  const name = text(head, 0, 100);
  // GNU's own form has times where ustar has the first part of a long name.
  const prefix = text(head, 257, 8) === 'ustar' ? text(head, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Octal digits; or, where the highest bit is set, a number of that many bytes. NaN where it is neither. */
function numberAt(head: Uint8Array, at: number, length: number): number {
  if (head[at] === 0x80) {
    let value = 0;
    for (let i = at + 1; i < at + length; i++) value = value * 256 + head[i]!;
    return value;
  }
  const digits = text(head, at, length).trim();
  return /^[0-7]*$/.test(digits) ? parseInt(`0${digits}`, 8) : NaN;
}

/** The sum of the head's bytes, those of the sum itself taken for spaces. */
function checksumFits(head: Uint8Array): boolean {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 32 : head[i]!;
  return numberAt(head, 148, 8) === sum;
}

/** `length key=value\n`, one after another; what is damaged ends the list. */
function paxFields(bytes: Uint8Array): [string, string][] {
  const fields: [string, string][] = [];
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const length = space < 0 ? NaN : Number(text(bytes, at, space - at));
    if (!Number.isSafeInteger(length) || length < 5 || length > bytes.length - at) break;
    const field = new TextDecoder().decode(bytes.subarray(space + 1, at + length - 1));
    const equals = field.indexOf('=');
    if (equals > 0) fields.push([field.slice(0, equals), field.slice(equals + 1)]);
    at += length;
  }
  return fields;
}
