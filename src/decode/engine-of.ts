import { chooseEngine, type EngineName } from '../machine/auto.ts';

/**
 * The engine that `engine: 'auto'` picks here.
 * @param byteLength bytes of input; left out, for a stream of unknown length
 */
export function engineOf(byteLength = Infinity): EngineName {
  return chooseEngine('auto', byteLength);
}
