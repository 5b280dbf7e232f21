/** Modules collections, types and functools: containers, and what is kept as it is told. */
import { pickleError } from '../spec/pickle-error.ts';
import type { PyType, TypeFamily } from '../spec/options.ts';
import type { PyDict } from '../values/py.ts';
import { entriesOf, fieldsOf, isList, made, madeOf, smallIntOf, type Kwargs } from './stdlib/arguments.ts';
import {
  PyChainMap,
  PyCounter,
  PyDefaultDict,
  PyDeque,
  PyNamespace,
  PyOrderedDict,
  PyPartial,
  PyUserCollection,
  type Attributes,
} from './stdlib/collections.ts';
import { CONTAINER_REDUCERS } from './stdlib/reduce-containers.ts';

export const collections: TypeFamily = {
  name: 'collections',
  get types(): TypeFamily['types'] {
    return [
      [
        'collections',
        'OrderedDict',
        dictType((args) => (args.length > 1 ? undefined : filled(new PyOrderedDict(), args[0]))),
      ],
      ['collections', 'defaultdict', dictType(defaultDict)],
      ['collections', 'Counter', dictType((args) => (args.length > 1 ? undefined : filled(new PyCounter(), args[0])))],
      ['collections', 'deque', { ...made(deque), extend: extendDeque, setState: setAttrs }],
      [
        'collections',
        'ChainMap',
        made((args, kwargs) => (kwargs.size > 0 ? undefined : new PyChainMap(args)), { setState: setMaps }),
      ],
      ...(['UserDict', 'UserList', 'UserString'] as const).map(
        (kind) => ['collections', kind, made((args) => wrapped(kind, args), { setState: setData })] as const,
      ),
      ['types', 'SimpleNamespace', made(namespace, { setState: setNamespace })],
      ['functools', 'partial', made(partial, { setState: setPartial })],
    ];
  },
  reducers: CONTAINER_REDUCERS,
};

/** A class that extends dict: its entries come by SETITEMS, or are its argument. */
function dictType(make: (args: readonly unknown[]) => PyDict | undefined): PyType {
  return {
    ...madeOf(make),
    setItems(target, entries) {
      for (const [key, value] of entries) (target as PyDict).set(key, value);
    },
    setState: setAttrs,
  };
}

/** With the entries of a dict, or of a list of pairs as Python 2 wrote them. */
function filled<T extends PyDict>(dict: T, source: unknown): T | undefined {
  if (source === undefined) return dict;
  const entries = isList(source) ? pairsOf(source) : entriesOf(source);
  if (entries === undefined) return undefined;
  for (const [key, value] of entries) dict.set(key, value);
  return dict;
}

function pairsOf(list: readonly unknown[]): (readonly [unknown, unknown])[] | undefined {
  return list.every((pair) => isList(pair) && pair.length === 2)
    ? (list as (readonly [unknown, unknown])[])
    : undefined;
}

function defaultDict(args: readonly unknown[]): PyDict | undefined {
  const [factory = null, source] = args;
  const isCallable = factory === null || typeof factory === 'object' || typeof factory === 'function';
  return args.length > 2 || !isCallable ? undefined : filled(new PyDefaultDict(factory), source);
}

/** `deque(items, maxlen)`. */
function deque(args: readonly unknown[], kwargs: Kwargs): PyDeque | undefined {
  const [items = [], limit = null] = args;
  const maxlen = limit === null ? null : smallIntOf(limit, 0, Number.MAX_SAFE_INTEGER);
  if (args.length > 2 || kwargs.size > 0 || !isList(items) || maxlen === undefined) return undefined;
  const result = new PyDeque();
  result.maxlen = maxlen;
  result.extend(items);
  return result;
}

function extendDeque(target: unknown, items: readonly unknown[]): void {
  (target as PyDeque).extend(items);
}

/** Attributes that a program has given to an instance of a class that needs none. */
function setAttrs(target: unknown, state: unknown): void {
  (target as { attrs: Attributes }).attrs = state === null ? null : fieldsOrRefuse(state);
}

function fieldsOrRefuse(state: unknown): ReadonlyMap<string, unknown> {
  const fields = fieldsOf(state);
  if (fields === undefined) throw pickleError('INVALID_STATE', { offset: -1 });
  return fields;
}

function setMaps(target: unknown, state: unknown): void {
  const maps = fieldsOrRefuse(state).get('maps');
  if (!isList(maps)) throw pickleError('INVALID_STATE', { offset: -1 });
  Object.assign(target as PyChainMap, { maps });
}

type UserKind = PyUserCollection['kind'];

function wrapped(kind: UserKind, args: readonly unknown[]): PyUserCollection | undefined {
  if (args.length > 1) return undefined;
  const empty = kind === 'UserDict' ? {} : kind === 'UserList' ? [] : '';
  return new PyUserCollection(kind, args.length === 0 ? empty : args[0]);
}

function setData(target: unknown, state: unknown): void {
  const fields = new Map(fieldsOrRefuse(state));
  const data = fields.get('data');
  fields.delete('data');
  const attrs = fields.size === 0 ? null : fields;
  Object.assign(target as PyUserCollection, data === undefined ? { attrs } : { data, attrs });
}

function namespace(args: readonly unknown[], kwargs: Kwargs): PyNamespace | undefined {
  const fields = fieldsOf(args[0] ?? {});
  const named = fieldsOf(kwargs);
  if (args.length > 1 || fields === undefined || named === undefined) return undefined;
  return new PyNamespace(new Map([...fields, ...named]));
}

function setNamespace(target: unknown, state: unknown): void {
  for (const [name, value] of fieldsOrRefuse(state)) (target as PyNamespace).attrs.set(name, value);
}

function partial(args: readonly unknown[], kwargs: Kwargs): PyPartial | undefined {
  const keywords = fieldsOf(kwargs);
  return args.length === 0 || keywords === undefined ? undefined : new PyPartial(args[0], args.slice(1), keywords);
}

/** The state is `(func, args, keywords, attributes)`. */
function setPartial(target: unknown, state: unknown): void {
  const [func, args, given, own] = isList(state) && state.length === 4 ? state : [];
  const keywords = given === null ? new Map<string, unknown>() : fieldsOf(given);
  const attrs = own === null ? null : fieldsOf(own);
  if (!isList(args) || keywords === undefined || attrs === undefined)
    throw pickleError('INVALID_STATE', { offset: -1 });
  Object.assign(target as PyPartial, { func, args, keywords, attrs });
}
