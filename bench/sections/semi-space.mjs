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
  const contestants = setting.contestants.filter(isNode);
  for (const workload of flags.only ? workloads : workloads.filter(({ id }) => CHOSEN.has(id))) {
    const usual = usualOf(workload, setting) ?? (await measure(workload, { ...setting, contestants }));
    const large = await measure(workload, {
      ...setting,
      contestants,
      flags: { ...flags, nodeFlags: [...flags.nodeFlags, LARGE] },
    });
    rows.push({ workload: workload.id, usual, large });
  }
  return rows;
}

/**
 * What the table has of it, where that was measured.
 * @param {import('../workloads/index.mjs').Workload} workload
 * @param {import('./table.mjs').Setting} setting
 * @returns {Row | undefined}
 */
function usualOf(workload, { table, contestants }) {
  const row = table.find((one) => one.workload === workload.id);
  const ids = new Set(contestants.filter(isNode).map(({ id }) => id));
  return row && { ...row, cells: row.cells.filter(({ contestant }) => ids.has(contestant)) };
}

/** Whether V8's flags are its own. @param {import('../contestants/contestant.mjs').Contestant} one */
function isNode({ runtime, id }) {
  return runtime === 'node' && id !== 'python-json';
}
