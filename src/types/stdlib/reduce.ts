/** What reducers of all families share. */
import { type EncodeContext, type Reducer, type Reduction, Unwritable } from '../../spec/reducer.ts';
import type { TypeFamily } from '../../spec/options.ts';
import { PyGlobal, PyTuple } from '../../values/py.ts';

export type ReducerRow = NonNullable<TypeFamily['reducers']>[number];

/** A row for values that may be changed: they are written as they are now, whatever they were read from. */
export function reduced<T extends object>(cls: abstract new (...args: never[]) => T, reduce: Reducer<T>): ReducerRow {
  return [cls, reduce];
}

/** A row for values that stay as they are: what the pickle said is written where they were read from one. */
export function fixed<T extends object>(cls: abstract new (...args: never[]) => T, reduce: Reducer<T>): ReducerRow {
  return [cls, (value: T, context: EncodeContext) => context.recipe(value) ?? reduce(value, context)];
}

const NEWOBJ = /* @__PURE__ */ new PyGlobal('copyreg', '__newobj__');
const RECONSTRUCTOR = /* @__PURE__ */ new PyGlobal('copyreg', '_reconstructor');
const OBJECT = /* @__PURE__ */ new PyGlobal('builtins', 'object');

/** What `object.__reduce_ex__` says of an instance of a class that says nothing itself. */
export function instanceOf(
  cls: PyGlobal,
  state: unknown,
  { protocol }: EncodeContext,
  args: readonly unknown[] = [],
): Reduction {
  return protocol < 2 ? [RECONSTRUCTOR, [cls, OBJECT, null], state] : [NEWOBJ, [cls, ...args], state];
}

export const tuple = (...items: unknown[]): PyTuple => PyTuple.from(items);

/** What is read into a form that does not tell all of what was pickled: only an exact decode keeps that. */
export function unwritable(what: string, instead = ''): never {
  const other = instead === '' ? '' : ` Or write ${instead}.`;
  throw new Unwritable(`${what} is written where it was decoded with { exact: true }; this one was not.${other}`);
}

/** A row for values that exact decodes alone can write: as the pickle said them. */
export function exactOnly<T extends object>(
  cls: abstract new (...args: never[]) => T,
  what: string,
  instead?: string,
): ReducerRow {
  return fixed(cls, () => unwritable(what, instead));
}
