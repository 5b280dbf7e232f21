// @ts-check
/** Conversions of arrays: wasm SIMD against TypeScript, each in a process of its own, and against numpy. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { BENCH, CACHE, GENERATORS, ROOT, python } from '../lib/paths.mjs';
import { summary } from '../lib/stats.mjs';
import { CONVERSIONS } from '../workloads/conversions.mjs';

/** @typedef {import('../lib/stats.mjs').Summary} Summary */
/** @typedef {{ reused: Summary, fresh: Summary | null }} Times milliseconds a call */
/**
 * @typedef {object} ConversionRow
 * @property {string} id
 * @property {number} bytes of input
 * @property {Times} wasm
 * @property {Times} ts
 * @property {{ ms: number, bytes: number } | null} numpy the best of many, into an array that is there
 */

/** Larger than the caches near the cores; what `--n` multiplies. */
const BYTES = 8 * 2 ** 20;
const QUICK_BYTES = 2 ** 20;

/**
 * @param {import('./table.mjs').Setting} setting
 * @param {readonly string[]} [only] ids
 * @returns {ConversionRow[]}
 */
export function conversions({ flags, versions, tell }, only) {
  const bytes = Math.ceil(((flags.quick ? QUICK_BYTES : BYTES) * flags.scale) / 4096) * 4096;
  const numpy = flags.quick || !versions.numpy ? {} : byNumpy(bytes, flags.time);
  const chosen = CONVERSIONS.filter(({ id }) => !only || only.includes(id));
  const code = builtConverters();
  const rows = chosen.map(({ id }) => {
    tell(`conversions: ${id}`);
    const [wasm, ts] = ['wasm', 'ts'].map(() => ({
      reused: /** @type {number[]} */ ([]),
      fresh: /** @type {number[]} */ ([]),
    }));
    let input = 0;
    for (let round = 0; round < flags.rounds; round++) {
      for (const [path, into] of Object.entries({ wasm, ts })) {
        const args = [join(BENCH, 'lib', 'conversion-worker.mjs'), code, path, id, String(bytes), String(flags.time)];
        const taken = JSON.parse(execFileSync(process.execPath, [...flags.nodeFlags, ...args], { encoding: 'utf8' }));
        input = taken.bytes;
        into.reused.push(...taken.reused);
        into.fresh.push(...(taken.fresh ?? []));
      }
    }
    return { id, bytes: input, wasm: summaries(wasm), ts: summaries(ts), numpy: numpy[id] ?? null };
  });
  rmSync(code, { recursive: true });
  return rows;
}

/** A folder with both paths as modules of their own: the package is one chunk, in which they cannot be reached apart. */
function builtConverters() {
  const outdir = mkdtempSync(join(CACHE, 'pickle-wasm-bench-convert-'));
  buildSync({
    entryPoints: ['wasm.ts', 'plain.ts', 'strings.ts'].map((file) => join(ROOT, 'src', 'arrays', 'convert', file)),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    outExtension: { '.js': '.mjs' },
    outdir,
  });
  return outdir;
}

/** @param {{ reused: number[], fresh: number[] }} taken */
const summaries = ({ reused, fresh }) => ({ reused: summary(reused), fresh: fresh.length > 0 ? summary(fresh) : null });

/**
 * @param {number} bytes
 * @param {number} ms
 * @returns {Record<string, { ms: number, bytes: number }>}
 */
function byNumpy(bytes, ms) {
  const script = join(GENERATORS, 'conversions.py');
  return JSON.parse(execFileSync(python(), [script, String(bytes), String(ms)], { encoding: 'utf8' }));
}
