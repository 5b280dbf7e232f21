// @ts-check
/** What the project wants to reach, against a run. */
import { lettered, meanRatio, ratio, table } from './cells.mjs';

/** @typedef {import('../run.mjs').Run} Run */

/** Times faster than CPython with its collector off, CPython with it on, pickleparser, the TypeScript engine. */
const WHO = ['cpython-nogc', 'cpython', 'pickleparser', 'ts'];
/** @type {Record<string, readonly (number | null)[]>} */
const GOALS = {
  dicts: [1.5, 4.5, 11, 2],
  floats: [1.8, null, 3, 1.5],
  ints: [1.3, null, 15, 1.5],
  ascii: [1, null, 8, 1.4],
  unicode: [1.3, null, 5, 2],
  'floats-typed': [4, null, null, null],
  'one-dict': [null, null, 3, 1],
  'one-dict-map': [0.65, null, null, null],
  tuples: [1, null, 5, 1.3],
  instances: [2.5, 4.5, 12, 1.7],
  'buffers-16k': [3, null, 10, 2],
  'buffers-256': [2, null, 8, 2],
  message: [1.3, null, 7, 1],
  records: [1.3, null, 4, 1.3],
};
const MEANS = [1.4, null, 7, 1.5];

/** @param {Run} run */
export function goals({ table: rows }) {
  const said = (/** @type {number | undefined} */ value, /** @type {number | null} */ goal) => {
    if (value === undefined || goal === null) return value === undefined ? '' : value.toFixed(2);
    return `${value.toFixed(2)} of ${goal}${value >= goal ? '' : ' ✗'}`;
  };
  const body = rows
    .filter(({ workload }) => workload in GOALS)
    .map((row) => [row.workload, ...WHO.map((who, i) => said(ratio(row, who), GOALS[row.workload][i]))]);
  body.push(['geometric mean', ...WHO.map((who, i) => said(meanRatio(lettered(rows), who)?.mean, MEANS[i]))]);
  const auto = rows.flatMap((row) => {
    const [ts, own] = [ratio(row, 'ts'), ratio(row, 'auto')];
    return ts && own ? [[row.workload, `${((own / Math.min(1, ts) - 1) * 100).toFixed(1)} %`]] : [];
  });
  return `${table(['goals', ...WHO], body)}\n\n${table(['auto, slower than the better engine by (at most 5 %)', ''], auto)}`;
}
