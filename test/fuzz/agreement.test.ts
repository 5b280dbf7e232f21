/**
 * Both engines give the same value, or the same error at the same offset, on any bytes whatever.
 *
 *   FUZZ_COUNT=200000 FUZZ_SEED=1 npx vitest run test/fuzz
 */
import { describe, expect, it } from 'vitest';
import { load, loads, type DecodeOptions } from '../../src/index.ts';
import { toLossless } from '../support/as-truth.ts';
import { chunksOf } from '../support/chunks.ts';
import { sameLossless } from '../support/lossless-equal.ts';
import { losslessOutcome, outcomeOf, outcomeOfAsync, sameOutcome, tell } from '../support/outcome.ts';
import { Random } from '../support/random.ts';
import { bytesOf, places, rowsOf, type Vector } from '../support/vectors.ts';
import { mutate, shrink } from './mutate.ts';
import { randomProgram } from './programs.ts';

const COUNT = Number(process.env['FUZZ_COUNT'] ?? 5_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_131);
const MAX_MILLISECONDS = 50;
/** Every so many inputs are also read by chunks and with the options of every day. */
const ALSO = 10;

const [fixtures] = places();
const corpus = ['decode', 'errors'].flatMap((table) =>
  rowsOf<Vector>(table, fixtures!)
    .filter((row) => row.hex !== undefined && row.hex.length > 0 && row.hex.length <= 4096)
    .map((row) => bytesOf(row, fixtures!)),
);

const OPTIONS: readonly DecodeOptions[] = [
  {},
  { encoding: 'bytes' },
  { encoding: 'latin1' },
  { buffers: [Uint8Array.of(1, 2, 3), new Uint8Array(0)] },
];

/** What is wrong with the engines' answers to one input, or null. */
function disagreement(bytes: Uint8Array, options: DecodeOptions): string | null {
  const ts = losslessOutcome(bytes, { ...options, engine: 'ts' });
  const wasm = losslessOutcome(bytes, { ...options, engine: 'wasm' });
  if (ts.kind === 'foreign' || wasm.kind === 'foreign' || !sameOutcome(ts, wasm, sameLossless)) {
    return `ts ${tell(ts)}; wasm ${tell(wasm)}`;
  }
  return null;
}

/** The same, read with the options of every day. */
function plainDisagreement(bytes: Uint8Array, options: DecodeOptions): string | null {
  const ts = outcomeOf(() => loads(bytes, { ...options, engine: 'ts' }));
  const wasm = outcomeOf(() => loads(bytes, { ...options, engine: 'wasm' }));
  const alike = ts.kind === 'value' ? wasm.kind === 'value' : ts.kind === 'error' && sameOutcome(ts, wasm, () => true);
  return alike ? null : `with plain options: ts ${shortTell(ts)}; wasm ${shortTell(wasm)}`;
}

const shortTell = (outcome: Parameters<typeof tell>[0]): string =>
  outcome.kind === 'value' ? 'a value' : tell(outcome);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** What random damage has found, and must not find again. */
const FOUND: readonly (readonly [what: string, hex: string])[] = [
  ['an unhashable key that is not the first of its batch', '7d284e4e5d4e752e'],
  ['the same among text keys', '7d288c014e8c014e7d945d680030752e'],
  ['the same in DICT', '284e4e5d4e642e'],
  ['a memo number that goes over the end of a frame', '800495030000000000000028686a4e4e4e4e2e'],
  ['a GET of nothing whose argument goes over the end of a frame', '8005950300000000000000286a4e4e4e4e2e'],
  ['an extension code that goes over the end of a frame', '80049505000000000000008c016a835c942e'],
  ['the same, in four bytes', '80049505000000000000004301ff84758294002e'],
  ['a memoised 0.0 that is fetched', '470000000000000000710068002e'],
  ['the same in protocol 0', '46302e300a70300a67300a2e'],
  ['the same by MEMOIZE, in a tuple', '8004470000000000000000946800862e'],
  ['a length over the ends of both the frame and the input', '8005950b0000000000000058014000620061626364652e'],
];

