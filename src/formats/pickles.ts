/** Decoding of pickles that lie in other formats, with options that are resolved already. */
import { endOf, openSession } from '../decode/session.ts';
import { DEFAULT_LIMITS } from '../spec/limits.ts';
import type { PyType, ResolvedOptions } from '../spec/options.ts';
import { pickleError } from '../spec/pickle-error.ts';

export interface ReadPickle {
  readonly value: unknown;
  /** Where the pickle ends. */
  readonly end: number;
}

/**
 * Reads the pickle that begins at an offset of some bytes. Offsets of errors are those of the bytes.
 * @throws PickleError as `loads` does
 */
export function readPickle(bytes: Uint8Array, offset: number, options: ResolvedOptions): ReadPickle {
  const isSaid = options.limits.maxAllocation !== DEFAULT_LIMITS.maxAllocation;
  const session = openSession(options, bytes.length, isSaid);
  try {
    session.begin(true);
    const value = session.read(bytes, offset);
    return { value, end: endOf(session.machine) };
  } finally {
    session.close(bytes.buffer.byteLength);
  }
}

/** For what a format says of itself, which no option of the caller changes: nothing is resolved, texts are strings. */
export function plainOptions(options: ResolvedOptions): ResolvedOptions {
  return {
    ...options,
    buffers: null,
    encoding: 'latin1',
    errors: 'strict',
    int: 'auto',
    tuple: 'array',
    list: 'array',
    dict: 'map',
    exact: false,
    globals: 'inert',
    registry: undefined,
    persistentLoad: undefined,
    findClass: undefined,
  };
}

/** The same options, with a type of a format's own, which a caller cannot replace: the format is no pickle without it. */
export function withTypes(
  options: ResolvedOptions,
  modules: Iterable<string>,
  typeName: string,
  type: PyType,
): ResolvedOptions {
  const { registry, findClass } = options;
  const own = new Set(modules);
  const entries = Array.from(own, (module) => [module, { ...registry?.[module], [typeName]: type }] as const);
  return {
    ...options,
    registry: { ...registry, ...Object.fromEntries(entries) },
    findClass: findClass && ((module, name) => (name === typeName && own.has(module) ? type : findClass(module, name))),
  };
}

/** The same options for a file within a pickle: one level of containers less. */
export function nestedOptions(options: ResolvedOptions): ResolvedOptions {
  const { maxContainers } = options.limits;
  if (maxContainers < 1) throw pickleError('LIMIT_CONTAINERS', { offset: -1, limit: maxContainers, actual: 1 });
  return { ...options, limits: { ...options.limits, maxContainers: maxContainers - 1 } };
}
