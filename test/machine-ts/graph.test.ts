/** What the machine in TypeScript leaves in memory: values, dicts, text, the memo. */
import { describe, expect, it } from 'vitest';
import { createTsMachine } from '../../src/machine/ts/machine.ts';
import {
  FLAG_SHAPED,
  FLAG_UNHASHABLE,
  KIND_DOUBLE,
  KIND_INT,
  KIND_NODE,
  MAX_SHAPES,
  NODE_DICT,
  TAG_NODE,
  TAG_SHARED,
  TAG_STR1,
  TAG_STR2,
} from '../../src/spec/layout.ts';
import { MARK, STOP, ascii, bytesOf, errorOf, hex, linesOf, short, tagAt } from './by-hand.ts';
import { describeGraph } from './describe-graph.ts';
import { drive } from './drive.ts';

const dictOf = (entries: (readonly [readonly number[], readonly number[]])[]): Uint8Array =>
  bytesOf(0x7d, MARK, entries.flat(2), 0x75, STOP);
const int = (value: number): number[] => [0x4b, value];
/** So many SETITEMs, every other value a list. */
const items = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => [...short(`k${i}`), ...(i % 2 ? [0x5d] : int(i)), 0x73]).flat();
const headerOf = (bytes: Uint8Array): { flags: number; count: number } => {
  const { u32, root } = drive(createTsMachine(), bytes).machine.graph;
  expect(u32[2 * root + 1]).toBe(((TAG_NODE << 16) | NODE_DICT) >>> 0);
  return { flags: u32[2 * u32[2 * root]!]!, count: u32[2 * u32[2 * root]! + 1]! };
};

const slotOf = (bytes: Uint8Array, window = 0): { tag: number; text: string } => {
  const { machine } = drive(createTsMachine(), bytes, { window });
  const { u32, root } = machine.graph;
  return { tag: tagAt(u32, root), text: machine.graph.text(root) };
};