describe('what damage has found before', () => {
  it.each(FOUND)('%s', async (_, text) => {
    const bytes = new Uint8Array(Buffer.from(text, 'hex'));
    expect(disagreement(bytes, {})).toBe(null);
    for (const engine of ['ts', 'wasm'] as const) {
      const options = { exact: true, globals: 'inert', engine } as const;
      const whole = tell(losslessOutcome(bytes, options));
      for (const chunkBytes of [1, 6]) {
        const got = await outcomeOfAsync(async () => toLossless(await load(chunksOf(bytes, chunkBytes), options)));
        expect(tell(got), `${engine}, chunks of ${chunkBytes}`).toBe(whole);
      }
    }
  });
});

describe('random mutations of the vectors', () => {
  it(`are read alike by both engines (${COUNT} of seed ${SEED})`, { timeout: 3_600_000 }, async () => {
    const random = new Random(SEED);
    const problems: string[] = [];
    let values = 0;
    let slowest = 0;
    const codes = new Map<string, number>();

    for (let i = 0; i < COUNT && problems.length < 10; i++) {
      // Every eighth is a random program: what damage to real pickles hardly ever makes.
      const bytes = i % 8 === 7 ? randomProgram(random) : mutate(random, corpus);
      const options = random.of(OPTIONS);

      const begin = performance.now();
      let problem = disagreement(bytes, options);
      let elapsed = performance.now() - begin;
      let fails = (candidate: Uint8Array): boolean => disagreement(candidate, options) !== null;

      if (problem === null && elapsed > MAX_MILLISECONDS) {
        // The machine may have been busy with something else: what counts is the best of three more readings.
        for (let again = 0; again < 3; again++) {
          const start = performance.now();
          disagreement(bytes, options);
          elapsed = Math.min(elapsed, performance.now() - start);
        }
        if (elapsed > MAX_MILLISECONDS) problem = `takes ${Math.round(elapsed)} ms`;
      }
      slowest = Math.max(slowest, elapsed);

      if (problem === null && i % ALSO === 0) {
        problem = plainDisagreement(bytes, options);
        if (problem !== null) fails = (candidate) => plainDisagreement(candidate, options) !== null;
      }
      if (problem === null && i % ALSO === 1) {
        for (const engine of ['ts', 'wasm'] as const) {
          const exact = { exact: true, globals: 'inert', ...options, engine } as const;
          const whole = losslessOutcome(bytes, exact);
          const chunked = await outcomeOfAsync(async () => toLossless(await load(chunksOf(bytes, 1 + (i % 7)), exact)));
          if (!sameOutcome(whole, chunked, sameLossless)) {
            problem = `${engine} by chunks of ${1 + (i % 7)}: ${tell(chunked)}; whole: ${tell(whole)}`;
            fails = () => false;
          }
        }
      }

      if (problem !== null) {
        const small = shrink(bytes, fails);
        problems.push(`#${i} ${JSON.stringify(options)} ${problem}\n    ${hex(bytes)}\n    shrunk: ${hex(small)}`);
      } else {
        const told = losslessOutcome(bytes, { ...options, engine: 'ts' });
        if (told.kind === 'error') codes.set(told.code, (codes.get(told.code) ?? 0) + 1);
        else values++;
      }
    }

    const tally = [...codes].sort((a, b) => b[1] - a[1]).map(([code, times]) => `${code} ${times}`);
    console.log(
      `${COUNT} mutations, seed ${SEED}: ${values} values, slowest ${slowest.toFixed(1)} ms; ${tally.join(', ')}`,
    );
    expect(problems.join('\n')).toBe('');
    // A run that reads nothing, or refuses nothing, proves nothing.
    expect(values).toBeGreaterThan(COUNT / 100);
    expect(codes.size).toBeGreaterThan(10);
  });
});
