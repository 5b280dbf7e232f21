// @ts-check
/**
 * Files as programs leave them: a CIFAR-10 style batch, a frame of 1,000,000 rows, a torch checkpoint with shared storages, a
 * forest of scikit-learn by joblib. Each load is a new process, imports apart, beside Python's own loader of the same file.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BENCH, CACHE, GENERATORS, ROOT, python } from '../lib/paths.mjs';
import { summary } from '../lib/stats.mjs';

/** @typedef {import('../lib/stats.mjs').Summary} Summary */
/** @typedef {{ loader: string, wall: Summary, cpu: Summary, peakMb: Summary }} Loads */
/** @typedef {{ file: string, inputBytes: number, loads: Loads[] }} RealRow */

const SCRIPT = join(GENERATORS, 'real.py');

/**
 * @param {import('./table.mjs').Setting} setting
 * @returns {RealRow[]}
 */
export function real({ flags, versions, tell }) {
  if (!versions.numpy) return [];
  const folder = ensureFiles(tell);
  const dist = process.env.PICKLE_WASM_DIST ?? join(ROOT, 'dist');
  return readdirSync(folder).map((file) => {
    const path = join(folder, file);
    const name = file.split('.')[0];
    const commands = {
      wasm: [process.execPath, [...flags.nodeFlags, join(BENCH, 'lib', 'load-worker.mjs'), 'wasm', path, dist]],
      ts: [process.execPath, [...flags.nodeFlags, join(BENCH, 'lib', 'load-worker.mjs'), 'ts', path, dist]],
      python: [python(), [SCRIPT, 'load', name, path]],
    };
    /** @type {Record<string, { wall: number, cpu: number, peakMb: number }[]>} */
    const taken = {};
    for (let round = 0; round < flags.rounds; round++) {
      tell(`real files: ${file}, round ${round + 1} of ${flags.rounds}`);
      for (const [loader, [command, args]] of Object.entries(commands)) {
        const text = execFileSync(/** @type {string} */ (command), /** @type {string[]} */ (args), {
          encoding: 'utf8',
        });
        (taken[loader] ??= []).push(JSON.parse(text));
      }
    }
    const loads = Object.entries(taken).map(([loader, samples]) => ({
      loader,
      wall: summary(samples.map(({ wall }) => wall)),
      cpu: summary(samples.map(({ cpu }) => cpu)),
      peakMb: summary(samples.map(({ peakMb }) => peakMb)),
    }));
    return { file, inputBytes: statSync(path).size, loads };
  });
}

/** @param {(text: string) => void} tell */
function ensureFiles(tell) {
  const id = createHash('sha256').update(readFileSync(SCRIPT)).digest('hex').slice(0, 12);
  const folder = join(CACHE, `pickle-wasm-bench-${id}`, 'real');
  if (existsSync(folder)) return folder;
  tell('real files are made');
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  execFileSync(python(), [SCRIPT, 'make', unfinished], { stdio: ['ignore', 'ignore', 'inherit'] });
  renameSync(unfinished, folder);
  return folder;
}
