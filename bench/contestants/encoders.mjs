// @ts-check
/** Who writes the values of the section `encode`. */
import { load } from '../peers/load.mjs';

/** @typedef {import('../workloads/encode.mjs').EncodeWorkload} EncodeWorkload */

/**
 * @typedef {object} Encoder
 * @property {string} id
 * @property {string} title
 * @property {'ours' | 'plain' | 'python'} values what it is given: what `loads` gives, what JSON.parse gives, or Python's own
 * @property {string} [peer]
 * @property {(workload: EncodeWorkload) => boolean} fits
 * @property {(api: any, registry: object) => Promise<(value: unknown) => Uint8Array | string> | ((value: unknown) => Uint8Array | string)} [prepare]
 */

/** @param {EncodeWorkload} workload */
const inWords = ({ arrays }) => !arrays;
const always = () => true;

/**
 * @param {string} id
 * @param {string} title
 * @param {object} options
 * @returns {Encoder}
 */
const ours = (id, title, options) => ({
  id,
  title,
  values: 'ours',
  fits: always,
  // Made once, as msgpackr's Packr is: V8 gives each spread of an object that has properties a hidden class of its own.
  prepare(api, registry) {
    const settled = { ...options, registry };
    return (value) => api.dumps(value, settled);
  },
});

/**
 * @param {string} id
 * @param {boolean} useRecords
 * @returns {Encoder}
 */
const msgpackr = (id, useRecords) => ({
  id,
  title: `msgpackr pack${useRecords ? ', with records' : ''}`,
  values: 'plain',
  peer: 'msgpackr',
  fits: inWords,
  async prepare() {
    const { Packr } = await load('msgpackr');
    const packr = new Packr({ useRecords });
    return (value) => packr.pack(value);
  },
});

/** @type {readonly Encoder[]} */
export const ENCODERS = [
  ours('refs', 'pickle-wasm dumps', {}),
  ours('no-refs', 'pickle-wasm dumps, refs false', { refs: false }),
  { id: 'cpython-nogc', title: 'CPython pickle.dumps, collector off', values: 'python', fits: always },
  { id: 'cpython', title: 'CPython pickle.dumps, collector on', values: 'python', fits: always },
  msgpackr('msgpackr', false),
  msgpackr('msgpackr-records', true),
  {
    id: 'json',
    title: 'JSON.stringify',
    values: 'plain',
    fits: inWords,
    prepare: () => (value) => JSON.stringify(value),
  },
];
