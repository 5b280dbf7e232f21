/**
 * `cat --lossless | from-json --lossless` is the identity: what the JSON of a pickle says is what the JSON of the pickle made
 * of it says, for all vectors, fixtures and corpora. These are the functions that the command calls; `test/cli` runs it.
 */
import { describe, expect, it } from 'vitest';
import { dumps } from '../../src/encode/dumps.ts';
import { loads, type DecodeOptions } from '../../src/index.ts';
import { parseLossless, stringifyLossless } from '../../src/lossless/index.ts';
import { corpusPickles, fixturePickles, protocolOf, vectorPickles, type Pickle } from '../encode/roundtrip-readings.ts';
import { unlessKnown } from '../known-gaps.ts';
import { ENGINES } from '../support/engines.ts';
import { Failures } from '../support/failures.ts';
import { outcomeOf } from '../support/outcome.ts';
import { NO_SHARED } from '../support/places.ts';

/** What engines read is held to be the same elsewhere. */
const READERS = process.env['ROUNDTRIP'] === 'all' ? ENGINES : ENGINES.slice(0, 1);
/** Larger ones only make it slow: what is in them is in smaller ones too. */
const MAX_BYTES = 2 ** 20;

const PARTS: readonly (readonly [name: string, pickles: Pickle[], least: number])[] = [
  ['vectors', vectorPickles(), 3000],
  ['fixtures', fixturePickles(), 10],
  ['real', corpusPickles('real'), 200],
  ['made-older', corpusPickles('made-older'), 200],
  ['made', corpusPickles('made'), 1000],
];

/** What became of a pickle's JSON: null if it is the same, undefined if there is none. */
function problemOf(pickle: Pickle, engine: 'wasm' | 'ts'): string | null | undefined {
  const bytes = pickle.bytes();
  if (bytes.length > MAX_BYTES) return undefined;
  const given: DecodeOptions = { ...pickle.options(), exact: true, globals: 'inert', engine };
  const read = outcomeOf(() => loads(bytes, given));
  // What cannot be read with these options is the decoder's matter.
  if (read.kind === 'error') return undefined;
  if (read.kind === 'foreign') throw read.error;
  const first = stringifyLossless(read.value);
  // Below protocol 4 bytes or sets are calls, which stay calls where no global is known. Names are written as they stand.
  const protocol = Math.max(4, protocolOf(bytes));
  const buffers = given.buffers && ([...given.buffers] as Uint8Array[]);
  const again = dumps(parseLossless(first, { buffers, fixImports: false }), {
    protocol,
    fixImports: false,
    bufferCallback: buffers ? () => false : undefined,
  });
  const second = stringifyLossless(loads(again, given));
  return second === first ? null : `${first.slice(0, 300)} became ${second.slice(0, 300)}`;
}

for (const [name, pickles, least] of PARTS) {
  describe.skipIf(pickles.length === 0)(
    `lossless JSON of ${name}${pickles.length === 0 ? ` (${NO_SHARED})` : ''}`,
    () => {
      it.each(READERS)('comes back from a pickle made of it, %s', (engine) => {
        const failures = new Failures();
        let compared = 0;
        for (const pickle of pickles) {
          let problem: string | null | undefined;
          try {
            problem = problemOf(pickle, engine);
          } catch (error) {
            problem = String(error);
          }
          if (problem === undefined) continue;
          compared++;
          failures.note(pickle.id, unlessKnown(pickle.id, problem));
        }
        failures.report();
        expect(compared).toBeGreaterThanOrEqual(least);
      });
    },
  );
}
