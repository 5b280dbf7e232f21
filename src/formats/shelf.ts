/** Shelves of Python's `shelve` on `dbm.dumb`: a text index `.dir`, and the pickles in `.dat`. */
import { fileSystem } from '../bytes/node-modules.ts';
import { truncated, unsupported } from '../container/errors.ts';
import { loads } from '../decode/loads.ts';
import type { DecodeOptions } from '../spec/options.ts';

export interface ShelfOptions extends DecodeOptions {
  /** Encoding of the keys, as `shelve.open` has it: any that TextDecoder knows. Default UTF-8. */
  readonly keyEncoding?: string | undefined;
}

/** A line of the index: the key as a Python literal, where its bytes begin and how many they are. */
const LINE = /^(b?)(['"])(.*)\2, \((\d+), (\d+)\)$/s;

/**
 * Opens a shelf. Nothing but its index is read until a value is asked for.
 * @param path of the shelf as Python has it, or of its `.dir` or `.dat` file
 * @throws PickleError UNSUPPORTED_CONTAINER where the index is none; what the file system throws
 * @example
 * const shelf = await openShelf('settings');
 * for await (const [key, value] of shelf) console.log(key, value);
 */
export async function openShelf(path: string, options?: ShelfOptions): Promise<Shelf> {
  const { readFile } = await fileSystem();
  const base = path.replace(/\.(?:dir|dat)$/, '');
  const decoder = new TextDecoder(options?.keyEncoding, { fatal: true });
  const places = new Map<string, Place>();
  for (const line of (await readFile(`${base}.dir`, 'latin1')).split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const found = LINE.exec(line.trimEnd());
    const key = found === null ? null : keyBytes(found[3]!);
    if (found === null || key === null) throw unsupported(`This is no index of dbm.dumb: ${line.slice(0, 60)}`);
    places.set(textOfKey(decoder, key), { offset: Number(found[4]), byteLength: Number(found[5]) });
  }
  return new Shelf(`${base}.dat`, places, options);
}

interface Place {
  readonly offset: number;
  readonly byteLength: number;
}

/** Keys and values of a shelf; each value is read when it is asked for, and read anew each time. */
export class Shelf {
  readonly #path: string;
  readonly #places: ReadonlyMap<string, Place>;
  readonly #options: DecodeOptions | undefined;

  constructor(path: string, places: ReadonlyMap<string, Place>, options: DecodeOptions | undefined) {
    this.#path = path;
    this.#places = places;
    this.#options = options;
  }

  get size(): number {
    return this.#places.size;
  }

  /** In the order of the index. */
  keys(): string[] {
    return [...this.#places.keys()];
  }

  has(key: string): boolean {
    return this.#places.has(key);
  }

  /** The value of a key, undefined where there is none. @throws PickleError as `loads` does, and CONTAINER_TRUNCATED */
  async get(key: string): Promise<unknown> {
    const place = this.#places.get(key);
    return place === undefined ? undefined : loads(await this.#bytes(place), this.#options);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<[key: string, value: unknown], void, undefined> {
    for (const [key, place] of this.#places) yield [key, loads(await this.#bytes(place), this.#options)];
  }

  async #bytes({ offset, byteLength }: Place): Promise<Uint8Array> {
    const { open } = await fileSystem();
    const file = await open(this.#path, 'r');
    try {
      const { size } = await file.stat();
      if (offset > size || byteLength > size - offset) throw truncated('data file of the shelf', size);
      const bytes = new Uint8Array(byteLength);
      let filled = 0;
      while (filled < byteLength) {
        const { bytesRead } = await file.read(bytes, filled, byteLength - filled, offset + filled);
        if (bytesRead === 0) throw truncated('data file of the shelf', offset + filled);
        filled += bytesRead;
      }
      return bytes;
    } finally {
      await file.close();
    }
  }
}

function textOfKey(decoder: TextDecoder, key: Uint8Array): string {
  try {
    return decoder.decode(key);
  } catch {
    throw unsupported(`A key of the shelf is no ${decoder.encoding}: name its encoding by { keyEncoding: '...' }.`);
  }
}

const ESCAPES = new Map<string, number>([
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['\\', 92],
  ["'", 39],
  ['"', 34],
]);

/** The bytes of a key: Python's `repr` of their Latin-1 text. Null where it is none. */
function keyBytes(text: string): Uint8Array | null {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\') {
      bytes.push(text.charCodeAt(i));
      continue;
    }
    const escaped = ESCAPES.get(text[++i] ?? '');
    const hex = /^x([0-9a-f]{2})/i.exec(text.slice(i, i + 3));
    if (hex !== null) {
      bytes.push(parseInt(hex[1]!, 16));
      i += 2;
    } else if (escaped !== undefined) bytes.push(escaped);
    else return null;
  }
  return Uint8Array.from(bytes);
}
