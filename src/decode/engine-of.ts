import { engineFor, type EngineName } from '../machine/auto.ts';

/**
 * The engine that `engine: 'auto'` picks here and now. Where both are to be had that is wasm, but for what a process reads
 * first if it is short.
 * @param byteLength bytes of input; left out, for a stream of unknown length
 */
export function engineOf(byteLength = Infinity): EngineName {
  return engineFor('auto', byteLength);
}
