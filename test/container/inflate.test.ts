/** gzip, zlib and deflate by Node and by code of our own, which browsers have: both do what Python's modules do. */
import { constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/container/budget.ts';
import type { Deflated } from '../../src/container/container.ts';
import { inflate } from '../../src/container/inflate.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/index.ts';
import { Failures } from '../support/failures.ts';
import { outcomeOfAsync, tell } from '../support/outcome.ts';
import { Random } from '../support/random.ts';
import { drain, inPieces } from './support.ts';

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const hex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits.replaceAll(' ', ''), 'hex'));
const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** A member with all that its head may hold. */
const FULL_HEAD = joined(hex('1f8b 08 1f 00000000 02 03 0300'), bytesOf('abcname.pkl\0comment\0'), hex('0000'));
const member = (text: string): Uint8Array => new Uint8Array(gzipSync(text));
/** As `member`, with another head. */
const headed = (head: Uint8Array, text: string): Uint8Array => joined(head, member(text).subarray(10));

type Row = readonly [what: string, format: Deflated, bytes: Uint8Array, want: string | { readonly code: string }];

const refused = (code: string): { readonly code: string } => ({ code });
const TRUNCATED = refused('CONTAINER_TRUNCATED');
const CORRUPT = refused('CONTAINER_CORRUPT');
const CHECKSUM = refused('CONTAINER_CHECKSUM');
const TRAILING = refused('TRAILING_DATA');

const changed = (bytes: Uint8Array, at: number, by = 1): Uint8Array => {
  const copy = bytes.slice();
  copy[at < 0 ? copy.length + at : at]! ^= by;
  return copy;
};

const ROWS: readonly Row[] = [
  ['one member', 'gzip', member('pickle'), 'pickle'],
  ['members one after another', 'gzip', joined(member('a'), member(''), member('b')), 'ab'],
  [
    'zeros between members and behind them',
    'gzip',
    joined(member('a'), new Uint8Array(9), member('b'), hex('00')),
    'ab',
  ],
  ['an empty member', 'gzip', member(''), ''],
  ['a head with all that there is', 'gzip', headed(changed(FULL_HEAD, 3, 2).subarray(0, -2), 'pickle'), 'pickle'],
  ['text behind a member', 'gzip', joined(member('a'), bytesOf('N.')), TRAILING],
  ['text behind zeros', 'gzip', joined(member('a'), hex('0000 4e')), TRAILING],
  ['a lone first byte of a member', 'gzip', joined(member('a'), hex('1f')), TRUNCATED],
  ['half a second member', 'gzip', joined(member('a'), member('pickle').subarray(0, 15)), TRUNCATED],
  ['a wrong checksum', 'gzip', changed(member('pickle'), -8), CHECKSUM],
  ['a wrong length', 'gzip', changed(member('pickle'), -1), CHECKSUM],
  ['another method', 'gzip', changed(member('pickle'), 2), CORRUPT],
  ['no gzip', 'gzip', bytesOf('pickle'), CORRUPT],
  ['zlib data', 'zlib', new Uint8Array(deflateSync('pickle')), 'pickle'],
  ['a wrong sum', 'zlib', changed(new Uint8Array(deflateSync('pickle')), -1), CHECKSUM],
  ['a wrong head', 'zlib', changed(new Uint8Array(deflateSync('pickle')), 1), CORRUPT],
  ['two streams of zlib', 'zlib', joined(deflateSync('a'), deflateSync('b')), TRAILING],
  ['zeros behind zlib', 'zlib', joined(deflateSync('a'), hex('00')), TRAILING],
  ['a window of 64 KiB', 'zlib', joined(hex('8819'), deflateRawSync('a')), CORRUPT],
  ['something behind the data', 'deflate-raw', joined(deflateRawSync('a'), hex('00')), TRAILING],
  // What follows is of blocks.
  ['empty stored blocks', 'deflate-raw', hex('00 0000 ffff 01 0000 ffff'), ''],
  ['a stored block', 'deflate-raw', hex('01 0200 fdff 4e2e'), 'N.'],
  ['a stored block of two lengths', 'deflate-raw', hex('01 0200 fdfe 4e2e'), CORRUPT],
  ['a stored block that ends early', 'deflate-raw', hex('01 0200 fdff 4e'), TRUNCATED],
  ['a block of no kind', 'deflate-raw', hex('07'), CORRUPT],
  ['an empty fixed block', 'deflate-raw', hex('0300'), ''],
  ['a distance before the first byte', 'deflate-raw', hex('0302 00'), CORRUPT],
  ['too many codes of lengths', 'deflate-raw', hex('fd ff ff ff ff ff ff ff ff ff ff ff ff'), CORRUPT],
  ['codes of no length at all', 'deflate-raw', joined(hex('05'), new Uint8Array(100)), CORRUPT],
  ['no bytes', 'deflate-raw', hex(''), TRUNCATED],
];

const WAYS = [
  ['by Node', false],
  ['by code of our own', true],
] as const;

const unpacked = (
  format: Deflated,
  bytes: Uint8Array,
  isOwn: boolean,
  pieceBytes?: number,
  limits?: Partial<Limits>,
): Promise<Uint8Array> => {
  const budget = new Budget({ ...DEFAULT_LIMITS, ...limits });
  return drain(inflate(budget.counting(inPieces(bytes, pieceBytes)), format, budget, isOwn));
};

