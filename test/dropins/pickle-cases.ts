/**
 * The cases of pickleparser's own tests against Python, one row a test of theirs. What Python wrote is in
 * `fixtures/pickles.json`.
 */
import { join } from 'node:path';
import { expect } from 'vitest';
import { NameRegistry, Parser, type ParserOptions } from '../../src/pickleparser.ts';
import { readJson } from '../support/json-lines.ts';
import { ROOT } from '../support/places.ts';

const PICKLES = readJson(join(ROOT, 'test/dropins/fixtures/pickles.json')) as Record<string, (string | null)[]>;
const ALL = [0, 1, 2, 3, 4, 5];

export interface PickleCase {
  readonly title: string;
  readonly check: (engine: 'wasm' | 'ts') => void;
}

type Options = Partial<ParserOptions>;

function rows(
  name: string,
  check: (value: unknown, protocol: number) => void,
  protocols: readonly number[] = [5],
  options?: () => Options,
): PickleCase[] {
  return protocols.map((protocol) => ({
    title: `${name}, protocol ${protocol}`,
    check: (engine) => {
      const bytes = Buffer.from(PICKLES[name]![protocol]!, 'base64');
      check(new Parser({ ...options?.(), engine }).parse(bytes), protocol);
    },
  }));
}

const equals = (name: string, value: unknown, protocols?: readonly number[], options?: () => Options): PickleCase[] =>
  rows(name, (made) => expect(made).toStrictEqual(value), protocols, options);

const deep = Array.from({ length: 10 }).reduce((inner: unknown) => [inner], 42);
const basic: Record<string, unknown> = {
  int: 123,
  long: 281474976710656,
  string: '123',
  float: 3.14,
  none: null,
  bool: true,
  list: ['a', 1, null],
  tuple2: [1, 1.34],
  tuple3: [1, null, '3'],
  tuple4: [1, null, '3', [1.2334535, false]],
};
const advanced: Record<string, unknown> = {
  nested_list: [
    [1, 2],
    [3, [4, 5]],
  ],
  nested_dict: { a: { b: { c: 1 } } },
  list_of_dict: [{ k: 1 }, { k: 2 }],
  dict_of_list: { a: [1, 2], b: [3, 4] },
  special_floats: [Infinity, -Infinity],
  negative_int: -42,
  zero: 0,
  empty_string: '',
  empty_list: [],
  empty_dict: {},
  empty_bytes: Buffer.alloc(0),
  unicode_cjk: '中文テスト🎉',
  unicode_escape: 'line1\nline2\ttab',
  bytes_data: Buffer.of(0, 1, 2, 255),
  large_bytes: Buffer.alloc(300),
  deep_nesting: deep,
  complex_structure: {
    users: [
      { name: 'Alice', age: 30, active: true },
      { name: 'Bob', age: null, active: false },
    ],
    count: 2,
    metadata: { version: '1.0' },
  },
  single_element_tuple: [42],
  nested_tuple: [
    [1, 2],
    [3, [4, 5]],
  ],
  bool_values: [true, false, true],
  mixed_dict_keys: { 1: 'int_key', str: 'str_key' },
  large_string: 'a'.repeat(1000),
  negative_float: -0.001,
  int_zero: 0,
  float_zero: 0,
};
/** The protocols in which theirs does not read a value: they leave these out, and we read them. */
const LEFT_OUT: Record<string, number> = {
  special_floats: 0,
  unicode_cjk: 0,
  unicode_escape: 0,
  bytes_data: 2,
  large_bytes: 2,
  empty_bytes: 2,
};
const theirs = (name: string): number[] => ALL.filter((protocol) => protocol > (LEFT_OUT[name] ?? -1));
const beyond = (name: string): number[] => ALL.filter((protocol) => protocol <= (LEFT_OUT[name] ?? -1));

const asMap = (): Options => ({ unpicklingTypeOfDictionary: 'Map' });
const asSet = (): Options => ({ unpicklingTypeOfSet: 'Set' });
const registering = (module: string, more?: Options) => (): Options => ({
  nameResolver: new NameRegistry().register(module, 'set', Array.from),
  ...more,
});
const buffers =
  (...items: unknown[]) =>
  (): Options => ({ buffers: items.values() });

class MyClass {
  array: unknown[] = [];
  fruits: string[] = [];
  str: string | undefined;
}
class MyByteArray {
  readonly args: number[];
  constructor(args: number[]) {
    this.args = args;
  }
}

