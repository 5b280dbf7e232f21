/**
 * The decoder and Python's own containers: what a browser bundle needs at least. Families of types are given by the option
 * `families`.
 */
export { loads, loadsPrefix, type Prefix } from './decode/loads.ts';
export { load, loadAll, type LoadAllOptions } from './decode/load.ts';
export { Unpickler } from './decode/unpickler.ts';
export { engineOf } from './decode/engine-of.ts';
export type { BytesLike } from './decode/input.ts';
export type { PickleSource } from './decode/source.ts';
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
export { toJsonText, jsonTextPieces, type JsonTextOptions } from './values/jsonable.ts';
export type { DecodeOptions, Engine, PyType, TypeFamily, Registered, Registry, TypeContext } from './spec/options.ts';
export * from './values/py.ts';
