/** `streams.jsonl`: several pickles in one input. */
import { describe, it } from 'vitest';
import { loadAll, loadsPrefix } from '../../src/index.ts';
import { toLossless } from '../support/as-truth.ts';
import { chunksOf } from '../support/chunks.ts';
import { ENGINES } from '../support/engines.ts';
import { Failures } from '../support/failures.ts';
import { sameLossless } from '../support/lossless-equal.ts';
import { outcomeOf, outcomeOfAsync, shorten, tell } from '../support/outcome.ts';
import { bytesOf, places, rowsOf, type StreamVector } from '../support/vectors.ts';

for (const place of places()) {
  const rows = rowsOf<StreamVector>('streams', place).map((row) => ({ row, bytes: bytesOf(row, place) }));
  if (rows.length === 0) continue;

  describe.each(ENGINES)(`stream vectors of ${place.name}, %s`, (engine) => {
    const optionsOf = (row: StreamVector) =>
      ({ exact: true, globals: 'inert', engine, sharedMemo: row.memo === 'shared' }) as const;

    it.each([0, 1, 2, 7])('gives every value, in chunks of %i bytes (0: whole)', async (chunkBytes) => {
      const failures = new Failures();
      for (const { row, bytes } of rows) {
        const got = await outcomeOfAsync(async () => {
          const values: unknown[] = [];
          const source = chunkBytes === 0 ? bytes : chunksOf(bytes, chunkBytes);
          for await (const value of loadAll(source, optionsOf(row))) values.push(toLossless(value));
          return values;
        });
        const good =
          got.kind === 'value' &&
          (got.value as unknown[]).length === row.truths.length &&
          row.truths.every((truth, i) => sameLossless((got.value as unknown[])[i], truth));
        failures.note(row.id, good ? null : `${tell(got)}, wanted ${shorten(row.truths)}`);
      }
      failures.report();
    });

    it('tells where each pickle ends, if its memo is its own', () => {
      const failures = new Failures();
      for (const { row, bytes } of rows) {
        if (row.memo !== 'fresh') continue;
        const got = outcomeOf(() => {
          const ends: number[] = [];
          for (let at = 0; at < bytes.length;) {
            at += loadsPrefix(bytes.subarray(at), { exact: true, globals: 'inert', engine }).bytesUsed;
            ends.push(at);
          }
          return ends;
        });
        const good = got.kind === 'value' && JSON.stringify(got.value) === JSON.stringify(row.ends);
        failures.note(row.id, good ? null : `${tell(got)}, wanted ${shorten(row.ends)}`);
      }
      failures.report();
    });
  });
}
