/**
 * In the place of the package jpickle 0.4.1: the same names and values, by the decoder of this package.
 * `src/jpickle/README.md` lists what is different.
 * @example
 * import jpickle from 'pickle-wasm/jpickle';
 * jpickle.loads('U\x0bhello worldq\x01.') // 'hello world'
 */
import { emulated } from './jpickle/emulated.ts';
import { loads } from './jpickle/loads.ts';
import { knowTsEngine } from './machine/auto.ts';
import { createTsMachine } from './machine/ts/machine.ts';

knowTsEngine(createTsMachine);

export { emulated, loads };
export type { Emulated } from './jpickle/emulated.ts';
export type { LoadsOptions } from './jpickle/loads.ts';
export { PickleError } from './spec/pickle-error.ts';
export default { emulated, loads };
