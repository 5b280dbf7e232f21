/** What `cat` shows of files of other programs, and of files that are none: the texts are to be read here. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { show } from '../../src/cli/show/index.ts';
import { load, NxGraph } from '../../src/index.ts';
import { file, latin1, wrapped } from '../formats/joblib-bytes.ts';
import { legacyTensor, tensorOpcodes } from '../formats/torch-bytes.ts';
import { npy, tar, torchZip, zip } from '../hostile/forged.ts';
import { ROOT } from '../support/places.ts';

const four = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
const three = new Uint8Array(Float64Array.of(1, 2, 3).buffer);
const square = { length: 4, shape: [2, 2], strides: [2, 1] };
const array = npy("'<f4'", '(2, 2)', four);
const SQUARE = '[[1. 2.]\n   [3. 4.]]';

const ROWS: readonly (readonly [what: string, bytes: Uint8Array, text: string])[] = [
  ['.npy', array, `NdArray float32 (2, 2)\n  ${SQUARE}`],
  [
    '.npz',
    zip([
      { name: 'a.npy', content: npy("'<f8'", '(3,)', three) },
      { name: 'b.npy', content: npy("'|b1'", '(2,)', new Uint8Array([0, 1])) },
    ]),
    "{'a': NdArray float64 (3,) [1. 2. 3.], 'b': NdArray bool (2,) [False  True]}",
  ],
  ['joblib', file('](', wrapped({ content: three }), 'K\x07e'), '[NdArray float64 (3,) [1. 2. 3.], 7]'],
  ['torch', torchZip(tensorOpcodes(square), four), `Tensor float32 (2, 2)\n  ${SQUARE}`],
  ['torch before zip', legacyTensor(square, [1, 2, 3, 4]), `Tensor float32 (2, 2)\n  ${SQUARE}`],
  ['tar', tar([{ name: 'a.pkl', content: latin1('(I1\nF2\nt.') }]), '(1, 2.0)'],
  ['zip', zip([{ name: 'a.pkl', content: latin1('Vx\n.'), deflated: true }]), "'x'"],
];

it.each(ROWS)('of %s', async (_, bytes, text) => {
  const value = await load(bytes, { exact: true });
  expect(show(value, { width: 80 })).toBe(text);
});

describe('of graphs', () => {
  it('counts nodes and edges, and lists them', () => {
    const graph = new NxGraph('Graph');
    graph.nodeDict = { a: {}, b: {} };
    graph.adjacency = { a: { b: { w: 1n } }, b: { a: { w: 1n } } };
    const text = "networkx.Graph (2 nodes, 1 edges)\n  nodes: ['a', 'b']\n  edges: [('a', 'b', {'w': 1})]";
    expect(show(graph, { width: 80 })).toBe(text);
  });

  it('shows what is no graph by its parts', () => {
    const graph = new NxGraph('MultiGraph');
    graph.nodeDict = null;
    graph.adjacency = { a: { b: null } };
    expect(show(graph, { width: 80 })).toMatch(/^NxGraph\n {2}kind: 'MultiGraph'\n/);
  });
});

describe('of what cannot be read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pickle-wasm-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const main = join(ROOT, 'dist', 'cli', 'main.js');
  const packed = new Uint8Array(gzipSync('I1\n.'));

  it.each([
    ['cut.gz', packed.subarray(0, -3), 1, /cut\.gz: CONTAINER_TRUNCATED at byte \d+: .*fetch it again/],
    ['behind.gz', new Uint8Array([...packed, 1, 2]), 1, /behind\.gz: TRAILING_DATA/],
    [
      'two.zip',
      zip([
        { name: 'a', content: four },
        { name: 'b', content: four },
      ]),
      1,
      /2 members.*"a", "b"/,
    ],
    ['page.html', latin1('<!doctype html>'), 1, /page\.html: UNKNOWN_OPCODE at byte 0: .*HTML/],
    ['empty', new Uint8Array(0), 1, /empty: EMPTY_INPUT at byte 0: .*check how the file was read/],
    ['', new Uint8Array(0), 2, /This is a folder/],
  ])('tells the file, the code, the place and what to do: %s', (name, bytes, status, message) => {
    const path = join(folder, name);
    if (name !== '') writeFileSync(path, bytes);
    const ran = spawnSync(process.execPath, [main, 'cat', path], { encoding: 'utf8' });
    expect([ran.status, ran.stderr]).toEqual([status, expect.stringMatching(message)]);
    // What is good may come before.
    expect(ran.stdout).toMatch(/^(?:1\n)?$/);
  });

  it('tells that the standard input is empty', () => {
    const ran = spawnSync(process.execPath, [main, 'cat', '-'], { encoding: 'utf8', input: '' });
    expect([ran.status, ran.stderr]).toEqual([1, expect.stringMatching(/^pickle-wasm: -: EMPTY_INPUT/)]);
  });
});
