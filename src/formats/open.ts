/** Finds out what containers lie around a pickle, and takes them off. */
import type { ByteSource } from '../bytes/byte-source.ts';
import { Budget } from '../container/budget.ts';
import { DETECT_BYTES, type CompressionName } from '../container/container.ts';
import { unsupported } from '../container/errors.ts';
import { COMPRESSIONS } from '../container/index.ts';
import { accessTo, type RandomAccess } from '../container/random-access.ts';
import { isTar, TarReader } from '../container/tar.ts';
import { isZip, ZipArchive } from '../container/zip.ts';
import { asBytes, isBytes } from '../decode/input.ts';
import type { PickleReader } from '../decode/pickle-reader.ts';
import { openReader, readerOf } from '../decode/reader.ts';
import { openSource, type PickleSource } from '../decode/source.ts';
import type { DecodeOptions } from '../spec/options.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { resolveOptions } from '../values/resolve-options.ts';
import { memorySource, Peeked } from './peeked.ts';

export type ContainerName = CompressionName | 'zip' | 'tar';

export interface ContainerOptions {
  /**
   * What lies around the pickle. 'infer' (default) looks at the first bytes, and into what is found, as a tar archive in
   * gzip data. A name says what the outermost container is. null: nothing, it is a plain pickle.
   */
  readonly compression?: 'infer' | ContainerName | null | undefined;
  /** The member of a zip or tar archive that is the pickle. Need not be told where there is but one. */
  readonly member?: string | undefined;
}

export interface LoadOptions extends DecodeOptions, ContainerOptions {}

/** Pickles of an input, and how far that has been read. */
export interface OpenedPickles {
  readonly reader: PickleReader;
  /** Counts bytes of the input as it was given, compressed or not. */
  readonly input: { readonly received: number; readonly byteLength: number | undefined };
  /** Reads the containers to their ends, so that their checksums are looked at. */
  finish(): Promise<void>;
}

/** What begins so is a pickle of protocol 2 and later, and no container. */
const PROTO = 0x80;

/**
 * Opens a source for reading, whatever lies around its pickles.
 * @throws PickleError UNSUPPORTED_CONTAINER, CONTAINER_TRUNCATED, CONTAINER_CORRUPT, LIMIT_CONTAINERS and others; what the
 *   file system throws
 */
export async function openPickles(source: PickleSource, options?: LoadOptions): Promise<OpenedPickles> {
  const compression = options?.compression === undefined ? 'infer' : options.compression;
  const plain = compression === null || (compression === 'infer' && isBytes(source) && asBytes(source)[0] === PROTO);
  if (plain) {
    const reader = await openReader(source, options);
    return { reader, input: reader, finish: async () => undefined };
  }
  const resolved = resolveOptions(options);
  const budget = new Budget(resolved.limits);
  const outer = isBytes(source) ? memorySource(asBytes(source)) : await openSource(source);
  let inner: ByteSource = outer;
  try {
    inner = budget.counting(outer);
    let expected: ContainerName | undefined = compression === 'infer' ? undefined : compression;
    for (let depth = 0; ; depth++) {
      const peeked = new Peeked(inner);
      inner = peeked;
      const next = await unwrapped(peeked, expected, options?.member, budget);
      if (next === null) {
        // Nothing around it: bytes in memory are best read where they are.
        if (depth === 0 && isBytes(source)) {
          const reader = await openReader(source, options);
          return { reader, input: reader, finish: async () => undefined };
        }
        break;
      }
      const limit = budget.limits.maxContainers;
      if (depth >= limit) throw pickleError('LIMIT_CONTAINERS', { offset: 0, limit, actual: depth + 1 });
      inner = next;
      expected = undefined;
    }
  } catch (error) {
    await inner.close();
    throw error;
  }
  const pickles = inner;
  const input = {
    get received() {
      return budget.received;
    },
    byteLength: outer.byteLength,
  };
  const finish = async (): Promise<void> => {
    while ((await pickles.read()) !== null);
  };
  return { reader: await readerOf(pickles, options, resolved), input, finish };
}

