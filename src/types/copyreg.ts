/**
 * How protocols 0 and 1 write instances of classes, for want of NEWOBJ. Only what the caller has registered is made; with
 * any other class the call declines and stays inert.
 */
import type { PyType, TypeFamily } from '../spec/options.ts';
import { callableOf, instantiate } from '../values/callables.ts';
import { PyGlobal } from '../values/py.ts';

export const copyreg: TypeFamily = {
  name: 'copyreg',
  types: [
    ['copyreg', '_reconstructor', { call: reconstruct }],
    ['copyreg', '__newobj__', { call: (args) => bare(args[0]) }],
  ],
};

/** An instance of a registered class whose constructor has not run. */
function bare(cls: unknown): object | undefined {
  const callable = callableOf(cls);
  return callable === null || callable.ctor === null ? undefined : instantiate(callable);
}

/** `_reconstructor(cls, base, state)`: an instance, which as a list or dict is begun with the items of `state`. */
function reconstruct(args: Parameters<NonNullable<PyType['call']>>[0]): unknown {
  const [cls, base, state] = args;
  if (args.length !== 3 || !(base instanceof PyGlobal) || base.module !== 'builtins') return undefined;
  const instance = bare(cls);
  if (base.name === 'object') return instance;
  if (base.name === 'list' && Array.isArray(instance) && Array.isArray(state)) {
    for (const item of state) instance.push(item);
    return instance;
  }
  if (base.name === 'dict' && instance instanceof Map && typeof state === 'object' && state !== null) {
    const entries: Iterable<[unknown, unknown]> = state instanceof Map ? state : Object.entries(state);
    for (const [key, value] of entries) instance.set(key, value);
    return instance;
  }
  return undefined;
}
