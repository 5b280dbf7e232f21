/** Where the bytes of a stream come from: everything that `load` takes, as one kind of thing. */
import type { ByteSource } from '../bytes/byte-source.ts';
import { asBytes, isBytes, type BytesLike } from '../bytes/bytes-like.ts';
import { openFile, openUrl } from './source-places.ts';

/** What `load`, `loadAll` and `Unpickler` read from. */
export type PickleSource =
  string | URL | BytesLike | Blob | Response | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Opens a source. Bytes in memory are not one: they are read where they are.
 * @throws TypeError on what no pickle can be read from; what the file system throws where a file cannot be opened
 */
export async function openSource(source: Exclude<PickleSource, BytesLike>): Promise<ByteSource> {
  if (typeof source === 'string') return openFile(source);
  if (source instanceof URL)
    return source.protocol === 'file:' ? openFile(source) : openResponse(await openUrl(source));
  if (typeof source === 'object' && source !== null) {
    if (typeof Response === 'function' && source instanceof Response) return openResponse(source);
    if (typeof Blob === 'function' && source instanceof Blob) return openReadable(source.stream(), source.size);
    if ('getReader' in source) return openReadable(source, undefined);
    if (Symbol.asyncIterator in source) return openIterable(source);
  }
  throw new TypeError('A pickle is read from bytes, a path, a URL, a Blob, a Response, or a stream of bytes.');
}

function openResponse(response: Response): ByteSource {
  if (response.body === null) throw new TypeError('The response has no body.');
  // Content-Length counts the bytes before a Content-Encoding is undone, so it tells nothing.
  return openReadable(response.body, undefined);
}

function openReadable(stream: ReadableStream<Uint8Array>, byteLength: number | undefined): ByteSource {
  const reader = stream.getReader();
  let open = true;
  return {
    byteLength,
    async read() {
      while (open) {
        const { done, value } = await reader.read();
        if (done) {
          open = false;
          reader.releaseLock();
        } else {
          const bytes = chunkBytes(value);
          if (bytes.length > 0) return bytes;
        }
      }
      return null;
    },
    async close() {
      if (!open) return;
      open = false;
      try {
        await reader.cancel();
      } finally {
        reader.releaseLock();
      }
    },
  };
}

function openIterable(iterable: AsyncIterable<Uint8Array>): ByteSource {
  const iterator = iterable[Symbol.asyncIterator]();
  let open = true;
  return {
    byteLength: undefined,
    async read() {
      while (open) {
        const { done, value } = await iterator.next();
        if (done === true) open = false;
        else {
          const bytes = chunkBytes(value);
          if (bytes.length > 0) return bytes;
        }
      }
      return null;
    },
    async close() {
      if (!open) return;
      open = false;
      await iterator.return?.();
    },
  };
}

function chunkBytes(chunk: unknown): Uint8Array {
  if (isBytes(chunk)) return asBytes(chunk);
  throw new TypeError(
    typeof chunk === 'string'
      ? 'The stream gives strings: a pickle is bytes. Do not set an encoding on the stream.'
      : 'The stream must give Uint8Arrays or Buffers.',
  );
}
