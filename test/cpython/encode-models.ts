/**
 * Random values for dumps, as JSON that says what they mean: encode-build.ts makes them, encode-same.ts and encode_oracle.py
 * tell whether what was read is the same. A node that others refer to has an `id`.
 */
import fc from 'fast-check';

export type Node = null | boolean | string | { [kind: string]: unknown };
type Arb = fc.Arbitrary<Node>;

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export const bitsOf = (value: number): string => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
};

const int: Arb = fc
  .oneof(
    fc.bigInt(-300n, 70_000n),
    fc.constantFrom(...[0n, 1n].flatMap((d) => [7n, 8n, 15n, 16n, 31n, 32n, 53n, 63n, 64n].map((p) => (1n << p) - d))),
    fc.bigInt(-(1n << 64n), 1n << 64n),
    fc.bigInt(-(1n << 2100n), 1n << 2100n),
  )
  .chain((value) => fc.record({ int: fc.constantFrom(value.toString(), (-value).toString()), big: fc.boolean() }));

const double = fc.oneof(fc.double(), fc.integer({ min: -1000, max: 1000 }), fc.constantFrom(0, -0, 1e22, 5e-324, 1e16));
const float: Arb = fc.record({ float: double.map(bitsOf), wrapped: fc.boolean() });
/** NaNs of other bits, signalling ones too. */
const nan: Arb = fc.bigInt(1n, (1n << 52n) - 1n).chain((payload) => {
  const bits = (0x7ffn << 52n) | payload;
  return fc.constantFrom(bits, bits | (1n << 63n)).map((one) => ({ float: one.toString(16), wrapped: true }));
});