describe.each(WAYS)('inflating, %s', (_, isOwn) => {
  it.each(ROWS)('%s', async (_what, format, bytes, want) => {
    for (const pieceBytes of [1, 3, 65_536]) {
      const got = unpacked(format, bytes, isOwn, pieceBytes);
      if (typeof want === 'string') expect(Buffer.from(await got).toString('latin1')).toBe(want);
      else await expect(got).rejects.toMatchObject(want);
    }
  });

  it('takes heads whose checksum is told', async () => {
    // Python passes over that checksum, zlib does not.
    const got = unpacked('gzip', headed(FULL_HEAD, 'pickle'), isOwn);
    if (isOwn) expect(Buffer.from(await got).toString()).toBe('pickle');
    else await expect(got).rejects.toMatchObject({ code: 'CONTAINER_CORRUPT' });
  });

  it('says where damage lies, counted from the first byte of all', async () => {
    const first = member('a');
    const error = unpacked('gzip', joined(first, hex('0000 4e2e')), isOwn);
    await expect(error).rejects.toMatchObject({ code: 'TRAILING_DATA', offset: first.length + 2 });
    const short = joined(first, member('pickle').subarray(0, 15));
    await expect(unpacked('gzip', short, isOwn)).rejects.toMatchObject({ offset: short.length });
  });

  it('ends bombs early, by bytes and by ratio', async () => {
    const packed = new Uint8Array(gzipSync(new Uint8Array(80_000_000)));
    const told = { code: 'LIMIT_INFLATED' };
    await expect(unpacked('gzip', packed, isOwn)).rejects.toMatchObject({ ...told, limit: 2 ** 26 });
    const few = unpacked('gzip', packed, isOwn, undefined, { maxInflatedBytes: 1e6 });
    await expect(few).rejects.toMatchObject({ ...told, limit: 1e6 });
    // Members that are small alone are one stream.
    const many = joined(...Array.from({ length: 200 }, () => member('x'.repeat(10_000))));
    const all = unpacked('gzip', many, isOwn, undefined, { maxInflatedBytes: 1e6 });
    await expect(all).rejects.toMatchObject({ ...told, limit: 1e6 });
  });

  it('gives what has come, where no more does yet', async () => {
    const { createDeflateRaw } = await import('node:zlib');
    const stream = createDeflateRaw();
    const packed = await new Promise<Buffer>((resolve) => {
      stream.write('pickle');
      stream.flush(constants.Z_SYNC_FLUSH, () => resolve(stream.read() as Buffer));
    });
    const forever = new Promise<null>(() => {});
    let given = 0;
    const source = {
      byteLength: undefined,
      read: (): Promise<Uint8Array | null> => (given++ === 0 ? Promise.resolve(new Uint8Array(packed)) : forever),
      close: async () => undefined,
    };
    const piece = await inflate(source, 'deflate-raw', new Budget(DEFAULT_LIMITS), isOwn).read();
    expect(Buffer.from(piece!).toString()).toBe('pickle');
  });
});

/** A stream of random blocks of every kind and strategy, up to the longest codes and the farthest matches. */
function randomData(random: Random, most = 20_000): Uint8Array {
  const kinds = 1 + random.below(255);
  const parts: Uint8Array[] = [];
  for (let count = 1 + random.below(8); count > 0; count--) {
    const length = random.below(most);
    // The rarer a byte, the longer its code.
    const skewed = (): number => Math.min(random.below(kinds), random.below(kinds), random.below(kinds));
    parts.push(Uint8Array.from({ length }, skewed));
    if (parts.length > 1) parts.push(parts[random.below(parts.length)]!);
  }
  return joined(...parts);
}

describe('code of our own', () => {
  it('gives what zlib was given, at every level and strategy', async () => {
    const random = new Random(20_261_129);
    const failures = new Failures();
    for (let i = 0; i < 120; i++) {
      const data = randomData(random);
      const options = { level: i % 10, strategy: i % 5, memLevel: 1 + (i % 9), windowBits: 9 + (i % 7) };
      const packed = new Uint8Array(deflateRawSync(data, options));
      const got = await outcomeOfAsync(() => unpacked('deflate-raw', packed, true, 1 + random.below(100_000)));
      const isSame = got.kind === 'value' && Buffer.compare(got.value as Uint8Array, data) === 0;
      failures.note(JSON.stringify(options), isSame ? null : tell(got));
    }
    failures.report();
  });

  it('takes and refuses what zlib does, whatever is changed', { timeout: 60_000 }, async () => {
    const random = new Random(20_261_130);
    const failures = new Failures();
    let refusals = 0;
    for (let i = 0; i < 1000; i++) {
      const data = randomData(random, 700);
      const packed = new Uint8Array(deflateRawSync(data, { level: i % 10, strategy: i % 5 }));
      // The heads of blocks are where most may be wrong.
      const at = random.below(2) === 0 ? random.below(80) : random.below(packed.length);
      if (at < packed.length) packed[at]! ^= 1 << random.below(8);
      const bytes = i % 4 === 0 ? packed.subarray(0, random.below(packed.length)) : packed;
      const [node, own] = await Promise.all(
        [false, true].map((isOwn) => outcomeOfAsync(() => unpacked('deflate-raw', bytes, isOwn))),
      );
      if (node!.kind === 'error') refusals++;
      const isSame =
        node!.kind === 'value'
          ? own!.kind === 'value' && Buffer.compare(own!.value as Uint8Array, node!.value as Uint8Array) === 0
          : node!.kind === 'error' && own!.kind === 'error' && own!.code === node!.code;
      failures.note(
        `#${i} ${Buffer.from(bytes).toString('hex').slice(0, 200)}`,
        isSame ? null : `${tell(own!)}, not ${tell(node!)}`,
      );
    }
    failures.report();
    expect(refusals).toBeGreaterThan(100);
  });
});
