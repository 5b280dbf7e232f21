/** What is written for type hints. */
import { PyGlobal } from '../../values/py.ts';
import { fixed, type ReducerRow, tuple } from './reduce.ts';
import { PyTypeHint } from './type-hints.ts';

const ALIAS = /* @__PURE__ */ new PyGlobal('types', 'GenericAlias');
const REDUCE = /* @__PURE__ */ new PyGlobal('_functools', 'reduce');
const OR = /* @__PURE__ */ new PyGlobal('_operator', 'or_');
const GET_ITEM = /* @__PURE__ */ new PyGlobal('_operator', 'getitem');

export const TYPE_HINT_REDUCERS: readonly ReducerRow[] = [
  fixed(PyTypeHint, ({ kind, origin, args }) => {
    if (kind === 'alias') return [ALIAS, [origin, tuple(...args)]];
    if (kind === 'union') return [REDUCE, [OR, tuple(...args)]];
    return [GET_ITEM, [origin, args.length === 1 ? args[0] : tuple(...args)]];
  }),
];
