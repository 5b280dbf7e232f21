/** Values of Python's library. */
import {
  PyAddress,
  PyArray,
  PyChainMap,
  PyComplex,
  PyCounter,
  PyDate,
  PyDateTime,
  PyDecimal,
  PyDefaultDict,
  PyDeque,
  PyException,
  PyFraction,
  PyGlobal,
  PyNamespace,
  PyOrderedDict,
  PyPartial,
  PyPath,
  PyPattern,
  PyPytzZone,
  PyRange,
  PySlice,
  PyTime,
  PyTimeDelta,
  PyTimezone,
  PyTuple,
  PyTypeHint,
  PyUserCollection,
  PyUUID,
  PyZoneInfo,
} from '../../../src/index.ts';
import type { Tell, Teller } from '../teller.ts';
import { madePairs } from './base.ts';

export const stdlib: Teller = {
  made(value, tell) {
    if (value instanceof PyGlobal) return madeGlobal(value);
    return madeTime(value, tell) ?? madeText(value, tell) ?? madeContainer(value, tell);
  },
  older(value, tell) {
    return olderTime(value, tell) ?? olderText(value, tell) ?? olderContainer(value, tell);
  },
};

const SINGLETONS: ReadonlyMap<string, string> = new Map([
  ['Ellipsis', 'ellipsis'],
  ['NotImplemented', 'notimplemented'],
]);

function singleton(value: PyGlobal): unknown {
  const kind = value.module === 'builtins' ? SINGLETONS.get(value.name) : undefined;
  return kind && { kind };
}

function madeGlobal(value: PyGlobal): unknown {
  const name = value.toString();
  // Where Python 3 has it; the pickle's name is that of Python 2.
  return singleton(value) ?? { kind: 'global', name: name === 'functools.reduce' ? '_functools.reduce' : name };
}

function madeTime(value: unknown, tell: Tell): unknown {
  if (value instanceof PyDateTime || value instanceof PyTime) {
    const kind = value instanceof PyTime ? 'time' : 'datetime';
    return { kind, iso: value.toString(), fold: value.fold, tz: tell(value.tzinfo) };
  }
  if (value instanceof PyDate) return { kind: 'date', iso: value.toString() };
  if (value instanceof PyTimeDelta) return { kind: 'timedelta', ...value };
  if (value instanceof PyTimezone)
    return { kind: 'timezone', offset: value.offset.totalSeconds(), name: String(value) };
  if (value instanceof PyZoneInfo) return { kind: 'zoneinfo', key: value.key };
  return undefined;
}

function madeText(value: unknown, tell: Tell): unknown {
  if (value instanceof PyDecimal) return { kind: 'decimal', text: value.text };
  if (value instanceof PyFraction) {
    return { kind: 'fraction', numerator: String(value.numerator), denominator: String(value.denominator) };
  }
  if (value instanceof PyComplex) return { kind: 'complex', re: tell(value.re), im: tell(value.im) };
  if (value instanceof PyRange || value instanceof PySlice) {
    const [start, stop, step] = [value.start, value.stop, value.step].map(tell);
    return { kind: value instanceof PyRange ? 'range' : 'slice', start, stop, step };
  }
  if (value instanceof PyUUID) return { kind: 'uuid', text: String(value) };
  if (value instanceof PyPath) return { kind: 'path', class: value.kind, text: String(value) };
  if (value instanceof PyAddress) return { kind: 'ip', class: value.kind, text: String(value) };
  if (value instanceof PyPattern) return { kind: 'pattern', pattern: tell(value.pattern), flags: value.flags };
  return undefined;
}

const HINT_CLASSES = { alias: 'types.GenericAlias', union: 'types.UnionType', typing: 'typing._GenericAlias' } as const;

function madeContainer(value: unknown, tell: Tell): unknown {
  if (value instanceof PyOrderedDict) return { kind: 'ordereddict', items: madePairs(value, tell) };
  if (value instanceof PyCounter) return { kind: 'counter', items: madePairs(value, tell) };
  if (value instanceof PyDefaultDict) {
    return { kind: 'defaultdict', factory: tell(value.defaultFactory), items: madePairs(value, tell) };
  }
  if (value instanceof PyDeque) return { kind: 'deque', maxlen: value.maxlen, items: Array.from(value, tell) };
  if (value instanceof PyChainMap) return { kind: 'chainmap', maps: value.maps.map(tell) };
  if (value instanceof PyUserCollection) {
    return { kind: 'object', class: `collections.${value.kind}`, attrs: [['data', tell(value.data)]] };
  }
  // The truth has the attributes of the class that a hint indexes, for the hint hands them on: they are in no pickle.
  if (value instanceof PyTypeHint) return { kind: 'object', class: HINT_CLASSES[value.kind] };
  if (value instanceof PyNamespace) return { kind: 'namespace', attrs: madePairs(value.attrs, tell) };
  if (value instanceof PyPartial) {
    const keywords = madePairs(value.keywords, tell);
    return { kind: 'partial', func: tell(value.func), args: Array.from(value.args, tell), keywords };
  }
  if (value instanceof PyArray) {
    return { kind: 'array', typecode: value.typecode, values: Array.from<unknown>(numbersOf(value)).map(tell) };
  }
  if (value instanceof PyException) {
    const attrs = madePairs(ownAttributes(value), tell);
    const told = attrs.length === 0 ? {} : { attrs };
    return { kind: 'exception', class: `builtins.${value.name}`, args: Array.from(value.args, tell), ...told };
  }
  return undefined;
}

