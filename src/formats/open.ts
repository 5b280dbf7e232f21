/** Finds out what containers lie around a pickle, and takes them off. */
import type { ByteSource } from '../bytes/byte-source.ts';
import { Budget } from '../container/budget.ts';
import { DETECT_BYTES, type CompressionName } from '../container/container.ts';
import { bytesToTell } from '../container/detect.ts';
import { unsupported } from '../container/errors.ts';
import { COMPRESSIONS } from '../container/index.ts';
import { isZip } from '../container/marks.ts';
import { accessTo, type RandomAccess } from '../container/random-access.ts';
import { isTar, TarReader } from '../container/tar.ts';
import { asBytes, isBytes, type BytesLike } from '../bytes/bytes-like.ts';
import type { PickleReader } from '../decode/pickle-reader.ts';
import { openReader, readerOf } from '../decode/reader.ts';
import { openSource, type PickleSource } from '../decode/source.ts';
import type { DecodeOptions, ResolvedOptions } from '../spec/options.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { resolveOptions } from '../values/resolve-options.ts';
import { ContainedReader } from './contained.ts';
import { isTorchMember, isTorchTar, zFileHeadLength } from './marks.ts';
import { memorySource, Peeked } from './peeked.ts';
import { siblingsOf, type Siblings } from './siblings.ts';
import { readAll, Whole, WHOLE_FORMATS, type WholeFormat, WholeReader, wholeOfZip } from './whole.ts';

export type ContainerName = CompressionName | 'zip' | 'tar';

