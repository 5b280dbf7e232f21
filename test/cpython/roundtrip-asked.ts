/** Asks this machine's CPython whether pickles written again hold what the originals hold, and what its pickler writes. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { dumps } from '../../src/encode/dumps.ts';
import { loadsPrefix, type DecodeOptions, type EncodeOptions, type Prefix } from '../../src/index.ts';
import { PicklingError } from '../../src/spec/pickling-error.ts';
import { isUnmapped, protocolOf, type Pickle } from '../encode/roundtrip-readings.ts';
import type { ENGINES } from '../support/engines.ts';
import { outcomeOf } from '../support/outcome.ts';
import { ROOT } from '../support/places.ts';

const ORACLE = join(ROOT, 'test', 'cpython', 'roundtrip_oracle.py');
/** Characters for one process of Python. */
const BATCH = 2 ** 25;
const DEFAULT_PROTOCOL = 4;

/** With Python's own containers, and with all families. */
const MODES: Readonly<Record<string, DecodeOptions>> = { core: { families: [] }, known: {} };

/** A pickle that was read and written again, as the oracle is asked. */
export interface Asked {
  readonly id: string;
  /** Whether the very bytes that were read are written again in the pickle's own protocol. */
  readonly isSame: boolean;
  readonly line: string;
}

interface Again {
  readonly name: string;
  readonly pickle: string;
  readonly buffers: readonly string[] | null;
  /** Of one whose equal strings are all one object: what CPython's pickler is to write in this protocol. */
  readonly protocol?: number;
}

export interface Answer {
  /** What CPython reads otherwise, by the name of what was written. */
  readonly wrong: Readonly<Record<string, string>>;
  /** Null where CPython's pickler writes the original's bytes; else how they differ. */
  readonly cpython: string | null;
  /** How what was written in the original's protocol differs from it, where it does. */
  readonly written?: string | null;
  /** Null where what was written with equal strings as one is what CPython's pickler writes. */
  readonly all: Readonly<Record<string, string | null>>;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/**
 * Reads a pickle and writes it again in its own protocol and in the default one.
 * @returns undefined where it cannot be read, which is the decoder's matter
 */
export function askedOf(pickle: Pickle, engine: (typeof ENGINES)[number]): Asked | undefined {
  const bytes = pickle.bytes();
  const given = pickle.options();
  const fixImports = !isUnmapped(pickle);
  const own = protocolOf(bytes);
  const again: Again[] = [];
  let original: Uint8Array | undefined;
  let written: Uint8Array | undefined;
  for (const [mode, options] of Object.entries(MODES)) {
    const read = outcomeOf(() => loadsPrefix(bytes, { ...given, ...options, exact: true, engine, fixImports }));
    if (read.kind === 'foreign') throw read.error;
    if (read.kind === 'error') continue;
    const { value, bytesUsed } = read.value as Prefix;
    original = bytes.subarray(0, bytesUsed);
    const add = (name: string, protocol: number, more: EncodeOptions, asks: object): void => {
      const one = writtenAs(value, { ...more, protocol, fixImports }, protocol === 5 && given.buffers !== undefined);
      if (one === undefined) return;
      again.push({ name: `${mode}${name}, protocol ${protocol}`, ...one.told, ...asks });
      if (name === '' && protocol === own) written ??= one.pickle;
    };
    add('', own, {}, {});
    if (own !== DEFAULT_PROTOCOL) add('', DEFAULT_PROTOCOL, {}, {});
    if (mode === 'core') add(' with strings as one', own, { memoStrings: 'all' }, { protocol: own });
  }
  if (original === undefined) return undefined;
  const isSame = written !== undefined && Buffer.compare(written, original) === 0;
  const { encoding = 'ASCII', errors = 'strict' } = given;
  const buffers = given.buffers === undefined ? null : [...(given.buffers as Iterable<Uint8Array>)].map(base64);
  const row = { pickle: base64(original), encoding, errors, fixImports, buffers, own, again };
  const line = JSON.stringify(isSame || written === undefined ? row : { ...row, written: base64(written) });
  return { id: pickle.id, isSame, line };
}

/** Undefined for names that the protocol has no way to write, as in CPython. */
function writtenAs(
  value: unknown,
  options: EncodeOptions,
  isOutOfBand: boolean,
): { pickle: Uint8Array; told: Pick<Again, 'pickle' | 'buffers'> } | undefined {
  const buffers: Uint8Array[] = [];
  const more = isOutOfBand ? { bufferCallback: (buffer: Uint8Array) => void buffers.push(buffer) } : {};
  try {
    const pickle = dumps(value, { ...options, ...more });
    return { pickle, told: { pickle: base64(pickle), buffers: isOutOfBand ? buffers.map(base64) : null } };
  } catch (error) {
    if (error instanceof PicklingError && error.code === 'INVALID_NAME') return undefined;
    throw error;
  }
}

/** @param truth the folder that has pickle_truth.py */
export function answersTo(python: string, truth: string, asked: readonly Asked[]): Answer[] {
  const answers: Answer[] = [];
  for (let first = 0; first < asked.length;) {
    let end = first;
    let length = 0;
    do length += asked[end++]!.line.length;
    while (end < asked.length && length + asked[end]!.line.length < BATCH);
    const lines = asked.slice(first, end).map(({ line }) => `${line}\n`);
    const { stdout, stderr, status } = spawnSync(python, ['-B', ORACLE, truth], {
      input: lines.join(''),
      maxBuffer: 2 ** 28,
      // CPython's pickler writes sets in the order of their hashes.
      env: { ...process.env, PYTHONHASHSEED: '0' },
    });
    if (status !== 0) throw new Error(`Python says: ${stderr.toString().slice(-2000)}`);
    for (const line of stdout.toString().split('\n')) if (line !== '') answers.push(JSON.parse(line) as Answer);
    first = end;
  }
  return answers;
}
