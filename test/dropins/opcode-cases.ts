/**
 * The cases of pickleparser's own tests of its parser, opcode by opcode, one row a test of theirs: what is read, and what
 * they want of it. A row with `deviation` is read otherwise here, for that reason; `ours` says how.
 */
import { expect } from 'vitest';
import { BufferReader, Parser, type ParserOptions } from '../../src/pickleparser.ts';

export interface OpcodeCase {
  readonly title: string;
  readonly check: (engine: 'wasm' | 'ts') => void;
  /** Why it is not as theirs. */
  readonly deviation?: string;
  /** What holds in its place. */
  readonly ours?: (engine: 'wasm' | 'ts') => void;
}

export type Options = Partial<ParserOptions>;
type Engine = 'wasm' | 'ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const read = (engine: Engine, pickle: string, options?: Options): unknown =>
  new Parser({ ...options, engine }).parse(bytes(pickle));
const buffersOf = (...items: unknown[]): Options => ({ buffers: items.values() });
const MAP: Options = { unpicklingTypeOfDictionary: 'Map' };
const SET: Options = { unpicklingTypeOfSet: 'Set' };

/** A row that wants a value. */
function gives(title: string, pickle: string, value: unknown, options?: Options): OpcodeCase {
  return { title, check: (engine) => expect(read(engine, pickle, options)).toStrictEqual(value) };
}

/** A row that wants a float, as near as they want it. */
function isNear(title: string, pickle: string, value: number): OpcodeCase {
  return { title, check: (engine) => expect(read(engine, pickle)).toBeCloseTo(value) };
}

/** A row that wants an error with a sentence in it. */
function throws(title: string, pickle: string, message: string, options?: () => Options): OpcodeCase {
  return { title, check: (engine) => expect(() => read(engine, pickle, options?.())).toThrow(message) };
}

function deviates(row: OpcodeCase, deviation: string, ours: (engine: Engine) => void): OpcodeCase {
  return { ...row, deviation, ours };
}

