/** What types of one decode are told of it. */
import type { PyType, ResolvedOptions, TypeContext } from '../spec/options.ts';
import type { GlobalEntries } from './callables.ts';
import { PyGlobal } from './py.ts';

export class DecodeContext implements TypeContext {
  readonly options: ResolvedOptions;
  readonly #globals: GlobalEntries;
  #adopted: WeakMap<object, PyType> | undefined;

  constructor(options: ResolvedOptions, globals: GlobalEntries) {
    this.options = options;
    this.#globals = globals;
  }

  typeOf(cls: unknown): PyType | undefined {
    if (!(cls instanceof PyGlobal)) return undefined;
    return this.#globals.entries.find(({ value }) => value === cls)?.callable?.type ?? undefined;
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
