/** Decoding of files and streams, chunk by chunk. */
import type { DecodeOptions } from '../spec/options.ts';
import { openReader } from './reader.ts';
import type { PickleSource } from './source.ts';

export interface LoadAllOptions extends DecodeOptions {
  /**
   * Whether the pickles share one memo, as those do that one `pickle.Pickler` has written by several `dump`s. Default
   * false: each has a memo of its own, as `pickle.dump` writes them.
   */
  readonly sharedMemo?: boolean | undefined;
}

/**
 * Reads a pickle from a file or a stream, as Python's `pickle.load` does. The input is read chunk by chunk, so that it may
 * be larger than memory allows in one piece; chunks must not be changed once they were given.
 *
 * The source is used up: what lies behind the pickle is given up, files are closed, streams cancelled. To read on, use
 * `loadAll` or an Unpickler.
 *
 * @param source the path of a file, a URL (`file:`, or what `fetch` knows), a Blob, a Response, a ReadableStream, a Node
 *   stream, any other async iterable of bytes; or bytes in memory
 * @throws PickleError as `loads` does; what the file system or the stream throws
 * @example
 * const rows = await load('rows.pkl');
 * const rows = await load(await fetch('https://example.org/rows.pkl'));
 */
export async function load(source: PickleSource, options?: DecodeOptions): Promise<unknown> {
  const reader = await openReader(source, options);
  try {
    return await reader.next(true);
  } finally {
    await reader.close();
  }
}

/**
 * Reads pickles that lie one after another in one input, and gives each as soon as it is read: memory is bounded by the
 * largest of them. The input may end behind any pickle; an input of no bytes has none.
 *
 * When the loop is left, the source is let go of as by `load`.
 *
 * @throws PickleError in place of the pickle that is damaged; those before it have been given. Offsets count from the
 *   beginning of the input
 * @example
 * for await (const record of loadAll('log.pkl')) console.log(record);
 */
export async function* loadAll(
  source: PickleSource,
  options?: LoadAllOptions,
): AsyncGenerator<unknown, void, undefined> {
  const reader = await openReader(source, options);
  const fresh = options?.sharedMemo !== true;
  try {
    while (!(await reader.atEnd())) yield await reader.next(fresh);
  } finally {
    await reader.close();
  }
}
