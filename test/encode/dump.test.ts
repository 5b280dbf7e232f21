/** Destinations, and the Pickler. */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import '../../src/ts.ts';
import { loads, PyGlobal, PyPersistent, type PyObject } from '../../src/core.ts';
import { dump, dumps, Pickler, PicklingError } from '../../src/encode.ts';
import { Unpickler } from '../../src/streams.ts';
import { ROOT } from '../support/places.ts';

const FOR_NODE = { bundle: true, platform: 'node', format: 'esm', logLevel: 'error' } as const;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dump-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Some megabytes, with payloads that are pieces of their own among them. */
const rows = Array.from({ length: 20_000 }, (_, i) => ({
  id: i,
  name: `a name that is no other's: ${i}`,
  bytes: i % 1000 === 0 ? new Uint8Array(100_000).fill(i) : null,
}));
const wanted = Buffer.from(dumps(rows));

describe('dump writes what dumps gives', () => {
  it('to a path and to a file URL, leaving nothing else', async () => {
    const path = join(folder, 'rows # 1.pkl');
    await writeFile(path, 'old');
    await dump(rows, path);
    expect(wanted.equals(await readFile(path))).toBe(true);
    await dump(1, pathToFileURL(path));
    expect(loads(await readFile(path))).toBe(1);
    expect(await readdir(folder)).toEqual(['rows # 1.pkl']);
    await rm(path);
  });

  it('to a function, and to an object that writes, one piece at a time', async () => {
    for (const asFunction of [true, false]) {
      const pieces: Uint8Array[] = [];
      let open = 0;
      const write = async (piece: Uint8Array): Promise<void> => {
        expect(++open).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        open--;
        pieces.push(piece);
      };
      await dump(rows, asFunction ? write : { write });
      expect(wanted.equals(Buffer.concat(pieces))).toBe(true);
      expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(1 << 20);
    }
  });

  it('to a Node stream, waiting until it has room, and leaves it open', async () => {
    const pieces: Buffer[] = [];
    const stream = new Writable({
      highWaterMark: 1000,
      write(piece: Buffer, _encoding, done) {
        pieces.push(Buffer.from(piece));
        setImmediate(done);
      },
    });
    await dump(rows, stream);
    expect(stream.writableLength).toBeLessThan(300_000);
    await dump(1, stream);
    await new Promise((resolve) => stream.end(resolve));
    expect(Buffer.concat([wanted, dumps(1)]).equals(Buffer.concat(pieces))).toBe(true);
    expect(stream.listenerCount('drain') + stream.listenerCount('close')).toBe(0);
  });

  it('to a WritableStream, which is free again then', async () => {
    const pieces: Uint8Array[] = [];
    const stream = new WritableStream<Uint8Array>({ write: (piece) => void pieces.push(piece) });
    await dump(rows, stream);
    expect(stream.locked).toBe(false);
    expect(wanted.equals(Buffer.concat(pieces))).toBe(true);
  });
});

describe('a dump that fails', () => {
  it('leaves the old file, or none, and nothing beside it', async () => {
    const path = join(folder, 'kept.pkl');
    await writeFile(path, 'old');
    await expect(dump([rows, Symbol('s')], path)).rejects.toThrow(PicklingError);
    expect(await readFile(path, 'utf8')).toBe('old');
    await expect(dump(undefined, join(folder, 'none.pkl'))).rejects.toThrow(PicklingError);
    expect(await readdir(folder)).toEqual(['kept.pkl']);
    await rm(path);
  });

  it('tells what the stream or function throws', async () => {
    const failure = new Error('full');
    await expect(dump(rows, () => Promise.reject(failure))).rejects.toBe(failure);
    const stream = new Writable({ write: (_piece, _encoding, done) => done(failure) });
    stream.on('error', () => undefined);
    await expect(dump(rows, stream)).rejects.toThrow();
    await expect(dump(rows, 5 as never)).rejects.toThrow(TypeError);
  });

  it('leaves the old file where the process is killed', async () => {
    const path = join(folder, 'killed.pkl');
    await writeFile(path, 'old');
    const entry = join(folder, 'encode.mjs');
    await build({ entryPoints: [join(ROOT, 'src/encode.ts')], outfile: entry, ...FOR_NODE });
    const script = `
      const { dump } = await import(${JSON.stringify(pathToFileURL(entry).href)});
      const list = Array.from({ length: 3_000_000 }, (_, i) => ({ i, text: 'row ' + i }));
      await dump(list, ${JSON.stringify(path)});
    `;
    const before = (await readdir(folder)).length;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const ended = new Promise((resolve) => child.once('close', resolve));
    // Midway: the file beside is there, and not yet in the old one's place.
    await vi.waitUntil(async () => child.exitCode !== null || (await readdir(folder)).length > before, 60_000);
    expect(child.exitCode).toBe(null);
    child.kill('SIGKILL');
    await ended;
    expect(child.signalCode).toBe('SIGKILL');
    expect(await readFile(path, 'utf8')).toBe('old');
    for (const name of await readdir(folder)) await rm(join(folder, name));
  });
});

describe('Pickler', () => {
  it('keeps its memo from one pickle to the next, for one Unpickler to read', async () => {
    for (const protocol of [0, 2, 4]) {
      const pieces: Uint8Array[] = [];
      const pickler = new Pickler((piece: Uint8Array) => void pieces.push(piece), { protocol });
      const shared = { name: 'shared' };
      await pickler.dump([shared]);
      await pickler.dump({ shared });
      const unpickler = new Unpickler(Buffer.concat(pieces));
      const first = (await unpickler.load()) as unknown[];
      const second = (await unpickler.load()) as { shared: unknown };
      expect(second.shared).toBe(first[0]);
      pickler.clearMemo();
      expect(loads(pickler.dumps([shared]))).toEqual([shared]);
    }
  });

  it('forgets what a failed pickle has memoed', () => {
    const pickler = new Pickler();
    const shared = ['shared'];
    expect(() => pickler.dumps([shared, Symbol('s')])).toThrow(PicklingError);
    expect(loads(pickler.dumps(shared))).toEqual(['shared']);
  });

  it('asks its methods, and writes one pickle at a time', () => {
    class Mine extends Pickler {
      override persistentId(value: unknown): unknown {
        if (value === 'again') this.dumps(1);
        return value instanceof Date ? ['date', value.getTime()] : undefined;
      }
      override reducerOverride(value: object) {
        return value instanceof RegExp ? ([new PyGlobal('re', 'compile'), [value.source]] as const) : undefined;
      }
    }
    const read = loads(new Mine().dumps([new Date(5), /a+/]), { persistentLoad: (id) => new PyPersistent(id) });
    const [date, pattern] = read as [PyPersistent, PyObject];
    expect(date.id).toEqual(['date', 5]);
    expect([pattern.className, pattern.args]).toEqual(['re.compile', ['a+']]);
    expect(() => new Mine().dumps('again')).toThrow('is writing');
  });
});
