/**
 * Random damage to files of every container and format: a value or a PickleError, in time.
 *
 *   FUZZ_COUNT=200000 FUZZ_SEED=1 npx vitest run test/container/damage
 */
import { deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { load } from '../../src/index.ts';
import { mutate } from '../fuzz/mutate.ts';
import { legacyTensor, tensorOpcodes } from '../formats/torch-bytes.ts';
import { npy, tar, torchZip, zip } from '../hostile/forged.ts';
import { outcomeOfAsync, tell } from '../support/outcome.ts';
import { Random } from '../support/random.ts';
import { pythonBytes } from './support.ts';

const COUNT = Number(process.env['FUZZ_COUNT'] ?? 3_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_124);
const MAX_MILLISECONDS = 1000;

const text = new Uint8Array(Buffer.from(`(lp0\n${"S'some text'\np1\na".repeat(20)}.`));
const square = { length: 4, shape: [2, 2], strides: [2, 1] };
const four = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
const array = npy("'<f4'", '(2, 2)', four);
const byPython = ['bz2', 'lzma', 'zstandard', 'lz4.frame'].flatMap((name) => {
  const script = `import sys,${name}\nsys.stdout.buffer.write(${name}.compress(sys.stdin.buffer.read()))`;
  return pythonBytes(script, text) ?? [];
});

const CORPUS: readonly Uint8Array[] = [
  ...[gzipSync(text), deflateSync(text), gzipSync(gzipSync(text))].map((bytes) => new Uint8Array(bytes)),
  ...byPython,
  array,
  npy("[('a', '<u2'), ('b', '|S2')]", '(2,)', new Uint8Array(8)),
  zip([{ name: 'a.npy', content: array, deflated: true }]),
  zip([{ name: 'a.pkl', content: text, deflated: true }]),
  tar([{ name: 'a.pkl', content: text }]),
  legacyTensor(square, [1, 2, 3, 4]),
  torchZip(tensorOpcodes(square), four),
  torchZip(tensorOpcodes(square), four, true),
];

it(`of ${COUNT} files, seed ${SEED}, gives values or PickleErrors`, { timeout: 3_600_000 }, async () => {
  const random = new Random(SEED);
  const problems: string[] = [];
  const codes = new Map<string, number>();
  for (let i = 0; i < COUNT && problems.length < 10; i++) {
    const bytes = mutate(random, CORPUS);
    const used = process.cpuUsage();
    const got = await outcomeOfAsync(() => load(bytes, { engine: i % 2 === 0 ? 'ts' : 'wasm' }));
    const { user, system } = process.cpuUsage(used);
    const isSlow = (user + system) / 1000 > MAX_MILLISECONDS;
    if (got.kind === 'foreign' || isSlow) {
      problems.push(`#${i} ${isSlow ? 'slow' : tell(got)} ${Buffer.from(bytes).toString('hex')}`);
    }
    const code = got.kind === 'error' ? got.code : got.kind;
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  console.log(
    [...codes]
      .sort((a, b) => b[1] - a[1])
      .map(([code, times]) => `${code} ${times}`)
      .join(', '),
  );
  expect(problems).toEqual([]);
  // A run that reads nothing, or refuses nothing, proves nothing.
  expect(codes.get('value')).toBeGreaterThan(0);
  expect(codes.size).toBeGreaterThan(8);
});
