/** Formats that hold more than pickles, and are read as a whole. */
import { gather, type ByteSource } from '../bytes/byte-source.ts';
import type { Budget } from '../container/budget.ts';
import type { ZipArchive } from '../container/zip.ts';
import type { PickleReader } from '../decode/pickle-reader.ts';
import { engineFor, type EngineName } from '../machine/auto.ts';
import type { ResolvedOptions } from '../spec/options.ts';
import { pickleError } from '../spec/pickle-error.ts';
import type { Siblings } from './joblib-siblings.ts';
import type { ReadPickle } from './pickles.ts';
import { beginsJoblib, isNpy, isNpz, isTorchLegacy, namesJoblib, namesSiblings, torchPrefix } from './marks.ts';

export interface WholeFormat {
  readonly name: string;
  /** By the first bytes, as many as have come. */
  detect(head: Uint8Array): boolean;
  /**
   * Loads what reads it.
   * @param from where it begins: behind others of its kind
   * @returns the value, and where the next one may begin
   */
  read(bytes: Uint8Array, options: ResolvedOptions, siblings: Siblings | undefined, from: number): Promise<ReadPickle>;
}

const readJoblib: WholeFormat['read'] = async (bytes, options, _siblings, from) =>
  (await import('./joblib.ts')).readJoblib(bytes, options, from);

/** In the order in which they are tried. */
export const WHOLE_FORMATS: readonly WholeFormat[] = [
  {
    name: 'npy',
    detect: isNpy,
    read: async (bytes, options) => ({ value: (await import('./npy.ts')).readNpy(bytes, options), end: bytes.length }),
  },
  {
    name: 'torch',
    detect: isTorchLegacy,
    read: async (bytes, options, _siblings, from) =>
      (await import('./torch-legacy.ts')).readTorchLegacy(bytes, options, from),
  },
  { name: 'joblib', detect: beginsJoblib, read: readJoblib },
  {
    name: 'joblib 0.9',
    detect: namesSiblings,
    read: async (...given) => (await import('./joblib-siblings.ts')).readWithSiblings(...given),
  },
];

/** A file whose values have been found otherwise than by reading its pickles. */
export class Whole {
  /** The next value. */
  readonly read: () => Promise<unknown>;
  /** Whether another one may lie behind those that have been read. */
  readonly hasMore: () => boolean;

  constructor(read: () => Promise<unknown>, hasMore = (): boolean => false) {
    this.read = read;
    this.hasMore = hasMore;
  }

  /** Values of a format one after another, as several calls of `joblib.dump` write them. */
  static of(
    format: WholeFormat,
    open: () => Promise<Uint8Array>,
    options: ResolvedOptions,
    siblings: Siblings | undefined,
  ): Whole {
    let bytes: Uint8Array | undefined;
    let at = 0;
    const read = async (): Promise<unknown> => {
      bytes ??= await open();
      const { value, end } = await format.read(bytes, options, siblings, at);
      at = end;
      return value;
    };
    return new Whole(read, () => bytes === undefined || at < bytes.length);
  }
}

/** What reads a pickle again that could not be read as one: as joblib's, whose name may stand anywhere before its arrays. */
export function secondTry(failure: unknown): WholeFormat {
  return {
    name: 'joblib',
    detect: () => true,
    async read(bytes, ...rest) {
      if (!namesJoblib(bytes)) throw failure;
      return readJoblib(bytes, ...rest);
    },
  };
}

/** What a zip archive is as a whole; null where it is an archive of a pickle. */
export function wholeOfZip(archive: ZipArchive, options: ResolvedOptions): Whole | null {
  const prefix = torchPrefix(archive);
  if (prefix !== undefined) {
    return new Whole(async () => (await import('./torch-zip.ts')).readTorchZip(archive, prefix, options));
  }
  return isNpz(archive) ? new Whole(async () => (await import('./npz.ts')).readNpz(archive, options)) : null;
}

/** All bytes of a source: one piece is given as it is. */
export async function readAll(source: ByteSource, budget: Budget): Promise<Uint8Array> {
  const { byteLength, readInto } = source;
  const limit = budget.limits.maxAllocation;
  const check = (actual: number): void => {
    if (actual > limit) throw pickleError('LIMIT_ALLOC', { offset: limit, limit, actual });
  };
  if (byteLength !== undefined && readInto !== undefined) {
    check(byteLength);
    const all = new Uint8Array(byteLength);
    let filled = 0;
    for (let count = 1; count > 0 && filled < byteLength; filled += count) {
      count = await readInto.call(source, all.subarray(filled));
    }
    return all.subarray(0, filled);
  }
  return gather(source, check);
}

/** The values of a file that is read as a whole: most have one. */
export class WholeReader implements PickleReader {
  readonly engine: EngineName;
  readonly #whole: Whole;
  readonly #source: ByteSource;
  readonly #input: { readonly received: number };
  #isRead = false;

  constructor(whole: Whole, source: ByteSource, input: { readonly received: number }, options: ResolvedOptions) {
    this.#whole = whole;
    this.#source = source;
    this.#input = input;
    this.engine = engineFor(options.engine, source.byteLength ?? Infinity);
  }

  get received(): number {
    return this.#input.received;
  }

  get byteLength(): number | undefined {
    return this.#source.byteLength;
  }

  get position(): number {
    return this.#isRead ? this.received : 0;
  }

  atEnd(): boolean {
    return this.#isRead && !this.#whole.hasMore();
  }

  async next(): Promise<unknown> {
    const value = await this.#whole.read();
    this.#isRead = true;
    return value;
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}
