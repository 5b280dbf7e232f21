/**
 * Instances of classes that nobody has registered. The package keeps what the pickle says of them; what their classes
 * would do with it is told here, where the truths want it: the sample classes that the corpora were made with.
 */
import { PyGlobal, PyObject, PyPartial } from '../../../src/index.ts';
import type { Tell, Teller } from '../teller.ts';
import { madePairs } from './base.ts';
import { SAMPLES, type Sample } from './samples.ts';

export const inert: Teller = {
  made(value, tell) {
    if (value instanceof PyGlobal && value.toString() === 'sampleapp.models.UNIQUE') {
      return { kind: 'object', class: 'sampleapp.models.Singleton' };
    }
    if (!(value instanceof PyObject)) return undefined;
    const instance = instanceOf(value);
    if (instance === undefined) return undefined;
    const { name } = instance;
    if (name === 'builtins.getattr') return attribute(instance, tell);
    if (name === 'builtins.type') return typeOf(instance);
    const sample = SAMPLES.get(name);
    if (sample === undefined)
      return name.startsWith('sampleapp.') || name === '__main__.Account'
        ? objectNode('object', instance, tell)
        : undefined;
    return sampleNode(sample, instance, tell);
  },
  older: () => undefined,
};

/** An instance, however the protocol has written it. */
export interface Instance {
  readonly name: string;
  readonly args: readonly unknown[];
  /** The value of the built-in class that the instance's class extends, as protocols 0 and 1 write it. */
  readonly base: unknown;
  readonly object: PyObject;
}

export function instanceOf(object: PyObject): Instance | undefined {
  const { callable } = object;
  if (callable instanceof PyPartial) {
    // `partial(cls.__new__, cls, ...)`, or `partial(cls, ...)`.
    const [cls, ...args] = callable.func instanceof PyGlobal ? [callable.func, ...callable.args] : callable.args;
    return cls instanceof PyGlobal ? { name: String(cls), args, base: undefined, object } : undefined;
  }
  if (callable instanceof PyObject) {
    const nested = object.how === 'reduce' ? undefined : nameOf(callable);
    if (nested !== undefined) return { name: nested, args: object.args, base: undefined, object };
    const [owner] = callable.args;
    return owner instanceof PyGlobal ? { name: String(owner), args: object.args, base: undefined, object } : undefined;
  }
  if (!(callable instanceof PyGlobal)) return undefined;
  if (callable.toString() !== 'copyreg._reconstructor') {
    return { name: String(callable), args: object.args, base: undefined, object };
  }
  const [cls, , base] = object.args;
  const name = nameOf(cls);
  return name === undefined ? undefined : { name, args: [], base, object };
}

/** The dotted name of a class: as a global, or by getattr, as protocols below 4 write nested ones. */
function nameOf(cls: unknown): string | undefined {
  if (cls instanceof PyGlobal) return cls.toString();
  if (!(cls instanceof PyObject) || String(cls.callable) !== 'builtins.getattr') return undefined;
  const outer = nameOf(cls.args[0]);
  return outer === undefined ? undefined : `${outer}.${String(cls.args[1])}`;
}

const METHODS_OF_CLASSES = new Set(['build', 'fromkeys', '__new__']);

function attribute({ args, object }: Instance, tell: Tell): unknown {
  const [self, name] = args as [unknown, string];
  const isClass = self instanceof PyGlobal || nameOf(self) !== undefined;
  if (isClass && !METHODS_OF_CLASSES.has(name)) return { kind: 'global', name: nameOf(object) };
  if (name === '__add__') return { kind: 'object', class: 'builtins.method-wrapper' };
  return { kind: 'method', name, self: tell(self) };
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['null', 'NoneType'],
  ['builtins.Ellipsis', 'ellipsis'],
  ['builtins.NotImplemented', 'NotImplementedType'],
]);

function typeOf(instance: Instance): unknown {
  const name = typeName(instance);
  return name && { kind: 'global', name: `builtins.${name}` };
}

