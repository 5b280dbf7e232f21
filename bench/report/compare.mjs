// @ts-check
/** Two runs of the same: what moved beyond the noise. */
import { cellOf, head, table, time, title } from './cells.mjs';

/** @typedef {import('../run.mjs').Run} Run */

/** Less is never called a change. */
const LEAST = 0.03;

/** Half the distance of the quartiles, as a part of the median. @param {import('../lib/stats.mjs').Summary} of */
const noise = ({ p25, p75, median }) => (p75 - p25) / 2 / Math.max(median, 1e-9);

/**
 * @param {Run} before
 * @param {Run} after
 */
export function compare(before, after) {
  const body = [];
  let moved = 0;
  for (const row of after.table) {
    const old = before.table.find(({ workload }) => workload === row.workload);
    for (const { contestant, cpu } of row.cells) {
      const then = old && cellOf(old, contestant)?.cpu;
      if (!cpu || !then) continue;
      const band = Math.max(LEAST, noise(cpu) + noise(then));
      const change = cpu.median / then.median - 1;
      const verdict = Math.abs(change) <= band ? '' : change < 0 ? 'faster' : 'SLOWER';
      if (verdict && contestant === 'wasm') moved++;
      body.push([
        `${title(row)}: ${head(contestant)}`,
        time(then.median),
        time(cpu.median),
        percent(change),
        `± ${percent(band).slice(1)}`,
        verdict,
      ]);
    }
  }
  const words = [
    `Against the run of ${before.date.slice(0, 10)} (${before.machine.commit ?? 'no commit'}). The band is both runs' noise, half the distance of their quartiles, and at least ${LEAST * 100} %.`,
    before.machine.cpu === after.machine.cpu && before.machine.node === after.machine.node
      ? ''
      : '**Another machine or Node: contestants other than wasm tell how much that alone does.**',
    table(['', 'then', 'now', 'change', 'band', ''], body),
    `wasm moved in ${moved} of ${after.table.length} workloads. Others moved too: then it is the machine.`,
  ];
  return words.filter(Boolean).join('\n\n');
}

const percent = (/** @type {number} */ part) => `${part < 0 ? '-' : '+'}${Math.abs(part * 100).toFixed(1)} %`;
