/** The globals that a pickle names, and what each stands for. Nothing is imported: a name is looked up, exactly as it is. */
import type { Where } from '../bytes/where.ts';
import type { GlobalTable } from '../machine/host.ts';
import { mapImport } from '../spec/imports.ts';
import type { ResolvedOptions } from '../spec/options.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { knownType } from '../types/known.ts';
import { callableOf, isPyType, type GlobalEntries, type GlobalEntry } from '../values/callables.ts';
import { PyGlobal } from '../values/py.ts';

/**
 * What is registered for a global: from the option `registry`, else, unless that is `globals: 'inert'`, from the built-in
 * families. Undefined where nothing is. Names are after fix_imports.
 */
export function findKnown(module: string, name: string, options: ResolvedOptions): unknown {
  const { registry, globals, families } = options;
  // Own properties alone: a pickle may name `constructor` or `__proto__`.
  if (registry !== undefined && Object.hasOwn(registry, module)) {
    const names = registry[module]!;
    if (Object.hasOwn(names, name)) return names[name];
  }
  return globals === 'inert' ? undefined : knownType(module, name, families);
}

export class Globals implements GlobalTable, GlobalEntries {
  readonly entries: GlobalEntry[] = [];
  readonly #options: ResolvedOptions;
  /** Indexes by module and name as written. Names that fix_imports has changed have a table of their own. */
  #plain: Map<string, number> | undefined;
  #mapped: Map<string, number> | undefined;

  constructor(options: ResolvedOptions) {
    this.#options = options;
  }

  /**
   * The index of a global, named as the pickle names it. One name is one global.
   * @param protocol the latest PROTO: fix_imports is for those below 3
   * @throws PickleError LIMIT_GLOBALS; FORBIDDEN_GLOBAL where nothing is known of it and `globals` is 'strict'; what
   *   `findClass` throws
   */
  resolve(rawModule: string, rawName: string, protocol: number, where: Where): number {
    let module = rawModule;
    let name = rawName;
    if (protocol < 3 && this.#options.fixImports) [module, name] = mapImport(rawModule, rawName);
    const isMapped = module !== rawModule || name !== rawName;
    const table = isMapped ? (this.#mapped ??= new Map()) : (this.#plain ??= new Map());
    const key = `${rawModule.length}.${rawModule}${rawName}`;
    const known = table.get(key);
    if (known !== undefined) return known;
    const index = this.entries.length;
    const limit = this.#options.limits.maxGlobals;
    if (index >= limit) throw pickleError('LIMIT_GLOBALS', { ...where, limit, actual: index + 1 });
    const found = this.#find(module, name, where);
    // A class or function is itself; a type whose values are made by a description of it stays a name.
    const isName = found === undefined || isPyType(found);
    const global = isName || this.#options.exact ? new PyGlobal(module, name, rawModule, rawName) : null;
    this.entries.push({ value: isName ? global : found, global, callable: callableOf(found) });
    table.set(key, index);
    return index;
  }

  /** For the next pickle, where it shares no memo with those before. */
  forget(): void {
    if (this.entries.length === 0) return;
    this.entries.length = 0;
    this.#plain = this.#mapped = undefined;
  }

  #find(module: string, name: string, where: Where): unknown {
    const { findClass, globals } = this.#options;
    const found = findClass === undefined ? findKnown(module, name, this.#options) : findClass(module, name);
    if (found === undefined && globals === 'strict') {
      throw pickleError('FORBIDDEN_GLOBAL', { ...where, detail: `The global is ${module}.${name}.` });
    }
    return found;
  }
}
