/** Decoding of bytes in memory: nothing is asynchronous, and nothing but large strings is copied. */
import type { EngineName } from '../machine/auto.ts';
import type { DecodeOptions } from '../spec/options.ts';
import { resolveOptions } from '../values/resolve-options.ts';
import { asBytes, type BytesLike } from '../bytes/bytes-like.ts';
import { endOf, openSession, type Session } from './session.ts';
import { checkInputBytes, isAllocationSaid } from './settings.ts';

/** What `loadsPrefix` gives. */
export interface Prefix {
  readonly value: unknown;
  /** Bytes that the pickle takes: what follows it begins there. */
  readonly bytesUsed: number;
  /** The pickle's protocol, 0 where it does not tell: protocols 0 and 1 don't. */
  readonly protocol: number;
  /** The engine that has read it. */
  readonly engine: EngineName;
}

/**
 * Reads a pickle from bytes in memory, as Python's `pickle.loads` does. Bytes behind the pickle are ignored;
 * `loadsPrefix` tells where they begin.
 *
 * Nothing that the pickle names is imported or called, unless it is registered. A `bytes` of the pickle is a view of the
 * given bytes, so these must not be changed as long as it is in use; see the option `copyBytes`.
 *
 * @param bytes a Uint8Array, Buffer, ArrayBuffer or other view
 * @returns the value; the table in README says what each Python type becomes
 * @throws PickleError with a `code`, and the `offset` in bytes of the opcode that it is about; what a callback throws
 * @example
 * loads(await readFile('rows.pkl')) // [{ id: 1, name: 'Ada' }, ...]
 */
export function loads(bytes: BytesLike, options?: DecodeOptions): unknown {
  const input = asBytes(bytes);
  const session = open(input, options);
  try {
    session.begin(true);
    return session.read(input, 0);
  } finally {
    session.close(input.buffer.byteLength);
  }
}

/**
 * Reads the pickle that some bytes begin with, and tells how many bytes it takes: for formats that go on behind a pickle.
 * For several pickles in a row, see `loadAll`.
 * @throws as `loads` does
 */
export function loadsPrefix(bytes: BytesLike, options?: DecodeOptions): Prefix {
  const input = asBytes(bytes);
  const session = open(input, options);
  const { machine } = session;
  try {
    session.begin(true);
    const value = session.read(input, 0);
    return { value, bytesUsed: endOf(machine), protocol: machine.protocol, engine: machine.engine };
  } finally {
    session.close(input.buffer.byteLength);
  }
}

function open(input: Uint8Array, options: DecodeOptions | undefined): Session {
  const resolved = resolveOptions(options);
  checkInputBytes(resolved, input.length);
  return openSession(resolved, input.length, isAllocationSaid(options));
}
