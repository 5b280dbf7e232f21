// @ts-check
/** Writing: dumps beside CPython's, msgpackr and JSON. CPython reads ours back before anything is timed. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENCODERS } from '../contestants/encoders.mjs';
import { BENCH, PEERS, ROOT, python } from '../lib/paths.mjs';
import { summary } from '../lib/stats.mjs';
import { ensureData } from '../workloads/data.mjs';
import { ENCODED, ENCODED_SCALE } from '../workloads/encode.mjs';
import { workload } from '../workloads/index.mjs';

/** @typedef {import('../lib/stats.mjs').Summary} Summary */
/** @typedef {{ encoder: string, state: 'equal' | 'unchecked' | 'failed', why?: string, bytes?: number, cpu?: Summary }} EncodeCell */
/** @typedef {{ workload: string, cells: EncodeCell[] }} EncodeRow */

/** A round of each; more say little more, and all is to take under two minutes. */
const ROUNDS = 2;
const MS = 100;
const SCRIPT = join(BENCH, 'contestants', 'encode.py');
const WORKER = join(BENCH, 'lib', 'encode-worker.mjs');

/**
 * @param {import('./table.mjs').Setting} setting
 * @returns {EncodeRow[]}
 */
export function encode({ flags, versions, tell }) {
  const folder = mkdtempSync(join(tmpdir(), 'pickle-wasm-encode-'));
  const dist = process.env.PICKLE_WASM_DIST ?? join(ROOT, 'dist');
  const rounds = Math.min(flags.rounds, ROUNDS);
  const ms = Math.min(flags.time, MS);
  /** @param {string} command @param {string[]} args */
  const answer = (command, args) => JSON.parse(execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return ENCODED.filter(({ arrays }) => !arrays || (versions.numpy !== null && !flags.quick)).map((one) => {
      const size = { quick: flags.quick, scale: flags.scale * ENCODED_SCALE };
      const data = one.arrays ? 'ARRAYS' : ensureData(workload(one.id), size, tell);
      /** @param {string} id @param {string[]} more */
      const node = (id, ...more) => [...flags.nodeFlags, WORKER, id, one.id, data, dist, String(ms), ...more];
      const takers = ENCODERS.filter((encoder) => {
        if (encoder.peer && !existsSync(join(PEERS, 'node_modules', encoder.peer))) return false;
        return encoder.fits(one) && (encoder.values !== 'python' || versions.python !== null);
      });
      /** @type {EncodeCell[]} */
      const cells = takers.map(({ id, values }) => {
        if (values !== 'ours' || !versions.python) return { encoder: id, state: 'unchecked' };
        try {
          const file = join(folder, 'data.pkl');
          execFileSync(process.execPath, node(id, file), { stdio: 'pipe' });
          const { equal } = answer(python(), ['-B', SCRIPT, 'check', file, data]);
          return equal ? { encoder: id, state: 'equal' } : { encoder: id, state: 'failed', why: 'wrong value' };
        } catch (error) {
          return { encoder: id, state: 'failed', why: String(error).slice(-500) };
        }
      });
      /** @type {Map<string, number[]>} */
      const samples = new Map();
      for (let round = 0; round < rounds; round++) {
        tell(`encode: ${one.id}, round ${round + 1} of ${rounds}`);
        for (const cell of cells.filter(({ state }) => state !== 'failed')) {
          const id = cell.encoder;
          const collector = id === 'cpython' ? 'on' : 'off';
          const taken = id.startsWith('cpython')
            ? answer(python(), ['-B', SCRIPT, 'time', collector, data, String(ms)])
            : answer(process.execPath, node(id));
          cell.bytes = taken.bytes;
          samples.set(id, [...(samples.get(id) ?? []), ...taken.cpu]);
        }
      }
      for (const cell of cells) {
        const cpu = samples.get(cell.encoder);
        if (cpu) cell.cpu = summary(cpu);
      }
      return { workload: one.id, cells };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
