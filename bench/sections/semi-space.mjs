// @ts-check
/** What `node --max-semi-space-size=64` does: most of the time of many small objects is V8 moving survivors. */
import { measure } from './table.mjs';

/** @typedef {import('./table.mjs').Row} Row */
/** @typedef {{ workload: string, usual: Row, large: Row }} SemiSpaceRow */

export const LARGE = '--max-semi-space-size=64';
const CHOSEN = new Set(['dicts', 'floats', 'ascii', 'unicode', 'tuples', 'instances', 'documents']);

/**
 * @param {readonly import('../workloads/index.mjs').Workload[]} workloads
 * @param {import('./table.mjs').Setting} setting
 * @returns {Promise<SemiSpaceRow[]>}
 */
export async function semiSpace(workloads, setting) {
  const rows = [];
  const { flags } = setting;
  const contestants = setting.contestants.filter(({ runtime, id }) => runtime === 'node' && id !== 'python-json');
  for (const workload of flags.only ? workloads : workloads.filter(({ id }) => CHOSEN.has(id))) {
    const usual = await measure(workload, { ...setting, contestants });
    const large = await measure(workload, {
      ...setting,
      contestants,
      flags: { ...flags, nodeFlags: [...flags.nodeFlags, LARGE] },
    });
    rows.push({ workload: workload.id, usual, large });
  }
  return rows;
}
