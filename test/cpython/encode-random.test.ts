/**
 * Random values that dumps writes in every protocol: this machine's CPython reads them back, and so do both engines. The
 * environment variable ENCODE_COUNT says how many (3,000), ENCODE_SEED which.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dumps, loads } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { NO_PYTHON, python3, ROOT } from '../support/places.ts';
import { built } from './encode-build.ts';
import { models, type Model } from './encode-models.ts';
import { differenceFrom } from './encode-same.ts';

const COUNT = Number(process.env['ENCODE_COUNT'] ?? 3000);
const SEED = Number(process.env['ENCODE_SEED'] ?? 20_261_124);
/** Values for one process of Python. */
const BATCH = 1000;
const LIMITS = { maxDepth: 100_000 };
/** Time to look for a smaller one that is wrong too. */
const SHRINKING_MS = 30_000;
const PROTOCOLS = [0, 1, 2, 3, 4, 5];

const python = python3();
const ORACLE = join(ROOT, 'test', 'cpython', 'encode_oracle.py');

interface Wrong {
  readonly row: number;
  readonly protocol: number;
  readonly wrong: string;
}

const hasNumpy = python !== null && asked(['numpy'], '')[0] === true;

function asked(args: readonly string[], input: string): unknown[] {
  const { stdout, stderr, status } = spawnSync(python!, ['-B', ORACLE, ...args], { input, maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`Python says: ${stderr.toString().slice(-2000)}`);
  return stdout
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);
}

const written = ({ node, refs, memoStrings }: Model): Uint8Array[] =>
  PROTOCOLS.map((protocol) => dumps(built(node), { protocol, refs, memoStrings }));

function problemsInPython(batch: readonly Model[], pickles: readonly Uint8Array[][]): Map<number, string> {
  const lines = batch.map(({ node, refs }, i) => {
    const texts = pickles[i]!.map((bytes) => Buffer.from(bytes).toString('base64'));
    return `${JSON.stringify({ node, ids: refs, pickles: texts })}\n`;
  });
  const found = new Map<number, string>();
  for (const { row, protocol, wrong } of asked([], lines.join('')) as Wrong[]) {
    if (!found.has(row)) found.set(row, `Python, protocol ${protocol}: ${wrong}`);
  }
  return found;
}

/** What is wrong with what both engines read. */
function problemHere({ node, refs }: Model, pickles: readonly Uint8Array[]): string | undefined {
  for (const engine of ENGINES) {
    for (const [protocol, bytes] of pickles.entries()) {
      const problem = differenceFrom(node, loads(bytes, { exact: true, engine, limits: LIMITS }), refs, protocol);
      if (problem !== null) return `${engine}, protocol ${protocol}: ${problem}`;
    }
  }
  return undefined;
}

/** Without numpy its arrays are not asked for. */
const isReadable = ({ node }: Model): boolean => hasNumpy || !JSON.stringify(node).includes('"numpy":');

function attempt<T>(make: () => T): T | string {
  try {
    return make();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

/** What is wrong with the values of a batch, by their place in it. */
function problemsOf(batch: readonly Model[]): Map<number, string> {
  const problems = new Map<number, string>();
  const good: number[] = [];
  const pickles: Uint8Array[][] = [];
  for (const [i, model] of batch.entries()) {
    const bytes = attempt(() => written(model));
    const problem = typeof bytes === 'string' ? bytes : attempt(() => problemHere(model, bytes));
    if (problem !== undefined) problems.set(i, problem);
    if (typeof bytes === 'string' || python === null || !isReadable(model)) continue;
    good.push(i);
    pickles.push(bytes);
  }
  if (good.length === 0) return problems;
  const rows = good.map((i) => batch[i]!);
  for (const [row, problem] of problemsInPython(rows, pickles)) problems.set(good[row]!, problem);
  return problems;
}

/** The smallest value like the one at a place of a seed's values that is wrong too. */
function shrunk(seed: number, place: number): string {
  const until = performance.now() + SHRINKING_MS;
  const property = fc.property(models, (model) => {
    if (performance.now() > until) return;
    const [problem] = problemsOf([model]).values();
    if (problem !== undefined) throw new Error(problem);
  });
  const details = fc.check(property, { seed, path: String(place), numRuns: 1 });
  const cause = details.errorInstance instanceof Error ? details.errorInstance.message : '';
  return `${cause}: ${JSON.stringify(details.counterexample?.[0])}`;
}

const readers = python === null ? `both engines (by CPython: ${NO_PYTHON})` : 'CPython and both engines';

describe(`${COUNT} random values that dumps writes`, () => {
  it(`are read back by ${readers}, in protocols 0 to 5`, { timeout: 3_600_000 }, () => {
    for (let first = 0; first < COUNT; first += BATCH) {
      const seed = SEED + first;
      const batch = fc.sample(models, { seed, numRuns: Math.min(BATCH, COUNT - first) });
      const problems = problemsOf(batch);
      if (problems.size === 0) continue;
      const [[place, problem]] = [...problems] as [[number, string], ...[number, string][]];
      expect.fail(
        `${problems.size} of ${batch.length} are wrong, of seed ${seed}. #${place}: ${problem}\n` +
          `${JSON.stringify(batch[place]).slice(0, 2000)}\n${[...problems.values()].slice(0, 20).join('\n')}\nThe smallest found: ${shrunk(seed, place)}`,
      );
    }
  });
});
