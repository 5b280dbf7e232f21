/** The options of a dump with everything said. */
import type { EncodeOptions } from '../spec/encode-options.ts';
import type { Reducer, Reduction } from '../spec/reducer.ts';
import type { Registry, TypeFamily } from '../spec/options.ts';

export const HIGHEST_PROTOCOL = 5;
export const DEFAULT_PROTOCOL = 4;

export type AnyClass = abstract new (...args: never[]) => object;

export interface Settings {
  readonly protocol: number;
  readonly fixImports: boolean;
  readonly bufferCallback: ((buffer: Uint8Array) => unknown) | undefined;
  readonly persistentId: ((value: unknown) => unknown) | undefined;
  readonly reducerOverride: ((value: object) => Reduction | undefined) | undefined;
  readonly refs: boolean;
  readonly memoStrings: 'keys' | 'all' | 'none';
  /** What Python calls the registered classes and functions. */
  readonly names: ReadonlyMap<unknown, readonly [module: string, name: string]>;
  readonly reducers: ReadonlyMap<AnyClass, Reducer> | undefined;
  readonly families: readonly TypeFamily[] | undefined;
}

const NO_NAMES: ReadonlyMap<unknown, readonly [string, string]> = new Map();

/**
 * @throws TypeError, RangeError where an option is not what it can be: a mistake of the program, not of the data
 */
export function resolveSettings(options?: EncodeOptions): Settings {
  return options === undefined ? DEFAULTS : resolve(options);
}

function resolve(options: EncodeOptions): Settings {
  const { protocol = DEFAULT_PROTOCOL, memoStrings = 'keys', registry } = options;
  if (!Number.isInteger(protocol) || protocol > HIGHEST_PROTOCOL) {
    throw new RangeError(`protocol must be 0 to ${HIGHEST_PROTOCOL}, or negative for the highest: not ${protocol}`);
  }
  if (memoStrings !== 'keys' && memoStrings !== 'all' && memoStrings !== 'none') {
    throw new TypeError(`memoStrings must be 'keys', 'all' or 'none'`);
  }
  const resolved = protocol < 0 ? HIGHEST_PROTOCOL : protocol;
  if (options.bufferCallback !== undefined && resolved < 5) {
    throw new TypeError('bufferCallback needs protocol 5');
  }
  return {
    protocol: resolved,
    fixImports: options.fixImports ?? true,
    bufferCallback: options.bufferCallback,
    persistentId: options.persistentId,
    reducerOverride: options.reducerOverride,
    refs: options.refs ?? true,
    memoStrings,
    names: registry === undefined ? NO_NAMES : namesOf(registry),
    reducers: options.reducers,
    families: options.families,
  };
}

export const DEFAULTS: Settings = /* @__PURE__ */ resolve({});

/** Registries are read once, and may be written to no more. */
const known = new WeakMap<Registry, ReadonlyMap<unknown, readonly [string, string]>>();

function namesOf(registry: Registry): ReadonlyMap<unknown, readonly [string, string]> {
  let names = known.get(registry);
  if (names === undefined) known.set(registry, (names = readRegistry(registry)));
  return names;
}

function readRegistry(registry: Registry): Map<unknown, readonly [string, string]> {
  const names = new Map<unknown, readonly [string, string]>();
  for (const [module, entries] of Object.entries(registry)) {
    // A class that is there twice, as for an old name, goes by the first.
    for (const [name, value] of Object.entries(entries)) if (!names.has(value)) names.set(value, [module, name]);
  }
  return names;
}