/** What a container holds, or null where the bytes are none. */
async function unwrapped(
  source: Peeked,
  expected: ContainerName | undefined,
  member: string | undefined,
  budget: Budget,
): Promise<ByteSource | null> {
  const head = await source.peek(DETECT_BYTES);
  if (expected === undefined && head[0] === PROTO) return null;
  if (expected === 'zip' || (expected === undefined && isZip(head))) return zipMember(source, member, budget);
  if (expected === 'tar' || (expected === undefined && isTar(head))) {
    // As in pandas, 'tar' is a compressed one too.
    const packed = isTar(head) ? undefined : COMPRESSIONS.find((one) => one.detect(head));
    return packed === undefined ? tarMember(source, member, budget) : packed.open(source, budget);
  }
  const compression = COMPRESSIONS.find((one) => (expected === undefined ? one.detect(head) : one.name === expected));
  return compression === undefined ? null : compression.open(source, budget);
}

async function zipMember(source: Peeked, member: string | undefined, budget: Budget): Promise<ByteSource> {
  const archive = await ZipArchive.open(await accessOf(source, budget), budget);
  const names = archive.entries().map(({ name }) => name);
  const stream = archive.stream(chosen(names, member, 'zip'));
  return {
    byteLength: undefined,
    read: () => stream.read(),
    close: async () => {
      await stream.close();
      await source.close();
    },
  };
}

/** Bytes by place: of the file or memory itself; what is a stream must be in memory first. */
async function accessOf(source: Peeked, budget: Budget): Promise<RandomAccess> {
  const { byteLength } = source;
  if (byteLength !== undefined && source.canReadAt) {
    return { byteLength, readAt: (offset, length) => source.readAt(offset, length) };
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let piece = await source.read(); piece !== null; piece = await source.read()) {
    pieces.push(piece);
    length += piece.length;
    const limit = budget.limits.maxAllocation;
    if (length > limit) throw pickleError('LIMIT_ALLOC', { offset: limit, limit, actual: length });
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return accessTo(all);
}

async function tarMember(source: ByteSource, member: string | undefined, budget: Budget): Promise<ByteSource> {
  const tar = new TarReader(source, budget);
  const names: string[] = [];
  for (let entry = await tar.next(); entry !== null; entry = await tar.next()) {
    names.push(entry.name);
    if (member === undefined || entry.name === member) {
      return { byteLength: entry.byteLength, read: () => readOnly(tar, member), close: () => tar.close() };
    }
  }
  chosen(names, member, 'tar');
  throw unsupported('The tar archive has no such member.');
}

/** The bytes of a member; behind them, where none was asked for by name, there must be no other. */
async function readOnly(tar: TarReader, member: string | undefined): Promise<Uint8Array | null> {
  const bytes = await tar.read();
  if (bytes !== null) return bytes;
  const more = member === undefined ? await tar.next() : null;
  if (more !== null) throw unsupported(`The tar archive has more than one member: name it by { member: '...' }.`);
  return null;
}

/** The member that is the pickle. */
function chosen(names: readonly string[], member: string | undefined, what: string): string {
  const [first, ...others] = names;
  if (first === undefined) throw unsupported(`The ${what} archive has no members.`);
  const list =
    names
      .slice(0, 5)
      .map((name) => JSON.stringify(name))
      .join(', ') + (names.length > 5 ? ', ...' : '');
  if (member !== undefined) {
    if (names.includes(member)) return member;
    throw unsupported(`The ${what} archive has no member ${JSON.stringify(member)}, but ${list}.`);
  }
  if (others.length === 0) return first;
  throw unsupported(
    `The ${what} archive has ${names.length} members: name one by { member: '...' }. They are ${list}.`,
  );
}
