/** Pickles that other people's programs wrote, and made ones, each with what it holds when no global is resolved. */
import { describe, it } from 'vitest';
import { loads, loadsPrefix, type DecodeOptions } from '../../src/index.ts';
import { loadAll } from '../../src/streams.ts';
import { toLossless } from '../support/as-truth.ts';
import {
  corpusThere,
  digestOf,
  readCorpus,
  readMadeCorpus,
  truthText,
  type Corpus,
  type Reading,
} from '../support/corpus.ts';
import { ENGINES } from '../support/engines.ts';
import { Failures } from '../support/failures.ts';
import { sameLossless } from '../support/lossless-equal.ts';
import { outcomeOf, outcomeOfAsync, shorten, tell, type Outcome } from '../support/outcome.ts';
import { NO_SHARED, shared } from '../support/places.ts';

const PARTS: readonly (readonly [name: string, read: (folder: string) => Corpus])[] = [
  ['real', readCorpus],
  ['made-older', readCorpus],
  ['made', readMadeCorpus],
];

const isError = (truth: unknown): boolean => truth !== null && typeof truth === 'object' && 'error' in truth;

/** A stream's truths end with an error where its last pickle is broken; what was read before it still counts. */
async function readStream(reading: Reading, bytes: Uint8Array, options: DecodeOptions): Promise<unknown[]> {
  const values: unknown[] = [];
  const got = await outcomeOfAsync(async () => {
    for await (const value of loadAll(bytes, { ...options, sharedMemo: reading.kind === 'one memo' })) {
      values.push(toLossless(value));
      if (values.length === reading.pickles) break;
    }
  });
  if (got.kind === 'foreign') throw got.error;
  if (got.kind === 'error') values.push({ error: got.code });
  return values;
}

function problemOf(reading: Reading, got: Outcome): string | null {
  if (got.kind === 'foreign') return tell(got);
  if (reading.expect === 'either' && got.kind === 'error') return null;
  const want = reading.truth();
  // The truth is the Python unpickler's; the C one may read what that refuses.
  if (reading.expect === 'either' && isError(want)) return reading.cReads ? null : `${tell(got)}, wanted an error`;
  if (reading.kind === 'pickle' && isError(want)) return got.kind === 'error' ? null : `${tell(got)}, wanted an error`;
  if (got.kind === 'error') return `${tell(got)}, wanted ${shorten(want)}`;
  if (want === undefined) {
    return digestOf(truthText(got.value)) === reading.digest ? null : 'the digest of its text differs';
  }
  if (reading.kind === 'pickle') return sameLossless(got.value, want) ? null : `${tell(got)}, wanted ${shorten(want)}`;
  const values = got.value as unknown[];
  const truths = want as unknown[];
  const same =
    values.length === truths.length &&
    values.every((value, i) => (isError(truths[i]) ? isError(value) : sameLossless(value, truths[i])));
  return same ? null : `${values.length} values ${tell(got)}, wanted ${truths.length}: ${shorten(want)}`;
}

for (const [name, readPart] of PARTS) {
  const folder = shared('corpus', name);
  if (!corpusThere(folder)) {
    describe.skip(`corpus ${name} (${NO_SHARED})`, () => it('has a truth for every pickle', () => {}));
    continue;
  }
  const { readings, leftOut } = readPart(folder);
  const left = [...leftOut].map(([wrapper, times]) => `${times} ${wrapper}`).join(', ');

  describe.each(ENGINES)(
    `corpus ${name}: ${readings.length} readings, left out as wrapped: ${left || 'none'}; %s`,
    (engine) => {
      it('gives every value', async () => {
        const failures = new Failures();
        for (const reading of readings) {
          const buffers = reading.buffers();
          const options: DecodeOptions = {
            exact: true,
            globals: 'inert',
            engine,
            encoding: reading.encoding,
            errors: reading.errors,
            limits: { maxDepth: Infinity },
            ...(buffers === undefined ? {} : { buffers }),
          };
          const bytes = reading.bytes();
          let used: number | undefined;
          const got = await outcomeOfAsync(async () => {
            if (reading.kind !== 'pickle') return readStream(reading, bytes, options);
            const result = loadsPrefix(bytes, options);
            used = result.bytesUsed;
            return toLossless(result.value);
          });
          let problem = problemOf(reading, got);
          if (
            problem === null &&
            got.kind === 'value' &&
            reading.expect === 'value' &&
            used !== (reading.used ?? used)
          ) {
            problem = `${used} bytes used, wanted ${reading.used}`;
          }
          failures.note(reading.id, problem);
        }
        failures.report();
      });

      it('reads all of them, with the options of every day, without a foreign exception', () => {
        const failures = new Failures();
        for (const reading of readings) {
          const buffers = reading.buffers();
          const { encoding, errors, expect } = reading;
          const got = outcomeOf(() =>
            loads(reading.bytes(), {
              engine,
              encoding,
              errors,
              persistentLoad: (id) => id,
              ...(buffers && { buffers }),
            }),
          );
          // What exact reading takes as a record (an extension, a call that a class refuses) may be refused here.
          const good =
            got.kind === 'value' ||
            (got.kind === 'error' && (expect !== 'value' || mayRefuse(got.code) || isError(reading.truth())));
          failures.note(reading.id, good ? null : tell(got));
        }
        failures.report();
      });
    },
  );
}

const mayRefuse = (code: string): boolean => ['UNKNOWN_EXTENSION', 'INVALID_STATE', 'LIMIT_DEPTH'].includes(code);
