/** What `pickle-wasm cat` shows people. The flags are tested as a shell runs them: `npm run build` must have been run. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { inspect, stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { show } from '../../src/cli/show/index.ts';
import { coloured, wantsColours } from '../../src/cli/show/paint.ts';
import { arrayFromBytes, arrayFromObjects, dtypeOfText, loads, PyObject, PyGlobal, PyTuple } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { readJsonLines } from '../support/json-lines.ts';
import { FIXTURES, ROOT } from '../support/places.ts';

const ROWS = readJsonLines<{ name: string; pickle: string; text: string }>(join(FIXTURES, 'shown.jsonl'));

const exactly = (pickle: string, engine: 'wasm' | 'ts'): unknown =>
  loads(Buffer.from(pickle, 'base64'), { exact: true, engine });

const shown = (value: unknown, width = 80): string => show(value, { width });

describe.each(ENGINES)('what is shown, %s', (engine) => {
  it.each(ROWS.map(({ name, pickle, text }) => [name, pickle, text]))('%s', (_, pickle, text) => {
    expect(shown(exactly(pickle!, engine))).toBe(text);
  });
});

describe('what is shown', () => {
  it('is in Python’s words', () => {
    const value = new Map<unknown, unknown>([
      ['a', PyTuple.from([1n, 2.5, 1, true, null])],
      [PyTuple.from([1n]), [NaN, -Infinity, -0]],
      ['e', [[], new Map(), new Set()]],
    ]);
    expect(shown(value)).toBe("{'a': (1, 2.5, 1.0, True, None), (1,): [nan, -inf, -0.0], 'e': [[], {}, set()]}");
    expect(shown(value, 40)).toBe(
      "{\n  'a': (1, 2.5, 1.0, True, None)\n  (1,): [nan, -inf, -0.0]\n  'e': [[], {}, set()]\n}",
    );
  });

  it('sends nothing of the pickle to the terminal as it is', () => {
    const bell = '\x1b]0;title\x07\u202e\x9b';
    const frame = new PyObject(new PyGlobal(bell, bell), [bell, Buffer.from(bell)], 'reduce');
    frame.addState({ [bell]: bell });
    const array = arrayFromObjects([bell], dtypeOfText('O')!, [1]);
    const all = [bell, { [bell]: 1n }, frame, new PyGlobal(bell, 'x'), array, new Set([bell]), Symbol(bell)];
    for (const value of [...all, all]) {
      expect(shown(value)).toMatch(/x1b/);
      // oxlint-disable-next-line no-control-regex
      expect(shown(value)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    }
  });

  it('ends, whatever the value', () => {
    const own: unknown[] = [1n];
    own.push(own);
    expect(shown(own)).toBe('[1, <itself>]');
    let deep: unknown = null;
    for (let i = 0; i < 1e5; i++) deep = [deep];
    expect(shown(deep)).toContain('<...>');
    let doubled: unknown = ['x'];
    for (let i = 0; i < 40; i++) doubled = { a: doubled, b: doubled };
    expect(shown(doubled).length).toBeLessThan(100_000);
    const array = arrayFromObjects([null], dtypeOfText('O')!, [1]);
    (array.data as unknown[])[0] = array;
    expect(shown(array)).toBe('NdArray object (1,) [<itself>]');
    let nested: unknown = null;
    for (let i = 0; i < 40; i++) nested = arrayFromObjects([nested, nested], dtypeOfText('O')!, [2]);
    expect(shown(nested).length).toBeLessThan(100_000);
  });

  it('cuts what is long, and says so', () => {
    expect(shown(Array.from({ length: 1000 }, (_, i) => BigInt(i)))).toMatch(/49, \.\.\. 950 more\n\]$/);
    expect(shown('x'.repeat(1000))).toMatch(/^'x+'\.\.\. 1000 characters$/);
    expect(shown(new Uint8Array(1000))).toMatch(/\.\.\. 1000 bytes$/);
    expect(shown(10n ** 5000n).length).toBeLessThan(100);
    const part = Array.from({ length: 20 }, (_, i) => `value ${i} of some length`);
    expect(shown([part, part])).toMatch(/\n {2}\[ <as above>\n\]$/);
  });

  it('keeps to the width, where it can', () => {
    const ints = Array.from({ length: 40 }, (_, i) => BigInt(i * 1000));
    const rows = arrayFromBytes(new Uint8Array(8 * 400), dtypeOfText('<f8')!, [20, 20]);
    for (const line of shown({ ints, rows, more: { rows, ints } }, 50).split('\n')) {
      expect(line.length).toBeLessThanOrEqual(50);
    }
  });

  it('has colours, which change no text', () => {
    const value = { a: [1n, 'x', null], b: new PyGlobal('m', 'C') };
    const text = show(value, { width: 80, paint: coloured });
    expect(stripVTControlCharacters(text)).toBe(shown(value));
    expect(text).not.toBe(shown(value));
  });

  it('has colours on terminals only, and not with NO_COLOR', () => {
    const before = process.env['NO_COLOR'];
    const stream = (isTTY: boolean): NodeJS.WriteStream => ({ isTTY, hasColors: () => true }) as NodeJS.WriteStream;
    delete process.env['NO_COLOR'];
    expect([wantsColours(stream(true)), wantsColours(stream(false))]).toEqual([true, false]);
    process.env['NO_COLOR'] = '1';
    expect(wantsColours(stream(true))).toBe(false);
    if (before === undefined) delete process.env['NO_COLOR'];
    else process.env['NO_COLOR'] = before;
  });
});

describe('in the console', () => {
  it.each(ROWS.filter(({ name }) => name.startsWith('table')).map(({ name, pickle, text }) => [name, pickle, text]))(
    '%s is the same',
    (_, pickle, text) => {
      expect(inspect(loads(Buffer.from(pickle!, 'base64')), { breakLength: 80 })).toBe(text);
    },
  );
});

describe('pickle-wasm cat', () => {
  const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } => {
    const main = join(ROOT, 'dist', 'cli', 'main.js');
    const input = Buffer.from('(dS"a"\nI1\ns.', 'latin1');
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'cat', ...args], { input, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  it('prints JSON in a pipe, and text where it is asked to', () => {
    expect(run('-')).toEqual({ status: 0, stdout: '{"a":1}\n', stderr: '' });
    expect(run('--json', '-').stdout).toBe('{"a":1}\n');
    expect(run('--text', '-')).toEqual({ status: 0, stdout: "{'a': 1}\n", stderr: '' });
    expect(run('--text', '--json', '-')).toMatchObject({ status: 2, stdout: '' });
    expect(run('--text', '--indent', '1', '-')).toMatchObject({ status: 2, stdout: '' });
  });
});
