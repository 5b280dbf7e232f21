/** Random values that this machine's CPython pickles here and now, in every protocol. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { loads } from '../../src/index.ts';
import { toLossless } from '../support/as-truth.ts';
import { ENGINES } from '../support/engines.ts';
import { Failures } from '../support/failures.ts';
import { sameLossless } from '../support/lossless-equal.ts';
import { outcomeOf, shorten, tell } from '../support/outcome.ts';
import { NO_PYTHON, python3, ROOT } from '../support/places.ts';

const SEED = 7;
const COUNT = 300;

interface Row {
  readonly pickles: readonly string[];
  readonly truth: unknown;
}

const python = python3();

describe.skipIf(python === null)(`random values of CPython${python === null ? ` (${NO_PYTHON})` : ''}`, () => {
  it.each(ENGINES)('are what they were, %s', (engine) => {
    const script = join(ROOT, 'test', 'cpython', 'random_values.py');
    const made = spawnSync(python!, [script, String(SEED), String(COUNT)], { encoding: 'utf8', maxBuffer: 2 ** 28 });
    const rows = made.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Row);
    const failures = new Failures();
    rows.forEach(({ pickles, truth }, i) => {
      pickles.forEach((hex, protocol) => {
        const bytes = new Uint8Array(Buffer.from(hex, 'hex'));
        const got = outcomeOf(() => toLossless(loads(bytes, { exact: true, engine })));
        const good = got.kind === 'value' && sameLossless(withoutIds(got.value), withoutIds(truth));
        failures.note(`#${i} protocol ${protocol}`, good ? null : `${tell(got)}, wanted ${shorten(truth)}`);
      });
    });
    failures.report();
  });
});

/** CPython may share equal constants; whether it does is no matter here. */
function withoutIds(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutIds);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== 'id')
      .map(([key, value]) => [key, withoutIds(value)]),
  );
}
