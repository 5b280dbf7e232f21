/** Lossless JSON to pickles of protocol 5, which has an opcode for every type, and back. */
import { expect, it } from 'vitest';
import { dumps } from '../../src/encode.ts';
import { loads } from '../../src/index.ts';
import { fromLossless, toLossless } from '../../src/lossless/index.ts';
import { unlessKnown } from '../known-gaps.ts';
import { Failures } from '../support/failures.ts';
import { sameLossless } from '../support/lossless-equal.ts';
import { places, rowsOf, truthOf, type Vector } from '../support/vectors.ts';

for (const place of places()) {
  const rows = rowsOf<Vector>('decode', place);
  if (rows.length === 0) continue;
  it(`writes what every truth of ${place.name} tells`, () => {
    const failures = new Failures();
    let written = 0;
    for (const row of rows) {
      const truth = truthOf(row, place);
      if (/"sha256"|"buffer":/.test(JSON.stringify(truth))) continue;
      written++;
      try {
        const pickle = dumps(fromLossless(truth), { protocol: 5 });
        const again = toLossless(loads(pickle, { exact: true, globals: 'inert' }));
        const problem = sameLossless(again, truth) ? null : JSON.stringify(again).slice(0, 300);
        failures.note(row.id, unlessKnown(row.id, problem));
      } catch (error) {
        failures.note(row.id, String(error).slice(0, 300));
      }
    }
    expect(written).toBeGreaterThan(100);
    failures.report();
  });
}
