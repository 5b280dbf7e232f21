/** What the drop-in for pickleparser does where that is wrong: the table of `src/pickleparser/README.md`, held to its word. */
import { describe, expect, it } from 'vitest';
import {
  BufferReader,
  NameRegistry,
  Parser,
  PickleError,
  type IReader,
  type ParserOptions,
} from '../../src/pickleparser.ts';
import { ENGINES } from '../support/engines.ts';

type Options = Partial<ParserOptions>;
const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const MAP: Options = { unpicklingTypeOfDictionary: 'Map' };
const SET: Options = { unpicklingTypeOfSet: 'Set' };

class Point {
  declare x: number;
}
const registering = (cls: new (...args: never[]) => unknown): Options => ({
  nameResolver: new NameRegistry().register('m', 'C', cls),
});

/** A state for an instance of `m.C`, by NEWOBJ. */
const built = (state: string): string => `cm\nC\n)\x81${state}b.`;

const ROWS: readonly (readonly [what: string, pickle: string, value: unknown, options?: Options])[] = [
  ['LONG1, negative', '\x8a\x05\0\0\0\0\xff.', -(2 ** 32)],
  ['LONG1, exact', '\x8a\x07\x01\0\0\0\0\0\x20.', 2n ** 53n + 1n],
  ['LONG1, over 8 bytes', '\x8a\x09\0\0\0\0\0\0\0\0\x01.', 2n ** 64n],
  ['LONG, exact', 'L9007199254740993L\n.', 2n ** 53n + 1n],
  ['a length over 2^31', 'B\xfb\xff\xff\xff......', 'TRUNCATED'],
  ['inf', 'F-inf\n.', -Infinity],
  ['escapes of UNICODE', 'V\\u20ac\n.', '€'],
  ['escapes of STRING', "S'a\\tb'\n.", 'a\tb'],
  ['U+FEFF', 'X\x03\0\0\0\xef\xbb\xbf.', '\ufeff'],
  ['a surrogate', 'X\x03\0\0\0\xed\xa0\x80.', '\ud800'],
  ['Python 2 str', 'U\x02\x80\xe9.', '\x80é'],
  ['Python 2 str by an encoding', 'U\x02\xc3\xa9.', 'é', { encoding: 'utf-8' }],
  ['bytes of protocol 2', 'c_codecs\nencode\n(V\xff\nVlatin1\ntR.', Uint8Array.of(255)],
  ['bytearray of protocol 3', 'cbuiltins\nbytearray\nC\x01a\x85R.', Uint8Array.of(97)],
  ['set of protocol 2', 'c__builtin__\nset\n](K\x01K\x01e\x85R.', [1]],
  ['set of protocol 2 as a Set', 'c__builtin__\nset\n](K\x01e\x85R.', new Set([1]), SET],
  ['a class called', 'cm\nC\n)R.', new Point(), registering(Point)],
  ['a function called', 'cm\nC\nV5\n\x85R.', 5, { nameResolver: new NameRegistry().register('m', 'C', Number) }],
  ['BUILD on a class', 'cm\nC\n}Vprototype\n}sb.', 'INVALID_OPERAND', registering(Point)],
  [
    'BUILD on a class that was given',
    'P1\n}Vx\n}sb.',
    'INVALID_STATE',
    { persistentResolver: { resolve: () => Point } },
  ],
  ['slots', built('N}Vx\nK\x01s\x86'), Object.assign(new Point(), { x: 1 }), registering(Point)],
  ['attributes of a Map', built('}Vx\nK\x01s'), Object.assign(new Map(), { x: 1 }), registering(Map)],
  ['the key 1 twice', '}(K\x01NV1\nNu.', 'UNREPRESENTABLE_KEY'],
  ['equal keys', '}(K\x01N\x88K\x02u.', { 1: 2 }],
  ['equal keys in a Map', '}(K\x01N\x88K\x02u.', [[1, 2]], MAP],
  [
    'tuples and frozensets as keys',
    '}(K\x01\x85N(K\x01\x91NK\x01\x85K\x02u.',
    [
      [[1], 2],
      [[1], null],
    ],
    MAP,
  ],
  ['a frozenset and a tuple in a set', '\x8f((K\x01\x91K\x01\x85K\x01\x85\x90.', [[1], [1]]],
  ['an instance as a key', '}cm\nC\n)\x81Ns.', 'UNREPRESENTABLE_KEY'],
  ['a tuple as a key', '}K\x01N\x86K\x02s.', { '1,': 2 }],
  ['equal items', '\x8f(K\x01K\x01\x90.', [1]],
  ['nothing on the stack', '.', 'STACK_UNDERFLOW'],
  ['nothing in the memo', 'h\x07.', 'MEMO_MISSING'],
  ['a list as a key', '}]Ns.', 'UNHASHABLE_KEY'],
  ['no items', 'cm\nC\n)\x81K\x01a.', 'INVALID_STATE'],
  ['what cannot be called', 'P1\n)R.', 'INVALID_STATE', { persistentResolver: { resolve: () => 1 } }],
  ['an odd state', built('K\x01'), 'INVALID_STATE', registering(Point)],
  ['the length of an Array', built('}Vlength\nK\x05s'), 'INVALID_STATE', registering(Array)],
];

