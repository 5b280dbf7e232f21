// @ts-check
/** This package, with one engine or the other. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../lib/paths.mjs';
import { inTurn } from './contestant.mjs';

/** @typedef {import('./contestant.mjs').Contestant} Contestant */

/** The build under test: another one may be named, to compare two. */
export const dist = process.env.PICKLE_WASM_DIST ?? join(ROOT, 'dist');

class Point {}

/**
 * @param {'wasm' | 'ts' | 'auto'} engine
 * @param {string} title
 * @returns {Contestant}
 */
export const ours = (engine, title) => ({
  id: engine,
  title,
  runtime: 'node',
  unfit: () => undefined,
  load: () => import(pathToFileURL(join(dist, 'index.js')).href),
  prepare(api, data, workload) {
    const buffers = data.buffers();
    const registry = workload.special === 'registered' ? { bench_types: { Point } } : undefined;
    const options = { engine, ...workload.options, ...(buffers && { buffers }), ...(registry && { registry }) };
    if (workload.form === 'many') return inTurn(data.messages(), (one) => api.loads(one, options));
    const bytes = data.bytes();
    if (workload.form === 'one') return { decode: () => api.loads(bytes, options) };
    return walk(bytes, (rest) => api.loadsPrefix(rest, options));
  },
  plain: (value) => (value?.constructor?.name === 'PyObject' && !Array.isArray(value.state) ? value.state : value),
});

/**
 * A log is read as its reader would: each pickle tells where the next begins.
 * @param {Uint8Array} bytes
 * @param {(rest: Uint8Array) => { value: unknown, bytesUsed: number }} read
 * @returns {import('./contestant.mjs').Ready}
 */
function walk(bytes, read) {
  /** @param {(value: unknown) => void} take */
  const each = (take) => {
    for (let at = 0; at < bytes.length;) {
      const { value, bytesUsed } = read(bytes.subarray(at));
      take(value);
      at += bytesUsed;
    }
  };
  return {
    decode: () => {
      let last;
      each((value) => (last = value));
      return last;
    },
    all: () => {
      /** @type {unknown[]} */
      const values = [];
      each((value) => values.push(value));
      return values;
    },
  };
}
