/** Every pickle that can be written again: vectors, fixtures and corpora. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OpcodeReader } from '../../src/formats/joblib-opcodes.ts';
import type { DecodeOptions } from '../../src/index.ts';
import { OPCODES } from '../../src/spec/opcodes.ts';
import { corpusThere, readCorpus, readMadeCorpus } from '../support/corpus.ts';
import { FIXTURES, shared } from '../support/places.ts';
import { bytesOf, decodeOptionsOf, places, rowsOf, type Vector } from '../support/vectors.ts';

export interface Pickle {
  readonly id: string;
  bytes(): Uint8Array;
  options(): DecodeOptions;
}

/** The names of these are Python 3's own, in every protocol. */
export const isUnmapped = ({ id }: Pickle): boolean => id.startsWith('global-no-fix/');

const LIMITS = { maxIntBytes: 2 ** 20, maxIntDigits: 10_000, maxDepth: 1_000_000 };

export function vectorPickles(): Pickle[] {
  return places().flatMap((place) =>
    rowsOf<Vector>('decode', place)
      .filter((row) => row.tags?.includes('odd') !== true)
      .map((row) => ({
        id: row.id,
        bytes: () => bytesOf(row, place),
        options: () => ({ ...decodeOptionsOf(row), limits: LIMITS }),
      })),
  );
}

export function fixturePickles(): Pickle[] {
  const folder = join(FIXTURES, 'pickles');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.pickle')) : [];
  return names.map((name) => ({
    id: name,
    bytes: () => new Uint8Array(readFileSync(join(folder, name))),
    options: () => ({ encoding: 'latin1', limits: LIMITS }),
  }));
}

const CORPORA = { real: readCorpus, 'made-older': readCorpus, made: readMadeCorpus } as const;

/** The first pickle of each reading. */
export function corpusPickles(name: keyof typeof CORPORA): Pickle[] {
  const folder = shared('corpus', name);
  if (!corpusThere(folder)) return [];
  return CORPORA[name](folder)
    .readings.filter(({ expect }) => expect === 'value')
    .map((reading) => ({
      id: `${name}/${reading.id}`,
      bytes: () => reading.bytes(),
      options: () => ({
        encoding: reading.encoding,
        errors: reading.errors,
        buffers: reading.buffers(),
        limits: LIMITS,
      }),
    }));
}

const PROTO = 0x80;
const STOP = 0x2e;
const PROTOCOLS = new Map(OPCODES.map(({ code, protocol }) => [code, protocol]));

/** The lowest protocol that has all opcodes of a pickle, or the one that it says it is of where that is higher. */
export function protocolOf(bytes: Uint8Array): number {
  const reader = new OpcodeReader(bytes);
  let protocol = 0;
  for (let at = 0; bytes[at] !== STOP; at = reader.endOf(at)) {
    const needed = bytes[at] === PROTO ? Math.min(bytes[at + 1]!, 5) : PROTOCOLS.get(bytes[at]!)!;
    protocol = Math.max(protocol, needed);
  }
  return protocol;
}

/** What the last PROTO says; 0 where there is none. It tells how names are read. */
export function declaredProtocolOf(bytes: Uint8Array): number {
  const reader = new OpcodeReader(bytes);
  let protocol = 0;
  for (let at = 0; bytes[at] !== STOP; at = reader.endOf(at)) if (bytes[at] === PROTO) protocol = bytes[at + 1]!;
  return protocol;
}
