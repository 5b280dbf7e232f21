/** Instances of the sample classes of the older corpora: what their constructors and `__setstate__` would set. */
import { PyGlobal, PyObject, PyTuple } from '../../../src/index.ts';
import type { Tell, Teller } from '../teller.ts';
import { madePairs } from './base.ts';
import { attributesOf, instanceOf, typeName, type Instance } from './inert.ts';

export const olderInstances: Teller = {
  made: () => undefined,
  older(value, tell) {
    if (value instanceof PyGlobal) {
      const isFunction = FUNCTIONS.has(value.toString());
      return isFunction ? { kind: 'function', name: `${value.module} ${value.name}` } : undefined;
    }
    const instance = value instanceof PyObject ? instanceOf(value) : undefined;
    if (instance?.name === 'builtins.type') return { kind: 'class', name: `builtins ${typeName(instance)}` };
    if (instance === undefined || !instance.name.startsWith('corpus_types.')) return undefined;
    return instanceNode(instance.name.split('.').at(-1)!, instance, tell);
  },
};

const FUNCTIONS = new Set(['corpus_types.a_function', 'builtins.len']);

const ENUMS: Readonly<Record<string, ReadonlyMap<unknown, string>>> = {
  Colour: new Map<unknown, string>([[1n, 'RED'], ['g', 'GREEN']]), // prettier-ignore
  Level: new Map([[1n, 'LOW'], [10n, 'HIGH']]), // prettier-ignore
  Perm: new Map([[4n, 'R'], [2n, 'W'], [1n, 'X']]), // prettier-ignore
};

/** What an instance gets otherwise than by a state that is a dict. */
const OWN: Readonly<Record<string, (instance: Instance) => [string, unknown][]>> = {
  GetState: ({ object }) => [['v', (object.state as readonly unknown[])[1]]],
  NewArgs: ({ args }) => [['a', args[0]], ['b', args[1]]], // prettier-ignore
  NewArgsEx: ({ args, object }) => [
    ['a', args[0]],
    ['k', object.kwargs ?? (object.callable as { readonly keywords?: unknown }).keywords],
  ],
  ReduceArgs: ({ args }) => [['a', PyTuple.from(args)]],
  ReduceItems: ({ object }) => [
    ['d', new Map(object.setItems)],
    ['l', [...(object.appends ?? [])]],
  ],
};

const isListOfState = (state: unknown): boolean => Array.isArray(state) && state.some((part) => part instanceof Map);

function instanceNode(cls: string, instance: Instance, tell: Tell): unknown {
  const { args, base, object } = instance;
  const names = ENUMS[cls];
  if (names !== undefined) return { kind: 'enum', class: cls, name: names.get(args[0]), value: tell(args[0]) };
  if (cls === 'Point') {
    const values = Array.from((base as readonly unknown[] | undefined) ?? args, tell);
    return { kind: 'namedtuple', class: cls, fields: ['x', 'y'], values };
  }
  const state = object.state === undefined || object.state instanceof Map || isListOfState(object.state);
  const attrs = new Map([...(OWN[cls]?.(instance) ?? []), ...(state ? attributesOf(instance) : [])]);
  if (cls === 'Broken') {
    const told = { dict: madePairs(attrs, tell) };
    return { kind: 'exception', class: 'corpus_types Broken', args: tell(PyTuple.from(args)), state: told };
  }
  const sorted = [...attrs].sort(([a], [b]) => (a < b ? -1 : 1));
  const of = /^Sub(List|Dict|Int|Float|Set|Str|Tuple)$/.test(cls) ? { base: tell(baseOf(cls, instance)) } : {};
  return { kind: 'instance', class: cls, ...of, attrs: madePairs(sorted, tell) };
}

function baseOf(cls: string, { args, base, object }: Instance): unknown {
  const given = base ?? args[0];
  const isIterable = cls === 'SubList' || cls === 'SubSet';
  const items = isIterable ? [...((given as Iterable<unknown> | undefined) ?? []), ...(object.appends ?? [])] : [];
  if (cls === 'SubList') return items;
  if (cls === 'SubSet') return new Set(items);
  if (cls === 'SubDict')
    return new Map([...((given as Map<unknown, unknown> | undefined) ?? []), ...(object.setItems ?? [])]);
  return given;
}