describe.each(ENGINES)('otherwise than pickleparser, %s', (engine) => {
  const read = (pickle: string, options?: Options): unknown => new Parser({ ...options, engine }).parse(bytes(pickle));

  const rows = ROWS.map(([what, pickle, value, options]) => ({ what, pickle, value, options }));
  it.each(rows)('$what', ({ pickle, value, options }) => {
    let got: unknown;
    try {
      got = read(pickle, options);
    } catch (error) {
      got = error instanceof PickleError ? error.code : error;
    }
    expect(Array.isArray(value) && got instanceof Map ? [...(got as Map<unknown, unknown>)] : got).toEqual(value);
    expect(Object.keys(Point.prototype)).toEqual([]);
  });

  it('sets no prototype', () => {
    const dict = read('}V__proto__\n}Vx\nK\x01ss.') as object;
    expect(Object.getPrototypeOf(dict)).toBe(Object.prototype);
    expect(Object.keys(dict)).toEqual(['__proto__']);
    const instance = read(built('}(V__proto__\nNVconstructor\nNVargs\nK\x01u')) as Record<string, unknown>;
    expect(instance['__module__']).toBe('m');
    expect(Object.entries(instance)).toEqual([
      ['args', 1],
      ['__proto__', null],
      ['constructor', null],
    ]);
  });

  it('keeps what an unknown class keeps', () => {
    const instance = read(built('Va\n')) as { state: unknown };
    expect(instance.state).toBe('a');
    expect(Object.keys(instance)).toEqual([]);
  });

  it('makes instances of protocols 0 and 1', () => {
    const pickle = (base: string, state: string): string =>
      `ccopy_reg\n_reconstructor\n(cm\nC\nc__builtin__\n${base}\n${state}tR.`;
    expect(read(pickle('object', 'N'), registering(Point))).toEqual(new Point());
    class List extends Array {}
    expect(read(pickle('list', ']K\x01a'), registering(List))).toEqual(List.of(1));
    expect((read(pickle('list', ']K\x01a')) as { args: unknown }).args).toEqual([[1]]);
    expect(read(pickle('dict', '}Va\nK\x01s'))).toEqual({ a: 1 });
  });

  it('reads many items in one APPENDS', () => {
    expect(read(`](${'K\x01'.repeat(300_000)}e.`)).toHaveLength(300_000);
  });

  it('gives an instance to a call whose argument leads back to it', () => {
    // i = C(); s = f([i]); i.attr = s; the value is s.
    const pickle = 'cm\nf\n(]cm\nC\n)\x81\x94atR\x940h\0}Vattr\nh\x01sb0h\x01.';
    const result = read(pickle) as { args: [[{ attr: unknown }]] };
    expect(result.args[0][0].attr).toBe(result);
  });

  it('joins no more of a key than a name may be long', () => {
    // Tuples of two of the one before: 2^40 items.
    expect(() => read(`}K\x01\x85${'2\x86'.repeat(40)}Ns.`)).toThrow('UNREPRESENTABLE_KEY');
  });

  it('takes buffers as they are needed, and tells which is missing', () => {
    const endless = (function* endless() {
      for (;;) yield 7;
    })();
    expect(read(']\x97a.', { buffers: endless })).toEqual([7]);
    expect(() => read('](\x97\x97e.', { buffers: [1].values() })).toThrow(
      /^NO_BUFFER at byte 3 .*not enough out-of-band/,
    );
  });

  it('reads one pickle after another from readers', () => {
    const two = bytes('K\x01.cm\nC\nB\x02\0\0\0ab\x85R.Vb\n.');
    const inMemory = new BufferReader(two);
    const own = new BufferReader(two);
    // Of another class: read by its methods alone.
    const other: IReader = {
      byte: () => own.byte(),
      bytes: (length) => own.bytes(length),
      uint16: () => own.uint16(),
      int32: () => own.int32(),
      uint32: () => own.uint32(),
      uint64: () => own.uint64(),
      float64: () => own.float64(),
      skip: (offset) => own.skip(offset),
      string: (size, encoding) => own.string(size, encoding),
      line: () => own.line(),
      hasNext: () => own.hasNext(),
    };
    for (const reader of [inMemory, other]) {
      const parser = new Parser({ engine });
      expect(parser.read(reader)).toBe(1);
      expect((parser.read(reader) as { args: unknown }).args).toEqual([Uint8Array.of(97, 98)]);
      expect(parser.read(reader)).toBe('b');
      expect(() => parser.read(reader)).toThrow('Unexpected end of file.');
    }
  });

  it('refuses types that there are not', () => {
    expect(() => new Parser({ unpicklingTypeOfSet: 'xx' as 'Set' })).toThrow('Unknown unpickling type [xx] of Set.');
    expect(() => new Parser({ unpicklingTypeOfDictionary: 'xx' as 'Map' })).toThrow('[xx] of Dictionary.');
  });
});
