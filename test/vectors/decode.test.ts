/** `decode.jsonl`: pickles and what they hold, as CPython tells it. */
import { describe, it } from 'vitest';
import { loads, loadsPrefix, type DecodeOptions } from '../../src/index.ts';
import { load } from '../../src/streams.ts';
import { toLossless } from '../support/as-truth.ts';
import { atOddOffset, chunksOf } from '../support/chunks.ts';
import { ENGINES } from '../support/engines.ts';
import { Failures } from '../support/failures.ts';
import { sameLossless } from '../support/lossless-equal.ts';
import { outcomeOf, outcomeOfAsync, shorten, tell, type Outcome } from '../support/outcome.ts';
import { bytesOf, decodeOptionsOf, places, rowsOf, truthOf, type Vector } from '../support/vectors.ts';

/** Some rows hold integers of over 64 KiB, which only a raised limit lets in: see the last test. */
const INERT = { exact: true, globals: 'inert', limits: { maxIntBytes: 2 ** 20 } } as const satisfies DecodeOptions;

/** What is wrong with an outcome, or null. */
function problemOf(row: Vector, want: unknown, got: Outcome): string | null {
  if (got.kind === 'error' && row.tags?.includes('odd')) return null;
  if (got.kind !== 'value') return `${tell(got)}, wanted ${shorten(want)}`;
  const anyNan = row.tags?.includes('nan-payload') ?? false;
  const equal = sameLossless(got.value, want, { anyNan });
  return equal ? null : `${tell(got)}, wanted ${shorten(want)}`;
}

for (const place of places()) {
  const rows = rowsOf<Vector>('decode', place).map((row) => ({
    row,
    bytes: bytesOf(row, place),
    want: truthOf(row, place),
  }));
  if (rows.length === 0) continue;

  describe.each(ENGINES)(`decode vectors of ${place.name}, %s`, (engine) => {
    const optionsOf = (row: Vector): DecodeOptions => ({ ...INERT, ...decodeOptionsOf(row), engine });

    it('gives the value, from the whole input, by this engine', () => {
      const failures = new Failures();
      for (const { row, bytes, want } of rows) {
        let ran: string = engine;
        const got = outcomeOf(() => {
          const result = loadsPrefix(bytes, optionsOf(row));
          ran = result.engine;
          return toLossless(result.value);
        });
        failures.note(row.id, problemOf(row, want, got) ?? (ran === engine ? null : `was read by ${ran}`));
      }
      failures.report();
    });

    it('tells how many bytes the pickle takes', () => {
      const failures = new Failures();
      for (const { row, bytes } of rows) {
        if (row.used === undefined) continue;
        const got = outcomeOf(() => loadsPrefix(bytes, optionsOf(row)).bytesUsed);
        if (got.kind === 'error' && row.tags?.includes('odd')) continue;
        failures.note(
          row.id,
          got.kind === 'value' && got.value === row.used ? null : `${tell(got)}, wanted ${row.used}`,
        );
      }
      failures.report();
    });

    it('gives the value from a view at an odd offset, with other bytes around it', () => {
      const failures = new Failures();
      for (const { row, bytes, want } of rows) {
        const got = outcomeOf(() => toLossless(loads(atOddOffset(bytes), optionsOf(row))));
        failures.note(row.id, problemOf(row, want, got));
      }
      failures.report();
    });

    it('resolves the globals that are Python’s own', () => {
      const failures = new Failures();
      for (const { row, bytes } of rows) {
        if (row.resolved === undefined) continue;
        const got = outcomeOf(() => toLossless(loads(bytes, { ...decodeOptionsOf(row), exact: true, engine })));
        failures.note(row.id, problemOf(row, row.resolved, got));
      }
      failures.report();
    });

    it('needs no limit raised', () => {
      const failures = new Failures();
      for (const { row, bytes } of rows) {
        const got = outcomeOf(() => loads(bytes, { ...optionsOf(row), limits: {} }));
        failures.note(row.id, got.kind === 'value' || row.tags?.includes('odd') ? null : tell(got));
      }
      failures.report();
    });

    it.each([1, 2, 7])('gives the value from chunks of %i bytes', async (chunkBytes) => {
      const failures = new Failures();
      for (const { row, bytes, want } of rows) {
        const got = await outcomeOfAsync(async () =>
          toLossless(await load(chunksOf(bytes, chunkBytes), optionsOf(row))),
        );
        failures.note(row.id, problemOf(row, want, got));
      }
      failures.report();
    });
  });
}
