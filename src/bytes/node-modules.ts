/** Node's own modules, where there are any. Their names are arguments, so that bundlers for browsers do not look for them. */
import type * as Files from 'node:fs/promises';
import type * as Zlib from 'node:zlib';

export const isNode = (): boolean => typeof process === 'object' && typeof process.versions?.node === 'string';

const moduleOf = (name: string): Promise<unknown> => import(/* webpackIgnore: true */ /* @vite-ignore */ name);

/** @throws Error where there is no file system */
export async function fileSystem(): Promise<typeof Files> {
  try {
    return (await moduleOf('node:fs/promises')) as typeof Files;
  } catch (cause) {
    throw new Error('There is no file system here: give bytes, a Blob, a Response or a stream.', { cause });
  }
}

/** Only where `isNode()`. */
export async function nodeZlib(): Promise<typeof Zlib> {
  return (await moduleOf('node:zlib')) as typeof Zlib;
}