describe('the graph', () => {
  it("is that of the README's worked dump", () => {
    const { machine } = drive(
      createTsMachine(),
      hex('5d94 28 7d94 8c016194 473ff8000000000000 73 7d94 6802 474004000000000000 73 65 2e'),
    );
    const { u32, f64, ...graph } = machine.graph;
    const list = u32[2 * graph.root]!;
    expect(list).toBe(8);
    expect(Array.from(u32.subarray(16, 18))).toEqual([KIND_NODE, 2]);
    expect(Array.from(u32.subarray(20, 24)).slice(2)).toEqual([12, 0]);
    expect(u32[20]! & (FLAG_SHAPED | 255)).toBe(FLAG_SHAPED | KIND_DOUBLE);
    expect(f64[12]).toBe(1.5);
    const run = u32[2 * list + 2]!;
    expect(u32[2 * list + 3]).toBe(run);
    const [first, second] = [u32[2 * run + 2]!, u32[2 * run + 4]!];
    expect(first).toBe(10);
    expect(f64[u32[2 * second + 2]!]).toBe(2.5);
    expect(u32[2 * second + 1], 'one shape').toBe(u32[2 * first + 1]);
    expect(machine.graph.shape(u32[2 * first + 1]!).keys).toEqual(['a']);
    expect(machine.graph.sharedCount).toBe(1);
    expect(tagAt(u32, machine.graph.sharedSlot(0))).toBe(TAG_STR1);
  });

  it('keeps lists that grow at the end of the graph in one run', () => {
    const { machine } = drive(createTsMachine(), hex('5d 4b0161 4b0261 284b034b0465 4b0561 2e'));
    const { u32, root } = machine.graph;
    const list = u32[2 * root]!;
    expect(u32[2 * list + 2]).toBe(u32[2 * list + 3]);
    expect(u32[2 * list]).toBe(KIND_INT);
  });

  it('marks what the memo gave back, and what was doubled', () => {
    expect(linesOf(hex('5d94 6800 86 2e'))).toEqual(['#0', '#0 TUPLE unhashable #1 #1', '#1 LIST fetched ']);
    expect(linesOf(hex('5d 32 86 2e'))[2]).toBe('#1 LIST fetched ');
  });

  it('keeps the bits of doubles, NaNs too', () => {
    for (const bits of ['fff9000000000001', 'ffffffffffffffff', '7ff0000000000001', '7ff8000000000000']) {
      expect(linesOf(hex(`47${bits}2e`))).toEqual([`nan 0 ${bits}`]);
    }
    for (const bits of ['7ff0000000000000', 'fff0000000000000', '8000000000000000', '0000000000000001']) {
      expect(linesOf(hex(`47${bits}2e`))).toEqual([`double ${bits}`]);
    }
    expect(linesOf(hex('47fff8000000000000 32 86 2e'))[1], 'one NaN').toContain('nan 0 fff8000000000000 nan 0');
    expect(linesOf(bytesOf(ascii('F-nan\n'), STOP))[0]).toMatch(/^nan 0 /);
  });

  it('has ints of 32 and 64 bits, and payloads for more', () => {
    expect(linesOf(hex('8a002e'))).toEqual(['0']);
    expect(linesOf(hex('8a01ff2e'))).toEqual(['-1']);
    expect(linesOf(hex('8a050000008000 2e'))).toEqual(['2147483648']);
    expect(linesOf(hex('8a08ffffffffffffffff 2e'))).toEqual(['-1']);
    expect(linesOf(hex('8b0500000000000000 80 2e'))).toEqual(['-549755813888']);
    expect(linesOf(hex('8a080000000000000080 2e'))).toEqual(['-9223372036854775808']);
    expect(linesOf(hex('8a09000000000000000000 2e'))).toEqual(['#0', '#0 BIGINT 2 9']);
    expect(linesOf(hex('4a00ffffff2e'))).toEqual(['-256']);
  });

  it('chains payloads from the newest back', () => {
    const { machine } = drive(createTsMachine(), hex('4301aa 4302bbbb 86 2e'));
    const { u32, f64 } = machine.graph;
    const newest = machine.lastPayload;
    expect([f64[newest + 1], f64[newest + 2]]).toEqual([5, 2]);
    expect([f64[u32[2 * newest + 1]! + 1], f64[u32[2 * newest + 1]! + 2]]).toEqual([2, 1]);
  });

  it('flags tuples that hold, however deep, what cannot be hashed', () => {
    const { machine } = drive(createTsMachine(), hex('5d 85 85 2e'));
    const { u32, root } = machine.graph;
    expect(u32[2 * u32[2 * root]!]! & FLAG_UNHASHABLE).not.toBe(0);
    expect(errorOf(hex('7d 5d8585 4e 73 2e'))).toBe('UNHASHABLE_KEY at 5');
    expect(errorOf(hex('7d 2985 4e 73 2e'))).toBeUndefined();
  });

  it('keeps a state setter, a call that is popped, with its object', () => {
    // m.n() as object; m.s(object, 1) called and popped.
    const call = bytesOf(
      ascii('cm\nn\n'),
      0x29,
      0x52,
      0x94,
      ascii('cm\ns\n'),
      0x68,
      0,
      0x4b,
      1,
      0x86,
      0x52,
      0x30,
      STOP,
    );
    const lines = linesOf(call);
    expect(lines[1]).toBe('#0 OBJECT fetched how 0 at 6 global m n () absent [4 at 19: #1]');
    expect(lines[2]).toMatch(/^#1 OBJECT how 0 at 18 global m s #2/);
  });
});

describe('dicts', () => {
  it('of up to 64 short, different texts have a shape', () => {
    const many = (n: number): Uint8Array =>
      dictOf(Array.from({ length: n }, (_, i) => [short(`k${i}`), int(i)] as const));
    expect(headerOf(many(1)).flags & FLAG_SHAPED).not.toBe(0);
    expect(headerOf(many(64)).flags & FLAG_SHAPED).not.toBe(0);
    expect(headerOf(many(65))).toMatchObject({ count: 65 });
    expect(headerOf(many(65)).flags & FLAG_SHAPED).toBe(0);
    const twice = dictOf([
      [short('a'), int(1)],
      [short('a'), int(2)],
    ]);
    expect(headerOf(twice)).toMatchObject({ count: 2 });
    expect(headerOf(dictOf([[short('x'.repeat(129)), int(1)]])).flags & FLAG_SHAPED).toBe(0);
    expect(headerOf(dictOf([[int(1), int(1)]])).flags & FLAG_SHAPED).toBe(0);
  });

  it('that grow item by item go from shape to shape, with lists between their values', () => {
    const grown = linesOf(bytesOf(0x7d, items(70), STOP));
    const ints = Array.from({ length: 70 }, (_, i) => `"k${i}": ${i % 2 ? `#${(i + 1) / 2}` : i}`);
    expect(grown[1]).toBe(`#0 DICT ${ints.join(' ')}`);
    expect(linesOf(bytesOf(0x7d, items(5), STOP))[1]).toBe('#0 DICT "k0": 0 "k1": #1 "k2": 2 "k3": #2 "k4": 4');
    expect(headerOf(bytesOf(0x7d, items(64), STOP)).flags & FLAG_SHAPED).not.toBe(0);
    expect(headerOf(bytesOf(0x7d, items(65), STOP)).flags & FLAG_SHAPED).toBe(0);
  });

  it('lose their shape to a key met again, a key of another kind, or a second batch', () => {
    const shaped = [0x7d, ...short('a'), ...int(1), 0x73, ...short('b'), ...int(2), 0x73];
    expect(linesOf(bytesOf(shaped, short('a'), int(3), 0x73, STOP))[1]).toBe('#0 DICT "a": 1 "b": 2 "a": 3');
    expect(linesOf(bytesOf(shaped, int(7), int(3), 0x73, STOP))[1]).toBe('#0 DICT "a": 1 "b": 2 7: 3');
    expect(linesOf(bytesOf(shaped, MARK, short('c'), int(3), 0x4e, int(4), 0x75, STOP))[1]).toBe(
      '#0 DICT "a": 1 "b": 2 "c": 3 None: 4',
    );
  });

  it('keep keys and shapes from call to call', () => {
    const machine = createTsMachine();
    const shapeOf = (bytes: Uint8Array): ReturnType<typeof machine.graph.shape> => {
      drive(machine, bytes);
      const { u32, root } = machine.graph;
      return machine.graph.shape(u32[2 * u32[2 * root]! + 1]!);
    };
    const a = shapeOf(dictOf([[short('a'), int(1)]]));
    const b = shapeOf(dictOf([[short('b'), int(1)]]));
    const again = shapeOf(dictOf([[short('a'), int(1)]]));
    expect(b.number).not.toBe(a.number);
    expect(again).toBe(a);
    const wider = shapeOf(dictOf([[short('a'), [0x4e]]]));
    expect(wider.number).toBe(a.number);
    expect(wider.version).not.toBe(a.version);
    expect(wider.kinds[0]! & a.kinds[0]!).toBe(a.kinds[0]);
  });

  it('begin anew when there are too many shapes, under versions that were never used', () => {
    const machine = createTsMachine();
    const parts: number[] = [];
    for (let i = 0; i < MAX_SHAPES + 10; i++) parts.push(0x7d, ...short(`k${i}`), ...int(1), 0x73);
    drive(machine, bytesOf(0x5d, MARK, parts, 0x65, STOP));
    const versions = new Set(Array.from({ length: MAX_SHAPES }, (_, i) => machine.graph.shape(i).version));
    expect(versions.size).toBe(MAX_SHAPES);
    const driven = drive(machine, dictOf([[short('new'), int(1)]]));
    expect(describeGraph(driven)[1]).toBe('#0 DICT "new": 1');
    expect(versions.has(machine.graph.shape(0).version)).toBe(false);
    expect(machine.graph.shape(0).keys).toEqual(['new']);
  });

  it('take __proto__ and keys that are no ASCII as keys', () => {
    const utf8 = [0x8c, 3, 0xe2, 0x82, 0xac];
    const latin = [0x8c, 2, 0xc3, 0xa9];
    const entries = [[short('__proto__'), int(1)] as const, [utf8, int(2)] as const, [latin, int(3)] as const];
    expect(linesOf(dictOf(entries))[1]).toBe('#0 DICT "__proto__": 1 "€": 2 "é": 3');
    expect(headerOf(dictOf(entries)).flags & FLAG_SHAPED).not.toBe(0);
  });
});

describe('text', () => {
  it.each([0, 3])('is Latin-1 where it can be (window %i)', (window) => {
    expect(slotOf(bytesOf(short('abc'), STOP), window)).toEqual({ tag: TAG_STR1, text: 'abc' });
    expect(slotOf(hex('8c02c3a92e'), window)).toEqual({ tag: TAG_STR1, text: 'é' });
    expect(slotOf(hex('8c0361ce a92e'), window)).toEqual({ tag: TAG_STR2, text: 'aΩ' });
    expect(slotOf(hex('8c04f09f98802e'), window)).toEqual({ tag: TAG_STR2, text: '😀' });
    expect(slotOf(hex('8c03eda0802e'), window)).toEqual({ tag: TAG_STR2, text: '\ud800' });
    expect(slotOf(hex('8c002e'), window)).toEqual({ tag: TAG_STR1, text: '' });
  });

  it('that is no UTF-8 is refused', () => {
    const wrong = [
      '80',
      'c0af',
      'c1bf',
      'c3',
      'c328',
      'e08080',
      'e09fbf',
      'e282',
      'f0808080',
      'f08fbfbf',
      'f4908080',
      'f5808080',
      'ff',
      'f09f98',
    ];
    for (const bytes of wrong) {
      const length = (bytes.length / 2).toString(16).padStart(2, '0');
      expect(errorOf(hex(`8c${length}${bytes}2e`)), bytes).toBe('INVALID_UTF8 at 0');
    }
  });

  it.each([0, 40_000])('is right across the ends of chunks (window %i)', (window) => {
    const parts: number[][] = [];
    const expected: string[] = [];
    for (let i = 0; i < 900; i++) {
      // One-byte text of 7 MB, two-byte text of 5 MB, of all lengths.
      const long = `${i}:`.padEnd(300 + ((i * 37) % 16_000), 'xyz');
      const wide = `${i}Ω`.padEnd(100 + ((i * 53) % 5_000), 'ж').slice(0, 5_400);
      const utf8 = Array.from(Buffer.from(wide));
      parts.push([0x58, long.length & 255, long.length >> 8, 0, 0, ...ascii(long)]);
      parts.push([0x58, utf8.length & 255, utf8.length >> 8, 0, 0, ...utf8]);
      expected.push(JSON.stringify(long), JSON.stringify(wide));
    }
    const lines = linesOf(bytesOf(0x5d, MARK, parts.flat(), 0x65, STOP), { window });
    expect(lines[1]).toBe(`#0 LIST ${expected.join(' ')}`);
  });

  it('that repeats is shared', () => {
    const { machine } = drive(
      createTsMachine(),
      bytesOf(0x5d, MARK, short('red'), short('red'), short('red'), 0x65, STOP),
    );
    const { u32, root, sharedCount } = machine.graph;
    const run = u32[2 * u32[2 * root]! + 2]!;
    expect([1, 2, 3].map((i) => tagAt(u32, run + i))).toEqual([TAG_STR1, TAG_SHARED, TAG_SHARED]);
    expect(sharedCount).toBe(1);
  });

  it('of Python 2 is the host’s unless it is ASCII', () => {
    const bytes = bytesOf(0x55, 2, 0xc3, 0xa9, STOP);
    expect(linesOf(bytes, { encoding: 'latin1' })).toEqual(['"Ã©"']);
    expect(linesOf(bytes, { encoding: 'bytes' })).toEqual(['#0', '#0 BYTES 2 2']);
    expect(errorOf(bytes)).toBe('UNDECODABLE_STRING at 0');
    expect(linesOf(bytesOf(ascii("S'it''s'\n"), STOP))).toEqual([`"it''s"`]);
    expect(linesOf(bytesOf(ascii('V\\u20ac\n'), STOP))).toEqual(['"€"']);
  });
});

describe('the memo', () => {
  it('counts entries, and costs by entries', () => {
    // Numbers far apart: MEMOIZE goes on with the count.
    expect(linesOf(hex('4b01 72ffffffff 4b02 7200000080 4b03 94 6affffffff 6802 6a00000080 87 2e'))[1]).toBe(
      '#0 TUPLE 1 3 2',
    );
    const parts: number[] = [0x4e];
    for (let i = 0; i < 5000; i++) parts.push(0x72, i & 255, i >> 8, i & 127, 0x40);
    const { machine } = drive(createTsMachine(), bytesOf(parts, STOP), { settings: { maxAllocation: 2 ** 20 } });
    expect(machine.errorNumber).toBe(0);
    expect(errorOf(hex('4e 72ffffffff 6afeffffff 2e'))).toBe('MEMO_MISSING at 6');
    expect(errorOf(hex('4e 7105 6803 2e')), 'a gap').toBe('MEMO_MISSING at 3');
  });

  it('overwrites without counting', () => {
    expect(linesOf(hex('4b01 7100 4b02 7100 4b03 94 6800 6801 86 2e'))[1]).toBe('#0 TUPLE 2 3');
  });
});
