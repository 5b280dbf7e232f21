/**
 * The decoder for bytes in memory, by WebAssembly, and Python's own containers: what a browser bundle needs at least.
 * Families of types are given by the option `families`. What few need is imported beside it: `pickle-wasm/streams` for
 * files and streams, `pickle-wasm/ts` for the engine without WebAssembly, `pickle-wasm/codecs` for further encodings,
 * `pickle-wasm/json` for text.
 */
export { loads, loadsPrefix, type Prefix } from './decode/loads.ts';
export { engineOf } from './decode/engine-of.ts';
export type { BytesLike } from './bytes/bytes-like.ts';
export { init } from './machine/wasm/module.ts';
export type { EngineName } from './machine/auto.ts';
export type { ErrorClass, ErrorCode } from './spec/errors.ts';
export { DEFAULT_LIMITS, type Limits } from './spec/limits.ts';
export {
  PickleError,
  PickleLimitError,
  PickleMachineError,
  PicklePolicyError,
  PickleSyntaxError,
} from './spec/pickle-error.ts';
export type { DecodeOptions, Engine, PyType, TypeFamily, Registered, Registry, TypeContext } from './spec/options.ts';
export * from './values/py.ts';
