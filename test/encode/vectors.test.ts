/** The vectors of encoders: bytes equal CPython's in every protocol, and both engines read them back. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dumps } from '../../src/encode/dumps.ts';
import { loads } from '../../src/core.ts';
import '../../src/ts.ts';
import { toLossless } from '../../src/lossless/index.ts';
import { ENGINES } from '../support/engines.ts';
import { places, rowsOf } from '../support/vectors.ts';
import { valueOf } from './value-of.ts';

const DIGESTS = { digests: true };

interface Digest {
  readonly length: number;
  readonly sha256: string;
}

interface Row {
  readonly id: string;
  readonly value: unknown;
  readonly truth?: unknown;
  readonly pickles: readonly (string | Digest)[];
  readonly pickles_strings_apart?: readonly (string | Digest)[];
}

/** What the row says of the bytes: themselves in hex, or their length and digest. */
function told(bytes: Uint8Array, as: string | Digest): unknown {
  if (typeof as === 'string') return Buffer.from(bytes).toString('hex');
  return { ...as, length: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

for (const place of places()) {
  const rows = rowsOf<Row>('encode', place);
  describe.skipIf(rows.length === 0)(`the vectors of encoders in ${place.name}`, () => {
    it.each(rows.map((row) => [row.id, row] as const))('%s', (_, row) => {
      for (let protocol = 0; protocol <= 5; protocol++) {
        const together = dumps(valueOf(row.value), { protocol, memoStrings: 'all' });
        const wanted = row.pickles[protocol]!;
        expect(told(together, wanted), `protocol ${protocol}`).toEqual(wanted);
        const apart = dumps(valueOf(row.value), { protocol, memoStrings: 'none' });
        const wantedApart = (row.pickles_strings_apart ?? row.pickles)[protocol]!;
        expect(told(apart, wantedApart), `protocol ${protocol}, strings apart`).toEqual(wantedApart);
      }
    });

    it.each(ENGINES)('are read back by the engine %s, whatever is memoed', (engine) => {
      for (const row of rows) {
        const truth = toLossless(loads(dumps(valueOf(row.value), { protocol: 5 }), { exact: true, engine }), DIGESTS);
        if (row.truth !== undefined) expect(truth, row.id).toEqual(row.truth);
        for (let protocol = 0; protocol <= 5; protocol++) {
          for (const refs of row.id.includes('/cycle/') ? [true] : [true, false]) {
            for (const memoStrings of ['keys', 'all', 'none'] as const) {
              const bytes = dumps(valueOf(row.value), { protocol, memoStrings, refs });
              const read = toLossless(loads(bytes, { exact: true, engine }), DIGESTS);
              if (refs) expect(read, `${row.id}, protocol ${protocol}`).toEqual(truth);
            }
          }
        }
      }
    });
  });
}
