// oxlint-disable approx-constant -- the value that jpickle's tests have
/** The cases of jpickle's published tests, a row for each thing that they want, and what is otherwise here. */
import { afterAll, describe, expect, it } from 'vitest';
import jpickle, { emulated, PickleError } from '../../src/jpickle.ts';
import { ENGINES } from '../support/engines.ts';

const COMPLEX =
  "(dp1\nS'nick'\np2\nS'testuser'\np3\nsS'friends'\np4\n(lp5\n(dp6\nS'uid'\np7\nI2\nsS'name'\np8\nS'testuser2'\np9\nsa" +
  "(dp10\ng7\nI3\nsg8\nS'testuser3'\np11\nsasg7\nI1\nsS'groups'\np12\n(lp13\n(dp14\nS'gid'\np15\nI1\nsg8\n" +
  "S'wonderful group'\np16\nsas.";

const VALUES: readonly (readonly [pickle: string, value: unknown])[] = [
  ['N.', null],
  ['I1\n.', 1],
  ['I256\n.', 256],
  ['I65536\n.', 65536],
  ['I-1\n.', -1],
  ['I00\n.', false],
  ['I01\n.', true],
  ['F3.14159\n.', 3.14159],
  ['F-3.14159\n.', -3.14159],
  ['L123123123123123123123123123123L\n.', Number(123123123123123123123123123123n)],
  ["S'foo'\np0\n.", 'foo'],
  ['S"foo"\np0\n.', 'foo'],
  ['VTest\xe9\np0\n.', 'Testé'],
  ['(t.', []],
  ["(S'foo'\np0\ntp1\n.", ['foo']],
  ["(S'foo'\np0\nS'bar'\np1\ntp2\n.", ['foo', 'bar']],
  ["(S'foo'\np0\nS'bar'\np1\nS'wiz'\np2\ntp3\n.", ['foo', 'bar', 'wiz']],
  ['(lp0\n.', []],
  ['(lp0\nI1\na.', [1]],
  ['(lp1\nI1\naI2\naI3\na.', [1, 2, 3]],
  ['(dp0\n.', {}],
  ["(dp0\nS'foo'\np1\nS'bar'\np2\ns.", { foo: 'bar' }],
  ["(dp0\nS'foo'\np1\nS'bar'\np2\nsS'wiz'\np3\nS'bang'\np4\ns.", { foo: 'bar', wiz: 'bang' }],
  ['I1\nI2\n0.', 1],
  ['I1\nI2\n(I3\nI4\n1.', 2],
  ['I1\n2.', 1],
  ['I1\n20.', 1],
  ['I1\np0\nI2\ng0\n.', 1],
  ['K\x01.', 1],
  ['M\x00\x01.', 256],
  ['J\x00\x00\x01\x00.', 65536],
  ['J\xff\xff\xff\xff.', -1],
  ['G@\t!\xf9\xf0\x1b\x86n.', 3.14159],
  ['G\xc0\t!\xf9\xf0\x1b\x86n.', -3.14159],
  [`T\x00\x01\x00\x00${'x'.repeat(256)}q\x00.`, 'x'.repeat(256)],
  ['U\x03fooq\x00.', 'foo'],
  ['X\x06\x00\x00\x00Test\xc3\xa9q\x00.', 'Testé'],
  [').', []],
  ['(U\x03fooq\x00U\x03barq\x01U\x03wizq\x02tq\x03.', ['foo', 'bar', 'wiz']],
  [']q\x00.', []],
  [']q\x00K\x01a.', [1]],
  [']q\x00(K\x01K\x02K\x03e.', [1, 2, 3]],
  ['}q\x00.', {}],
  ['}q\x00U\x03fooq\x01U\x03barq\x02s.', { foo: 'bar' }],
  ['}q\x00(U\x03fooq\x01U\x03barq\x02U\x03wizq\x03U\x04bangq\x04u.', { foo: 'bar', wiz: 'bang' }],
  ['K\x01q\x00K\x02h\x00.', 1],
  ['K\x01r\x00\x00\x00\x00K\x02j\x00\x00\x00\x00.', 1],
  ['\x80\x02\x89.', false],
  ['\x80\x02\x88.', true],
  ['\x80\x02U\x03fooq\x00h\x00\x86q\x01.', ['foo', 'foo']],
  ['\x80\x02U\x03fooq\x00U\x03barq\x01U\x03wizq\x02\x87q\x03.', ['foo', 'bar', 'wiz']],
];

/** What is otherwise here: a value where theirs is wrong, or an error's code where they give a value. */
const OTHERWISE: readonly (readonly [why: string, pickle: string, value: unknown])[] = [
  ['longs are 0 there', '\x80\x02\x8a\t\0\0\0\0\0\0\0\0\x01.', 2 ** 64],
  ['longs are 0 there', '\x80\x02\x8b\x01\0\0\0\xff.', -1],
  ['inf is NaN there', 'Finf\n.', Infinity],
  ['escapes are left there', 'V\\u20ac\n.', '€'],
  ['escapes are left there', "S'a\\nb'\n.", 'a\nb'],
  ['protocols above 2 are refused there', '\x80\x04\x8c\x01a\x94.', 'a'],
  [
    'its mark is a string there',
    `(S'THIS-NEEDS-TO-BE-UNIQUE-TO-SERVE-AS-A-BOUNDARY'\nI1\nl.`,
    ['THIS-NEEDS-TO-BE-UNIQUE-TO-SERVE-AS-A-BOUNDARY', 1],
  ],
  ['undefined there', 'I1\n', 'MISSING_STOP'],
  ['undefined there', 'g7\n.', 'MEMO_MISSING'],
  ['undefined there', '0.', 'STACK_UNDERFLOW'],
  ['a string is thrown there', 'cos\nsystem\n.', 'FORBIDDEN_GLOBAL'],
];

