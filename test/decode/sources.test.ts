/** Where `load` reads from: every kind of source gives the value, and is let go of whatever happens. */
import { createReadStream, openSync, closeSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawn, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { load, loadAll, type PickleSource } from '../../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'pickle-wasm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GOOD = Buffer.from('(lp0\nI1\naI2\na.rest');
const BAD = Buffer.from('(lp0\nI1\na\xffrest', 'latin1');
const file = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
const good = file('good.pkl', GOOD);
const bad = file('bad.pkl', BAD);

/** A web stream that notes how it was ended. */
function webStream(bytes: Uint8Array): { stream: ReadableStream<Uint8Array>; wasCancelled: () => boolean } {
  let cancelled = false;
  let at = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at === bytes.length) controller.close();
      else controller.enqueue(Uint8Array.from(bytes.subarray(at, (at += 1))));
    },
    cancel() {
      cancelled = true;
    },
  });
  return { stream, wasCancelled: () => cancelled };
}

describe('load reads from', () => {
  const sources: readonly (readonly [string, (path: string, bytes: Buffer) => PickleSource])[] = [
    ['a path', (path) => path],
    ['a file URL', (path) => pathToFileURL(path)],
    ['a data URL', (_, bytes) => new URL(`data:application/octet-stream;base64,${bytes.toString('base64')}`)],
    ['a Buffer', (_, bytes) => bytes],
    ['an ArrayBuffer', (_, bytes) => Uint8Array.from(bytes).buffer],
    ['a DataView', (_, bytes) => new DataView(Uint8Array.from(bytes).buffer)],
    ['a Blob', (_, bytes) => new Blob([Uint8Array.from(bytes)])],
    ['a Response', (_, bytes) => new Response(Uint8Array.from(bytes))],
    ['a web stream', (_, bytes) => webStream(bytes).stream],
    ['a Node stream', (path) => createReadStream(path, { highWaterMark: 3 })],
    ['a Node stream of Buffers', (_, bytes) => Readable.from([bytes.subarray(0, 4), bytes.subarray(4)])],
  ];

  it.each(sources)('%s', async (_, open) => {
    expect(await load(open(good, GOOD))).toEqual([1, 2]);
    await expect(load(open(bad, BAD))).rejects.toMatchObject({ code: 'UNKNOWN_OPCODE', offset: 9 });
  });

  it.skipIf(process.platform === 'win32')('a pipe by its path', async () => {
    const path = join(folder, 'pipe');
    expect(spawnSync('mkfifo', [path]).status).toBe(0);
    // Not waited for: each end of a pipe waits for the other.
    spawn('sh', ['-c', 'printf "I7\\n." > "$0"', path]);
    expect(await load(path)).toBe(7);
  });
});

describe('a source is let go of', () => {
  it('when a web stream has given its pickle, or fails', async () => {
    for (const [bytes, wanted] of [
      [GOOD, 'value'],
      [BAD, 'error'],
    ] as const) {
      const { stream, wasCancelled } = webStream(bytes);
      const outcome = await load(stream).then(
        () => 'value',
        () => 'error',
      );
      expect(outcome).toBe(wanted);
      expect(stream.locked).toBe(false);
      expect(wasCancelled()).toBe(true);
    }
  });

  it('when it was read to its end', async () => {
    const { stream, wasCancelled } = webStream(Buffer.from('I1\n.I2\n.'));
    const values = [];
    for await (const value of loadAll(stream)) values.push(value);
    expect(values).toEqual([1, 2]);
    expect(stream.locked).toBe(false);
    expect(wasCancelled()).toBe(false);
  });

  it('when the loop over its pickles is left', async () => {
    const stream = createReadStream(file('many.pkl', Buffer.from('I1\n.'.repeat(50_000))));
    for await (const value of loadAll(stream)) {
      expect(value).toBe(1);
      break;
    }
    expect(stream.destroyed).toBe(true);
  });

  it('when a file is damaged: no descriptor stays open', async () => {
    const nextDescriptor = (): number => {
      const descriptor = openSync(good, 'r');
      closeSync(descriptor);
      return descriptor;
    };
    const before = nextDescriptor();
    for (let i = 0; i < 20; i++) await load(bad).catch(() => undefined);
    for (let i = 0; i < 20; i++) await load(good);
    expect(nextDescriptor()).toBeLessThan(before + 5);
  });
});

describe('what is no source', () => {
  it('is refused, and says what is', async () => {
    await expect(load(join(folder, 'missing.pkl'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(load(42 as unknown as string)).rejects.toThrow(/path, a URL, a Blob/);
    await expect(load(Readable.from(['I1\n', '.'], { encoding: 'utf8' }))).rejects.toThrow(/strings/);
    const { stream } = webStream(GOOD);
    stream.getReader();
    await expect(load(stream)).rejects.toThrow(/locked/);
  });

  it('passes on what the stream throws', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('(l');
        throw new Error('the line is down');
      })(),
    );
    await expect(load(broken)).rejects.toThrow('the line is down');
  });
});