/** Any code units, so that surrogates may be alone; ASCII; scripts; what escapes of protocol 0 are made of. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 }).map((units) => String.fromCharCode(...units)),
  fc.string({
    unit: fc.constantFrom('\\', '\n', '\r', '\0', '\x1a', 'u', '\ud800', '\udc00', 'é', '😀'),
    maxLength: 9,
  }),
  fc.constantFrom('__proto__', 'constructor', 'length', '0', '12', '\ufeffa', 'x'.repeat(255), 'é'.repeat(128)),
);
const longText: Arb = fc.record({ text: fc.tuple(text, fc.constantFrom(40, 300, 9000)) });

const octets = fc.uint8Array({ maxLength: 300 }).map(hexOf);
const bytes: Arb = fc.record({ bytes: octets, as: fc.constantFrom('view', 'ArrayBuffer', 'Buffer') });
const bytearray: Arb = octets.map((hex) => ({ bytearray: hex }));
const fill: Arb = fc.record({
  fill: fc.tuple(fc.integer({ min: 0, max: 255 }), fc.constantFrom(255, 256, 65_535, 65_536, 70_000)),
  of: fc.constantFrom('bytes', 'bytearray'),
});

const below = (end: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: end - 1 });
const day = fc.tuple(
  fc.integer({ min: 1, max: 9999 }),
  fc.integer({ min: 1, max: 12 }),
  fc.integer({ min: 1, max: 28 }),
);
const clock = fc.tuple(below(24), below(60), below(60), below(1_000_000), below(2));
const offset = fc.record({ seconds: fc.integer({ min: -86_399, max: 86_399 }), name: fc.option(fc.string()) });
const zone = fc.option(offset);
const dates: readonly Arb[] = [
  fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }).map((instant) => ({ instant })),
  day.map((date) => ({ date })),
  fc.record({ time: clock, zone }),
  fc.record({ datetime: fc.tuple(day, clock), zone }),
  fc
    .tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), below(86_400), below(1_000_000))
    .map((timedelta) => ({ timedelta })),
];

const digits = fc.bigInt(0n, 10n ** 40n).map(String);
const decimal = fc.oneof(
  fc.tuple(fc.constantFrom('', '-'), digits, fc.integer({ min: -50, max: 50 })).map(([s, d, e]) => `${s}${d}E${e}`),
  fc.constantFrom('NaN', '-sNaN12', 'Infinity', '-Infinity', '-0', '0.00'),
);
/** The greatest one, of any and a positive number. */
function divisorOf(one: bigint, other: bigint): bigint {
  let [a, b] = [other, one < 0n ? -one : one];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

const small = fc.bigInt(-(1n << 70n), 1n << 70n);
const numbers: readonly Arb[] = [
  decimal.map((content) => ({ decimal: content })),
  fc.bigInt(0n, (1n << 128n) - 1n).map((value) => ({ uuid: value.toString(16).padStart(32, '0') })),
  fc.tuple(double, double).map((parts) => ({ complex: parts.map(bitsOf) })),
  fc
    .tuple(small, small, small)
    .map(([start, stop, step]) => ({ range: [start, stop, step === 0n ? 1n : step].map(String) })),
  fc.tuple(small, fc.bigInt(1n, 1n << 70n)).map(([numerator, denominator]) => {
    const common = divisorOf(numerator, denominator);
    return { fraction: [numerator / common, denominator / common].map(String) };
  }),
];

/** Importable things; the names of some are others in Python 2, and some lie within a class. */
const names: Arb = fc
  .constantFrom('builtins len', 'builtins dict', 'builtins range', 'collections OrderedDict', 'functools reduce')
  .map((global) => ({ global }));
const moreNames: Arb = fc
  .constantFrom('itertools zip_longest', 'builtins OSError', 'encode_types Called', 'encode_types Called.Inner')
  .map((global) => ({ global }));

export const ELEMENTS = ['int8', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'float32', 'float64'] as const;
const typed: Arb = fc
  .tuple(fc.constantFrom(...ELEMENTS), fc.array(fc.uint8Array({ minLength: 8, maxLength: 8 }), { maxLength: 9 }))
  .chain(([dtype, groups]) => {
    const data = groups.map(hexOf).join('');
    const of = fc.constantFrom('typed', 'array', 'matrix', 'fortran');
    return of.map((as) => ({ numpy: dtype, data, as }));
  });

/** What set and dict take as keys, with what Python's equality makes of it: 1, 1.0 and True are one key. */
type Key = readonly [node: Node, equal: string];
const simpleKey: fc.Arbitrary<Key> = fc.oneof(
  text.map((value): Key => [value, `str ${value}`]),
  int.map((node): Key => [node, String((node as { int: string }).int)]),
  fc.boolean().map((value): Key => [value, String(Number(value))]),
  fc.double({ noNaN: true }).map((value): Key => [{ float: bitsOf(value), wrapped: true }, equalOf(value)]),
  octets.map((hex): Key => [{ bytes: hex, as: 'view' }, `bytes ${hex}`]),
  fc.constant<Key>([null, 'None']),
);
const equalOf = (value: number): string => String(Number.isInteger(value) ? BigInt(value) : value);
const key: fc.Arbitrary<Key> = fc.oneof(
  { weight: 9, arbitrary: simpleKey },
  {
    weight: 1,
    arbitrary: fc
      .array(simpleKey, { maxLength: 3 })
      .map((items): Key => [{ tuple: items.map(([node]) => node) }, `(${items.map(([, equal]) => equal).join()})`]),
  },
);
const apart = { selector: ([, equal]: Key) => equal };
const items = fc.uniqueArray(key, { ...apart, maxLength: 12 }).map((keys) => keys.map(([node]) => node));
const sets: readonly Arb[] = [items.map((set) => ({ set })), items.map((frozenset) => ({ frozenset }))];

const scalar: Arb = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: fc.boolean() },
  { weight: 6, arbitrary: int },
  { weight: 4, arbitrary: float },
  { weight: 1, arbitrary: nan },
  { weight: 8, arbitrary: text },
  { weight: 1, arbitrary: longText },
  { weight: 3, arbitrary: bytes },
  { weight: 2, arbitrary: bytearray },
  { weight: 1, arbitrary: fill },
  ...dates.map((arbitrary) => ({ weight: 1, arbitrary })),
  ...numbers.map((arbitrary) => ({ weight: 1, arbitrary })),
  ...sets.map((arbitrary) => ({ weight: 2, arbitrary })),
  { weight: 2, arbitrary: names },
  { weight: 1, arbitrary: moreNames },
  { weight: 2, arbitrary: typed },
);

/** Mostly shallow; now and then deeper than a stack of calls would bear. */
const depths = fc.oneof({ weight: 60, arbitrary: fc.nat(60) }, { weight: 1, arbitrary: fc.nat(12_000) });

const attribute = fc.constantFrom('a', 'b', 'longer_name', '__proto__', 'é');