/** The class that `type(value)` would give, for the values that have no other name for theirs. */
export function typeName({ args }: Instance): string | undefined {
  return TYPES.get(String(args[0]));
}

/** What BUILD would set: of a dict, or of a dict and one of slots, the slots first. */
export function attributesOf({ object, name }: Instance): [string, unknown][] {
  const found: [string, unknown][] = [];
  for (const state of object.states) {
    const parts: unknown[] = Array.isArray(state) ? (state as unknown[]).toReversed() : [state];
    for (const part of parts) if (part instanceof Map) found.push(...(part as Map<string, unknown>));
  }
  const prefix = `_${name.split('.').at(-1)}__`;
  return found.map(([key, item]) => [key.startsWith(prefix) ? `__${key.slice(prefix.length)}` : key, item]);
}

function objectNode(
  kind: string,
  instance: Instance,
  tell: Tell,
  more: readonly (readonly [string, unknown])[] = [],
): unknown {
  const attrs = madePairs([...more, ...attributesOf(instance)], tell);
  return { kind, class: instance.name, ...(attrs.length > 0 && { attrs }) };
}

function sampleNode(sample: Sample, instance: Instance, tell: Tell): unknown {
  const { name, args, base, object } = instance;
  switch (sample.kind) {
    case 'opaque':
      return { kind: 'object', class: sample.class ?? name };
    case 'dataclass': {
      const [state] = object.states;
      const isBare = Array.isArray(state) && sample.fields !== undefined && !(state[1] instanceof Map);
      return objectNode('dataclass', instance, tell, isBare ? named(sample.fields!, state) : []);
    }
    case 'enum': {
      const value = tell(args[0]);
      return { kind: 'enum', class: name, name: sample.names.get(JSON.stringify(value)) ?? null, value };
    }
    case 'namedtuple': {
      const items = (base as readonly unknown[] | undefined) ?? args;
      return { kind: 'namedtuple', class: sample.class ?? name, fields: sample.fields, items: Array.from(items, tell) };
    }
    case 'exception': {
      const kept = (sample.attrs ?? []).map((attr, i) => [attr, args[i + 1]] as const);
      const attrs = madePairs(kept.length > 0 ? kept : attributesOf(instance), tell);
      return {
        kind: 'exception',
        class: name,
        args: args.slice(0, args.length - kept.length).map(tell),
        ...(attrs.length > 0 && { attrs }),
      };
    }
    case 'called': {
      const own = sample.isWhole ? [] : attributesOf(instance);
      const attrs = madePairs([...sample.attrs(args, object.states[0], object), ...own, ...(sample.last ?? [])], tell);
      return { kind: 'object', class: name, ...(attrs.length > 0 && { attrs }) };
    }
    case 'subclass':
      return subclassNode(sample, instance, tell);
  }
}

function named(fields: readonly string[], values: readonly unknown[]): [string, unknown][] {
  return fields.map((field, i) => [field, values[i]]);
}

function subclassNode(sample: Sample & { kind: 'subclass' }, instance: Instance, tell: Tell): unknown {
  const { of, prefix = '', last = [], isItself = false } = sample;
  const { name, args, base, object } = instance;
  const attrs = madePairs([...attributesOf(instance), ...last], tell).map((pair) => {
    const [key, item] = pair as [string, unknown];
    return [prefix + key, item];
  });
  const own = { kind: 'subclass', class: sample.class ?? name, ...(attrs.length > 0 && { attrs }) };
  const content = base ?? args[0];
  if (of === 'dict') {
    const entries = content instanceof Map ? [...(content as Map<unknown, unknown>)] : [];
    return { ...own, of, items: madePairs([...entries, ...(object.setItems ?? [])], tell) };
  }
  if (isItself) return { ...own, of, value: { kind: 'cycle', up: 1 } };
  if (['int', 'float', 'str', 'bytes'].includes(of)) return { ...own, of, value: tell(content) };
  const items = [...((content as readonly unknown[] | undefined) ?? []), ...(object.appends ?? [])];
  return { ...own, of, items: items.map(tell) };
}
