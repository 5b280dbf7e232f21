/** Reading by chunks: what is copied out, what is waited for, what is bounded. */
import { mkdtempSync, openSync, rmSync, closeSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ByteSource } from '../../src/bytes/byte-source.ts';
import { openSession } from '../../src/decode/session.ts';
import { StreamReader } from '../../src/decode/stream-reader.ts';
import { load, loadAll, loads, loadsPrefix } from '../../src/index.ts';
import { resolveOptions } from '../../src/values/resolve-options.ts';
import { chunksOf } from '../support/chunks.ts';
import { ENGINES } from '../support/engines.ts';
import { outcomeOf, outcomeOfAsync } from '../support/outcome.ts';

const folder = mkdtempSync(join(tmpdir(), 'pickle-wasm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const uint32 = (n: number): string => String.fromCharCode(n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24);
const binbytes = (length: number, fill: string): string => `B${uint32(length)}${fill.repeat(length)}`;
const frame = (length: number): string => `\x95${uint32(length)}\0\0\0\0`;

/** A pickle with every kind of thing that crosses the edges of chunks. */
const MIXED = latin1(
  `\x80\x04](C\x03abc${binbytes(5000, 'x')}${binbytes(100_000, 'y')}` +
    `\x8b${uint32(20)}${'\x01'.repeat(20)}X${uint32(20_000)}${'t'.repeat(20_000)}` +
    `X${uint32(300)}${'s'.repeat(300)}I${'9'.repeat(40)}\nVline of text\ncmodule\nname\ne.`,
);

describe.each(ENGINES)('chunks, %s', (engine) => {
  it.each([1, 2, 3, 7, 4096, 65_537, 10 ** 6])('of %i bytes give what the whole gives', async (size) => {
    const value = await load(chunksOf(MIXED, size), { engine });
    expect(value).toEqual(loads(MIXED, { engine }));
  });

  it('are not held by small bytes, and not changed by what comes later', async () => {
    const chunks = [...Array(4)].map((_, i) => latin1(`C\x02${i}${i}`));
    async function* source(): AsyncGenerator<Uint8Array> {
      yield latin1('](');
      for (const chunk of chunks) {
        yield chunk;
        chunk.fill(0xff);
      }
      yield latin1('e.');
    }
    const value = (await load(source(), { engine })) as Uint8Array[];
    expect(value.map((bytes) => String.fromCharCode(...bytes))).toEqual(['00', '11', '22', '33']);
  });

  it('of one byte are no trouble for a megabyte', { timeout: 60_000 }, async () => {
    const item = `X${uint32(16_000)}${'t'.repeat(16_000)}`;
    const bytes = latin1(`](${item.repeat(64)}e.`);
    const begin = performance.now();
    expect(await load(chunksOf(bytes, 1), { engine })).toHaveLength(64);
    expect(performance.now() - begin).toBeLessThan(10_000);
  });

  it('need not go on once the pickle has ended', async () => {
    async function* live(): AsyncGenerator<Uint8Array> {
      yield latin1('I1\n.');
      await new Promise(() => undefined);
    }
    for await (const value of loadAll(live(), { engine })) {
      expect(value).toBe(1);
      // What comes next never comes; to wait for it would be to wait for ever.
      return;
    }
  });

  it('do not believe a length: memory follows what really comes', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const promised = latin1(`\x8e\0\0\0\0\x01\0\0\0${'x'.repeat(1000)}`);
    await expect(load(chunksOf(promised, 100), { engine })).rejects.toMatchObject({ code: 'TRUNCATED', offset: 0 });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
  });
});

describe.each(ENGINES)('errors of streams, %s', (engine) => {
  const cases: readonly (readonly [string, string])[] = [
    ['a frame beyond the end', `\x80\x04${frame(100)}K\x01.`],
    ['a frame beyond the end, and an error in it', `\x80\x04${frame(100)}K\x01z`],
    ['a frame beyond the end, and a bad line in it', `\x80\x04${frame(100)}Iabc\n.`],
    ['a frame that ends behind the pickle, in the input', `\x80\x04${frame(10)}K\x01.12345678`],
    ['bytes cut short', `\x80\x04${binbytes(300, 'x').slice(0, 200)}`],
    ['bytes cut short in a frame that is there', `\x80\x04${frame(4)}B${uint32(9)}xyz`],
    ['a large int that is not there', `\x80\x02\x8b${uint32(10 ** 7)}abc`],
    ['text over the limit that is not there', `\x80\x04X${uint32(0x7fffffff)}abc`],
    ['long text cut short', `X${uint32(30_000)}${'t'.repeat(29_999)}`],
    ['a line without an end', 'I12'],
    ['no STOP', 'I12\n'],
    ['nothing', ''],
    ['another format', '\x1f\x8b\x08\0\0\0\0\0'],
  ];

  it.each(cases)('are those of the whole: %s', async (_, text) => {
    const bytes = latin1(text);
    const want = outcomeOf(() => loadsPrefix(bytes, { engine }).value);
    for (const size of [1, 2, 7, 64, 10 ** 6]) {
      const got = await outcomeOfAsync(() => load(chunksOf(bytes, size), { engine, compression: null }));
      if (want.kind === 'error' && got.kind === 'error') {
        expect([got.code, got.offset], `chunks of ${size}`).toEqual([want.code, want.offset]);
      } else expect(got, `chunks of ${size}`).toEqual(want);
    }
  });

  it('say how much input was too much', async () => {
    const limits = { maxInputBytes: 5 };
    const source = (): AsyncIterable<Uint8Array> => chunksOf(latin1('I1234\n.'), 2);
    const wanted = { code: 'LIMIT_INPUT', offset: 5, limit: 5 };
    await expect(load(source(), { engine, limits })).rejects.toMatchObject(wanted);
    expect(() => loads(latin1('I1234\n.'), { engine, limits })).toThrow(expect.objectContaining(wanted));
  });
});

describe.each(ENGINES)('several pickles, %s', (engine) => {
  const THREE = latin1('\x80\x04K\x01.(lp0\nI2\na.C\x01x.');

  it.each([0, 1, 2, 7, 100])('come one by one from chunks of %i bytes (0: whole)', async (size) => {
    const values = [];
    for await (const value of loadAll(size === 0 ? THREE : chunksOf(THREE, size), { engine })) values.push(value);
    expect(values).toEqual([1, [2], new Uint8Array([0x78])]);
  });

  it('give those before the damaged one, then its error, at its offset in the input', async () => {
    for (const size of [0, 1, 5]) {
      const bytes = latin1('I1\n.I2\n.z');
      const values: unknown[] = [];
      const reading = async (): Promise<void> => {
        for await (const value of loadAll(size === 0 ? bytes : chunksOf(bytes, size), { engine })) values.push(value);
      };
      await expect(reading()).rejects.toMatchObject({ code: 'UNKNOWN_OPCODE', offset: 8 });
      expect(values).toEqual([1, 2]);
    }
  });

  it('may share a memo, and what it holds', async () => {
    // One Pickler dumps the same list twice.
    const bytes = latin1('\x80\x04]\x94K\x05a.\x80\x04h\0.\x80\x04C\x02ab\x94.h\x01.');
    for (const size of [0, 1, 3]) {
      const values = [];
      const source = size === 0 ? bytes : chunksOf(bytes, size);
      for await (const value of loadAll(source, { engine, sharedMemo: true })) values.push(value);
      expect(values).toEqual([[5], [5], latin1('ab'), latin1('ab')]);
      expect(values[1]).toBe(values[0]);
    }
    const apart = loadAll(bytes, { engine });
    await apart.next();
    await expect(apart.next()).rejects.toMatchObject({ code: 'MEMO_MISSING', offset: 10 });
  });

  it('are read in bounded memory from a file of any size', { timeout: 120_000 }, async () => {
    const path = join(folder, `${engine}.pkl`);
    const descriptor = openSync(path, 'w');
    const payload = 8 * 2 ** 20;
    const one = Buffer.concat([latin1(`\x80\x04B${uint32(payload)}`), Buffer.alloc(payload, 7), latin1('.')]);
    for (let i = 0; i < 24; i++) writeSync(descriptor, one);
    closeSync(descriptor);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    let count = 0;
    for await (const value of loadAll(path, { engine })) {
      expect((value as Uint8Array).length).toBe(payload);
      count++;
      most = Math.max(most, process.memoryUsage().arrayBuffers);
    }
    expect(count).toBe(24);
    // All of it would be 200 MB; a payload and its chunks are collected when V8 sees fit.
    expect(most - before).toBeLessThan(150 * 2 ** 20);
  });

  it('have offsets beyond 2^32', async () => {
    // A source of 5 GiB that reads nothing where it is asked to fill a buffer: memory that nobody writes to costs nothing.
    const parts = [
      latin1('K\x01.'),
      ...Array<Uint8Array>(5).fill(latin1(`B${uint32(2 ** 30)}`)),
      latin1('0'.repeat(5) + 'C\x03end.z'),
    ];
    const byteLength = 5 * 2 ** 30 + parts.reduce((sum, part) => sum + part.length, 0);
    const source: ByteSource = {
      byteLength,
      read: () => Promise.resolve(parts.shift() ?? null),
      readInto: (target) => Promise.resolve(target.length),
      close: () => Promise.resolve(),
    };
    const reader = new StreamReader(source, openSession(resolveOptions({ engine }), byteLength, false));
    expect(await reader.next(true)).toBe(1);
    expect(await reader.next(true)).toEqual(latin1('end'));
    expect(reader.position).toBe(byteLength - 1);
    await expect(reader.next(true)).rejects.toMatchObject({ code: 'UNKNOWN_OPCODE', offset: byteLength - 1 });
    await reader.close();
  });
});
