// @ts-check
/** JSON.parse of the equivalent JSON, from bytes: what a service gets is never a string. */
import { inTurn, onlyJson } from './contestant.mjs';

/** @type {import('./contestant.mjs').Contestant} */
export default {
  id: 'json',
  title: 'JSON.parse of the same as JSON',
  runtime: 'node',
  unfit: onlyJson,
  prepare(_api, data, workload) {
    if (workload.form !== 'one') return inTurn(data.jsonLines(), (line) => JSON.parse(line.toString()));
    const bytes = data.json();
    return { decode: () => JSON.parse(bytes.toString()) };
  },
};
