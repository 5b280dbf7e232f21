/** Type hints, of modules types and typing. What else `functools.reduce` and `operator.getitem` are called with is inert. */
import type { PyType, TypeFamily } from '../spec/options.ts';
import { PyGlobal } from '../values/py.ts';
import { isList, madeOf } from './stdlib/arguments.ts';
import { TYPE_HINT_REDUCERS } from './stdlib/reduce-type-hints.ts';
import { PyTypeHint } from './stdlib/type-hints.ts';

/** `GenericAlias(origin, args)`. */
const alias = madeOf(([origin, args, ...more]) =>
  origin instanceof PyGlobal && isList(args) && more.length === 0 ? new PyTypeHint('alias', origin, args) : undefined,
);

/** `reduce(operator.or_, types)`. */
const union = madeOf(([or, types, ...more]) => {
  const isUnion = or instanceof PyGlobal && /^_?operator\.or_$/.test(or.toString());
  return isUnion && isList(types) && types.length > 1 && more.length === 0
    ? new PyTypeHint('union', null, types)
    : undefined;
});

/** `getitem(typing.X, types)`; of one type no tuple, and `Callable[[int], str]` has a list among them. */
const typing = madeOf(([origin, types, ...more]) => {
  const isTyping = origin instanceof PyGlobal && origin.module === 'typing';
  if (!isTyping || types === undefined || more.length > 0) return undefined;
  return new PyTypeHint('typing', origin, isList(types) ? types : [types]);
});

const inBoth = (names: readonly [string, string], name: string, type: PyType): [string, string, PyType][] =>
  names.map((module) => [module, name, type]);

export const typeHints: TypeFamily = {
  name: 'typing',
  types: [
    ['types', 'GenericAlias', alias],
    ...inBoth(['functools', '_functools'], 'reduce', union),
    ...inBoth(['operator', '_operator'], 'getitem', typing),
  ],
  reducers: TYPE_HINT_REDUCERS,
};
