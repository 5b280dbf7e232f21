// @ts-check
/** Decoding and keeping the values, apart from decoding and dropping them. */
import { measure } from './table.mjs';

/** @typedef {import('./table.mjs').Row} Row */
/** @typedef {{ workload: string, drop: Row, keep: Row }} KeepRow */

const CHOSEN = new Set(['dicts', 'floats', 'ascii', 'tuples', 'instances', 'documents']);

/**
 * @param {readonly import('../workloads/index.mjs').Workload[]} workloads
 * @param {import('./table.mjs').Setting} setting
 * @returns {Promise<KeepRow[]>}
 */
export async function keepAndDrop(workloads, setting) {
  const rows = [];
  for (const workload of setting.flags.only ? workloads : workloads.filter(({ id }) => CHOSEN.has(id))) {
    const drop = setting.table.find((row) => row.workload === workload.id) ?? (await measure(workload, setting));
    const keep = await measure(workload, { ...setting, keep: true });
    rows.push({ workload: workload.id, drop, keep });
  }
  return rows;
}
