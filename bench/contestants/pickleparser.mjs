// @ts-check
/** The most used JavaScript reader of pickles. It cannot tell where a pickle ends: a log is given to it in slices. */
import { load } from '../peers/load.mjs';
import { inTurn } from './contestant.mjs';

class Point {}

/** @type {import('./contestant.mjs').Contestant} */
export default {
  id: 'pickleparser',
  title: 'pickleparser',
  runtime: 'node',
  peer: 'pickleparser',
  unfit: () => undefined,
  load: () => load('pickleparser'),
  prepare({ Parser }, data, workload) {
    if (workload.form !== 'one') {
      const parser = new Parser();
      const inputs = workload.form === 'log' ? data.slices() : data.messages();
      return inTurn(inputs, (one) => parser.parse(one));
    }
    const bytes = data.bytes();
    const buffers = data.buffers();
    // Buffers are an iterator that one run uses up, so each run needs a parser of its own.
    if (buffers) return { decode: () => new Parser({ buffers: buffers.values() }).parse(bytes) };
    const parser = new Parser(workload.special === 'registered' ? { nameResolver: { resolve: () => Point } } : {});
    return { decode: () => parser.parse(bytes) };
  },
};
