/** Where pickles are written to: files, Node's streams, the web's, and functions. */
import { fileSystem } from '../bytes/node-modules.ts';

/** What takes pieces of a pickle, one after another: the next when what it returned is resolved. */
export interface PieceWriter {
  write(piece: Uint8Array): unknown;
}

/** The parts of Node's Writable that are needed. */
interface NodeWritable extends PieceWriter {
  once(event: string, listener: (error?: unknown) => void): unknown;
  removeListener(event: string, listener: (error?: unknown) => void): unknown;
  readonly writableNeedDrain?: boolean;
  readonly destroyed?: boolean;
}

/** A path, a `file:` URL, a Node Writable, a WritableStream, an object with `write`, or a function. */
export type Destination =
  | string
  | URL
  | WritableStream<Uint8Array>
  | PieceWriter
  | { write(piece: Uint8Array, ...more: never[]): unknown }
  | ((piece: Uint8Array) => unknown);

/** A destination that is open. */
export interface Sink {
  /** Resolves when there is room for more. The piece may be changed only after that. */
  write(piece: Uint8Array): Promise<void>;
  /** The pickle is whole. */
  done(): Promise<void>;
  /** The pickle failed: what can be taken back is. */
  failed(error: unknown): Promise<void>;
}

const nothing = (): Promise<void> => Promise.resolve();

/**
 * Opens a destination for one pickle.
 * @throws TypeError where it is none
 */
export async function openSink(destination: Destination): Promise<Sink> {
  if (typeof destination === 'string' || destination instanceof URL) return openFile(destination);
  if (typeof destination === 'function') return sinkOf(async (piece) => void (await destination(piece)));
  if (isWebStream(destination)) return openWebStream(destination);
  if (typeof (destination as Partial<PieceWriter> | null)?.write !== 'function') {
    throw new TypeError('A pickle is written to a path, a file URL, a stream, a function, or an object with write().');
  }
  const writer = destination as PieceWriter;
  if (isNodeStream(writer)) return sinkOf((piece) => writeToNode(writer, piece));
  return sinkOf(async (piece) => void (await writer.write(piece)));
}

const sinkOf = (write: Sink['write']): Sink => ({ write, done: nothing, failed: nothing });

function isWebStream(value: unknown): value is WritableStream<Uint8Array> {
  return typeof (value as Partial<WritableStream> | null)?.getWriter === 'function';
}

function isNodeStream(value: PieceWriter): value is NodeWritable {
  return typeof (value as Partial<NodeWritable>).once === 'function' && 'writableNeedDrain' in value;
}

/** The stream stays open: more may be written to it. */
function openWebStream(stream: WritableStream<Uint8Array>): Sink {
  const writer = stream.getWriter();
  const release = async (): Promise<void> => writer.releaseLock();
  return {
    async write(piece) {
      await writer.ready;
      await writer.write(piece);
    },
    done: release,
    failed: release,
  };
}

/** Waits until the stream has taken the piece, and has room for another. */
function writeToNode(stream: NodeWritable, piece: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    if (stream.destroyed === true) {
      reject(new Error('The stream was closed before the pickle was written.'));
      return;
    }
    const listeners: Readonly<Record<string, (error?: unknown) => void>> = {
      drain: () => end(resolve),
      error: (error) => end(() => reject(error)),
      close: () => end(() => reject(new Error('The stream was closed before the pickle was written.'))),
    };
    const end = (settle: () => void): void => {
      for (const [event, listener] of Object.entries(listeners)) stream.removeListener(event, listener);
      settle();
    };
    for (const [event, listener] of Object.entries(listeners)) stream.once(event, listener);
    stream.write(piece);
    if (stream.writableNeedDrain !== true) end(resolve);
  });
}

/**
 * A file that is written whole or not at all: a temporary one beside it, which takes its place in the end. Whoever reads
 * the path meanwhile, and whenever the process ends, finds what was there before.
 */
async function openFile(path: string | URL): Promise<Sink> {
  const files = await fileSystem();
  const target = typeof path === 'string' ? path : decodeURIComponent(fileUrl(path).pathname);
  // A link goes on pointing to where it pointed.
  const real = await files.realpath(target).catch(() => target);
  const temporary = `${real}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  const file = await files.open(temporary, 'wx');
  const drop = async (): Promise<void> => {
    await file.close().catch(() => undefined);
    await files.rm(temporary, { force: true });
  };
  return {
    async write(piece) {
      for (let at = 0; at < piece.length;) at += (await file.write(piece, at)).bytesWritten;
    },
    async done() {
      try {
        const old = await files.stat(real).catch(() => undefined);
        if (old !== undefined) await file.chmod(old.mode & 0o7777);
        await file.sync();
        await file.close();
        await files.rename(temporary, real);
      } catch (error) {
        await drop();
        throw error;
      }
    },
    failed: drop,
  };
}

function fileUrl(url: URL): URL {
  if (url.protocol !== 'file:') throw new TypeError(`A pickle is written to a file: URL, not to ${url.protocol}`);
  return url;
}
