/** What types of one decode are told of it. */
import type { PyType, ResolvedOptions, TypeContext } from '../spec/options.ts';
import type { GlobalEntries } from './callables.ts';
import { PyGlobal } from './py.ts';

export class DecodeContext implements TypeContext {
  readonly options: ResolvedOptions;
  readonly #globals: GlobalEntries;
  #adopted: WeakMap<object, PyType> | undefined;
  /** Of the globals that were there when one was last looked for in vain; null for those without. */
  readonly #types = new WeakMap<PyGlobal, PyType | null>();

  constructor(options: ResolvedOptions, globals: GlobalEntries) {
    this.options = options;
    this.#globals = globals;
  }

  typeOf(cls: unknown): PyType | undefined {
    if (!(cls instanceof PyGlobal)) return undefined;
    let type = this.#types.get(cls);
    if (type === undefined) {
      for (const { value, callable } of this.#globals.entries) {
        if (value instanceof PyGlobal) this.#types.set(value, callable?.type ?? null);
      }
      type = this.#types.get(cls) ?? null;
      this.#types.set(cls, type);
    }
    return type ?? undefined;
  }

  adopt(instance: object, type: PyType): void {
    (this.#adopted ??= new WeakMap()).set(instance, type);
  }

  /** The type that has adopted an instance, if one has. */
  adoptedBy(instance: unknown): PyType | undefined {
    if (this.#adopted === undefined || typeof instance !== 'object' || instance === null) return undefined;
    return this.#adopted.get(instance);
  }
}
