/** What a pickle means by Python's own containers and by `copyreg`, where nobody has registered anything for them. */
import type { TypeContext } from '../spec/options.ts';
import { builtins } from '../types/builtins.ts';
import { addAll, isDictOrNone, setEntries, takesItems } from './assign.ts';
import { construct } from './functions.ts';

/** What a call gives; undefined where it is none that is known. */
export type Builtin = (args: readonly unknown[], context: TypeContext, namesOf: NamesOf) => unknown;

/** The name that a value has in the pickle, if it is a global; a dotted one with its module. */
export type NamesOf = (value: unknown) => string | undefined;

/** Modules as Python 2 calls them. */
const OLD_MODULES: Readonly<Record<string, string>> = { __builtin__: 'builtins', copy_reg: 'copyreg' };

let table: ReadonlyMap<string, Builtin> | undefined;

/** The name by which a global of Python's own is known here: Python 3's. */
export function builtinName(module: string, name: string): string {
  return `${Object.hasOwn(OLD_MODULES, module) ? OLD_MODULES[module] : module}.${name}`;
}

/** @param name as `builtinName` gives it */
export function builtinOf(name: string): Builtin | undefined {
  return (table ??= makeTable()).get(name);
}

function makeTable(): ReadonlyMap<string, Builtin> {
  const made = new Map<string, Builtin>([
    ['copyreg._reconstructor', reconstruct],
    ['copyreg.__newobj__', ([cls, ...args]) => instance(cls, args)],
    ['copyreg.__newobj_ex__', ([cls, args]) => (Array.isArray(args) ? instance(cls, args) : undefined)],
  ]);
  for (const [module, name, type] of builtins.types) {
    made.set(`${module}.${name}`, (args, context) => type.call?.(args, undefined, context));
  }
  return made;
}

function instance(cls: unknown, args: readonly unknown[]): unknown {
  return typeof cls === 'function' ? construct(cls, args) : undefined;
}

/** `_reconstructor(cls, base, state)`: how protocols 0 and 1 make instances of what Python 2 called new-style classes. */
function reconstruct(args: readonly unknown[], _context: TypeContext, namesOf: NamesOf): unknown {
  const [cls, base, state] = args;
  if (args.length !== 3 || typeof cls !== 'function') return undefined;
  const name = namesOf(base);
  if (name === 'builtins.object') return construct(cls, []);
  if (name === 'builtins.dict' && isDictOrNone(state) && state !== null) {
    const made = construct(cls, []) as object;
    setEntries(
      made,
      state instanceof Map ? Array.from(state as Map<unknown, unknown>) : Object.entries(state as object),
    );
    return made;
  }
  const made = construct(cls, name === 'builtins.list' ? [] : [state]) as object;
  if (name !== 'builtins.list' || !Array.isArray(state)) return made;
  if (!takesItems(made, ['push', 'append'])) return construct(cls, [state]);
  addAll(made, state, ['push', 'append']);
  return made;
}
