/** What compressions and archives have in common. */
import type { ByteSource } from '../bytes/byte-source.ts';
import type { Budget } from './budget.ts';

/** One way to compress bytes. */
export interface Compression {
  /** As pandas names it, where pandas knows it. */
  readonly name: CompressionName;
  /** Whether bytes begin as this does. No pickle begins so. */
  detect(head: Uint8Array): boolean;
  /**
   * What the bytes become, once the decompressor is loaded. It is a stream: little more is in memory than one block and the
   * window of the format.
   * @throws (by its reads) PickleError; offsets are those of the compressed bytes
   */
  open(source: ByteSource, budget: Budget): Promise<ByteSource>;
}

/** What a decompressor's file gives. */
export type OpenCompressed = (source: ByteSource, budget: Budget) => ByteSource;

export type CompressionName = 'gzip' | 'zlib' | 'bz2' | 'xz' | 'lzma' | 'zstd' | 'lz4';

/** Data that deflate has made: members of zip archives have nothing around it. */
export type Deflated = 'gzip' | 'zlib' | 'deflate-raw';

/** What an archive tells of one of its members. Names are as they stand there: nothing is ever written to them. */
export interface ArchiveEntry {
  readonly name: string;
  /** Bytes of the member, unpacked. */
  readonly byteLength: number;
}

/** How many first bytes are enough to tell any container: the mark of a tar header ends at byte 263. */
export const DETECT_BYTES = 512;

/** Whether bytes begin with some others. */
export function beginsWith(head: Uint8Array, magic: readonly number[]): boolean {
  return head.length >= magic.length && magic.every((byte, i) => head[i] === byte);
}
