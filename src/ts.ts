/**
 * Makes the TypeScript engine known to users of `pickle-wasm/core`, for places where WebAssembly is not to be had. The main
 * entry knows both engines.
 * @example
 * import 'pickle-wasm/ts';
 * import { loads } from 'pickle-wasm/core';
 */
import { knowTsEngine } from './machine/auto.ts';
import { createTsMachine } from './machine/ts/machine.ts';

knowTsEngine(createTsMachine);