const code = (engine: Engine, pickle: string, options?: Options): unknown => {
  try {
    return read(engine, pickle, options);
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

interface Inner {
  readonly _options: ParserOptions;
}

class Kept {
  readonly args: unknown[];
  constructor(...args: unknown[]) {
    this.args = args;
  }
}
const KEPT: Options = { nameResolver: { resolve: () => Kept } };
const NAMED: Options = {
  nameResolver: { resolve: (module, name) => () => [module, name] },
  extensionResolver: { resolve: (extCode) => `ext_${extCode}` },
  persistentResolver: { resolve: (pid) => `resolved_${pid}` },
};

/** A row about an instance of the class above. */
function keeps(title: string, pickle: string, args: unknown[]): OpcodeCase {
  const check = (engine: Engine): void => {
    const made = read(engine, pickle, KEPT) as Kept;
    expect(made).toBeInstanceOf(Kept);
    expect(made.args).toStrictEqual(args);
  };
  return { title, check };
}

const FRAMES = 'A frame that is longer than the input is refused, as CPython refuses it: the input was cut short.';
const STATE_OF_MAP = '}}X\x08\x00\x00\x00__dict__}X\x05\x00\x00\x00mykeyKcssb.';

const constructor: OpcodeCase[] = [
  { title: 'constructs', check: () => expect(new Parser()).toBeDefined() },
  {
    title: 'has their defaults',
    check: () => {
      const options = (new Parser() as unknown as Inner)._options; // oxlint-disable-line no-underscore-dangle
      expect(options.unpicklingTypeOfSet).toBe('array');
      expect(options.unpicklingTypeOfDictionary).toBe('object');
      const unknown = options.nameResolver.resolve('myModule', 'myName');
      expect(unknown.prototype).toHaveProperty('__module__', 'myModule');
      expect(unknown.prototype).toHaveProperty('__name__', 'myName');
      expect(unknown.name).toBe('PObject');
      expect(() => options.persistentResolver.resolve('5')).toThrow('Unregistered persistent id: `5`.');
      expect(() => options.extensionResolver.resolve(3)).toThrow('Unregistered extension code: `3`.');
    },
  },
  {
    title: 'takes resolvers',
    check: () => {
      const options = (new Parser(NAMED) as unknown as Inner)._options; // oxlint-disable-line no-underscore-dangle
      expect((options.nameResolver.resolve('m', 'n') as () => unknown)()).toEqual(['m', 'n']);
      expect(options.persistentResolver.resolve('5')).toBe('resolved_5');
      expect(options.extensionResolver.resolve(3)).toBe('ext_3');
    },
  },
  {
    title: 'takes types',
    check: () => {
      const options = (new Parser({ ...SET, ...MAP }) as unknown as Inner)._options; // oxlint-disable-line no-underscore-dangle
      expect(options.unpicklingTypeOfSet).toBe('Set');
      expect(options.unpicklingTypeOfDictionary).toBe('Map');
    },
  },
];

const parsing: OpcodeCase[] = [
  {
    title: 'reads from a reader',
    check: (engine) => expect(new Parser({ engine }).read(new BufferReader(bytes('\x80\x04K\x03.')))).toBe(3),
  },
  throws('empty input', '', 'Unexpected end of file.'),
  gives('a number', '\x80\x04K\x03.', 3),
  {
    title: 'a buffer',
    check: (engine) => expect(read(engine, '\x80\x05\x97.', buffersOf([123, 'str']))).toStrictEqual([123, 'str']),
  },
  throws('no buffers', '\x80\x05\x97.', 'pickle stream refers to out-of-band data but no *buffers* argument was given'),
  throws('too few buffers', '\x80\x05\x97\x97.', 'not enough out-of-band buffers', () => buffersOf(1)),
  throws('no opcode', '\x99', "Unsupported opcode '153'."),
  throws('protocol 6', '\x80\x06.', "Unsupported protocol version '6'."),
];

const machine: OpcodeCase[] = [
  deviates(gives('FRAME', '\x80\x04\x95\x0a\0\0\0\0\0\0\0K\x2a.', 42), FRAMES, (engine) =>
    expect(code(engine, '\x80\x04\x95\x0a\0\0\0\0\0\0\0K\x2a.')).toBe('FRAME_TOO_LONG'),
  ),
  gives('POP', 'K\x01K\x020.', 1),
  gives('DUP', 'K\x052\x86.', [5, 5]),
  gives('POP_MARK', 'Kc(K\x01K\x021.', 99),
  gives('PUT and GET', 'K\x2ap0\n0g0\n.', 42),
  gives('BINPUT and BINGET', 'KMq\x050h\x05.', 77),
  gives('LONG_BINPUT and LONG_BINGET', 'KXr\x64\0\0\x000j\x64\0\0\0.', 88),
  gives('MEMOIZE', 'K\x0b\x94K\x16\x9400h\0.', 11),
  {
    title: 'the memo gives the same object',
    check: (engine) => {
      const pair = read(engine, ']\x94K\x01a2h\0\x86.') as unknown[];
      expect(pair).toStrictEqual([[1], [1]]);
      expect(pair[0]).toBe(pair[1]);
    },
  },
];

const primitives: OpcodeCase[] = [
  gives('NONE', 'N.', null),
  gives('NEWTRUE', '\x88.', true),
  gives('NEWFALSE', '\x89.', false),
  gives('INT', 'I123\n.', 123),
  gives('INT, negative', 'I-42\n.', -42),
  gives('INT, 01', 'I01\n.', true),
  gives('INT, 00', 'I00\n.', false),
  gives('LONG', 'L123456\n.', 123456),
  isNear('FLOAT', 'F3.14\n.', 3.14),
  gives('STRING, single quotes', "S'hello'\n.", 'hello'),
  gives('STRING, double quotes', 'S"world"\n.', 'world'),
  gives('STRING, empty', "S''\n.", ''),
  throws('STRING, no quotes', 'Shello\n', 'Insecure string pickle.'),
  throws('STRING, two kinds of quotes', 'S\'hello"\n', 'Insecure string pickle.'),
  throws('STRING, one character', 'Sx\n', 'Insecure string pickle.'),
  gives('UNICODE', 'Vhello world\n.', 'hello world'),
  gives('BININT', 'J\x2a\0\0\0.', 42),
  gives('BININT, negative', 'J\xff\xff\xff\xff.', -1),
  gives('BININT1', 'K\xff.', 255),
  gives('BININT2', 'M\xff\xff.', 65535),
  gives('LONG1', '\x8a\x02\0\x01.', 256),
  deviates(
    gives('LONG4', `\x8b\x08\0\0\0${'\xff'.repeat(8)}.`, 2n ** 64n - 1n),
    'Longs are signed: these bytes are -1.',
    (engine) => expect(read(engine, `\x8b\x08\0\0\0${'\xff'.repeat(8)}.`)).toBe(-1),
  ),
  isNear('BINFLOAT', 'G\x40\x09\x1e\xb8\x51\xeb\x85\x1f.', 3.14),
  gives('BINBYTES', 'B\x03\0\0\0\x01\x02\x03.', Uint8Array.of(1, 2, 3)),
  gives('SHORT_BINBYTES', 'C\x02\xaa\xbb.', Uint8Array.of(0xaa, 0xbb)),
  gives('BINBYTES8', '\x8e\x02\0\0\0\0\0\0\0\x0a\x0b.', Uint8Array.of(10, 11)),
  gives('BINSTRING', 'T\x03\0\0\0abc.', 'abc'),
  gives('SHORT_BINSTRING', 'U\x02hi.', 'hi'),
  gives('BINUNICODE', 'X\x05\0\0\0hello.', 'hello'),
  gives('SHORT_BINUNICODE', '\x8c\x02hi.', 'hi'),
  gives('SHORT_BINUNICODE, Chinese', '\x8c\x06\xe4\xb8\xad\xe6\x96\x87.', '中文'),
  gives('BINUNICODE8', '\x8d\x04\0\0\0\0\0\0\0test.', 'test'),
];

const containers: OpcodeCase[] = [
  gives('EMPTY_TUPLE', ').', []),
  gives('TUPLE1', 'K\x01\x85.', [1]),
  gives('TUPLE2', 'K\x01K\x02\x86.', [1, 2]),
  gives('TUPLE3', 'K\x01K\x02K\x03\x87.', [1, 2, 3]),
  gives('TUPLE', '(K\x0aK\x14K\x1et.', [10, 20, 30]),
  gives('TUPLE, empty', '(t.', []),
  gives('EMPTY_LIST', '].', []),
  gives('LIST', '(K\x01K\x02l.', [1, 2]),
  gives('APPEND', ']K\x01a.', [1]),
  gives('APPENDS', '](K\x01K\x02K\x03e.', [1, 2, 3]),
  gives('EMPTY_DICT', '}.', {}),
  gives('DICT', '(\x8c\x03key\x8c\x03vald.', { key: 'val' }),
  gives('SETITEM', '}\x8c\x01xK\x2as.', { x: 42 }),
  gives('SETITEMS', '}(\x8c\x01aK\x01\x8c\x01bK\x02u.', { a: 1, b: 2 }),
  gives('EMPTY_DICT as a Map', '}.', new Map(), MAP),
  gives('SETITEM as a Map', '}\x8c\x01xK\x2as.', new Map([['x', 42]]), MAP),
  gives(
    'SETITEMS as a Map',
    '}(\x8c\x01aK\x01\x8c\x01bK\x02u.',
    new Map([
      ['a', 1],
      ['b', 2],
    ]),
    MAP,
  ),
  // They want no more than that it is there, for their Map is empty.
  gives('DICT as a Map', '(\x8c\x01k\x8c\x01vd.', new Map([['k', 'v']]), MAP),
  gives('EMPTY_SET', '\x8f.', []),
  gives('EMPTY_SET as a Set', '\x8f.', new Set(), SET),
  gives('ADDITEMS', '\x8f(K\x01K\x02\x90.', [1, 2]),
  gives('ADDITEMS as a Set', '\x8f(K\x01K\x02\x90.', new Set([1, 2]), SET),
  gives('FROZENSET', '(K\x03K\x04\x91.', [3, 4]),
  gives('FROZENSET as a Set', '(K\x03K\x04\x91.', new Set([3, 4]), SET),
];

const objects: OpcodeCase[] = [
  gives('EXT1', '\x82\x05.', 'ext_5', NAMED),
  gives('EXT2', '\x83\x02\x01.', 'ext_258', NAMED),
  gives('EXT4', '\x84\0\0\x01\0.', 'ext_65536', NAMED),
  gives('PERSID', 'Pmy_id\n.', 'resolved_my_id', NAMED),
  gives('BINPERSID', '\x8c\x07some_idQ.', 'resolved_some_id', NAMED),
  gives('GLOBAL and REDUCE', 'cmymodule\nsum\n(K\x01K\x02K\x03tR.', 6, {
    nameResolver: {
      resolve:
        () =>
        (...args: number[]) =>
          args.reduce((a, b) => a + b, 0),
    },
  }),
  gives('STACK_GLOBAL', '\x8c\x02os\x8c\x04path\x93)R.', ['os', 'path'], NAMED),
  keeps('INST', '(K\x01K\x02imod\nFoo\n.', [1, 2]),
  deviates(
    keeps('OBJ', '(K\x0acmod\nBar\no.', [10]),
    'The class is the first value behind the mark, as picklers write it.',
    (engine) => {
      expect(code(engine, '(K\x0acmod\nBar\no.', KEPT)).toBe('INVALID_OPERAND');
      expect((read(engine, '(cmod\nBar\nK\x0ao.', KEPT) as Kept).args).toStrictEqual([10]);
    },
  ),
  keeps('NEWOBJ', 'cmod\nBaz\nK\x05K\x06\x86\x81.', [5, 6]),
  {
    title: 'NEWOBJ_EX',
    check: (engine) => {
      const made = read(engine, '\x8c\x03mod\x8c\x03Cls\x93)}\x8c\x03optK\x01s\x92.') as { kwargs: unknown };
      expect(made.kwargs).toStrictEqual([{ opt: 1 }]);
    },
  },
  {
    title: 'BUILD by __setstate__',
    check: (engine) => {
      const states: unknown[] = [];
      class Stateful {
        __setstate__(state: unknown): void {
          states.push(state);
        }
      }
      const made = read(engine, 'cmod\nCls\n)\x81}\x8c\x01xK\x01sb.', { nameResolver: { resolve: () => Stateful } });
      expect(made).toBeInstanceOf(Stateful);
      expect(states).toStrictEqual([{ x: 1 }]);
    },
  },
  {
    title: 'BUILD by an object',
    check: (engine) => expect(read(engine, 'cmod\nCls\n)\x81}\x8c\x01aK\x0asb.')).toMatchObject({ a: 10 }),
  },
  {
    title: 'BUILD by a Map',
    check: (engine) => expect(read(engine, 'cmod\nCls\n)\x81}\x8c\x01bK\x14sb.', MAP)).toMatchObject({ b: 20 }),
  },
  gives(
    'BUILD of a Map by an object with __dict__',
    `cmod\nMyMap\n)\x81${STATE_OF_MAP.slice(1)}`,
    new Map([['mykey', 99]]),
    { nameResolver: { resolve: () => Map } },
  ),
  deviates(
    gives('BUILD of a dict by a Map with __dict__', STATE_OF_MAP, new Map([['mykey', 99]]), MAP),
    'A dict has no attributes: CPython refuses to give it a state.',
    (engine) => expect(code(engine, STATE_OF_MAP, MAP)).toBe('INVALID_OPERAND'),
  ),
  // Theirs holds nothing.
  { title: 'BUILD of a Map by an object', check: () => expect(true).toBe(true) },
  gives('BYTEARRAY8', '\x80\x05\x96\x03\0\0\0\0\0\0\0\x0a\x0b\x0c.', Uint8Array.of(10, 11, 12)),
  {
    title: 'READONLY_BUFFER',
    check: (engine) => expect(read(engine, '\x80\x05\x97\x98.', buffersOf('value'))).toBe('value'),
  },
  gives('lists in a list', '](](K\x01K\x02e]K\x03ae.', [[1, 2], [3]]),
  gives('a list in a dict', '}\x8c\x04nums](K\x01K\x02es.', { nums: [1, 2] }),
  gives('a list of all kinds', '](K\x2a\x8c\x05helloN\x88\x89G\x40\x04\0\0\0\0\0\0e.', [
    42,
    'hello',
    null,
    true,
    false,
    2.5,
  ]),
  deviates(gives('a string in a frame', '\x80\x04\x95d\0\0\0\0\0\0\0\x8c\x06framed\x94.', 'framed'), FRAMES, (engine) =>
    expect(code(engine, '\x80\x04\x95d\0\0\0\0\0\0\0\x8c\x06framed\x94.')).toBe('FRAME_TOO_LONG'),
  ),
];

export const OPCODE_CASES: readonly OpcodeCase[] = [
  ...constructor,
  ...parsing,
  ...machine,
  ...primitives,
  ...containers,
  ...objects,
];
