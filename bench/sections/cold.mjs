// @ts-check
/** Cold start: importing the package, and the first decode of a process, with the memory that it takes. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { dist } from '../contestants/ours.mjs';
import { whyUnfit } from '../lib/entrants.mjs';
import { BENCH, PEERS } from '../lib/paths.mjs';
import { summary } from '../lib/stats.mjs';
import { Worker } from '../lib/worker-client.mjs';
import { ensureData } from '../workloads/data.mjs';

/** @typedef {import('../lib/stats.mjs').Summary} Summary */
/** @typedef {{ contestant: string, cpu: Summary, wall: Summary, memoryMb: Summary }} ColdCell */
/** @typedef {{ imports: { what: string, wall: Summary, cpu: Summary }[], first: { workload: string, cells: ColdCell[] }[] }} Cold */

/** The workloads whose first decode matters most; `--only` picks others. */
const FIRST = new Set(['dicts', 'floats', 'ascii', 'message', 'buffers-16k']);

/**
 * @param {readonly import('../workloads/index.mjs').Workload[]} workloads
 * @param {import('./table.mjs').Setting} setting
 * @returns {Promise<Cold>}
 */
export async function cold(workloads, setting) {
  const processes = Math.max(5, setting.flags.rounds * 2);
  const chosen = setting.flags.only ? workloads : workloads.filter(({ id }) => FIRST.has(id));
  const first = [];
  for (const workload of chosen)
    first.push({ workload: workload.id, cells: await firstDecodes(workload, setting, processes) });
  return { imports: imports(processes * 2, setting.tell), first };
}

/**
 * @param {import('../workloads/index.mjs').Workload} workload
 * @param {import('./table.mjs').Setting} setting
 * @param {number} processes
 */
async function firstDecodes(workload, { flags, contestants, versions, tell }, processes) {
  const folder = ensureData(workload, flags, tell);
  const fit = contestants.filter((one) => !whyUnfit(one, workload, versions));
  /** @type {Map<string, { cpu: number[], wall: number[], memory: number[] }>} */
  const taken = new Map(fit.map(({ id }) => [id, { cpu: [], wall: [], memory: [] }]));
  for (let i = 0; i < processes; i++) {
    tell(`${workload.id}: cold start ${i + 1} of ${processes}`);
    for (const one of fit) {
      const worker = new Worker(one, flags.nodeFlags);
      try {
        await worker.ask({ do: 'prepare', contestant: one.id, workload: workload.id, form: workload.form, folder });
        const { cpu, wall, memory } = await worker.ask({ do: 'first' });
        const into = taken.get(one.id);
        into?.cpu.push(cpu);
        into?.wall.push(wall);
        into?.memory.push(memory);
      } catch {
        taken.delete(one.id); // the table of speed tells why
      } finally {
        await worker.end();
      }
    }
  }
  return [...taken].map(([contestant, { cpu, wall, memory }]) => {
    return { contestant, cpu: summary(cpu), wall: summary(wall), memoryMb: summary(memory) };
  });
}

/**
 * @param {number} times
 * @param {(text: string) => void} tell
 */
function imports(times, tell) {
  const modules = {
    'an empty module': join(BENCH, 'lib', 'empty.mjs'),
    'pickle-wasm': join(dist, 'index.js'),
    pickleparser: join(PEERS, 'node_modules', 'pickleparser', 'dist', 'index.js'),
    msgpackr: join(PEERS, 'node_modules', 'msgpackr', 'node-index.js'),
  };
  const taken = Object.entries(modules).map(([what, file]) => ({
    what,
    file,
    wall: /** @type {number[]} */ ([]),
    cpu: /** @type {number[]} */ ([]),
  }));
  for (let i = 0; i < times; i++) {
    tell(`imports ${i + 1} of ${times}`);
    for (const one of taken) {
      try {
        const { wall, cpu } = JSON.parse(
          execFileSync(process.execPath, [join(BENCH, 'lib', 'import-time.mjs'), one.file], {
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'ignore'],
          }),
        );
        one.wall.push(wall);
        one.cpu.push(cpu);
      } catch {
        break; // not installed
      }
    }
  }
  return taken
    .filter(({ wall }) => wall.length > 0)
    .map(({ what, wall, cpu }) => ({ what, wall: summary(wall), cpu: summary(cpu) }));
}
