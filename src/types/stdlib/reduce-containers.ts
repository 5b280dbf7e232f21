/** What is written for the containers of collections, and for namespaces and partials. */
import { PyDict, PyGlobal, PyTuple } from '../../values/py.ts';
import {
  PyChainMap,
  PyCounter,
  PyDefaultDict,
  PyDeque,
  PyNamespace,
  PyOrderedDict,
  PyPartial,
  PyUserCollection,
} from './collections.ts';
import { fixed, instanceOf, reduced, tuple, type ReducerRow } from './reduce.ts';

const ORDERED_DICT = /* @__PURE__ */ new PyGlobal('collections', 'OrderedDict');
const DEFAULT_DICT = /* @__PURE__ */ new PyGlobal('collections', 'defaultdict');
const COUNTER = /* @__PURE__ */ new PyGlobal('collections', 'Counter');
const DEQUE = /* @__PURE__ */ new PyGlobal('collections', 'deque');
const CHAIN_MAP = /* @__PURE__ */ new PyGlobal('collections', 'ChainMap');
const NAMESPACE = /* @__PURE__ */ new PyGlobal('types', 'SimpleNamespace');
const PARTIAL = /* @__PURE__ */ new PyGlobal('functools', 'partial');
const USER_COLLECTIONS: Readonly<Record<PyUserCollection['kind'], PyGlobal>> = {
  UserDict: /* @__PURE__ */ new PyGlobal('collections', 'UserDict'),
  UserList: /* @__PURE__ */ new PyGlobal('collections', 'UserList'),
  UserString: /* @__PURE__ */ new PyGlobal('collections', 'UserString'),
};

export const CONTAINER_REDUCERS: readonly ReducerRow[] = [
  reduced(PyOrderedDict, (dict) => [ORDERED_DICT, [], dict.attrs, null, dict.entries()]),
  reduced(PyDefaultDict, (dict) => {
    const { defaultFactory, attrs } = dict;
    return [DEFAULT_DICT, defaultFactory === null ? [] : [defaultFactory], attrs, null, dict.entries()];
  }),
  reduced(PyCounter, (counter) => [COUNTER, [new PyDict(counter)], counter.attrs]),
  reduced(PyDeque, (deque) => {
    return [DEQUE, deque.maxlen === null ? [] : [tuple(), deque.maxlen], deque.attrs, deque.values()];
  }),
  fixed(PyChainMap, ({ maps }, context) => instanceOf(CHAIN_MAP, { maps: asList(maps) }, context)),
  reduced(PyNamespace, ({ attrs }) => [NAMESPACE, [], attrs]),
  fixed(PyPartial, ({ func, args, keywords, attrs }) => [
    PARTIAL,
    [func],
    tuple(func, PyTuple.from(args), keywords, attrs),
  ]),
  fixed(PyUserCollection, ({ kind, data, attrs }, context) => {
    const state = new Map<string, unknown>([['data', data], ...(attrs ?? [])]);
    return instanceOf(USER_COLLECTIONS[kind], state, context, kind === 'UserString' ? [data] : []);
  }),
];

/** A plain list; the same one where it is one. */
const asList = (items: readonly unknown[]): readonly unknown[] =>
  items instanceof PyTuple ? Array.from(items) : items;