const raw = fc.letrec<{ value: Node }>((tie) => {
  const value = tie('value');
  const several = fc.array(value, { maxLength: 5 });
  const entries = fc
    .uniqueArray(fc.tuple(key, value), { selector: ([[, equal]]) => equal, maxLength: 5 })
    .map((pairs) => pairs.map(([[node], item]) => [node, item]));
  const textEntries = fc.uniqueArray(fc.tuple(text, value), { selector: ([name]) => name, maxLength: 5 });
  return {
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 9, arbitrary: scalar },
      { weight: 3, arbitrary: fc.nat(1000).map((ref) => ({ ref })) },
      { weight: 5, arbitrary: several.map((list) => ({ list })) },
      { weight: 5, arbitrary: several.map((tuple) => ({ tuple })) },
      { weight: 4, arbitrary: fc.record({ dict: entries, as: fc.constantFrom('Map', 'PyDict') }) },
      { weight: 4, arbitrary: textEntries.map((dict) => ({ dict: inOrder(dict), as: 'object' })) },
      { weight: 1, arbitrary: fc.tuple(value, fc.constantFrom(998, 1000, 1001, 2000)).map((list) => ({ same: list })) },
      {
        weight: 3,
        arbitrary: fc.record({
          object: fc.constantFrom('reduce', 'newobj', 'inst', 'obj'),
          args: several,
          state: fc.uniqueArray(fc.tuple(attribute, value), { selector: ([name]) => name, maxLength: 4 }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ nest: fc.constantFrom('list', 'tuple', 'dict'), depth: depths, of: value }),
      },
    ),
  };
}).value;

/** JavaScript has integer-like names of an object first. */
function inOrder(entries: [string, Node][]): [string, Node][] {
  const isIndex = (name: string): boolean => String(Number(name) >>> 0) === name && Number(name) < 0xffffffff;
  const indices = entries.filter(([name]) => isIndex(name)).sort(([a], [b]) => Number(a) - Number(b));
  return [...indices, ...entries.filter(([name]) => !isIndex(name))];
}

interface Step {
  readonly at: number;
  /** Whether the object is there before what is in it: only then may that refer to it. */
  readonly isThere: boolean;
}

/** Gives references something to refer to, of what came before or is around them; null where there is nothing. */
function resolved(root: Node): Node {
  const met: { [kind: string]: unknown }[] = [];
  const closed = new Set<number>();
  const walk = (node: Node, path: readonly Step[]): Node => {
    if (node === null || typeof node !== 'object') return node;
    if ('ref' in node) {
      const mutable = path.findLastIndex(({ isThere }) => isThere);
      const open = path.slice(0, mutable + 1).map(({ at }) => at);
      const possible = [...closed, ...open];
      if (possible.length === 0) return null;
      const target = possible[(node['ref'] as number) % possible.length]!;
      met[target]!['id'] = target;
      return { ref: target };
    }
    const made: { [kind: string]: unknown } = { ...node };
    const at = met.length;
    const inside = (one: unknown, isThere: boolean): Node => walk(one as Node, [...path, { at, isThere }]);
    const all = (list: unknown, isThere: boolean): Node[] => (list as unknown[]).map((one) => inside(one, isThere));
    const pairs = (list: unknown): unknown[] => (list as unknown[][]).map(([name, one]) => [name, inside(one, true)]);
    const hasIdentity = !['int', 'float', 'text', 'global', 'nest', 'same'].some((kind) => kind in node);
    if (hasIdentity) met.push(made);
    if ('list' in node) made['list'] = all(node['list'], true);
    else if ('tuple' in node) made['tuple'] = all(node['tuple'], false);
    else if ('dict' in node) made['dict'] = pairs(node['dict']);
    else if ('object' in node) {
      made['args'] = all(node['args'], false);
      made['state'] = pairs(node['state']);
    } else if ('nest' in node) made['of'] = walk(node['of'] as Node, path);
    // Its items are one value many times: what they refer to would be many.
    else if ('same' in node) made['same'] = [withoutRefs((node['same'] as Node[])[0]!), (node['same'] as unknown[])[1]];
    if (hasIdentity) closed.add(at);
    return made;
  };
  return walk(root, []);
}

const withoutRefs = (node: Node): Node => (node !== null && typeof node === 'object' ? true : node);

/** A value, and how it is to be written. */
export interface Model {
  readonly node: Node;
  readonly refs: boolean;
  readonly memoStrings: 'keys' | 'all' | 'none';
}

export const models: fc.Arbitrary<Model> = fc
  .record({ raw, tree: fc.boolean(), memoStrings: fc.constantFrom('keys', 'all', 'none') } as const)
  .map(({ raw: root, tree, memoStrings }) => {
    const node = resolved(root);
    // Without references shared objects would be several, and cycles errors.
    return { node, memoStrings, refs: !tree || JSON.stringify(node).includes('"ref":') };
  });
