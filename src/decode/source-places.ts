/** Sources that are named rather than given: files, and what a URL leads to. */
import type { FileHandle } from 'node:fs/promises';
import type { ByteSource } from '../bytes/byte-source.ts';
import { fileSystem } from '../bytes/node-modules.ts';

/** Bytes for one read of a file, into a fresh buffer each time. */
const FILE_CHUNK_BYTES = 2 ** 20;
/** Node reads less than 2^31 bytes at a time. */
const MAX_READ_BYTES = 2 ** 30;

/** Opens a file of the local file system; a pipe or a device too. */
export async function openFile(path: string | URL): Promise<ByteSource> {
  const { open } = await fileSystem();
  const file = await open(path, 'r');
  let offset = 0;
  let isOpen = true;
  let byteLength: number | undefined;
  try {
    const stat = await file.stat();
    if (stat.isFile()) byteLength = stat.size;
  } catch (error) {
    await file.close();
    throw error;
  }
  /** Pipes have no positions. */
  const isSeekable = byteLength !== undefined;

  const readInto = async (target: Uint8Array): Promise<number> => {
    if (!isOpen) return 0;
    const { bytesRead } = await file.read(
      target,
      0,
      Math.min(target.length, MAX_READ_BYTES),
      isSeekable ? offset : null,
    );
    offset += bytesRead;
    return bytesRead;
  };
  const source: ByteSource = {
    byteLength,
    async read() {
      // A file may be longer than it said: it is at its end when nothing is read.
      const rest = byteLength === undefined || offset >= byteLength ? FILE_CHUNK_BYTES : byteLength - offset;
      const chunk = new Uint8Array(Math.min(FILE_CHUNK_BYTES, rest));
      const bytesRead = await readInto(chunk);
      return bytesRead === 0 ? null : chunk.subarray(0, bytesRead);
    },
    readInto,
    async close() {
      if (!isOpen) return;
      isOpen = false;
      await file.close();
    },
  };
  if (isSeekable) source.readAt = (at, length) => readAt(file, at, length, byteLength ?? 0);
  return source;
}

/** Reads a part of a file: no more is made room for than the file says it has. */
async function readAt(file: FileHandle, at: number, length: number, byteLength: number): Promise<Uint8Array> {
  const target = new Uint8Array(Math.max(0, Math.min(length, byteLength - at)));
  let filled = 0;
  while (filled < target.length) {
    const most = Math.min(target.length - filled, MAX_READ_BYTES);
    const { bytesRead } = await file.read(target, filled, most, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return target.subarray(0, filled);
}

/** Fetches a URL. Throws an Error where the answer is no success. */
export async function openUrl(url: URL): Promise<Response> {
  const response = await fetch(url);
  if (response.ok) return response;
  await response.body?.cancel();
  throw new Error(`${url.href} cannot be read: ${response.status} ${response.statusText}`.trimEnd());
}
