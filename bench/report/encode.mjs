// @ts-check
/** The table of the section `encode`. */
import { ENCODERS } from '../contestants/encoders.mjs';
import { ENCODED } from '../workloads/encode.mjs';
import { table, time } from './cells.mjs';

/** @typedef {import('../sections/encode.mjs').EncodeRow} EncodeRow */

/** @param {readonly EncodeRow[]} rows */
export function encodeTable(rows) {
  const body = rows.flatMap(({ workload, cells }) => {
    const one = ENCODED.find(({ id }) => id === workload);
    if (!one) return [];
    const median = (/** @type {string} */ id) => cells.find(({ encoder }) => encoder === id)?.cpu?.median;
    const times = ENCODERS.map(({ id }) => {
      const cell = cells.find(({ encoder }) => encoder === id);
      return cell?.cpu ? time(cell.cpu.median) : (cell?.why ?? '');
    });
    const goals = Object.entries(one.goals).flatMap(([pair, goal]) => {
      const [own, other] = pair.split('/');
      const [mine, theirs] = [median(own), median(other)];
      if (!mine || !theirs) return [];
      const ratio = theirs / mine;
      return [`${own} ${ratio.toFixed(2)} of ${goal} × ${other}${ratio >= goal ? '' : ' ✗'}`];
    });
    return [[one.title, ...times, goals.join('; ')]];
  });
  const words =
    'CPU time a call, medians. CPython has read what dumps wrote, and found it equal. Goals: how many times the CPU time of ours another takes.';
  return `${words}\n\n${table(['', ...ENCODERS.map(({ title }) => title), 'goals'], body)}`;
}
