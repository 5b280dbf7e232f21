/** Streams of `node:zlib`, driven by hand: pieces come as they are asked for, and little lies waiting. */
import type { Transform } from 'node:stream';

/** An engine of `node:zlib`, which counts what it has used. */
export type Engine = Transform & { readonly bytesWritten: number };

/**
 * What chunks become. The engine is destroyed at the end.
 * @param next the next chunk, asked for when the one before is used up; or null behind the last
 * @throws what `next` throws, and the engine's own errors
 */
export async function* through(
  engine: Engine,
  next: () => Promise<Uint8Array | null>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let failure: Error | undefined;
  let ended = false;
  let writing = false;
  let isLast = false;
  let given = 0;
  let woken = false;
  let resolve: (() => void) | undefined;
  const wake = (): void => {
    woken = true;
    resolve?.();
  };
  engine.on('error', (error) => {
    failure = error;
    wake();
  });
  engine.on('readable', wake);
  engine.on('end', () => {
    ended = true;
    wake();
  });
  try {
    for (;;) {
      woken = false;
      const piece = engine.read() as Uint8Array | null;
      if (piece !== null) {
        yield new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
        continue;
      }
      if (failure !== undefined) throw failure;
      if (ended) return;
      if (!writing && !isLast) {
        const chunk = await next();
        if (chunk === null) {
          isLast = true;
          engine.end();
        } else {
          writing = true;
          given += chunk.length;
          engine.write(chunk, () => {
            writing = false;
            // What it leaves lies behind its data: 'end' comes, though it may come later.
            isLast = engine.bytesWritten < given;
            wake();
          });
        }
        continue;
      }
      if (!woken) await new Promise<void>((done) => (resolve = done));
    }
  } finally {
    engine.destroy();
  }
}
