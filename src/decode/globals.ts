/** The globals that a pickle names: what each stands for. Nothing is imported; a name is looked up, exactly as it is. */
import { mapImport } from '../spec/imports.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { typeOf } from '../values/instances.ts';
import type { ResolvedOptions } from '../spec/options.ts';
import { PyGlobal } from '../values/py-objects.ts';
import type { GlobalEntries, GlobalEntry } from '../values/reader.ts';
import { builtinType } from '../types/index.ts';

/**
 * What is registered for a global: from the option `registry`, else, unless that is `globals: 'inert'`, from the built-in
 * families. Undefined where nothing is. Names are after fix_imports.
 */
export function findKnown(module: string, name: string, options: ResolvedOptions): unknown {
  const { registry } = options;
  if (registry !== undefined && Object.hasOwn(registry, module) && Object.hasOwn(registry[module]!, name)) {
    return registry[module]![name];
  }
  return options.globals === 'inert' ? undefined : builtinType(module, name);
}

export class Globals implements GlobalEntries {
  readonly #options: ResolvedOptions;
  readonly #entries: GlobalEntry[] = [];
  /** Indexes by module and name as written; `\n` is in neither. */
  #indexes: Map<string, number> | undefined;

  constructor(options: ResolvedOptions) {
    this.#options = options;
  }

  /** For a pickle that has nothing to do with those before it. */
  forget(): void {
    if (this.#entries.length === 0) return;
    this.#entries.length = 0;
    this.#indexes = undefined;
  }

  at(index: number): GlobalEntry {
    return this.#entries[index]!;
  }

  /**
   * The index of a global.
   * @param protocol the latest PROTO: fix_imports is for those below 3
   * @throws LIMIT_GLOBALS; FORBIDDEN_GLOBAL where nothing is registered for it and `globals` is 'strict'
   */
  resolve(rawModule: string, rawName: string, protocol: number, where: { offset: number; opcode: number }): number {
    const { fixImports, findClass, globals, limits } = this.#options;
    const isOld = fixImports && protocol < 3;
    const key = `${isOld ? 2 : 3}${rawModule}\n${rawName}`;
    const known = (this.#indexes ??= new Map()).get(key);
    if (known !== undefined) return known;
    const index = this.#entries.length;
    if (index >= limits.maxGlobals) {
      throw pickleError('LIMIT_GLOBALS', { ...where, limit: limits.maxGlobals, actual: index + 1 });
    }
    const [module, name] = isOld ? mapImport(rawModule, rawName) : [rawModule, rawName];
    const found = findClass === undefined ? findKnown(module, name, this.#options) : findClass(module, name);
    const type = typeOf(found);
    if (type === undefined && globals === 'strict') {
      throw pickleError('FORBIDDEN_GLOBAL', { ...where, detail: `It is ${module}.${name}.` });
    }
    const value = typeof found === 'function' ? found : new PyGlobal(module, name, rawModule, rawName);
    this.#entries.push({ value, type });
    this.#indexes.set(key, index);
    return index;
  }
}
