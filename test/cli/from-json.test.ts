/** `pickle-wasm from-json`, as a shell runs it: `npm run build` must have been run. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { loads } from '../../src/index.ts';
import { NO_PYTHON, python3, ROOT } from '../support/places.ts';

const MAIN = join(ROOT, 'dist', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'pickle-wasm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

function run(args: readonly string[], input: string | Uint8Array = ''): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { input, maxBuffer: 2 ** 28 });
  return { status, stdout, stderr: stderr.toString() };
}

/** The JSON that `cat` tells of what `from-json` makes of JSON. */
function around(json: string, ...options: string[]): string {
  const made = run(['from-json', '-', ...options], json);
  expect(made).toMatchObject({ status: 0, stderr: '' });
  return run(['cat', '-'], made.stdout).stdout.toString();
}

describe('pickle-wasm from-json', () => {
  it('writes a pickle for each value', () => {
    expect(around('{"b":1,"a":[1,2.5,null,true,"é\\ud800"]}\n[]{}3 4')).toBe(
      '{"b":1,"a":[1,2.5,null,true,"é\\ud800"]}\n[]\n{}\n3\n4\n',
    );
  });

  it('tells ints from floats by their text', () => {
    const { stdout } = run(['from-json', '-'], '[1,1.0,1e2,-0,-0.0,12345678901234567890,NaN]');
    const value = loads(stdout, { exact: true }) as unknown[];
    expect(value.map(String)).toEqual(['1', '1.0', '100.0', '0', '0', '12345678901234567890', 'NaN']);
    expect(value.map((item) => typeof item)).toEqual([
      'bigint',
      'object',
      'object',
      'bigint',
      'number',
      'bigint',
      'number',
    ]);
  });

  it('reads the marks of cat back', () => {
    const marks = [
      '[{"$float":"inf"},{"$bytes":"AP8="},{"$set":[3]},{"$map":[[[1,2],"a"],[null,"b"]]},{"$persistent":"id"}]',
      '{"$$key":1,"a":[{"$cycle":2}]}',
    ];
    for (const text of marks) expect(around(text)).toBe(`${text}\n`);
    const large = JSON.stringify({ a: Array.from({ length: 100 }, (_, i) => i), b: { $ref: '$.a' } });
    expect(around(large)).toBe(`${large}\n`);
    expect(around('{"$schema":"x"}', '--no-marks')).toBe('{"$$schema":"x"}\n');
  });

  it('says what it does not read, and where', () => {
    for (const [text, message] of [
      ['{"a":[1,}', /INVALID_JSON at line 1, column 9, \$\.a\[1\]/],
      ['\n{"a"', /line 2, column 5/],
      ['{"$object":"m.C"}', /use lossless JSON/],
      ['{"$schema":"x"}', /--no-marks/],
      ['1'.repeat(5000), /LIMIT_INT_DIGITS/],
      ['', /There is no JSON/],
      ['{"$set":[[[{}]]]}', /INVALID_JSON at \$.*hash/],
    ] as const) {
      const { status, stderr } = run(['from-json', '-'], text);
      expect([status, stderr]).toEqual([1, expect.stringMatching(message)]);
    }
    expect(run(['from-json', '--lossless', '-'], '{"bytes":{"length":300,"sha256":"00"}}').stderr).toMatch(/--digests/);
    expect(run(['from-json', join(folder, 'missing')])).toMatchObject({ status: 2 });
    expect(run(['from-json', '--protocol', '6', '-'])).toMatchObject({ status: 2 });
    expect(run(['from-json', '-', '-o', join(folder, 'no', 'where')], '1')).toMatchObject({ status: 2 });
  });

  it('writes a file whole or not at all', () => {
    const out = join(folder, 'out.pkl');
    writeFileSync(out, 'before');
    expect(run(['from-json', '-', '-o', out], '[1]\n[2').status).toBe(1);
    expect(readFileSync(out, 'utf8')).toBe('before');
    expect(run(['from-json', '-', '-o', out, '--protocol', '0'], '[1]\n[2]')).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(out, 'latin1')).toBe('(lp0\nI1\na.(lp0\nI2\na.');
    expect(readdirSync(folder)).toEqual(['out.pkl']);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing behind where %s ends it', async (signal) => {
    const child = spawn(process.execPath, [MAIN, 'from-json', '-', '-o', join(folder, 'cut.pkl')]);
    child.stdin.on('error', () => undefined);
    child.stdin.write('[1]\n[2');
    while (!readdirSync(folder).some((name) => name.startsWith('cut.pkl.'))) await setTimeout(10);
    child.kill(signal);
    await once(child, 'exit');
    expect(child.signalCode).toBe(signal);
    expect(readdirSync(folder).filter((name) => name.startsWith('cut.pkl'))).toEqual([]);
  });

  it('reads deep JSON', () => {
    const depth = 100_000;
    const { status, stdout } = run(['from-json', '-'], `${'['.repeat(depth)}${']'.repeat(depth)}`);
    expect(status).toBe(0);
    expect(stdout.subarray(-depth).toString('latin1') === `${'a'.repeat(depth - 1)}.`).toBe(true);
  });

  it.each(['jieba-hmm-transitions.pickle'])('gives %s back from its lossless JSON', (name) => {
    const first = run(['cat', '--lossless', join(ROOT, 'fixtures', 'pickles', name)]).stdout;
    const pickle = run(['from-json', '--lossless', '-'], first).stdout;
    expect(run(['cat', '--lossless', '-'], pickle).stdout.equals(first)).toBe(true);
  });

  it('keeps long bytes, cycles, calls and buffers by lossless JSON', () => {
    const pickle = Buffer.from(
      `\x80\x05(cm\nC\nK\x01\x85\x81}\x94\x8c\x01k\x94h\0sb${'B'}\x2c\x01\0\0${'x'.repeat(300)}\x97\x98l.`,
      'latin1',
    );
    const buffer = join(folder, 'a.bin');
    writeFileSync(buffer, 'A');
    const options = ['--lossless', '--buffers', buffer, '-'];
    const first = run(['cat', ...options], pickle);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    const again = run(['from-json', '--protocol', '5', ...options], first.stdout);
    expect(again).toMatchObject({ status: 0, stderr: '' });
    expect(run(['cat', ...options], again.stdout).stdout.toString()).toBe(first.stdout.toString());
    rmSync(buffer);
  });

  const python = python3();
  it.skipIf(python === null)(`is read by Python${python === null ? ` (${NO_PYTHON})` : ''}`, () => {
    const { stdout } = run(['from-json', '-', '--protocol', '2'], '{"a":[1,1.0,{"$set":[[1,2]]},{"$bytes":"AP8="}]}');
    const script = 'import pickle, sys; print(pickle.load(sys.stdin.buffer))';
    const read = spawnSync(python!, ['-c', script], { input: stdout, encoding: 'utf8' });
    expect(read.stdout.trim()).toBe("{'a': [1, 1.0, {(1, 2)}, b'\\x00\\xff']}");
  });

  it('tells its use', () => {
    const help = run(['from-json', '--help']);
    expect(help.status).toBe(0);
    expect(help.stdout.toString()).toMatch(/Examples:/);
  });
});
