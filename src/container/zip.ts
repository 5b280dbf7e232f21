/** Zip archives: the directory at the end, and members read by their places, so that nothing else need be in memory. */
import { gather, type ByteSource } from '../bytes/byte-source.ts';
import { pickleError } from '../spec/pickle-error.ts';
import type { Budget } from './budget.ts';
import { crc32 } from './checksums.ts';
import { beginsWith, type ArchiveEntry } from './container.ts';
import { badChecksum, corrupt, truncated, unsupported } from './errors.ts';
import { sourceOf } from './feed.ts';
import { inflate } from './inflate.ts';
import { ZIP_LOCAL } from './marks.ts';
import type { RandomAccess } from './random-access.ts';
import { findDirectory, readDirectory, type ZipMember } from './zip-directory.ts';

const STORED = 0;
const DEFLATED = 8;
const PIECE_BYTES = 2 ** 18;

export class ZipArchive {
  readonly #members: ReadonlyMap<string, ZipMember>;
  readonly #input: RandomAccess;
  readonly #budget: Budget;
  /** Of all members together: thousands of small ones may become large. */
  readonly #meter: (byteLength: number) => void;

  private constructor(input: RandomAccess, members: ReadonlyMap<string, ZipMember>, budget: Budget) {
    this.#input = input;
    this.#members = members;
    this.#budget = budget;
    this.#meter = budget.meter();
  }

  /**
   * Reads the directory.
   * @throws PickleError ZIP_BAD_OFFSET, ZIP_OVERLAP, ZIP_DUPLICATE_NAME, LIMIT_ZIP_ENTRIES, CONTAINER_TRUNCATED and others
   */
  static async open(input: RandomAccess, budget: Budget): Promise<ZipArchive> {
    const directory = await findDirectory(input, budget.limits.maxArchiveEntries);
    return new ZipArchive(input, await readDirectory(input, directory), budget);
  }

  /** The members in the order of the directory, without folders. */
  entries(): ArchiveEntry[] {
    return [...this.#members.values()].map(({ name, byteLength }) => ({ name, byteLength }));
  }

  has(name: string): boolean {
    return this.#members.has(name);
  }

  /** Where a stored member's bytes begin, for readers that take slices of the file; null where it is compressed. */
  async offsetOf(name: string): Promise<number | null> {
    const member = this.#member(name);
    return member.method === STORED ? this.#dataOffset(member) : null;
  }

  /**
   * The bytes of a member; a view of the input where that is in memory and the member is stored.
   * @throws PickleError UNSUPPORTED_CONTAINER where there is no such member, or none that can be read
   */
  async read(name: string): Promise<Uint8Array> {
    const member = this.#member(name);
    if (member.method === STORED) {
      const offset = await this.#dataOffset(member);
      const bytes = await this.#input.readAt(offset, member.byteLength);
      if (bytes.length < member.byteLength) throw truncated('zip archive', offset + bytes.length);
      if (crc32(bytes) !== member.crc) throw badChecksum(`member ${member.name}`, offset);
      return bytes;
    }
    const source = this.stream(name);
    try {
      return await gather(source);
    } finally {
      await source.close();
    }
  }

  /** The bytes of a member as a stream. Its length and checksum are looked at when it ends. */
  stream(name: string): ByteSource {
    const member = this.#member(name);
    const packed = this.#packed(member);
    const isStored = member.method === STORED;
    const source = isStored ? packed : inflate(packed, 'deflate-raw', this.#budget);
    return sourceOf(source, this.#checked(member, source), isStored ? () => undefined : this.#meter);
  }

  async *#checked(member: ZipMember, source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
    let length = 0;
    let crc = 0;
    for (let piece = await source.read(); piece !== null; piece = await source.read()) {
      length += piece.length;
      if (length > member.byteLength) break;
      crc = crc32(piece, crc);
      yield piece;
    }
    if (length !== member.byteLength) {
      const detail = `The member ${member.name} should have ${member.byteLength} bytes.`;
      throw pickleError('ZIP_SIZE_MISMATCH', { offset: member.offset, detail });
    }
    if (crc !== member.crc) throw badChecksum(`member ${member.name}`, member.offset);
  }

  /** What the archive holds of a member, as it lies there. */
  #packed(member: ZipMember): ByteSource {
    const input = this.#input;
    let offset: number | undefined;
    let left = member.packedBytes;
    return {
      byteLength: left,
      read: async () => {
        offset ??= await this.#dataOffset(member);
        if (left === 0) return null;
        const bytes = await input.readAt(offset, Math.min(left, PIECE_BYTES));
        if (bytes.length === 0) throw truncated('zip archive', offset);
        offset += bytes.length;
        left -= bytes.length;
        return bytes;
      },
      close: async () => {
        left = 0;
      },
    };
  }

  #member(name: string): ZipMember {
    const member = this.#members.get(name);
    if (member === undefined) throw unsupported(`The zip archive has no member ${JSON.stringify(name)}.`);
    const { flags, method, offset } = member;
    if ((flags & 1) !== 0) throw unsupported(`The member ${name} is encrypted: unpack it with its password.`, offset);
    if (method !== STORED && method !== DEFLATED) {
      throw unsupported(`The member ${name} is compressed by method ${method}: only deflate is known here.`, offset);
    }
    if (method === STORED && member.packedBytes !== member.byteLength) {
      throw pickleError('ZIP_SIZE_MISMATCH', { offset, detail: `The member ${name} is stored as it is.` });
    }
    return member;
  }

  async #dataOffset(member: ZipMember): Promise<number> {
    const head = await this.#input.readAt(member.offset, 30);
    if (!beginsWith(head, ZIP_LOCAL) || head.length < 30) throw corrupt('zip archive', member.offset);
    const begin = member.offset + 30 + (head[26]! | (head[27]! << 8)) + (head[28]! | (head[29]! << 8));
    if (member.packedBytes > member.limit - begin) {
      throw pickleError('ZIP_OVERLAP', { offset: member.offset, detail: `The member ${member.name}.` });
    }
    return begin;
  }
}
