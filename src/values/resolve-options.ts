/** What the options are when nothing, or not everything, is said. */
import { DEFAULT_LIMITS } from '../spec/limits.ts';
import type { DecodeOptions, ResolvedOptions } from '../spec/options.ts';

const DEFAULTS: ResolvedOptions = Object.freeze({
  buffers: null,
  encoding: 'ASCII',
  errors: 'strict',
  fixImports: true,
  int: 'auto',
  tuple: 'array',
  dict: 'auto',
  copyBytes: false,
  exact: false,
  globals: 'known',
  families: undefined,
  registry: undefined,
  persistentLoad: undefined,
  extensions: new Map(),
  limits: DEFAULT_LIMITS,
  engine: 'auto',
  findClass: undefined,
});

const CHOICES = {
  int: ['auto', 'bigint', 'number'],
  tuple: ['array', 'tagged'],
  dict: ['auto', 'map', 'object'],
  globals: ['known', 'inert', 'strict'],
  engine: ['auto', 'wasm', 'ts'],
} as const;

/** The options with everything said. Throws a TypeError where an option has a value that it does not take. */
export function resolveOptions(options: DecodeOptions | undefined): ResolvedOptions {
  if (options === undefined) return DEFAULTS;
  for (const [name, choices] of Object.entries(CHOICES)) {
    const given = options[name as keyof typeof CHOICES];
    if (given !== undefined && !(choices as readonly string[]).includes(given)) {
      throw new TypeError(`The option ${name} is one of '${choices.join("', '")}', not ${String(given)}.`);
    }
  }
  const exact = options.exact ?? false;
  return {
    buffers: options.buffers === undefined ? null : [...options.buffers],
    encoding: options.encoding ?? DEFAULTS.encoding,
    errors: options.errors ?? DEFAULTS.errors,
    fixImports: options.fixImports ?? true,
    int: exact ? 'bigint' : (options.int ?? 'auto'),
    tuple: exact ? 'tagged' : (options.tuple ?? 'array'),
    dict: exact ? 'exact' : (options.dict ?? 'auto'),
    copyBytes: options.copyBytes ?? false,
    exact,
    globals: options.globals ?? 'known',
    families: options.families,
    registry: options.registry,
    persistentLoad: options.persistentLoad,
    extensions: extensionsOf(options.extensions),
    limits: limitsOf(options.limits),
    engine: options.engine ?? 'auto',
    findClass: undefined,
  };
}

function extensionsOf(given: DecodeOptions['extensions']): ReadonlyMap<number, readonly [string, string]> {
  if (given === undefined) return DEFAULTS.extensions;
  if (given instanceof Map) return given as ReadonlyMap<number, readonly [string, string]>;
  return new Map(Object.entries(given).map(([code, names]) => [Number(code), names as readonly [string, string]]));
}

function limitsOf(given: DecodeOptions['limits']): ResolvedOptions['limits'] {
  if (given === undefined) return DEFAULT_LIMITS;
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(DEFAULT_LIMITS, name)) throw new TypeError(`There is no limit called ${name}.`);
    if (value !== undefined && !(value >= 0)) throw new TypeError(`limits.${name} must be a number from 0 on.`);
  }
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...DEFAULT_LIMITS, ...said };
}
