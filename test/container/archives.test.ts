/** Zip and tar archives as Python and pandas write them, and as nobody should. */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/container/budget.ts';
import { accessTo } from '../../src/container/random-access.ts';
import { ZipArchive } from '../../src/container/zip.ts';
import { DEFAULT_LIMITS, load, loadAll } from '../../src/index.ts';
import { bytesOfCase } from '../support/hostile.ts';
import { NO_PYTHON, python3 } from '../support/places.ts';
import { pythonBytes, unpack } from './support.ts';

const budget = (): Budget => new Budget(DEFAULT_LIMITS);
const openZip = (bytes: Uint8Array): Promise<ZipArchive> => ZipArchive.open(accessTo(bytes), budget());

const ZIP = `import io, pickle, sys, zipfile
out = io.BytesIO()
with zipfile.ZipFile(out, 'w') as z:
    z.writestr('stored.pkl', pickle.dumps([1, 2]))
    z.writestr('deflated.pkl', pickle.dumps('x' * 1000), compress_type=zipfile.ZIP_DEFLATED)
    z.writestr('folder/', b'')
    with z.open('big.pkl', 'w', force_zip64=True) as f: f.write(pickle.dumps({'a': 1}))
    z.writestr('odd.pkl', b'N.', compress_type=zipfile.ZIP_BZIP2)
    z.comment = b'a comment'
sys.stdout.buffer.write(out.getvalue())`;

const tarOf = (format: string, mode: string): string => `import io, pickle, sys, tarfile
out = io.BytesIO()
with tarfile.open(fileobj=out, mode='${mode}', format=tarfile.${format}) as t:
    folder = tarfile.TarInfo('folder'); folder.type = tarfile.DIRTYPE; t.addfile(folder)
    data = pickle.dumps(list(range(1000)))
    info = tarfile.TarInfo('folder/' + 'long' * 60 + '\\u00e9.pkl'); info.size = len(data)
    t.addfile(info, io.BytesIO(data))
sys.stdout.buffer.write(out.getvalue())`;

const noPython = python3() === null;
const note = noPython ? ` (${NO_PYTHON})` : '';

describe(`zip archives${note}`, () => {
  it.skipIf(noPython)('give their members: stored ones as views, zip64 or not', async () => {
    const bytes = pythonBytes(ZIP)!;
    const archive = await openZip(bytes);
    expect(archive.entries().map(({ name }) => name)).toEqual(['stored.pkl', 'deflated.pkl', 'big.pkl', 'odd.pkl']);
    const stored = await archive.read('stored.pkl');
    expect(stored.buffer).toBe(bytes.buffer);
    expect(stored.byteOffset).toBe(bytes.byteOffset + (await archive.offsetOf('stored.pkl'))!);
    expect((await archive.read('deflated.pkl')).length).toBeGreaterThan(1000);
    await expect(archive.read('odd.pkl')).rejects.toMatchObject({ code: 'UNSUPPORTED_CONTAINER' });
    await expect(archive.read('none.pkl')).rejects.toMatchObject({ code: 'UNSUPPORTED_CONTAINER' });
    expect(await load(bytes, { member: 'big.pkl' })).toEqual({ a: 1 });
    expect(await load(new Blob([bytes as Uint8Array<ArrayBuffer>]), { member: 'deflated.pkl' })).toBe('x'.repeat(1000));
    await expect(load(bytes)).rejects.toThrow(/4 members.*member: '...'.*"stored.pkl"/);
  });

  it.skipIf(noPython)('are refused when cut short or damaged, by no other exception', async () => {
    const bytes = pythonBytes(ZIP)!;
    const codes = new Set<unknown>();
    for (let i = 0; i < bytes.length; i++) {
      await load(bytes.subarray(0, i)).catch((error: { code?: unknown }) => codes.add(error.code ?? error));
      const damaged = bytes.slice();
      damaged[i]! ^= 0xff;
      for (const member of ['stored.pkl', 'deflated.pkl', 'big.pkl']) {
        await load(damaged, { member }).catch((error: { code?: unknown }) => codes.add(error.code ?? error));
      }
    }
    expect([...codes].filter((code) => typeof code !== 'string')).toEqual([]);
  });

  it.each([
    ['zip_torch_bomb', 'LIMIT_INFLATED'],
    ['zip_overlap_1000', 'ZIP_OVERLAP'],
    ['zip_65535_members', 'LIMIT_ZIP_ENTRIES'],
    ['zip_size_lie', 'ZIP_SIZE_MISMATCH'],
    ['zip_dup_names', 'ZIP_DUPLICATE_NAME'],
    ['zip_eocd_only', 'UNSUPPORTED_CONTAINER'],
    ['zip_cd_offset_far', 'ZIP_BAD_OFFSET'],
    ['zip_traversal', 'CONTAINER_CHECKSUM'],
  ])('of the hostile catalogue: %s is %s', async (name, code) => {
    const bytes = bytesOfCase(name)!;
    await expect(load(bytes)).rejects.toMatchObject({ code: expect.stringContaining(code) as string });
  });
});

