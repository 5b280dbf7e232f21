/** The globals of one pickle, each looked up once. */
import type { Where } from '../bytes/where.ts';
import type { GlobalTable } from '../machine/host.ts';
import type { PyType } from '../spec/options.ts';
import { pickleError } from '../spec/pickle-error.ts';
import type { Callable, GlobalEntries, GlobalEntry } from '../values/callables.ts';
import type { Habits } from './habits.ts';

export class Names implements GlobalTable, GlobalEntries {
  readonly entries: GlobalEntry[] = [];
  readonly #habits: Habits;
  readonly #callable: Callable;
  readonly #limit: number;
  readonly #indexes = new Map<string, number>();

  /** @param type how instances are changed: calls are the materialiser's */
  constructor(habits: Habits, type: PyType, limit: number) {
    this.#habits = habits;
    this.#callable = { type, fn: null, ctor: null, base: null, lastShape: undefined, lastRow: null };
    this.#limit = limit;
  }

  /** fix_imports is not done: names are those of the pickle. */
  resolve(module: string, name: string, _protocol: number, where: Where): number {
    const key = `${module.length}.${module}${name}`;
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const index = this.entries.length;
    if (index >= this.#limit) throw pickleError('LIMIT_GLOBALS', { ...where, limit: this.#limit, actual: index + 1 });
    const value = this.#habits.global(module, name, where);
    this.entries.push({ value, global: null, callable: this.#callable });
    this.#indexes.set(key, index);
    return index;
  }
}
