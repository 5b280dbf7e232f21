/** `errors.jsonl`: what is no pickle, and what some CPythons read and others refuse. */
import { describe, it } from 'vitest';
import type { DecodeOptions } from '../../src/index.ts';
import { load } from '../../src/streams.ts';
import { toLossless } from '../support/as-truth.ts';
import { NOT_PREFERRED } from '../known-gaps.ts';
import { atOddOffset, chunksOf } from '../support/chunks.ts';
import { ENGINES } from '../support/engines.ts';
import { Failures } from '../support/failures.ts';
import { sameLossless } from '../support/lossless-equal.ts';
import { losslessOutcome, outcomeOfAsync, sameOutcome, shorten, tell, type Outcome } from '../support/outcome.ts';
import { bytesOf, decodeOptionsOf, places, rowsOf, type Vector } from '../support/vectors.ts';

/**
 * Whether a row leaves a choice. `unhashable`: a reader without hashing may read it. `codec`, `codec-errors`: an
 * encoding or handler that a reader may lack. Where there is a choice, an error is always good, a value must be true.
 */
function problemOf(row: Vector, got: Outcome): string | null {
  if (got.kind === 'foreign') return tell(got);
  if (row.must === 'error') return got.kind === 'error' ? null : `${tell(got)}, wanted an error`;
  if (got.kind === 'error') return null;
  if (!('truth' in row)) return `${tell(got)}, a value that has no truth`;
  return sameLossless(got.value, row.truth) ? null : `${tell(got)}, wanted ${shorten(row.truth)} or an error`;
}

for (const place of places()) {
  const rows = rowsOf<Vector>('errors', place).map((row) => ({ row, bytes: bytesOf(row, place) }));
  if (rows.length === 0) continue;

  describe.each(ENGINES)(`error vectors of ${place.name}, %s`, (engine) => {
    const optionsOf = (row: Vector): DecodeOptions => ({ ...decodeOptionsOf(row), engine });
    const whole = new Map<string, Outcome>();
    const outcomeOfRow = (row: Vector, bytes: Uint8Array): Outcome => {
      let got = whole.get(row.id);
      if (got === undefined) whole.set(row.id, (got = losslessOutcome(bytes, optionsOf(row))));
      return got;
    };

    it('refuses what every CPython refuses, and gives no value but the true one', () => {
      const failures = new Failures();
      for (const { row, bytes } of rows) failures.note(row.id, problemOf(row, outcomeOfRow(row, bytes)));
      failures.report();
    });

    it('follows the newest CPythons where they disagree with older ones', () => {
      const failures = new Failures();
      for (const { row, bytes } of rows) {
        if (row.must !== 'either' || !row.prefer) continue;
        const got = outcomeOfRow(row, bytes);
        if (row.id in NOT_PREFERRED) {
          failures.note(row.id, got.kind === row.prefer ? 'is a known gap that has closed: strike it off' : null);
        } else failures.note(row.id, got.kind === row.prefer ? null : `${tell(got)}, wanted: ${row.prefer}`);
      }
      failures.report();
    });

    it('says the same of a view at an odd offset', () => {
      const failures = new Failures();
      for (const { row, bytes } of rows) {
        const want = outcomeOfRow(row, bytes);
        const got = losslessOutcome(atOddOffset(bytes), optionsOf(row));
        failures.note(row.id, sameOutcome(got, want, sameLossless) ? null : `${tell(got)}, of the whole ${tell(want)}`);
      }
      failures.report();
    });

    it.each([1, 2, 7])('says the same of chunks of %i bytes', async (chunkBytes) => {
      const failures = new Failures();
      for (const { row, bytes } of rows) {
        const want = outcomeOfRow(row, bytes);
        const got = await outcomeOfAsync(async () =>
          toLossless(await load(chunksOf(bytes, chunkBytes), { exact: true, globals: 'inert', ...optionsOf(row) })),
        );
        failures.note(row.id, sameOutcome(got, want, sameLossless) ? null : `${tell(got)}, of the whole ${tell(want)}`);
      }
      failures.report();
    });
  });

  describe(`error vectors of ${place.name}`, () => {
    it('are told alike by all engines: code, offset and sentence', () => {
      const failures = new Failures();
      for (const { row, bytes } of rows) {
        const [first, ...others] = ENGINES.map((engine) => losslessOutcome(bytes, { ...decodeOptionsOf(row), engine }));
        for (const other of others) {
          const alike =
            sameOutcome(first!, other, sameLossless) &&
            (first!.kind !== 'error' || other.kind !== 'error' || first!.message === other.message);
          failures.note(
            row.id,
            alike ? null : ENGINES.map((e, i) => `${e}: ${tell([first!, ...others][i]!)}`).join('; '),
          );
        }
      }
      failures.report();
    });
  });
}
