/** Writing to files and streams, piece by piece. */
import type { EncodeOptions } from '../spec/encode-options.ts';
import { openSink, type Destination } from './destination.ts';
import { Encoder } from './encoder.ts';
import { Memo } from './memo.ts';
import { resolveSettings } from './settings.ts';

/** Bytes that gather before they are handed over. */
const PIECES = 1 << 18;

/**
 * Writes a value as a pickle to a file or stream, as Python's `pickle.dump` does. Pieces go out as they are made, when there
 * is room for them: the whole is never held. The value must not be changed until the promise is resolved.
 *
 * A file is written whole or not at all: until then it is what it was. Streams stay open for more; in them, and in what
 * functions have got, a pickle that fails is cut short.
 *
 * @param destination a path, a `file:` URL, a Node Writable, a WritableStream, an object with `write(piece)`, or a function
 * @throws as `dumps`; what the file system or the stream throws
 * @example
 * await dump(rows, 'rows.pkl', { protocol: 5 })
 */
export async function dump(value: unknown, destination: Destination, options?: EncodeOptions): Promise<void> {
  await encodeTo(new Encoder(resolveSettings(options), new Memo()), value, destination);
}

export async function encodeTo(encoder: Encoder, value: unknown, destination: Destination): Promise<void> {
  const sink = await openSink(destination);
  try {
    encoder.begin(value, PIECES);
    for (let isDone = false; !isDone;) {
      isDone = encoder.run();
      for (const piece of isDone ? encoder.out.rest() : encoder.out.take()) await sink.write(piece);
    }
  } catch (error) {
    encoder.abandon();
    await sink.failed(error);
    throw error;
  } finally {
    encoder.out.forgo();
  }
  await sink.done();
}
