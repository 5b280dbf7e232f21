// @ts-check
/** The table of speed: each workload and contestant in a process of its own, samples in turn, steady state. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { whyUnfit } from '../lib/entrants.mjs';
import { summary } from '../lib/stats.mjs';
import { Worker } from '../lib/worker-client.mjs';
import { ensureData, folderOf } from '../workloads/data.mjs';
import { WORKLOADS } from '../workloads/index.mjs';

/** @typedef {import('../workloads/index.mjs').Workload} Workload */
/** @typedef {import('../contestants/contestant.mjs').Contestant} Contestant */
/** @typedef {import('../lib/stats.mjs').Summary} Summary */
/** @typedef {import('../lib/flags.mjs').Flags} Flags */

/**
 * @typedef {object} Cell
 * @property {string} contestant
 * @property {'equal' | 'unchecked' | 'out' | 'failed'} state out: does not take part; failed: wrong value, or an error
 * @property {string} [why]
 * @property {Summary} [cpu] milliseconds a decode
 * @property {Summary} [wall]
 * @property {number} [peakMb] of the whole process, at the end
 * @property {number} [calls] decodes a sample
 */

/** @typedef {{ workload: string, inputBytes: number, cells: Cell[] }} Row */

/**
 * @typedef {object} Setting
 * @property {Flags} flags
 * @property {readonly Contestant[]} contestants
 * @property {{ python: string | null, numpy: string | null }} versions
 * @property {(text: string) => void} tell
 * @property {readonly Row[]} table what this section has measured so far
 * @property {Map<string, Worker>} [workers] kept from workload to workload, with --one-process
 * @property {boolean} [keep] decode and keep
 */

/**
 * @param {Workload} workload
 * @param {Setting} setting
 * @returns {Promise<Row>}
 */
export async function measure(workload, setting) {
  const { flags, contestants, versions, tell } = setting;
  const folder = ensureData(workload, flags, tell);
  /** @type {Map<string, Cell>} */
  const cells = new Map();
  /** @type {{ one: Contestant, worker: Worker, cpu: number[], wall: number[] }[]} */
  const racing = [];
  const expected = await expectedOf(workload, folder);
  let reference = expected;
  for (const one of contestants) {
    const why = whyUnfit(one, workload, versions);
    if (why) {
      cells.set(one.id, { contestant: one.id, state: 'out', why });
      continue;
    }
    tell(`${workload.id}: ${one.id} gets ready`);
    try {
      const started = await start(one, workload, folder, setting, reference);
      reference ??= started.fingerprint;
      racing.push({ one, worker: started.worker, cpu: [], wall: [] });
      cells.set(one.id, { contestant: one.id, state: started.equal ? 'equal' : 'unchecked', calls: started.calls });
    } catch (error) {
      cells.set(one.id, {
        contestant: one.id,
        state: 'failed',
        why: error instanceof Error ? error.message : String(error),
      });
    }
  }
  for (let round = 1; round <= flags.rounds; round++) {
    tell(`${workload.id}: round ${round} of ${flags.rounds}`);
    for (const { one, worker, cpu, wall } of racing) {
      const taken = await worker.ask({ do: 'sample', ms: flags.time, keep: setting.keep }).catch((error) => {
        cells.set(one.id, { contestant: one.id, state: 'failed', why: error.message });
      });
      cpu.push(...(taken?.cpu ?? []));
      wall.push(...(taken?.wall ?? []));
    }
  }
  for (const { one, worker, cpu, wall } of racing) {
    const cell = /** @type {Cell} */ (cells.get(one.id));
    if (cell.state !== 'failed') {
      const { peak } = await worker.ask({ do: 'peak' });
      cells.set(one.id, { ...cell, cpu: summary(cpu), wall: summary(wall), peakMb: Math.round(peak) });
    }
    if (!setting.workers) await worker.end();
  }
  return { workload: workload.id, inputBytes: inputBytes(folder), cells: [...cells.values()] };
}

/**
 * Makes a worker ready, checks its value, and warms it up. The check runs in a process of its own, except where that
 * does not matter: it holds two values at once.
 * @param {Contestant} one
 * @param {Workload} workload
 * @param {string} folder
 * @param {Setting} setting
 * @param {string | undefined} reference
 */
async function start(one, workload, folder, { flags, workers }, reference) {
  const ask = { contestant: one.id, workload: workload.id, form: workload.form, folder };
  let worker = workers?.get(one.id) ?? new Worker(one, flags.nodeFlags);
  workers?.set(one.id, worker);
  try {
    await worker.ask({ do: 'prepare', ...ask });
    const { fingerprint, equal = comparable(workload, one) ? fingerprint === (reference ?? fingerprint) : null } =
      await worker.ask({ do: 'check', ...ask });
    if (equal === false) throw new Error('wrong value');
    if (!flags.quick && !workers) {
      await worker.end();
      worker = new Worker(one, flags.nodeFlags);
      if (workload.special !== 'polluted') await worker.ask({ do: 'prepare', ...ask });
    }
    if (workload.special === 'polluted') {
      await pollute(worker, one, flags);
      await worker.ask({ do: 'prepare', ...ask });
    }
    const { calls } = await worker.ask({ do: 'warm', ms: flags.quick ? 150 : 2000, sampleMs: flags.quick ? 5 : 50 });
    return { worker, fingerprint, calls, equal: equal === true };
  } catch (error) {
    await worker.end();
    workers?.delete(one.id);
    throw error;
  }
}

/**
 * Runs all workloads that are there, as a server has decoded everything before.
 * @param {Worker} worker
 * @param {Contestant} one
 * @param {Flags} flags
 */
async function pollute(worker, one, flags) {
  for (const other of WORKLOADS) {
    const folder = folderOf(other, flags);
    if (other.special || other.same || other.scales === false || one.unfit(other) || !existsSync(folder)) continue;
    await worker.ask({ do: 'prepare', contestant: one.id, workload: other.id, form: other.form, folder });
    await worker.ask({ do: 'run', times: flags.quick ? 50 : 2 });
  }
}

/**
 * Whether a contestant's value can be told to be right: ours always (both engines must agree), others' where plain
 * values say it.
 * @param {Workload} workload
 * @param {Contestant} one
 */
const comparable = (workload, one) =>
  workload.json || workload.family === 'buffers' || ['wasm', 'ts', 'auto'].includes(one.id);

/**
 * @param {Workload} workload
 * @param {string} folder
 * @returns {Promise<string | undefined>}
 */
async function expectedOf(workload, folder) {
  if (!workload.json) return undefined;
  const worker = new Worker(/** @type {Contestant} */ ({ id: 'json', runtime: 'node' }));
  const { fingerprint } = await worker.ask({ do: 'expected', workload: workload.id, folder });
  await worker.end();
  return fingerprint;
}

/** @param {string} folder */
function inputBytes(folder) {
  return ['data.pkl', 'buffers.bin'].reduce(
    (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
