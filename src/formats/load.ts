/** Decoding of files and streams, chunk by chunk, out of the containers that they lie in. */
import type { LoadAllOptions as PlainLoadAllOptions } from '../decode/load.ts';
import type { PickleSource } from '../decode/source.ts';
import { isBytes } from '../bytes/bytes-like.ts';
import { type PickleError, PickleLimitError, PickleMachineError, PickleSyntaxError } from '../spec/pickle-error.ts';
import type { ContainerOptions, LoadOptions } from './open.ts';
import type { WholeFormat } from './whole.ts';

export interface LoadAllOptions extends PlainLoadAllOptions, ContainerOptions {}

/**
 * Reads a pickle from a file or a stream, as Python's `pickle.load` does, and as `pandas.read_pickle` does: gzip, zlib,
 * bz2, xz, lzma, zstd and lz4 data, zip and tar archives are found by their first bytes and taken off, also within each
 * other. Files of torch, joblib and numpy (.npy, .npz) are found so too, and read as a whole. Other input is read chunk by
 * chunk, so that it may be larger than memory allows in one piece; chunks must not be changed once they were given.
 *
 * The source is used up: what lies behind the pickle is given up, files are closed, streams cancelled. Compressed data is
 * read to its end, so that its checksum is looked at. To read on, use `loadAll`.
 *
 * @param source the path of a file, a URL (`file:`, or what `fetch` knows), a Blob, a Response, a ReadableStream, a Node
 *   stream, any other async iterable of bytes; or bytes in memory
 * @throws PickleError as `loads` does, and for containers: UNSUPPORTED_CONTAINER, CONTAINER_CORRUPT, CONTAINER_TRUNCATED,
 *   CONTAINER_CHECKSUM, TRAILING_DATA, ZIP_*, LIMIT_INFLATED, with offsets in the container; what the file system or the
 *   stream throws
 * @example
 * const rows = await load('rows.pkl.gz');
 * const rows = await load(await fetch('https://example.org/rows.pkl'));
 */
export async function load(source: PickleSource, options?: LoadOptions): Promise<unknown> {
  try {
    return await loadAs(source, options, undefined);
  } catch (error) {
    const isDamage = error instanceof PickleSyntaxError || error instanceof PickleMachineError;
    if (!isDamage || options?.compression === null || !canReopen(source) || !mayHoldArrays(error)) throw error;
    const { secondTry } = await import('./whole.ts');
    // Damage, or an array of joblib that begins far behind.
    return await loadAs(source, withLeast(options), [secondTry(error)]).catch((second: unknown) => {
      throw second instanceof PickleLimitError ? error : second;
    });
  }
}

/** A file that is read twice has to fit into memory: a damaged one must not fill it. */
const MAX_SECOND_BYTES = 2 ** 30;

function withLeast(options: LoadOptions | undefined): LoadOptions {
  const maxAllocation = Math.min(options?.limits?.maxAllocation ?? Infinity, MAX_SECOND_BYTES);
  return { ...options, limits: { ...options?.limits, maxAllocation } };
}

/** Before an array of joblib stand the opcodes of its wrapper, with its name. */
const MIN_WRAPPER_BYTES = 32;

/** Whether the containers are sound, and enough has been read of what they hold for a wrapper of joblib to stand there. */
const mayHoldArrays = ({ code, offset }: PickleError): boolean =>
  offset >= MIN_WRAPPER_BYTES && !/^(?:CONTAINER|ZIP)_/.test(code);

/** Whether a source can be read a second time, from its beginning. */
function canReopen(source: PickleSource): boolean {
  if (isBytes(source) || typeof source === 'string') return true;
  return source instanceof URL ? source.protocol === 'file:' : typeof Blob === 'function' && source instanceof Blob;
}

async function loadAs(
  source: PickleSource,
  options: LoadOptions | undefined,
  formats: readonly WholeFormat[] | undefined,
): Promise<unknown> {
  const { openPickles } = await import('./open.ts');
  const { reader, finish } = await openPickles(source, options, formats);
  try {
    const value = await reader.next(true);
    await finish();
    return value;
  } finally {
    await reader.close();
  }
}

/**
 * Reads pickles that lie one after another in one input, and gives each as soon as it is read: memory is bounded by the
 * largest of them, also where they are compressed. The input may end behind any pickle; an input of no bytes has none.
 *
 * When the loop is left, the source is let go of as by `load`.
 *
 * @throws PickleError in place of the pickle that is damaged; those before it have been given. Offsets count from the
 *   beginning of the input, decompressed
 * @example
 * for await (const record of loadAll('log.pkl.gz')) console.log(record);
 */
export async function* loadAll(
  source: PickleSource,
  options?: LoadAllOptions,
): AsyncGenerator<unknown, void, undefined> {
  const { openPickles } = await import('./open.ts');
  const { reader } = await openPickles(source, options);
  const fresh = options?.sharedMemo !== true;
  try {
    while (!(await reader.atEnd())) yield await reader.next(fresh);
  } finally {
    await reader.close();
  }
}
