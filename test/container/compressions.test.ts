/** Every compression against what Python's modules write: whole, in pieces, cut short, damaged, with something behind it. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CompressionName } from '../../src/container/container.ts';
import { COMPRESSIONS } from '../../src/container/index.ts';
import { PickleError } from '../../src/index.ts';
import { outcomeOfAsync, tell } from '../support/outcome.ts';
import { Failures } from '../support/failures.ts';
import { Random } from '../support/random.ts';
import { pythonBytes, unpack, type WayToUnpack } from './support.ts';

/** Python that compresses `data`, by compression: several settings each. */
const MAKERS: readonly (readonly [name: CompressionName, module: string, expression: string])[] = [
  ['gzip', 'gzip', 'gzip.compress(data[:100]) + gzip.compress(data[100:], 1) + bytes(10)'],
  ['gzip', 'gzip', 'gzip.compress(data[:5]) + bytes(7) + gzip.compress(data[5:]) + bytes(1)'],
  ['gzip', 'gzip', 'gzip.compress(data)'],
  ['zlib', 'zlib', 'zlib.compress(data, 1)'],
  ['zlib', 'zlib', 'zlib.compress(data)'],
  ['bz2', 'bz2', 'bz2.compress(data[:7], 1) + bz2.compress(data[7:], 1)'],
  ['bz2', 'bz2', 'bz2.compress(data)'],
  ['xz', 'lzma', 'lzma.compress(data, check=lzma.CHECK_CRC32, preset=0)'],
  ['xz', 'lzma', 'lzma.compress(data, check=lzma.CHECK_SHA256) + bytes(8) + lzma.compress(b"")'],
  [
    'xz',
    'lzma',
    'lzma.compress(data, check=lzma.CHECK_NONE, filters=[dict(id=lzma.FILTER_LZMA2, dict_size=4096, lc=1, lp=2, pb=1)])',
  ],
  ['xz', 'lzma', 'lzma.compress(data)'],
  ['lzma', 'lzma', 'lzma.compress(data, format=lzma.FORMAT_ALONE)'],
  ['zstd', 'zstandard', 'zstandard.compress(data, 19)'],
  ['zstd', 'zstandard', 'zstandard.ZstdCompressor(level=1, write_content_size=False).compress(data)'],
  [
    'zstd',
    'zstandard',
    'zstandard.compress(data[:9]) + b"\\x50\\x2a\\x4d\\x18\\x03\\0\\0\\0abc" + zstandard.compress(data[9:])',
  ],
  ['zstd', 'zstandard', 'zstandard.ZstdCompressor(write_checksum=True).compress(data)'],
  ['lz4', 'lz4.frame', 'lz4.frame.compress(data)'],
  ['lz4', 'lz4.frame', 'lz4.frame.compress(data, compression_level=9, store_size=False, block_linked=False)'],
  [
    'lz4',
    'lz4.frame',
    'lz4.frame.compress(data, block_linked=True, block_size=4, content_checksum=True, block_checksum=True)',
  ],
];

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
/** All samples by all makers, in one run of Python: null for makers whose module is not there. */
const SCRIPT = `import base64, importlib, json, sys
def run(module, expression, data):
    try: importlib.import_module(module)
    except ImportError: return None
    name = module.split('.')[0]
    return base64.b64encode(eval(expression, {name: importlib.import_module(name), 'data': data})).decode()
request = json.load(sys.stdin)
samples = {name: base64.b64decode(text) for name, text in request['samples'].items()}
print(json.dumps([{name: run(module, expression, data) for name, data in samples.items()}
                  for _, module, expression in request['makers']]))`;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const samplesIn64 = Object.fromEntries(Object.entries(SAMPLES).map(([key, bytes]) => [key, base64(bytes)]));
const answer = pythonBytes(SCRIPT, Buffer.from(JSON.stringify({ makers: MAKERS, samples: samplesIn64 })));
const PACKED = answer === null ? [] : (JSON.parse(Buffer.from(answer).toString()) as Record<string, string | null>[]);

const WAYS: readonly (readonly [WayToUnpack, CompressionName])[] = [
  ...COMPRESSIONS.map(({ name }) => [name, name] as const),
  ['gzip in browsers', 'gzip'],
  ['zlib in browsers', 'zlib'],
];

describe.each(WAYS)('%s', (way, name) => {
  const makers = MAKERS.map(([own, , expression], i) => ({ own, expression, packed: PACKED[i] })).filter(
    ({ own, packed }) => own === name && typeof packed?.['one'] === 'string',
  );
  const made = (sample: string): Uint8Array[] =>
    makers.map(({ packed }) => new Uint8Array(Buffer.from(packed![sample]!, 'base64')));
  const compression = COMPRESSIONS.find((one) => one.name === name)!;

  it.skipIf(makers.length === 0)('gives what was put in, in any pieces, and is found by its first bytes', async () => {
    const failures = new Failures();
    for (const [sample, bytes] of Object.entries(SAMPLES)) {
      for (const [i, packed] of made(sample).entries()) {
        for (const pieceBytes of [65_536, ...(packed.length < 3_000 ? [1, 7] : [])]) {
          const got = await outcomeOfAsync(() => unpack(way, packed, pieceBytes, { maxInflateRatio: Infinity }));
          const same = got.kind === 'value' && Buffer.compare(got.value as Uint8Array, bytes) === 0;
          failures.note(`${sample}, ${makers[i]!.expression}, pieces of ${pieceBytes}`, same ? null : tell(got));
        }
        failures.note(
          `${sample}, ${makers[i]!.expression}`,
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
        const got = await outcomeOfAsync(() => unpack(way, packed.subarray(0, length)));
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
    // The format lzma has no checksum.
    const checks = name !== 'lzma';
    const packed = made('short').at(-1)!;
    for (let bit = 0; bit < 8 * packed.length; bit++) {
      const damaged = packed.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      const got = await outcomeOfAsync(() => unpack(way, damaged));
      const same = got.kind === 'value' && Buffer.compare(got.value as Uint8Array, SAMPLES['short']!) === 0;
      const good = got.kind === 'error' || same || (got.kind === 'value' && !checks);
      failures.note(`bit ${bit}`, good ? null : tell(got));
    }
    const large = made('mixed').at(-1)!;
    for (let i = 0; i < 30; i++) {
      const damaged = large.slice();
      damaged[Math.floor(random() * large.length)]! ^= 1 << Math.floor(random() * 8);
      const got = await outcomeOfAsync(() => unpack(way, damaged));
      failures.note(`large ${i}`, got.kind === 'foreign' ? tell(got) : null);
    }
    failures.report();
  });

  it.skipIf(makers.length === 0)('refuses what lies behind it', async () => {
    const packed = made('text').at(-1)!;
    const more = new Uint8Array([...packed, 1, 2, 3]);
    const error: unknown = await unpack(way, more).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'TRAILING_DATA' });
    const { offset } = error as PickleError;
    // Where a gzip member ends within a chunk, Node does not tell.
    if (way === 'gzip') expect(offset).toBeLessThanOrEqual(packed.length);
    else expect(offset).toBe(packed.length);
  });

  it.skipIf(makers.length === 0)('ends a bomb early', async () => {
    const packed = made('zeros').at(-1)!;
    const all = unpack(way, packed, 65_536, { maxInflatedBytes: 1_000_000 });
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