/** Attributes in an exception's dict: some have those of these names in slots. */
function ownAttributes({ name, attrs }: PyException): [string, unknown][] {
  const isSlot = (key: string): boolean => /^(Import|Attribute|Name)Error$/.test(name) && /^(name|path|obj)$/.test(key);
  return [...(attrs ?? [])].filter(([key]) => !isSlot(key));
}

/** The items of an array as an exact decode has numbers: ints as bigints. */
function numbersOf({ data }: PyArray): Iterable<unknown> {
  if (typeof data === 'string' || data instanceof Float32Array || data instanceof Float64Array) return data;
  return Array.from<number | bigint, bigint>(data, BigInt);
}

/** With microseconds always, and without the offset. */
const micro = (value: PyTime | PyDateTime): string =>
  String(value).replace(
    /(\d\d:\d\d:\d\d)(\.\d+)?.*$/,
    (_all, clock: string, part?: string) => clock + (part ?? '.000000'),
  );

function olderTime(value: unknown, tell: Tell): unknown {
  if (value instanceof PyDateTime || value instanceof PyTime) {
    const kind = value instanceof PyTime ? 'time' : 'datetime';
    const fold = value.fold === 0 ? {} : { fold: 1 };
    return { kind, iso: micro(value), ...fold, ...(value.tzinfo !== null && { tz: tell(value.tzinfo) }) };
  }
  if (value instanceof PyDate) return { kind: 'date', iso: value.toString() };
  if (value instanceof PyTimeDelta) return { kind: 'timedelta', ...value };
  if (value instanceof PyTimezone) return { kind: 'timezone', offset: tell(value.offset), name: String(value) };
  if (value instanceof PyZoneInfo) return { kind: 'zoneinfo', key: value.key };
  if (value instanceof PyPytzZone) return { kind: 'timezone', name: String(value) };
  return undefined;
}

function olderText(value: unknown, tell: Tell): unknown {
  if (value instanceof PyDecimal) return { kind: 'decimal', text: value.text };
  if (value instanceof PyFraction) return { kind: 'fraction', text: String(value) };
  if (value instanceof PyComplex) return { kind: 'complex', re: tell(value.re), im: tell(value.im) };
  if (value instanceof PyRange || value instanceof PySlice) {
    const args = [value.start, value.stop, value.step].map(tell);
    return { kind: value instanceof PyRange ? 'range' : 'slice', args };
  }
  if (value instanceof PyUUID) return { kind: 'uuid', hex: value.hex };
  if (value instanceof PyPath) return { kind: 'path', class: value.kind, parts: value.parts };
  if (value instanceof PyAddress) return { kind: value.kind, text: String(value) };
  if (value instanceof PyPattern) return { kind: 'regex', pattern: tell(value.pattern), flags: value.flags };
  return undefined;
}

function olderContainer(value: unknown, tell: Tell): unknown {
  const pairs = (entries: Iterable<readonly [unknown, unknown]>): unknown[] => madePairs(entries, tell);
  if (value instanceof PyOrderedDict) return { kind: 'ordereddict', items: pairs(value) };
  if (value instanceof PyCounter) return { kind: 'counter', items: pairs(value) };
  if (value instanceof PyDefaultDict) {
    return { kind: 'defaultdict', default: tell(value.defaultFactory), items: pairs(value) };
  }
  if (value instanceof PyDeque) return { kind: 'deque', items: Array.from(value, tell), maxlen: value.maxlen };
  if (value instanceof PyChainMap) return { kind: 'chainmap', maps: value.maps.map(tell) };
  if (value instanceof PyNamespace) return { kind: 'namespace', items: pairs(value.attrs) };
  if (value instanceof PyArray) {
    return { kind: 'array.array', typecode: value.typecode, values: Array.from<unknown>(numbersOf(value)).map(tell) };
  }
  if (value instanceof PyException) {
    const args = tell(PyTuple.from(value.args));
    return { kind: 'exception', class: `builtins ${value.name}`, args, state: { dict: pairs(value.attrs ?? []) } };
  }
  return value instanceof PyGlobal ? singleton(value) : undefined;
}
