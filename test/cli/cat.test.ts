/** The command, as a shell runs it: `npm run build` must have been run. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readJson } from '../support/json-lines.ts';
import { ROOT } from '../support/places.ts';

const MAIN = join(ROOT, 'dist', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'pickle-wasm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, Buffer.from(text, 'latin1'));
  return path;
}

function run(args: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    input: Buffer.from(input, 'latin1'),
    maxBuffer: 2 ** 28,
  });
  return { status, stdout, stderr };
}

const three = file('three.pkl', '(dS"a"\nI1\ns.(lI1\naI2\na.N.');
const damaged = file('damaged.pkl', 'I1\n.I2\n.I3\nz');

describe('pickle-wasm cat', () => {
  it('prints a line for each pickle in a pipe', () => {
    expect(run(['cat', three])).toEqual({ status: 0, stdout: '{"a":1}\n[1,2]\nnull\n', stderr: '' });
    expect(run(['cat', '--indent', '2', three]).stdout).toBe('{\n  "a": 1\n}\n[\n  1,\n  2\n]\nnull\n');
  });

  it('reads the standard input, and files one after another', () => {
    expect(run(['cat', '-'], 'I7\n.')).toEqual({ status: 0, stdout: '7\n', stderr: '' });
    expect(run(['cat', three, '-', three], 'I7\n.').stdout.split('\n')[3]).toBe('7');
  });

  it('prints what is good before what is damaged, and tells that', () => {
    const { status, stdout, stderr } = run(['cat', damaged]);
    expect(status).toBe(1);
    expect(stdout).toBe('1\n2\n');
    expect(stderr).toMatch(/^pickle-wasm: .*damaged\.pkl: UNKNOWN_OPCODE at byte 11: .*\n$/);
    expect(run(['cat', file('cut.pkl', '\x80\x04X\x09\0\0\0abc')]).stderr).toMatch(
      /TRUNCATED at byte 2 \(BINUNICODE\): /,
    );
  });

  it('goes on with the next file', () => {
    const { status, stdout } = run(['cat', join(folder, 'missing'), damaged, three]);
    expect(status).toBe(2);
    expect(stdout).toBe('1\n2\n{"a":1}\n[1,2]\nnull\n');
  });

  it('says what is wrong with files and options, with status 2', () => {
    expect(run(['cat', join(folder, 'missing')])).toMatchObject({ status: 2, stdout: '' });
    expect(run(['cat', join(folder, 'missing')]).stderr).toMatch(/^pickle-wasm: .*missing: There is no such file\.\n$/);
    expect(run(['cat', folder]).stderr).toMatch(/This is a folder/);
    for (const args of [
      ['cat'],
      ['cat', '--what', three],
      ['cat', '--engine', 'go', three],
      ['dog'],
      ['cat', '--indent', 'x', three],
    ]) {
      expect(run(args)).toMatchObject({ status: 2, stdout: '' });
    }
    expect(run(['cat', '--buffers', join(folder, 'missing'), three])).toMatchObject({ status: 2, stdout: '' });
  });

  it('takes an empty file for what it is', () => {
    const { status, stderr } = run(['cat', file('empty.pkl', '')]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/EMPTY_INPUT at byte 0/);
  });

  it('marks what JSON has no words for', () => {
    const text =
      '\x80\x04](C\x02hiG\x7f\xf0\0\0\0\0\0\0}K\x01K\x02s\x8f(K\x03\x90\x8a\x09\0\0\0\0\0\0\0\0\x01cm\nC\n)\x81e.';
    const { stdout } = run(['cat', '-'], text);
    expect(stdout).toBe(
      '[{"$bytes":"aGk="},{"$float":"inf"},{"$map":[[1,2]]},{"$set":[3]},18446744073709551616,{"$object":"m.C"}]\n',
    );
    expect(run(['cat', '-'], 'Pid\n.').stdout).toBe('{"$persistent":"id"}\n');
    expect(run(['cat', '-'], ']\x94h\0a.').stdout).toBe('[{"$cycle":1}]\n');
  });

  it('takes options for Python 2 text, buffers, engines and lossless JSON', () => {
    const python2 = file('python2.pkl', 'U\x01\xe9.');
    expect(run(['cat', python2])).toMatchObject({ status: 1, stdout: '' });
    expect(run(['cat', python2]).stderr).toMatch(/UNDECODABLE_STRING/);
    expect(run(['cat', '--encoding', 'latin1', python2]).stdout).toBe('"é"\n');
    expect(run(['cat', '--errors', 'replace', python2]).stdout).toBe('"\ufffd"\n');
    const [a, b] = [file('a.bin', 'A'), file('b.bin', 'B')];
    const outOfBand = file('buffers.pkl', '\x80\x05\x97\x97\x86.');
    expect(run(['cat', outOfBand]).stderr).toMatch(/NO_BUFFER/);
    expect(run(['cat', '--buffers', a, '--buffers', b, outOfBand]).stdout).toBe(
      '[{"$bytes":"QQ=="},{"$bytes":"Qg=="}]\n',
    );
    for (const engine of ['wasm', 'ts', 'auto']) expect(run(['cat', '--engine', engine, three]).status).toBe(0);
    expect(JSON.parse(run(['cat', '--lossless', '-'], 'I1\n.').stdout)).toEqual({ int: '1' });
    const shared = file('shared.pkl', '\x80\x04]\x94K\x05a.\x80\x04h\0.');
    expect(run(['cat', shared]).stderr).toMatch(/MEMO_MISSING/);
    expect(run(['cat', '--shared-memo', shared]).stdout).toBe('[5]\n[5]\n');
  });

  it('prints deep values', () => {
    const deep = file('deep.pkl', `${']'.repeat(9000)}${'a'.repeat(8999)}.`);
    const { status, stdout } = run(['cat', deep]);
    expect(status).toBe(0);
    expect(stdout === `${'['.repeat(9000)}${']'.repeat(9000)}\n`).toBe(true);
    const deeper = file('deeper.pkl', `${']'.repeat(1e6)}${'a'.repeat(1e6 - 1)}.`);
    expect(run(['cat', deeper]).stderr).toMatch(/LIMIT_DEPTH/);
  });

  it('ends without a word when its reader has had enough', async () => {
    const many = file('many.pkl', 'V0123456789012345678901234567890123456789\n.'.repeat(100_000));
    const child = spawn(process.execPath, [MAIN, 'cat', many], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += String(text)));
    child.stdout.once('data', () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('prints each pickle as it comes', async () => {
    const child = spawn(process.execPath, [MAIN, 'cat', '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.write('I1\n.I');
    const first = await new Promise((resolve) => child.stdout.once('data', (text) => resolve(String(text))));
    expect(first).toBe('1\n');
    child.stdin.end('2\n.');
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
  });
});

describe('pickle-wasm', () => {
  it('tells its version and its use', () => {
    const { version } = readJson(join(ROOT, 'package.json')) as { version: string };
    expect(run(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(run(['--help'])).toMatchObject({ status: 0, stderr: '' });
    const help = run(['cat', '--help']);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(/Examples:/);
    expect(help.stdout).toMatch(/\$bytes/);
  });
});
