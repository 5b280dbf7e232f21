/**
 * How protocols 0 and 1 write instances of classes, for want of NEWOBJ. Only what is registered or known is made; with any
 * other class the call declines and stays inert.
 */
import type { TypeContext, TypeFamily } from '../spec/options.ts';
import { callableOf, instantiate } from '../values/callables.ts';
import { PyGlobal } from '../values/py.ts';

export const copyreg: TypeFamily = {
  name: 'copyreg',
  types: [
    ['copyreg', '_reconstructor', { call: (args, _kwargs, context) => reconstruct(args, context) }],
    ['copyreg', '__newobj__', { call: (args, kwargs, context) => bare(args[0], args.slice(1), kwargs, context) }],
    ['copyreg', '__newobj_ex__', { call: (args, _kwargs, context) => newObjectWith(args, context) }],
  ],
};

type Kwargs = ReadonlyMap<unknown, unknown> | undefined;

/** An instance whose constructor has not run. */
function bare(cls: unknown, args: readonly unknown[], kwargs: Kwargs, context: TypeContext): unknown {
  const type = context.typeOf(cls);
  if (type !== undefined) {
    const instance = type.create?.(args, kwargs, context);
    if (typeof instance === 'object' && instance !== null) context.adopt(instance, type);
    return instance;
  }
  const callable = callableOf(cls);
  return callable === null || callable.ctor === null ? undefined : instantiate(callable);
}

/** `__newobj_ex__(cls, args, kwargs)`. */
function newObjectWith(args: readonly unknown[], context: TypeContext): unknown {
  const [cls, positional, named] = args;
  if (args.length !== 3 || !Array.isArray(positional) || typeof named !== 'object' || named === null) return undefined;
  const kwargs: Kwargs = named instanceof Map ? named : new Map<unknown, unknown>(Object.entries(named));
  return bare(cls, positional, kwargs, context);
}

/** `_reconstructor(cls, base, state)`: an instance, which as a list or dict is begun with the items of `state`. */
function reconstruct(args: readonly unknown[], context: TypeContext): unknown {
  const [cls, base, state] = args;
  if (args.length !== 3 || !(base instanceof PyGlobal) || base.module !== 'builtins') return undefined;
  if (base.name === 'object') return bare(cls, [], undefined, context);
  if (context.typeOf(cls) !== undefined) return bare(cls, [state], undefined, context);
  const instance = bare(cls, [], undefined, context);
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
