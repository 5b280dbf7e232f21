/**
 * Random damage to files of every container and format: a value or a PickleError, in time, and no array that reaches out of
 * its bytes.
 *
 *   FUZZ_COUNT=200000 FUZZ_SEED=1 npx vitest run test/container/damage
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { load, openShelf } from '../../src/index.ts';
import { mutate } from '../fuzz/mutate.ts';
import { file, latin1, wrapped } from '../formats/joblib-bytes.ts';
import { legacyTensor, tensorOpcodes } from '../formats/torch-bytes.ts';
import { npy, tar, zip } from '../hostile/forged.ts';
import { boundsOf } from '../support/array-bounds.ts';
import { outcomeOfAsync, tell, type Outcome } from '../support/outcome.ts';
import { Random } from '../support/random.ts';
import { pythonBytes } from './support.ts';

const COUNT = Number(process.env['FUZZ_COUNT'] ?? 3_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_124);
const MAX_MILLISECONDS = 1000;
const MAX_GROWTH_MEGABYTES = 512;

const text = latin1(`(lp0\n${"S'some text'\np1\na".repeat(20)}.`);
const square = { length: 4, shape: [2, 2], strides: [2, 1] };
const column = { length: 4, shape: [2], strides: [2], offset: 1 };
const four = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
const three = new Uint8Array(Float64Array.of(1, 2, 3).buffer);
const array = npy("'<f4'", '(2, 2)', four);
const joblib = file(
  '](',
  wrapped({ content: three }),
  wrapped({ padding: null, order: 'F', content: three }),
  'K\x07e',
);
const int64 = (value: number): Uint8Array => new Uint8Array(BigInt64Array.of(BigInt(value)).buffer);
const joined = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? latin1(part) : part))));

/** joblib before 0.10: the length of what follows as hex digits, then zlib data. */
const zFile = (bytes: Uint8Array): Uint8Array =>
  joined(`ZF0x${bytes.length.toString(16).padEnd(19)}`, deflateSync(bytes));

/** torch before 0.1.10: one tensor of one storage. */
const storages = joined('I1\n.', '(I5\nS"cpu"\nctorch\nFloatStorage\nt.', int64(4), four, '].');
const ints = (...values: readonly number[]): Uint8Array => joined(...values.map(int64));
const tensors = joined('I1\n.', '(I6\nI5\nctorch\nFloatTensor\nt.', '\x02\0\0\0\0\0\0\0', ints(2, 2, 2, 1, 0));
const torchTar = (pickle: Uint8Array): Uint8Array =>
  tar([
    { name: 'storages', content: storages },
    { name: 'tensors', content: tensors },
    { name: 'pickle', content: pickle },
  ]);

/** joblib up to 0.9: an array in a file beside. */
const siblingsPickle = latin1(
  `\x80\x02cjoblib.numpy_pickle\nNDArrayWrapper\n)\x81}(U\x08filenameU\x05a.npyU\x08subclasscnumpy\nndarray\nU\x0aallow_mmap\x88ub.`,
);

/** What is damaged first, and what is made around it then: checksums outside fit, so that what is inside is read. */
type Sample = readonly [inner: Uint8Array, around: (inner: Uint8Array) => Uint8Array];

const asIs = (bytes: Uint8Array): Uint8Array => bytes;
const gzipped = (bytes: Uint8Array): Uint8Array => new Uint8Array(gzipSync(bytes, { level: 1 }));
const zipped =
  (name: string, deflated = true) =>
  (content: Uint8Array): Uint8Array =>
    zip([{ name, content, deflated }]);
const torchZipped =
  (deflated: boolean) =>
  (content: Uint8Array): Uint8Array =>
    zip([
      { name: 'archive/data.pkl', content },
      { name: 'archive/data/0', content: four, deflated },
      { name: 'archive/byteorder', content: latin1('little') },
    ]);
const torchPickle = latin1(`\x80\x02](${tensorOpcodes(square)}${tensorOpcodes(column)}e.`);

const byPython = ['bz2', 'lzma', 'zstandard', 'lz4.frame'].flatMap((name): Sample[] => {
  const script = `import sys,${name}\nsys.stdout.buffer.write(${name}.compress(sys.stdin.buffer.read()))`;
  const bytes = pythonBytes(script, text);
  return bytes === null ? [] : [[bytes, asIs]];
});

const SAMPLES: readonly Sample[] = [
  [text, gzipped],
  [text, (bytes) => new Uint8Array(deflateSync(bytes))],
  [text, (bytes) => gzipped(gzipped(bytes))],
  ...byPython,
  [array, asIs],
  [array, gzipped],
  [array, zipped('a.npy')],
  [array, zipped('a.npy', false)],
  [npy("[('a', '<u2'), ('b', '|S2')]", '(2,)', new Uint8Array(8)), asIs],
  [npy("'|O'", '(2,)', latin1('\x80\x02](K\x01K\x02e.')), asIs],
  [text, zipped('a.pkl')],
  [text, (content) => tar([{ name: 'a.pkl', content }])],
  [text, (content) => gzipped(tar([{ name: 'a.pkl', content }]))],
  [joblib, asIs],
  [joblib, gzipped],
  [joblib, zFile],
  [siblingsPickle, asIs],
  [legacyTensor(square, [1, 2, 3, 4]), asIs],
  [torchPickle, torchZipped(false)],
  [torchPickle, torchZipped(true)],
  [latin1('\x80\x02](U\x016QU\x016Qe.'), torchTar],
];

