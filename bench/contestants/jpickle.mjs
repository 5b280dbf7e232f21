// @ts-check
/** jpickle: protocols 0 to 2, from a binary string. */
import { load } from '../peers/load.mjs';
import { onlyJson } from './contestant.mjs';

/** @type {import('./contestant.mjs').Contestant} */
export default {
  id: 'jpickle',
  title: 'jpickle',
  runtime: 'node',
  peer: 'jpickle',
  unfit: (workload) => (workload.protocol > 2 ? 'jpickle reads protocols 0 to 2' : onlyJson(workload)),
  load: () => load('jpickle'),
  prepare(api, data) {
    const bytes = data.bytes();
    return { decode: () => api.default.loads(bytes.toString('latin1')) };
  },
};
