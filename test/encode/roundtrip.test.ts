/**
 * What was read with { exact: true } is written again, and is the same value: with no global known, with Python's own
 * containers, and with all families. What engines read is held to be the same elsewhere, and takes half of the time here:
 * one reads unless ROUNDTRIP=all is in the environment, and then in all protocols. With ROUNDTRIP_REPORT=<file> all that
 * differs is written there. The known gaps are held in test/cpython/roundtrip.test.ts.
 */
import { appendFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { dumps } from '../../src/encode/dumps.ts';
import { loads, loadsPrefix, type DecodeOptions } from '../../src/index.ts';
import { unlessKnown } from '../known-gaps.ts';
import { PicklingError } from '../../src/spec/pickling-error.ts';
import { mapImport } from '../../src/spec/imports.ts';
import { toLossless } from '../support/as-truth.ts';
import { ENGINES } from '../support/engines.ts';
import { Failures } from '../support/failures.ts';
import { sameLossless } from '../support/lossless-equal.ts';
import { outcomeOf } from '../support/outcome.ts';
import { NO_SHARED } from '../support/places.ts';
import {
  corpusPickles,
  declaredProtocolOf,
  fixturePickles,
  isUnmapped,
  protocolOf,
  vectorPickles,
  type Pickle,
} from './roundtrip-readings.ts';
import { differenceBetween } from './same-values.ts';

type Mode = 'inert' | 'core' | 'known';

const RUNS: readonly (readonly [mode: Mode, to: 'own' | number])[] =
  process.env['ROUNDTRIP'] === 'all'
    ? (['inert', 'core', 'known'] as const).flatMap((mode) => (['own', 4, 5] as const).map((to) => [mode, to] as const))
    : [
        ['core', 'own'],
        ['known', 'own'],
        ['known', 5],
      ];
const READERS = process.env['ROUNDTRIP'] === 'all' ? ENGINES : ENGINES.slice(0, 1);

const MODES: Readonly<Record<Mode, DecodeOptions>> = {
  inert: { globals: 'inert' },
  core: { families: [] },
  known: {},
};

/** Names as Python 3 has them, wherever a pickle is older. */
function withNewNames(node: unknown, protocol: number): unknown {
  if (protocol >= 3) return node;
  const todo: unknown[] = [node];
  while (todo.length > 0) {
    const at = todo.pop();
    if (typeof at !== 'object' || at === null) continue;
    const fields = at as Record<string, unknown>;
    for (const key of Object.keys(fields)) {
      const part = fields[key];
      if (key === 'global' && typeof part === 'string') {
        const space = part.indexOf(' ');
        fields[key] = mapImport(part.slice(0, space), part.slice(space + 1)).join(' ');
      } else todo.push(part);
    }
  }
  return node;
}

interface Written {
  readonly bytes: Uint8Array;
  readonly buffers: Uint8Array[];
}

function written(value: unknown, protocol: number, fixImports: boolean): Written {
  const buffers: Uint8Array[] = [];
  if (protocol < 5) return { bytes: dumps(value, { protocol, fixImports }), buffers };
  return { bytes: dumps(value, { protocol, bufferCallback: (buffer) => void buffers.push(buffer) }), buffers };
}

/** What is wrong with a pickle that was read and written again, or null. */
function problemOf(pickle: Pickle, mode: Mode, engine: 'wasm' | 'ts', to: 'own' | number): string | null {
  const bytes = pickle.bytes();
  const fixImports = !isUnmapped(pickle);
  const given: DecodeOptions = { ...pickle.options(), ...MODES[mode], exact: true, engine, fixImports };
  const own = protocolOf(bytes);
  const protocol = to === 'own' ? own : to;
  // Protocols without opcodes for bytes, bytearrays and sets write calls, which are no such values where nothing is known.
  if (mode === 'inert' && (protocol < 4 || (protocol < 5 && own === 5))) return null;
  // Below protocol 5 all buffers lie within.
  if (given.buffers !== undefined && protocol < 5) return null;
  const read = outcomeOf(() => loadsPrefix(bytes, given).value);
  // What cannot be read with these options is the decoder's matter.
  if (read.kind === 'error') return null;
  if (read.kind === 'foreign') throw read.error;
  const { value } = read;
  const again = written(value, protocol, fixImports);
  // Pickles of protocol 5 whose buffers lie within are written so that they lie outside.
  const buffers = again.buffers.length > 0 ? again.buffers : undefined;
  const back = loads(again.bytes, { ...MODES[mode], exact: true, engine, buffers, fixImports, limits: given.limits });
  if (mode === 'known') return differenceBetween(value, back);
  const told = declaredProtocolOf(bytes);
  const [one, other] = [withNewNames(toLossless(value), told), withNewNames(toLossless(back), protocol)];
  return sameLossless(one, other)
    ? null
    : `${JSON.stringify(one).slice(0, 300)} became ${JSON.stringify(other).slice(0, 300)}`;
}

/** Below protocol 3 only ASCII can be a name, in CPython too. */
const isUnnameable = (error: unknown): boolean => error instanceof PicklingError && error.code === 'INVALID_NAME';

const PARTS: readonly (readonly [name: string, pickles: Pickle[]])[] = [
  ['vectors', vectorPickles()],
  ['fixtures', fixturePickles()],
  ['real', corpusPickles('real')],
  ['made-older', corpusPickles('made-older')],
  ['made', corpusPickles('made')],
];

for (const [name, pickles] of PARTS) {
  if (pickles.length === 0) {
    describe.skip(`${name} (${NO_SHARED})`, () => it('are the same when they are written again', () => {}));
    continue;
  }
  describe.each(READERS)(`${pickles.length} pickles of ${name}, %s`, (engine) => {
    for (const [mode, to] of RUNS) {
      it(`are the same when they are written again: ${mode}, protocol ${to}`, () => {
        const failures = new Failures();
        const report = process.env['ROUNDTRIP_REPORT'];
        for (const pickle of pickles) {
          let problem: string | null;
          try {
            problem = problemOf(pickle, mode, engine, to);
          } catch (error) {
            problem = isUnnameable(error)
              ? null
              : error instanceof Error
                ? `${error.name}: ${error.message}`
                : String(error);
          }
          if (report && problem !== null) {
            appendFileSync(report, `${name} ${mode} ${to} ${engine} ${pickle.id}: ${problem}\n`);
          }
          failures.note(pickle.id, unlessKnown(pickle.id, problem));
        }
        failures.report();
      });
    }
  });
}
