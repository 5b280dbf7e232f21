// @ts-check
/** What the section `encode` writes: values of the workloads of the table, a tenth as many, and arrays. */

/**
 * @typedef {object} EncodeWorkload
 * @property {string} id of `index.mjs`, or 'arrays-64m'
 * @property {string} title
 * @property {boolean} [arrays] 8 arrays of 64 MB, out of band
 * @property {Record<string, number>} goals how many times the CPU time of an encoder of ours another takes at least, by
 *   `ours/other`
 */

const MSGPACKR = { 'no-refs/msgpackr': 0.5 };

/** @type {readonly EncodeWorkload[]} */
export const ENCODED = [
  {
    id: 'dicts',
    title: 'list of dicts',
    goals: { 'no-refs/cpython-nogc': 2, 'refs/cpython-nogc': 1.3, ...MSGPACKR },
  },
  { id: 'floats', title: 'floats', goals: { 'refs/cpython-nogc': 1, ...MSGPACKR } },
  { id: 'ascii', title: 'ASCII strings', goals: { 'refs/cpython-nogc': 2, ...MSGPACKR } },
  { id: 'unicode', title: 'non-ASCII strings', goals: { 'refs/cpython-nogc': 2, ...MSGPACKR } },
  { id: 'tuples', title: 'tuples', goals: MSGPACKR },
  { id: 'instances', title: 'instances', goals: MSGPACKR },
  { id: 'message', title: 'one message', goals: MSGPACKR },
  { id: 'arrays-64m', title: '8 arrays of 64 MB, out of band', arrays: true, goals: {} },
];

/** Of the table's sizes. */
export const ENCODED_SCALE = 0.1;