const CORPUS = SAMPLES.map(([inner, around]) => around(inner));
const INNER = SAMPLES.map(([inner]) => inner);
const EDGES = [0, 1, 2, 3, 5, 7, 8, 127, 128, 255, 65_535, 2 ** 31 - 1, -1, -2, -(2 ** 31)];

/** Other numbers for a few of those that stand there: as opcodes, as text, as eight bytes. Shapes and strides are such. */
function renumbered(random: Random, bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (let times = 1 + random.below(3); times > 0; times--) {
    const from = random.below(copy.length);
    for (let i = 0; i < copy.length; i++) {
      const at = (from + i) % copy.length;
      const byte = copy[at]!;
      const isBig = byte === 0x4a && copy.length - at > 5;
      const isSmall = byte === 0x4b && copy.length - at > 1;
      const isDigit = byte >= 0x30 && byte <= 0x39;
      if (isBig) view.setInt32(at + 1, random.of(EDGES), true);
      else if (isSmall) copy[at + 1] = random.of(EDGES);
      else if (isDigit) copy[at] = 0x30 + random.below(10);
      else continue;
      break;
    }
  }
  return copy;
}

/** A damaged file: outside, inside, or inside by its numbers alone. */
function damaged(random: Random): Uint8Array {
  const [inner, around] = random.of(SAMPLES);
  switch (random.below(3)) {
    case 0:
      return mutate(random, CORPUS);
    case 1:
      return around(mutate(random, [inner, inner, random.of(INNER)]));
    default:
      return around(renumbered(random, inner));
  }
}

const folder = mkdtempSync(join(tmpdir(), 'damage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What of an outcome is wrong, and how many arrays were looked at. */
function judged(got: Outcome, milliseconds: number): { readonly problem: string | null; readonly arrays: number } {
  if (got.kind === 'foreign') return { problem: tell(got), arrays: 0 };
  const { wrong, arrays } = boundsOf(got.kind === 'value' ? got.value : null);
  return { problem: wrong ?? (milliseconds > MAX_MILLISECONDS ? `takes ${milliseconds} ms` : null), arrays };
}

async function timed<T>(run: () => Promise<T>): Promise<readonly [T, number]> {
  const used = process.cpuUsage();
  const got = await run();
  const { user, system } = process.cpuUsage(used);
  return [got, (user + system) / 1000];
}

describe('random damage', () => {
  it('has undamaged files that are read, and arrays in them', async () => {
    let arrays = 0;
    for (const bytes of CORPUS) arrays += boundsOf(await load(bytes, { siblings: () => array })).arrays;
    expect(arrays).toBe(18);
  });

  it(`to ${COUNT} files, seed ${SEED}, gives values or PickleErrors`, { timeout: 3_600_000 }, async () => {
    const random = new Random(SEED);
    const problems: string[] = [];
    const codes = new Map<string, number>();
    let arrays = 0;
    const before = process.memoryUsage().rss;
    let most = before;
    for (let i = 0; i < COUNT && problems.length < 10; i++) {
      const bytes = damaged(random);
      const engine = i % 2 === 0 ? 'ts' : 'wasm';
      const siblings = (): Uint8Array => (i % 4 < 2 ? array : mutate(random, [array]));
      const [got, time] = await timed(() => outcomeOfAsync(() => load(bytes, { engine, siblings })));
      const { problem, arrays: more } = judged(got, time);
      arrays += more;
      if (problem !== null) problems.push(`#${i} ${problem} ${Buffer.from(bytes).toString('hex')}`);
      const code = got.kind === 'error' ? got.code : got.kind;
      codes.set(code, (codes.get(code) ?? 0) + 1);
      most = Math.max(most, process.memoryUsage().rss);
    }
    console.log(
      [...codes]
        .sort((a, b) => b[1] - a[1])
        .map(([code, times]) => `${code} ${times}`)
        .join(', '),
    );
    expect(problems).toEqual([]);
    expect((most - before) / 1e6).toBeLessThan(MAX_GROWTH_MEGABYTES);
    // A run that reads nothing, or refuses nothing, proves nothing.
    expect(codes.get('value')).toBeGreaterThan(0);
    expect(codes.size).toBeGreaterThan(8);
    expect(arrays).toBeGreaterThan(COUNT / 20);
  });

  it('to shelves gives values or PickleErrors', { timeout: 600_000 }, async () => {
    const random = new Random(SEED);
    const index = latin1("'a', (0, 4)\n'b\\xc3\\xa9', (16, 14)\n");
    const data = latin1('I1\n.'.padEnd(16, '\0') + '\x80\x02](K\x01K\x02e.'.padEnd(16, '\0'));
    const path = join(folder, 'shelf');
    const problems: string[] = [];
    let values = 0;
    for (let i = 0; i < Math.ceil(COUNT / 10) && problems.length < 10; i++) {
      const [dir, dat] = i % 3 === 0 ? [index, mutate(random, [data])] : [mutate(random, [index]), data];
      writeFileSync(`${path}.dir`, dir);
      writeFileSync(`${path}.dat`, dat);
      const [got, time] = await timed(() =>
        outcomeOfAsync(async () => {
          for await (const [key, value] of await openShelf(path)) if (key !== '' && value !== undefined) values++;
        }),
      );
      const { problem } = judged(got, time);
      if (problem !== null) problems.push(`#${i} ${problem} ${Buffer.from(dir).toString('latin1')}`);
    }
    expect(problems).toEqual([]);
    expect(values).toBeGreaterThan(0);
  });
});
