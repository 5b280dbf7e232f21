/** The bundles: in a browser without Node's modules, under a policy that makes no code from text; and in Node. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createContext, runInContext, type Context } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../support/engines.ts';
import { FIXTURES, ROOT } from '../support/places.ts';
import { buildPackage, bundleForBrowser } from './built.ts';

const pack = buildPackage();
afterAll(() => pack.remove());

/** `[{'a': i, 'b': 'text i'}, ...]`, for which factories are compiled where that is allowed. */
const ROWS = `(lp0\n${Array.from({ length: 64 }, (_, i) => `(dVa\nI${i}\nsVb\nVtext ${i}\nsa`).join('')}.`;
const rows = Array.from({ length: 64 }, (_, i) => ({ a: i, b: `text ${i}` }));

/** A pickle of 49 in bz2 data and in a zip archive, and an .npy file of 1 and 2, in Base64. */
const FILES = [
  'QlpoOTFBWSZTWXRaSI0AAAEcAAABIAAACCAAIZgZgWF3JFOFCQdFpIjQ',
  'UEsDBBQAAAAAAAAAIQBOsQWZAwAAAAMAAAABAAAAcEsxLlBLAQIUAxQAAAAAAAAAIQBOsQWZAwAAAAMAAAABAAAAAAAAAAAAAACAAQAAAABwUEsFBgAAAAABAAEALwAAACIAAAAAAA==',
  'k05VTVBZAQAzAHsnZGVzY3InOid8dTEnLCdmb3J0cmFuX29yZGVyJzpGYWxzZSwnc2hhcGUnOigyLCl9CgEC',
];

/** What browsers have and a bare context has not. */
const browser = (): Context =>
  createContext(
    { atob, TextDecoder, TextEncoder, URL, Blob, Response, ReadableStream },
    { codeGeneration: { strings: false, wasm: true } },
  );

describe.each([
  ['core and what belongs to it', ['core', 'streams', 'ts', 'codecs', 'json']],
  ['index', ['index']],
])('a browser bundle of %s', (_name, entries) => {
  let context: Context;
  const run = (code: string): unknown => runInContext(code, context);
  const decode = (bytes: Uint8Array, options: object): unknown =>
    JSON.parse(
      run(`decode(${JSON.stringify(Buffer.from(bytes).toString('base64'))}, ${JSON.stringify(options)})`) as string,
    );

  beforeAll(async () => {
    context = browser();
    const code = `${entries.map((entry) => `import * as ${entry} from './dist/${entry}.js';`).join('\n')}
      const pickle = globalThis.pickle = { ${entries.map((entry) => `...${entry}`).join(', ')} };
      globalThis.bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      globalThis.decode = (base64, options) => JSON.stringify(pickle.loads(bytesOf(base64), options));`;
    run(new TextDecoder().decode(await bundleForBrowser(pack, code)));
  });

  it('runs where code may not be made from text', () => {
    expect(() => run(`new Function('return 1')()`)).toThrow(/code generation/i);
    expect(run('typeof process + typeof Buffer + typeof require')).toBe('undefinedundefinedundefined');
  });

  it.each(ENGINES)('decodes a real pickle and rows of one shape: %s', (engine) => {
    const bytes = readFileSync(join(FIXTURES, 'pickles', 'jieba-hmm-transitions.pickle'));
    expect(decode(bytes, { engine })).toEqual({
      B: { E: -0.51082562376599, M: -0.916290731874155 },
      E: { B: -0.5897149736854513, S: -0.8085250474669937 },
      M: { E: -0.33344856811948514, M: -1.2603623820268226 },
      S: { B: -0.7211965654669841, S: -0.6658631448798212 },
    });
    expect(decode(Buffer.from(ROWS), { engine })).toEqual(rows);
  });

  it('has WebAssembly as its own choice', () => {
    expect(run('pickle.engineOf({}, 1e6)')).toBe('wasm');
  });

  it('knows encodings beyond those of the core, and writes JSON', () => {
    expect(run(`pickle.loads(bytesOf('VQHJLg=='), { encoding: 'cp1253' })`)).toBe('\u0399');
    expect(run(`pickle.toJsonText(new Set([1]))`)).toBe('{"$set":[1]}');
  });

  it('gives errors of its classes', () => {
    expect(run(`try { decode('gARY', {}) } catch (error) { error instanceof pickle.PickleError && error.code }`)).toBe(
      'TRUNCATED',
    );
  });

  it('reads a Blob, and says of a path that there are no files', async () => {
    expect(await run(`pickle.load(new Blob([bytesOf('SzEu')])).catch(String)`)).toBe(49);
    expect(await run(`pickle.load('some.pickle').catch(String)`)).toMatch(/no file system here/);
  });
});

describe('a browser bundle of the core alone', () => {
  const bundled = async (code: string, globals: object = {}): Promise<unknown> => {
    const context = createContext({ atob, TextDecoder, ...globals });
    const script = `import * as core from './dist/core.js';
      const bytes = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));
      const caught = (run) => { try { return run(); } catch (error) { return String(error); } };
      globalThis.result = ${code};`;
    return runInContext(`${new TextDecoder().decode(await bundleForBrowser(pack, script))}; result`, context);
  };

  it('reads by wasm, and three encodings', async () => {
    expect(await bundled(`core.engineOf()`)).toBe('wasm');
    const code = `['ascii', 'latin-1', 'utf8'].map((encoding) => core.loads(bytes('U\\x01a.'), { encoding })).join('')`;
    expect(await bundled(code)).toBe('aaa');
  });

  it('says what to import for another engine or encoding', async () => {
    expect(await bundled(`caught(() => core.loads(bytes('N.'), { engine: 'ts' }))`)).toMatch(
      /^TypeError: .*import pickle-wasm\/ts/,
    );
    expect(await bundled(`caught(() => core.loads(bytes('N.')))`, { WebAssembly: undefined })).toMatch(
      /^TypeError: WebAssembly is not to be had here.*import pickle-wasm\/ts/,
    );
    expect(await bundled(`caught(() => core.loads(bytes('U\\x01a.'), { encoding: 'cp1252' }))`)).toMatch(
      /^PicklePolicyError: UNKNOWN_ENCODING .*import pickle-wasm\/codecs/,
    );
  });
});

describe('in Node', () => {
  const evaluate = (code: string): unknown => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    if (stderr !== '') throw new Error(stderr);
    return JSON.parse(stdout);
  };
  const url = (entry: string): string => JSON.stringify(pathToFileURL(join(pack.folder, 'dist', `${entry}.js`)).href);

  it('a class is one class, whichever entry it comes from, and has its name', () => {
    const code = `const [main, core] = [await import(${url('index')}), await import(${url('core')})];
      const classes = Object.entries(core).filter(([name]) => /^[PU]/.test(name));
      console.log(JSON.stringify(classes.filter(([name, one]) => main[name] !== one || one.name !== name).map(String)));`;
    expect(evaluate(code)).toEqual([]);
  });

  it('reads the first short messages without WebAssembly, which takes longer to compile', () => {
    const code = (
      entry: string,
      before: string,
    ) => `const { engineOf, init, loads, loadsPrefix } = await import(${url(entry)});
      ${before};
      const message = Buffer.from('N.');
      const engines = [engineOf(2), loadsPrefix(message).engine, engineOf()];
      for (let i = 0; i < 100; i++) loads(message);
      console.log(JSON.stringify([...engines, loadsPrefix(message).engine, engineOf(2)]));`;
    expect(evaluate(code('index', ''))).toEqual(['ts', 'ts', 'wasm', 'wasm', 'wasm']);
    expect(evaluate(code('core', ''))).toEqual(Array(5).fill('wasm'));
    const given = JSON.stringify(join(ROOT, 'dist', 'pickle.wasm'));
    const initialised = `await init(await (await import('node:fs/promises')).readFile(${given}))`;
    expect(evaluate(code('index', initialised))).toEqual(Array(5).fill('wasm'));
    const large = `loads(Buffer.from('(l' + 'Na'.repeat(20_000) + '.'))`;
    expect(evaluate(code('index', large))).toEqual(Array(5).fill('wasm'));
  });

  it('says of containers what the core has no sentences for', () => {
    const code = `const { load } = await import(${url('index')});
      console.log(JSON.stringify(await load(new Uint8Array([31, 139, 8, 0])).catch(String)));`;
    expect(evaluate(code)).toMatch(/^PickleSyntaxError: CONTAINER_TRUNCATED .*fetch it again\.$/);
  });

  it('loads what reads containers and files of numpy, torch and joblib when data needs it', () => {
    const atOnce = new Set<string>();
    const waiting = ['index.js'];
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (atOnce.has(file)) continue;
      atOnce.add(file);
      const text = readFileSync(join(pack.folder, 'dist', file), 'utf8');
      for (const [, path] of text.matchAll(/from"(\.[^"]+)"/g)) waiting.push(posix.join(posix.dirname(file), path!));
    }
    const chunks = readdirSync(join(pack.folder, 'dist', 'chunks')).filter((name) => name.endsWith('.js'));
    const later = [
      'for-load',
      'inflate',
      'bz2',
      'xz',
      'lzma',
      'zstd',
      'lz4',
      'zip',
      'npy',
      'npz',
      'joblib',
      'torch-zip',
    ];
    for (const start of later) {
      const own = chunks.filter((name) => name.startsWith(`${start}-`));
      expect(own, start).not.toEqual([]);
      expect(own.filter((name) => atOnce.has(`chunks/${name}`))).toEqual([]);
    }
    expect(atOnce.size).toBeGreaterThan(3);
  });

  it('reads bz2 data, zip archives and .npy files by what it loads then', () => {
    const code = `const { load } = await import(${url('index')});
      const values = await Promise.all(${JSON.stringify(FILES)}.map((text) => load(Buffer.from(text, 'base64'))));
      console.log(JSON.stringify(values.map((value) => (typeof value === 'object' ? [...value] : value))));`;
    expect(evaluate(code)).toEqual([49, 49, [1, 2]]);
  });

  it('one entry tells the objects of another', () => {
    const code = `const { loads } = await import(${url('index')});
      const { stringifyLossless } = await import(${url('lossless/index')});
      console.log(JSON.stringify(stringifyLossless(loads(Buffer.from('(I1\\nI2\\nt.'), { exact: true }))));`;
    expect(evaluate(code)).toMatch(/tuple/);
  });
});