describe(`tar archives${note}`, () => {
  it.skipIf(noPython).each([
    ['USTAR_FORMAT', 'w'],
    ['GNU_FORMAT', 'w'],
    ['PAX_FORMAT', 'w:gz'],
    ['PAX_FORMAT', 'w:bz2'],
    ['GNU_FORMAT', 'w:xz'],
  ])('%s, %s', async (format, mode) => {
    const script = format === 'USTAR_FORMAT' ? tarOf(format, mode).replace('* 60', '* 20') : tarOf(format, mode);
    const bytes = pythonBytes(script)!;
    const times = format === 'USTAR_FORMAT' ? 20 : 60;
    const member = `folder/${'long'.repeat(times)}\u00e9.pkl`;
    expect(await load(bytes)).toHaveLength(1000);
    expect(await load(bytes, { member, compression: 'tar' })).toHaveLength(1000);
    await expect(load(bytes, { member: 'other' })).rejects.toThrow(/no member "other", but "folder/);
  });
});

describe('bombs', () => {
  it.each([
    ['gzip_1g', 'gzip'],
    ['zlib_1g', 'zlib'],
    ['zstd_rle_4g', 'zstd'],
  ] as const)('%s ends early, though its first byte is refused already', async (name, compression) => {
    const bytes = bytesOfCase(name)!;
    const told = { code: 'LIMIT_INFLATED', limit: 2 ** 26, cause: { code: 'UNKNOWN_OPCODE' } };
    await expect(load(bytes)).rejects.toMatchObject(told);
    await expect(unpack(compression, bytes)).rejects.toMatchObject({ code: 'LIMIT_INFLATED' });
  });

  it.skipIf(noPython)('within each other end by depth', async () => {
    const script = "import gzip,sys\nd=b'N.'\nfor i in range(5): d=gzip.compress(d)\nsys.stdout.buffer.write(d)";
    const bytes = pythonBytes(script)!;
    await expect(load(bytes)).rejects.toMatchObject({ code: 'LIMIT_CONTAINERS' });
    expect(await load(bytes, { limits: { maxContainers: 5 } })).toBeNull();
  });
});

describe('the option compression', () => {
  it('takes containers off, or does not', async () => {
    const { gzipSync, deflateSync } = await import('node:zlib');
    const packed = gzipSync('I1\n.I2\n.');
    expect(await load(packed)).toBe(1);
    expect(await load(packed, { compression: 'gzip' })).toBe(1);
    expect(await load(deflateSync('I3\n.'), { compression: 'zlib' })).toBe(3);
    await expect(load(packed, { compression: null })).rejects.toMatchObject({ code: 'UNKNOWN_OPCODE' });
    await expect(load(packed, { compression: 'bz2' })).rejects.toMatchObject({ code: 'CONTAINER_CORRUPT' });
    const values: unknown[] = [];
    for await (const value of loadAll(packed)) values.push(value);
    expect(values).toEqual([1, 2]);
  });
});

describe('a stream that stays open', () => {
  it.each(['I1\n.', 'N.', '].', '(t.', '\x80\x02N.', 'X\0\0\0\0.'])('is not kept waiting for: %j', async (text) => {
    const forever = new Promise<never>(() => {});
    async function* open(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(text, 'latin1');
      await forever;
    }
    const pieces = open();
    for await (const value of loadAll({ [Symbol.asyncIterator]: () => ({ next: () => pieces.next() }) })) {
      expect(value).toBeDefined();
      break;
    }
  });
});

describe('many pickles in a small gzip', () => {
  it('are read one by one in bounded memory', { timeout: 120_000 }, async () => {
    const { createGzip } = await import('node:zlib');
    const { Readable } = await import('node:stream');
    const record = Buffer.from(`(lp0\n${"S'a field of a record'\np1\na".repeat(40)}.`);
    const batch = Buffer.concat(Array.from({ length: 1000 }, () => record));
    const batches = Math.ceil(200e6 / batch.length);
    function* plain(): Generator<Buffer> {
      for (let i = 0; i < batches; i++) yield batch;
    }
    let count = 0;
    let most = 0;
    const before = process.memoryUsage().rss;
    const packed = Readable.from(plain()).pipe(createGzip({ level: 1 }));
    for await (const value of loadAll(packed)) {
      if ((value as unknown[]).length === 40 && ++count % 5000 === 0) most = Math.max(most, process.memoryUsage().rss);
    }
    expect(count).toBe(batches * 1000);
    expect((most - before) / 1e6).toBeLessThan(150);
  });
});
