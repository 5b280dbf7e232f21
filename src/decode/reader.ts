/** Opens any input for reading: in memory or from a stream. */
import type { ByteSource } from '../bytes/byte-source.ts';
import type { EngineName } from '../machine/auto.ts';
import type { DecodeOptions, ResolvedOptions } from '../spec/options.ts';
import { resolveOptions } from '../values/resolve-options.ts';
import { asBytes, isBytes } from '../bytes/bytes-like.ts';
import type { PickleReader } from './pickle-reader.ts';
import { endOf, openSession, type Session } from './session.ts';
import { checkInputBytes, isAllocationSaid } from './settings.ts';
import { openSource, type PickleSource } from './source.ts';
import { StreamReader } from './stream-reader.ts';

/** @param resolved the options where they are resolved already */
export async function openReader(
  source: PickleSource,
  options: DecodeOptions | undefined,
  resolved: ResolvedOptions = resolveOptions(options),
): Promise<PickleReader> {
  if (isBytes(source)) return new MemoryReader(asBytes(source), resolved, isAllocationSaid(options));
  return readerOf(await openSource(source), options, resolved);
}

/** Reads pickles from a stream that is open; it is closed with the reader, or where that cannot be made. */
export async function readerOf(
  opened: ByteSource,
  options: DecodeOptions | undefined,
  resolved: ResolvedOptions = resolveOptions(options),
): Promise<PickleReader> {
  try {
    checkInputBytes(resolved, opened.byteLength ?? 0);
    return new StreamReader(opened, openSession(resolved, opened.byteLength ?? Infinity, isAllocationSaid(options)));
  } catch (error) {
    await opened.close();
    throw error;
  }
}

class MemoryReader implements PickleReader {
  readonly received: number;
  readonly byteLength: number;
  position = 0;
  readonly #bytes: Uint8Array;
  readonly #session: Session;

  constructor(bytes: Uint8Array, options: ResolvedOptions, allocationSaid: boolean) {
    checkInputBytes(options, bytes.length);
    this.byteLength = this.received = bytes.length;
    this.#bytes = bytes;
    this.#session = openSession(options, bytes.length, allocationSaid);
  }

  get engine(): EngineName {
    return this.#session.machine.engine;
  }

  atEnd(): boolean {
    return this.position === this.byteLength;
  }

  next(fresh: boolean): unknown {
    const session = this.#session;
    session.begin(fresh);
    const value = session.read(this.#bytes, this.position);
    this.position = endOf(session.machine);
    return value;
  }

  close(): void {
    this.#session.close(this.#bytes.buffer.byteLength);
  }
}
