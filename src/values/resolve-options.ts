/** What the options are when nothing, or not everything, is said. */
import { DEFAULT_LIMITS } from '../spec/limits.ts';
import type { DecodeOptions, ResolvedOptions } from '../spec/options.ts';

const DEFAULTS: ResolvedOptions = /* @__PURE__ */ Object.freeze({
  buffers: null,
  encoding: 'ASCII',
  errors: 'strict',
  fixImports: true,
  int: 'auto',
  tuple: 'array',
  list: 'array',
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
  list: ['array', 'typed'],
  dict: ['auto', 'map', 'object'],
  globals: ['known', 'inert', 'strict'],
  engine: ['auto', 'wasm', 'ts'],
} as const;

/** What was asked for last, as it was then, and what came of it. */
interface Resolved {
  readonly given: DecodeOptions;
  readonly options: ResolvedOptions;
}

/** Resolving costs as much as reading 100 bytes, and most programs give the same options each time. */
const last: { resolved: Resolved | undefined } = { resolved: undefined };

/**
 * The options with everything said; the same object where the last call was given the same.
 * @throws TypeError where an option has a value that it does not take
 */
export function resolveOptions(options: DecodeOptions | undefined): ResolvedOptions {
  if (options === undefined) return DEFAULTS;
  const { resolved } = last;
  if (resolved !== undefined && isSame(options, resolved.given)) return resolved.options;
  const made = resolve(options);
  last.resolved = isLasting(options) ? { given: { ...options }, options: made } : undefined;
  return made;
}

/** Whether the options mean the same as long as they have the same values: nothing in them is copied. */
function isLasting({ buffers, extensions, limits }: DecodeOptions): boolean {
  return buffers === undefined && extensions === undefined && limits === undefined;
}

/** Named one by one, for a loop over names takes five times as long. A test holds the list. */
function isSame(a: DecodeOptions, b: DecodeOptions): boolean {
  return (
    a.engine === b.engine &&
    a.encoding === b.encoding &&
    a.errors === b.errors &&
    a.fixImports === b.fixImports &&
    a.int === b.int &&
    a.tuple === b.tuple &&
    a.list === b.list &&
    a.dict === b.dict &&
    a.copyBytes === b.copyBytes &&
    a.exact === b.exact &&
    a.globals === b.globals &&
    a.families === b.families &&
    a.registry === b.registry &&
    a.persistentLoad === b.persistentLoad &&
    a.buffers === undefined &&
    a.extensions === undefined &&
    a.limits === undefined
  );
}

function resolve(options: DecodeOptions): ResolvedOptions {
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
    list: exact ? 'array' : (options.list ?? 'array'),
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
