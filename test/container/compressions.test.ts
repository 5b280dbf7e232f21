/** Every compression against what Python's modules write: whole, in pieces, cut short, damaged, with something behind it. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CompressionName } from '../../src/container/container.ts';
import { COMPRESSIONS } from '../../src/container/index.ts';
import { PickleError } from '../../src/index.ts';
import { outcomeOfAsync, tell } from '../support/outcome.ts';
import { Failures } from '../support/failures.ts';
import { Random } from '../support/random.ts';
import { pythonBytes, unpack } from './support.ts';

/** Python that compresses `data`, by compression: several settings each. */
const MAKERS: readonly (readonly [name: CompressionName, module: string, expression: string])[] = [
  ['gzip', 'gzip', 'gzip.compress(data)'],
  ['gzip', 'gzip', 'gzip.compress(data[:100]) + gzip.compress(data[100:], 1) + bytes(10)'],
  ['zlib', 'zlib', 'zlib.compress(data)'],
  ['zlib', 'zlib', 'zlib.compress(data, 1)'],
  ['bz2', 'bz2', 'bz2.compress(data)'],
  ['bz2', 'bz2', 'bz2.compress(data[:7], 1) + bz2.compress(data[7:], 1)'],
  ['xz', 'lzma', 'lzma.compress(data)'],
  ['xz', 'lzma', 'lzma.compress(data, check=lzma.CHECK_CRC32, preset=0)'],
  ['xz', 'lzma', 'lzma.compress(data, check=lzma.CHECK_SHA256) + bytes(8) + lzma.compress(b"")'],
  [
    'xz',
    'lzma',
    'lzma.compress(data, check=lzma.CHECK_NONE, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 4096, "lc": 1, "lp": 2, "pb": 1}])',
  ],
  ['lzma', 'lzma', 'lzma.compress(data, format=lzma.FORMAT_ALONE)'],
  ['zstd', 'zstandard', 'zstandard.compress(data)'],
  ['zstd', 'zstandard', 'zstandard.compress(data, 19)'],
  [
    'zstd',
    'zstandard',
    'zstandard.ZstdCompressor(level=1, write_content_size=False, write_checksum=True).compress(data)',
  ],
  [
    'zstd',
    'zstandard',
    'zstandard.ZstdCompressor(write_checksum=True).compressobj().compress(data[:9]) and zstandard.compress(data[:9]) + b"\\x50\\x2a\\x4d\\x18\\x03\\0\\0\\0abc" + zstandard.compress(data[9:])',
  ],
  ['lz4', 'lz4.frame', 'lz4.frame.compress(data)'],
  [
    'lz4',
    'lz4.frame',
    'lz4.frame.compress(data, block_linked=True, block_size=4, content_checksum=True, block_checksum=True)',
  ],
  ['lz4', 'lz4.frame', 'lz4.frame.compress(data, compression_level=9, store_size=False, block_linked=False)'],
];

/** A script that tells each result with its length before it. */
const script = (module: string, expression: string): string => `import sys, ${module}
data = sys.stdin.buffer.read()
sys.stdout.buffer.write(${expression})`;

const source = new Random(20261124);
const random = (): number => source.bits() / 2 ** 32;

function samples(): Record<string, Uint8Array> {
  const words = ['pickle', 'wasm', 'codec', 'graph', 'opcode', 'frame', 'memo', 'stack'];
  let text = '';
  while (text.length < 700_000) text += `${words[Math.floor(random() * 8)]!} ${Math.floor(random() ** 4 * 1e6)}\n`;
  const noise = Uint8Array.from({ length: 150_000 }, () => Math.floor(random() * 256));
  const runs = Buffer.concat(Array.from({ length: 300 }, (_, i) => Buffer.alloc(Math.floor(random() * 2000), i % 7)));
  return {
    nothing: new Uint8Array(0),
    one: Uint8Array.of(46),
    short: Buffer.from('a pickle in a container'),
    text: Buffer.from(text),
    noise,
    runs,
    zeros: new Uint8Array(2_000_000),
    mixed: Buffer.concat([noise, Buffer.from(text.slice(0, 100_000)), runs, noise.subarray(0, 70_000)]),
  };
}

const SAMPLES = samples();
const hasModule = (module: string): boolean => pythonBytes(`import ${module}`) !== null;
const THERE = new Map([...new Set(MAKERS.map(([, module]) => module))].map((module) => [module, hasModule(module)]));