function isNamed(value: unknown, name: string): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  expect(prototype).toHaveProperty('__module__', 'klass');
  expect(prototype).toHaveProperty('__name__', name);
}

const ATTRIBUTES = { array: [1, true, false, null, 4294967295], fruits: ['apple', 'banana', 'cherry'], str: 'test' };

const classes: PickleCase[] = [
  ...rows('klass', (value) => {
    expect(value).toMatchObject(ATTRIBUTES);
    isNamed(value, 'MyClass');
  }),
  ...rows('reduce', (value) => {
    expect((value as { args: unknown }).args).toStrictEqual(['379', 'acd']);
    isNamed(value, 'Reduce');
  }),
  ...equals('reduce', '379,acd', [5], () => ({
    nameResolver: {
      resolve:
        () =>
        (...args) =>
          args.join(','),
    },
  })),
  ...equals('klass', Object.assign(new MyClass(), ATTRIBUTES), [5], () => ({
    nameResolver: new NameRegistry().register('klass', 'MyClass', MyClass),
  })),
  ...rows('with_setstate', (value) => {
    expect(value).toMatchObject({ x: 10, y: 20 });
    isNamed(value, 'WithSetState');
  }),
  // They want no more than that it is there.
  ...rows('with_slots', (value) => expect(value).toMatchObject({ a: 1, b: 'two' })),
];

const wholes: PickleCase[] = [
  ...rows('long4', (value) => expect(value).toBe(12345678910111213141516178920n << 2048n)),
  ...equals('bytearray8', Buffer.of(1, 2, 3)),
  ...equals('next_buffer', 123, [5], buffers(123)),
  ...equals('multi_next_buffer', [123, 'str'], [5], buffers(123, 'str')),
  ...equals('readonly_buffer', 123, [5], buffers(123)),
  ...equals('next_buffer_and_readonly_buffer', [123, [1, '22', null]], [5], buffers(123, [1, '22', null])),
  ...equals('next_buffer_with_reduce_ex', new MyByteArray([1, 2, 3, 4]), [5], () => ({
    nameResolver: new NameRegistry().register('protocol5', 'mybytearray', (args: number[]) => new MyByteArray(args)),
    ...buffers([1, 2, 3, 4])(),
  })),
];

const dictsAndSets: PickleCase[] = [
  ...equals('emptydict', {}, ALL),
  ...equals('emptydict', new Map(), ALL, asMap),
  ...equals('dict1', { key: 'foo' }, ALL),
  ...equals('dict2', { key: 'foo', key2: 123, key3: {} }, ALL),
  ...equals('emptyset', [], [0, 1, 2], registering('__builtin__')),
  ...equals('emptyset', [], [3], registering('builtins', { unpicklingTypeOfSet: 'Set' })),
  ...equals('emptyset', new Set(), [5], asSet),
  ...equals('emptyset', [], [5]),
  ...equals('set1', new Set(['apple', 'banana', 'cherry']), [5], asSet),
  ...equals('frozenset1', new Set([1, 2]), [5], asSet),
];

const special: PickleCase[] = [
  ...rows('nan_value', (value) => expect(value).toBeNaN(), ALL),
  // They want no more than that it is there.
  ...rows('big_int', (value) => expect(value).toBe(2n ** 53n + 1n), ALL),
  ...rows(
    'shared_ref',
    (value) => {
      const [a, b] = value as unknown[];
      expect(value).toStrictEqual([
        [1, 2, 3],
        [1, 2, 3],
      ]);
      expect(a).toBe(b);
    },
    ALL,
  ),
  ...rows(
    'nested_dict',
    (value) => expect(value).toStrictEqual(new Map([['a', new Map([['b', new Map([['c', 1]])]])]])),
    ALL,
    asMap,
  ),
  ...rows(
    'complex_structure',
    (value) => {
      const map = value as Map<string, unknown>;
      expect(map.get('count')).toBe(2);
      expect(map.get('users')).toHaveLength(2);
    },
    ALL,
    asMap,
  ),
];

/** Theirs. */
export const PICKLE_CASES: readonly PickleCase[] = [
  ...Object.entries(basic).flatMap(([name, value]) => equals(name, value, ALL)),
  ...classes,
  ...wholes,
  ...dictsAndSets,
  ...Object.entries(advanced).flatMap(([name, value]) => equals(name, value, theirs(name))),
  ...special,
];

/** What they leave out of theirs, because it is read wrongly there. */
export const CASES_BEYOND: readonly PickleCase[] = Object.entries(advanced).flatMap(([name, value]) =>
  equals(name, value, beyond(name)),
);