export interface ContainerOptions {
  /**
   * What lies around the pickle. 'infer' (default) looks at the first bytes, and into what is found, as a tar archive in
   * gzip data. A name says what the outermost container is. null: nothing, it is a plain pickle.
   */
  readonly compression?: 'infer' | ContainerName | null | undefined;
  /** The member of a zip or tar archive that is the pickle. Need not be told where there is but one. */
  readonly member?: string | undefined;
  /**
   * Gives the bytes of a file that lies beside the one that is read, by its name: joblib up to 0.9 wrote each array into a
   * file of its own. Default: such files are read where the source is a path.
   */
  readonly siblings?: Siblings | undefined;
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

const nothing = async (): Promise<void> => undefined;

/** What begins so is a pickle of protocol 2 and later, and no container. */
const PROTO = 0x80;

/**
 * Opens a source for reading, whatever lies around its pickles.
 * @param formats what is looked for where there is no container around, or none any more
 * @param resolved the options where they are resolved already
 * @throws PickleError UNSUPPORTED_CONTAINER, CONTAINER_TRUNCATED, CONTAINER_CORRUPT, LIMIT_CONTAINERS and others; what the
 *   file system throws
 */
export async function openPickles(
  source: PickleSource,
  options?: LoadOptions,
  formats: readonly WholeFormat[] = WHOLE_FORMATS,
  resolved: ResolvedOptions = resolveOptions(options),
): Promise<OpenedPickles> {
  const compression = options?.compression === undefined ? 'infer' : options.compression;
  const isPickle = compression === 'infer' && isBytes(source) && asBytes(source)[0] === PROTO;
  if (compression === null || (isPickle && !formats.some((one) => one.detect(asBytes(source as BytesLike))))) {
    const reader = await openReader(source, options, resolved);
    return { reader, input: reader, finish: nothing };
  }
  const budget = new Budget(resolved.limits);
  const setting: Setting = {
    budget,
    resolved,
    formats,
    member: options?.member,
    siblings: siblingsOf(source, options?.siblings),
  };
  const outer = isBytes(source) ? memorySource(asBytes(source)) : await openSource(source);
  let inner: ByteSource = outer;
  let isWrapped = false;
  try {
    inner = budget.counting(outer);
    let expected: ContainerName | undefined = compression === 'infer' ? undefined : compression;
    for (let depth = 0; ; depth++) {
      const peeked = new Peeked(inner);
      inner = peeked;
      const next = await unwrapped(peeked, expected, setting);
      if (next instanceof Whole) {
        const { byteLength } = outer;
        const reader = new WholeReader(next, peeked, budget, resolved);
        return { reader, input: inputOf(budget, byteLength), finish: nothing };
      }
      if (next === null) {
        // Nothing around it: bytes in memory are best read where they are.
        if (depth === 0 && isBytes(source)) {
          const reader = await openReader(source, options, resolved);
          return { reader, input: reader, finish: nothing };
        }
        break;
      }
      const limit = budget.limits.maxContainers;
      if (depth >= limit) throw pickleError('LIMIT_CONTAINERS', { offset: 0, limit, actual: depth + 1 });
      inner = next;
      isWrapped = true;
      expected = undefined;
    }
  } catch (error) {
    await inner.close();
    throw error;
  }
  const content = inner;
  const plain = await readerOf(content, options, resolved);
  const input = inputOf(budget, outer.byteLength);
  // What lies behind a plain pickle may be anything, or never come.
  if (!isWrapped) return { reader: plain, input, finish: nothing };
  const reader = new ContainedReader(plain, content);
  return { reader, input, finish: () => reader.finish() };
}

function inputOf(budget: Budget, byteLength: number | undefined): OpenedPickles['input'] {
  return {
    get received() {
      return budget.received;
    },
    byteLength,
  };
}

/** What holds for all containers of an input. */
interface Setting {
  readonly budget: Budget;
  readonly resolved: ResolvedOptions;
  readonly formats: readonly WholeFormat[];
  /** Of the outermost archive; undefined when that has been opened. */
  member: string | undefined;
  readonly siblings: Siblings | undefined;
}

/** What a container holds, or null where the bytes are none. */
async function unwrapped(
  source: Peeked,
  expected: ContainerName | undefined,
  setting: Setting,
): Promise<ByteSource | Whole | null> {
  const { budget } = setting;
  const head = await source.peek((bytes) => (expected === undefined ? bytesToTell(bytes) : DETECT_BYTES));
  if (expected === undefined && head[0] === PROTO) return wholeOf(source, head, setting);
  if (expected === undefined && zFileHeadLength(head) > 0) {
    return (await import('./joblib-zfile.ts')).openZFile(source, head, budget);
  }
  if (expected === 'zip' || (expected === undefined && isZip(head))) return zipMember(source, setting);
  if (expected === 'tar' || (expected === undefined && isTar(head))) {
    // As in pandas, 'tar' is a compressed one too.
    const packed = isTar(head) ? undefined : COMPRESSIONS.find((one) => one.detect(head));
    return packed === undefined ? tarMember(source, setting) : packed.open(source, budget);
  }
  const compression = COMPRESSIONS.find((one) => (expected === undefined ? one.detect(head) : one.name === expected));
  return compression === undefined ? wholeOf(source, head, setting) : compression.open(source, budget);
}

/** What bytes are that lie in no container; null where they are a pickle. */
function wholeOf(source: ByteSource, head: Uint8Array, { budget, resolved, formats, siblings }: Setting): Whole | null {
  const format = formats.find((one) => one.detect(head));
  return format === undefined ? null : Whole.of(format, () => readAll(source, budget), resolved, siblings);
}

async function zipMember(source: Peeked, setting: Setting): Promise<ByteSource | Whole> {
  const { budget, member, resolved } = setting;
  setting.member = undefined;
  const { ZipArchive } = await import('../container/zip.ts');
  const archive = await ZipArchive.open(await accessOf(source, budget), budget);
  const whole = member === undefined ? wholeOfZip(archive, resolved) : null;
  if (whole !== null) return whole;
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
  return accessTo(await readAll(source, budget));
}

async function tarMember(source: ByteSource, setting: Setting): Promise<ByteSource | Whole> {
  const { budget, member, resolved } = setting;
  setting.member = undefined;
  const tar = new TarReader(source, budget);
  const names: string[] = [];
  for (let entry = await tar.next(); entry !== null; entry = await tar.next()) {
    if (member === undefined && isTorchMember(entry.name)) return torchTar(tar, entry.name, budget, resolved);
    names.push(entry.name);
    if (member === undefined || entry.name === member) {
      return { byteLength: entry.byteLength, read: () => readOnly(tar, member), close: () => tar.close() };
    }
  }
  chosen(names, member, 'tar');
  throw unsupported('The tar archive has no such member.');
}

/** An archive whose first member has a name that torch gives: torch's, or one with that member alone. */
async function torchTar(
  tar: TarReader,
  first: string,
  budget: Budget,
  resolved: ResolvedOptions,
): Promise<ByteSource | Whole> {
  const members = new Map<string, Uint8Array>();
  for (let name: string | undefined = first; name !== undefined; name = (await tar.next())?.name) {
    const content = { byteLength: undefined, read: () => tar.read(), close: async () => undefined };
    members.set(name.replace(/^\.\//, ''), await readAll(content, budget));
  }
  const names = [...members.keys()];
  if (isTorchTar(names)) {
    return new Whole(async () => (await import('./torch-tar.ts')).readTorchTar(members, resolved));
  }
  return memorySource(members.get(chosen(names, undefined, 'tar'))!);
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
