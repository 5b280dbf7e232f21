// @ts-check
/** How cost grows with N: a line on log-log axes, of slope one, is what there should be. */
import { freemem } from 'node:os';
import { say } from '../lib/progress.mjs';
import { GROWING, workload as workloadOf } from '../workloads/index.mjs';
import { ensureData } from '../workloads/data.mjs';
import { summary } from '../lib/stats.mjs';
import { Worker } from '../lib/worker-client.mjs';

/** @typedef {{ workload: string, n: number, contestant: string, cpu: import('../lib/stats.mjs').Summary, wall: import('../lib/stats.mjs').Summary, samples: number }} GrowthPoint */

const WHO = new Set(['wasm', 'ts', 'cpython', 'cpython-nogc', 'json', 'pickleparser']);
const STEPS = [1e3, 1e4, 1e5, 1e6, 1e7];

/**
 * @param {import('./table.mjs').Setting} setting
 * @returns {Promise<GrowthPoint[]>}
 */
export async function growth({ flags, contestants, tell }) {
  /** @type {GrowthPoint[]} */
  const points = [];
  for (const { workload: name, heap } of GROWING) {
    const workload = workloadOf(name);
    for (const n of STEPS.filter((step) => step <= flags.growthMax)) {
      const needed = (heap * 1.4 * n) / 1e7;
      if (needed > freemem() / 2 ** 20) {
        say(`growth: ${name} at n = ${n} left out, it may need ${Math.round(needed / 1000)} GB`);
        continue;
      }
      const folder = ensureData(workload, { quick: false, scale: 1, n }, tell);
      for (const one of contestants.filter(({ id }) => WHO.has(id) && !contestantsUnfit(id, workload))) {
        tell(`growth: ${name}, n = ${n}, ${one.id}`);
        const worker = new Worker(one, [...flags.nodeFlags, `--max-old-space-size=${heap}`]);
        try {
          await worker.ask({ do: 'prepare', contestant: one.id, workload: name, form: workload.form, folder });
          await worker.ask({ do: 'warm', ms: n < 1e6 ? 500 : 1, sampleMs: 10 });
          const { cpu, wall } = await worker.ask({ do: 'sample', ms: flags.time * 2 });
          points.push({
            workload: name,
            n,
            contestant: one.id,
            cpu: summary(cpu),
            wall: summary(wall),
            samples: cpu.length,
          });
        } catch (error) {
          say(`growth: ${name} at n = ${n}, ${one.id}: ${error instanceof Error ? error.message : error}`);
        } finally {
          await worker.end();
        }
      }
    }
  }
  return points;
}

/**
 * @param {string} id
 * @param {import('../workloads/index.mjs').Workload} workload
 */
const contestantsUnfit = (id, workload) => id === 'json' && !workload.json;
