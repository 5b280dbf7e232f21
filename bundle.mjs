// @ts-check
/**
 * Bundles `src/` into `dist/`, as part of `npm run build`: one file for each entry that package.json names, and what they
 * share in `dist/chunks/`, so that a class is the same class from whichever entry it comes. All that the core needs is one
 * chunk, what the types add another, and so on, because opening a file costs more than reading it. What is imported when it
 * is asked for, as each decompressor, is a chunk of its own.
 * `node bundle.mjs FOLDER` writes to another folder.
 */
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = dirname(fileURLToPath(import.meta.url));
const SRC = join(ROOT, 'src');
const MAIN = join(SRC, 'index.ts');
const DIST = join(ROOT, 'dist');

/** What this step does not make: the step before puts the wasm into `dist/`. */
const KEPT = ['pickle.wasm'];

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** `exports` and `bin` of package.json, by the names of the files: `core.js` is made of `src/core.ts`. */
const targets = [...Object.values(manifest.exports).map((one) => one.default), ...Object.values(manifest.bin)];
const entries = Object.fromEntries(
  targets
    .filter((target) => target !== undefined)
    .map((target) => relative('dist', target).replace(/\.js$/, ''))
    .map((name) => [name, join(SRC, `${name}.ts`)]),
);

/** The chunks that entries share: the entries, and the modules that they import, however far. */
const chunks = Object.entries({
  'for-core': ['core'],
  'for-types': ['types/index'],
  'beside-core': ['streams', 'ts', 'codecs', 'json'],
  'for-index': ['index'],
  'for-load': ['formats/open', 'container/feed', 'container/checksums'],
}).map(([name, roots]) => ({ name, modules: new Set(roots.map((root) => join(SRC, `${root}.ts`))) }));

/** @type {import('rolldown').Plugin} */
const findChunks = {
  name: 'find-chunks',
  buildEnd() {
    for (const { modules } of chunks) {
      const waiting = [...modules];
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) {
          if (modules.has(imported)) continue;
          modules.add(imported);
          waiting.push(imported);
        }
      }
    }
    // Entries with side effects are files of their own: bundlers go by their names.
    for (const { modules } of chunks)
      for (const name of ['ts', 'codecs', 'index']) modules.delete(join(SRC, `${name}.ts`));
  },
};

/**
 * Who imports the main entry does so as a file of its own. Else its code would move to a chunk, and a bundler that trusts
 * `sideEffects` of package.json would leave out the line that makes all types known.
 * @type {import('rolldown').Plugin}
 */
const mainStaysWhole = {
  name: 'main-stays-whole',
  resolveId(specifier, importer) {
    if (importer === undefined || !specifier.startsWith('.') || resolve(dirname(importer), specifier) !== MAIN) return;
    if (!Object.values(entries).includes(importer)) throw new Error(`${importer} imports the main entry: entries may`);
    return { id: specifier.replace(/\.ts$/, '.js'), external: true };
  },
};

const bundle = await rolldown({
  input: entries,
  platform: 'neutral',
  // Of the constants of src/spec, what is made of them too: bundlers that come after would keep the sums.
  optimization: { inlineConst: { mode: 'all', pass: 3 } },
  // What an installation brings along stays outside. What else src/ imports is bundled.
  external: [/^node:/, ...Object.keys(manifest.dependencies ?? {}).map((name) => new RegExp(`^${name}(/|$)`))],
  plugins: [findChunks, mainStaysWhole],
});

const out = resolve(process.argv[2] ?? DIST);
if (out === DIST) {
  for (const name of readdirSync(out)) if (!KEPT.includes(name)) rmSync(join(out, name), { recursive: true });
}
await bundle.write({
  dir: out,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  // The first that fits.
  codeSplitting: {
    groups: chunks.map(({ name, modules }, i) => ({
      name,
      test: (id) => modules.has(id),
      priority: chunks.length - i,
    })),
  },
  comments: { legal: true, annotation: true, jsdoc: false },
  // V8 reads all of a file before any of it runs: what it need not read, nobody waits for. It keeps two bytes a character
  // of a file that is not all ASCII, and reads it more slowly. Classes keep their names, for they print them.
  minify: {
    compress: { target: 'es2022', keepNames: { class: true, function: false } },
    mangle: { toplevel: true, keepNames: { class: true, function: false } },
    codegen: { removeWhitespace: true, asciiOnly: true },
  },
  sourcemap: true,
});
await bundle.close();
