// @ts-check
/**
 * Bundles `src/` into `dist/`: one file for each entry that package.json names, and what they share in `dist/chunks/`, so
 * that a class is the same class from whichever entry it comes. Few files, because opening one costs more than reading it.
 * Part of `npm run build`.
 */
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = dirname(fileURLToPath(import.meta.url));

/** What this step does not make: the wasm is put into `dist/` by the step before. */
const KEPT = ['pickle.wasm'];

/** The sources of what `exports` and `bin` of package.json point to: `./dist/core.js` is made of `src/core.ts`. */
export function entryPoints() {
  const { exports, bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const targets = [...Object.values(exports).map((one) => one.default), ...Object.values(bin)];
  return targets
    .filter((target) => target !== undefined)
    .map((target) => join(ROOT, 'src', relative('dist', target).replace(/\.js$/, '.ts')));
}

/**
 * The command imports the main entry as a file of its own. Else that file's code would move to a chunk, and a bundler that
 * trusts `sideEffects` of package.json would leave out the line that makes all types known.
 * @type {import('esbuild').Plugin}
 */
const mainStaysWhole = {
  name: 'main-stays-whole',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\.\/index\.ts$/ }, ({ importer }) =>
      dirname(importer) === join(ROOT, 'src', 'cli') ? { path: '../index.js', external: true } : undefined,
    );
  },
};

/**
 * @param {string} outdir
 */
export function bundle(outdir) {
  return build({
    entryPoints: entryPoints(),
    outbase: join(ROOT, 'src'),
    outdir,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    external: ['node:*'],
    packages: 'external',
    sourcemap: true,
    metafile: true,
    logLevel: 'warning',
    plugins: [mainStaysWhole],
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dist = join(ROOT, 'dist');
  for (const name of readdirSync(dist)) {
    if (!KEPT.includes(name)) rmSync(join(dist, name), { recursive: true });
  }
  await bundle(dist);
}