describe.each(COMPRESSIONS.map(({ name }) => name))('%s', (name) => {
  const makers = MAKERS.filter(([own, module]) => own === name && THERE.get(module) === true);
  const made = (sample: string): Uint8Array[] =>
    makers.map(([, module, expression]) => pythonBytes(script(module, expression), SAMPLES[sample])!);
  const compression = COMPRESSIONS.find((one) => one.name === name)!;

  it.skipIf(makers.length === 0)('gives what was put in, in any pieces, and is found by its first bytes', async () => {
    const failures = new Failures();
    for (const [sample, bytes] of Object.entries(SAMPLES)) {
      for (const [i, packed] of made(sample).entries()) {
        for (const pieceBytes of [2 ** 24, 65_536, ...(packed.length < 20_000 ? [1, 7] : [])]) {
          const got = await outcomeOfAsync(() => unpack(name, packed, pieceBytes, { maxInflateRatio: Infinity }));
          const same = got.kind === 'value' && Buffer.compare(got.value as Uint8Array, bytes) === 0;
          failures.note(`${sample}, ${makers[i]![2]}, pieces of ${pieceBytes}`, same ? null : tell(got));
        }
        failures.note(
          `${sample}, ${makers[i]![2]}`,
          compression.detect(packed.subarray(0, 512)) ? null : 'is not found',
        );
      }
    }
    failures.report();
  });

  it.skipIf(makers.length === 0)('refuses what is cut short, at any byte', async () => {
    const failures = new Failures();
    for (const packed of made('short')) {
      for (let length = 1; length < packed.length; length++) {
        const got = await outcomeOfAsync(() => unpack(name, packed.subarray(0, length)));
        // The end of a member may be the end of the data.
        const good = got.kind === 'error' || (got.kind === 'value' && makers.length > 1);
        failures.note(`${length} of ${packed.length}`, good ? null : tell(got));
        if (got.kind === 'foreign') failures.note(`${length} of ${packed.length}`, tell(got));
      }
    }
    failures.report();
  });

  it.skipIf(makers.length === 0)('never gives other bytes than were put in, whatever bit is turned', async () => {
    const failures = new Failures();
    // .lzma has no checksum.
    const checks = name !== 'lzma';
    const [packed] = made('short') as [Uint8Array];
    for (let bit = 0; bit < 8 * packed.length; bit++) {
      const damaged = packed.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      const got = await outcomeOfAsync(() => unpack(name, damaged));
      const same = got.kind === 'value' && Buffer.compare(got.value as Uint8Array, SAMPLES['short']!) === 0;
      const good =
        got.kind === 'error' || same || (got.kind === 'value' && (!checks || name === 'zstd' || name === 'lz4'));
      failures.note(`bit ${bit}`, good ? null : tell(got));
    }
    const [large] = made('mixed') as [Uint8Array];
    for (let i = 0; i < 30; i++) {
      const damaged = large.slice();
      damaged[Math.floor(random() * large.length)]! ^= 1 << Math.floor(random() * 8);
      const got = await outcomeOfAsync(() => unpack(name, damaged));
      failures.note(`large ${i}`, got.kind === 'foreign' ? tell(got) : null);
    }
    failures.report();
  });

  it.skipIf(makers.length === 0)('refuses what lies behind it', async () => {
    const [packed] = made('text') as [Uint8Array];
    const more = new Uint8Array([...packed, 1, 2, 3]);
    await expect(unpack(name, more)).rejects.toMatchObject({ code: 'TRAILING_DATA', offset: packed.length });
  });

  it.skipIf(makers.length === 0)('ends a bomb early', async () => {
    const [packed] = made('zeros') as [Uint8Array];
    const all = unpack(name, packed, 65_536, { maxInflatedBytes: 1_000_000 });
    await expect(all).rejects.toMatchObject({ code: 'LIMIT_INFLATED', limit: 1_000_000 });
  });
});

it('ends by ratio, where the input gives more than 64 MiB', async () => {
  const packed = gzipSync(new Uint8Array(80_000_000));
  const error: unknown = await unpack('gzip', packed).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(PickleError);
  expect(error).toMatchObject({ code: 'LIMIT_INFLATED' });
  expect(await unpack('gzip', packed, 65_536, { maxInflateRatio: 2000 })).toHaveLength(80_000_000);
});
