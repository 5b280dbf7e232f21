// @ts-check
/** msgpackr on MessagePack of the same value, made by itself: `records` is its own extension, that knows shapes. */
import { load } from '../peers/load.mjs';
import { inTurn } from './contestant.mjs';
import { messagePack } from './msgpack-data.mjs';

/** @typedef {import('./contestant.mjs').Contestant} Contestant */

/**
 * @param {boolean} useRecords
 * @returns {Contestant}
 */
const msgpackr = (useRecords) => ({
  id: useRecords ? 'msgpackr-records' : 'msgpackr',
  title: `msgpackr of the same as MessagePack${useRecords ? ', with records' : ''}`,
  runtime: 'node',
  peer: 'msgpackr',
  unfit({ json, family, scales }) {
    if (!json && family !== 'buffers') return 'MessagePack has no words for the value';
    return scales === false && !json ? 'over 512 MB in one MessagePack' : undefined;
  },
  load: () => load('msgpackr'),
  prepare({ Unpackr }, data, workload) {
    const { parts, structures } = messagePack(data, workload, useRecords);
    const unpackr = new Unpackr({ useRecords, ...(structures && { structures }) });
    if (workload.form !== 'one') return inTurn(parts, (part) => unpackr.unpack(part));
    return { decode: () => unpackr.unpack(parts[0]) };
  },
});

export const withoutRecords = msgpackr(false);
export const withRecords = msgpackr(true);