describe.each(ENGINES)('jpickle, %s', (engine) => {
  const loads = (pickle: string): unknown => jpickle.loads(pickle, { engine });
  const outcome = (pickle: string): unknown => {
    try {
      return loads(pickle);
    } catch (error) {
      return error instanceof PickleError ? error.code : error;
    }
  };
  afterAll(() => {
    for (const name of Object.keys(emulated)) if (name.startsWith('__main__.')) delete emulated[name];
  });

  it.each(VALUES)('%j', (pickle, value) => {
    expect(loads(pickle)).toEqual(value);
    expect(jpickle.loads(Buffer.from(pickle, 'latin1'), { engine })).toEqual(value);
  });
  it.each(OTHERWISE)('%s: %j', (_why, pickle, value) => expect(outcome(pickle)).toEqual(value));

  it('keeps the order of entries', () => {
    expect(JSON.stringify(loads(COMPLEX))).toBe(
      '{"nick":"testuser","friends":[{"uid":2,"name":"testuser2"},{"uid":3,"name":"testuser3"}],"uid":1,' +
        '"groups":[{"gid":1,"name":"wonderful group"}]}',
    );
  });

  it('reads datetimes, local and UTC', () => {
    const local = loads(
      '\x80\x02cdatetime\ndatetime\nq\x00U\n\x07\xdd\x03\x12\x17\x014\x04\xc0\x0bq\x01\x85q\x02Rq\x03.',
    );
    expect(local).toEqual(new Date(2013, 2, 18, 23, 1, 52, 311));
    const utc = loads(
      '\x80\x02cdatetime\ndatetime\nq\x00U\n\x07\xdd\x03\x12\x16\x014\x04\xc0\x0bq\x01' +
        'cdjango.utils.timezone\nUTC\nq\x02)Rq\x03\x86q\x04Rq\x05.',
    );
    expect(utc).toEqual(new Date(Date.UTC(2013, 2, 18, 22, 1, 52, 311)));
    // The year 50 is not 1950, and `fold` is no month.
    const early = loads('\x80\x02cdatetime\ndatetime\nU\n\0\x32\x83\x12\x17\x014\0\0\0\x85R.') as Date;
    expect([early.getFullYear(), early.getMonth()]).toEqual([50, 2]);
    expect(outcome('\x80\x02cdatetime\ndatetime\nU\x01a\x85R.')).toBe('INVALID_STATE');
  });

  it('makes instances of what is emulated', () => {
    class Inner {
      declare data: string;
    }
    class Outer {
      declare myclass: Inner;
      readonly mymethod = (): string => `${this.myclass.data} foo!`;
    }
    emulated['__main__.MyClass'] = Inner;
    emulated['__main__.MyOtherClass'] = Outer;
    const outer = loads(
      '\x80\x02(c__main__\nMyOtherClass\nq\x00oq\x01}q\x02(U\x07myclassq\x03(c__main__\nMyClass\nq\x04oq\x05}q\x06U\x04dataq' +
        '\x07U\x04testq\x08sbU\tmyclassesq\t]q\n((h\x04oq\x0b}q\x0ch\x07U\x0enew test valueq\rsb(h\x04oq\x0e}q\x0fh\x07h\x08sbeub.',
    ) as Outer & { myclasses: Inner[] };
    expect(outer).toBeInstanceOf(Outer);
    expect(outer.myclasses.map((one) => [one instanceof Inner, one.data])).toEqual([
      [true, 'new test value'],
      [true, 'test'],
    ]);
    expect(outer.mymethod()).toBe('test foo!');
    // A class takes a state, and keeps its prototype.
    expect(outcome('c__main__\nMyClass\n}U\x09prototype}sb.')).toBe('INVALID_OPERAND');
    const odd = loads('(c__main__\nMyClass\no}U\x09__proto__}U\x01aK\x01ssb.');
    expect(Object.getPrototypeOf(odd)).toBe(Inner.prototype);
  });

  it('makes sets, bytes and instances of protocol 0', () => {
    class Point {
      declare x: number;
    }
    emulated['__main__.Point'] = Point;
    expect(loads('c__builtin__\nset\n((lI1\natR.')).toEqual(new Set([1]));
    expect(loads('c_codecs\nencode\n(V\xff\nVlatin1\ntR.')).toEqual(Uint8Array.of(255));
    expect(loads("ccopy_reg\n_reconstructor\n(c__main__\nPoint\nc__builtin__\nobject\nNtR(dS'x'\nI1\nsb.")).toEqual(
      Object.assign(new Point(), { x: 1 }),
    );
  });
});
