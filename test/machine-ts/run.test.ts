/** Where the machine in TypeScript stops: errors, limits, windows, requests, the next pickle. */
import { describe, expect, it } from 'vitest';
import { createTsMachine } from '../../src/machine/ts/machine.ts';
import { warmUp } from '../../src/machine/ts/warm-up.ts';
import type { Machine, MachineSettings } from '../../src/machine/port.ts';
import {
  FLAG_FETCHED,
  STATUS_DONE,
  STATUS_ERROR,
  STATUS_NEED_INPUT,
  STATUS_REQUEST,
  TAG_SHARED,
} from '../../src/spec/layout.ts';
import { MARK, STOP, ascii, bytesOf, errorOf, hex, linesOf, short, tagAt } from './by-hand.ts';
import { describeGraph } from './describe-graph.ts';
import { drive, SETTINGS } from './drive.ts';

const ask = (bytes: Uint8Array): Machine => {
  const machine = createTsMachine();
  machine.begin(SETTINGS);
  expect(machine.run(bytes, 0, bytes.length, 0, true)).toBe(STATUS_REQUEST);
  return machine;
};

describe('errors', () => {
  it.each([
    ['', 'EMPTY_INPUT at 0'],
    ['4e', 'MISSING_STOP at 1'],
    ['80', 'TRUNCATED at 0'],
    ['8006', 'UNSUPPORTED_PROTOCOL at 0'],
    ['00', 'UNKNOWN_OPCODE at 0'],
    ['5804000000 6162', 'TRUNCATED at 0'],
    ['8dffffffffffffffff', 'TRUNCATED at 0'],
    ['54ffffffff', 'NEGATIVE_LENGTH at 0'],
    ['8bffffffff', 'NEGATIVE_LENGTH at 0'],
    ['4e 95ffffffff00000000 2e', 'FRAME_TOO_LONG at 1'],
    ['4e 95ffffffffffffffff 2e', 'FRAME_TOO_LONG at 1'],
    ['85', 'STACK_UNDERFLOW at 0'],
    ['2885', 'UNEXPECTED_MARK at 1'],
    ['4e2886', 'UNEXPECTED_MARK at 2'],
    ['74', 'MARK_NOT_FOUND at 0'],
    ['2865', 'STACK_UNDERFLOW at 1'],
    ['282865', 'UNEXPECTED_MARK at 2'],
    ['4e2865', 'INVALID_OPERAND at 2'],
    ['7d284e752e', 'ODD_DICT_ITEMS at 3'],
    ['284e64', 'ODD_DICT_ITEMS at 2'],
    ['8f285d90', 'UNHASHABLE_KEY at 3'],
    ['286f', 'STACK_UNDERFLOW at 1'],
    ['6961 0a620a', 'MARK_NOT_FOUND at 0'],
    ['8200', 'INVALID_EXT_CODE at 0'],
    ['84ffffffff', 'INVALID_EXT_CODE at 0'],
    ['97', 'NO_BUFFER at 0'],
    ['4e98', 'INVALID_OPERAND at 1'],
    ['4e4e93', 'INVALID_OPERAND at 2'],
    ['28 30 30', 'STACK_UNDERFLOW at 2'],
    ['94', 'STACK_UNDERFLOW at 0'],
    ['2e', 'STACK_UNDERFLOW at 0'],
    ['282e', 'UNEXPECTED_MARK at 1'],
  ])('%s: %s', (bytes, expected) => {
    expect(errorOf(hex(bytes))).toBe(expected);
  });

  it.each<[string, Partial<MachineSettings>, string]>([
    ['4e4e4e2e', { maxStack: 2 }, 'LIMIT_STACK at 2'],
    ['4b014b014b012e', { maxStack: 2 }, 'LIMIT_STACK at 4'],
    ['28282e', { maxMarks: 1 }, 'LIMIT_STACK at 1'],
    ['4e94942e', { maxMemoEntries: 1 }, 'LIMIT_MEMO at 2'],
    ['4e7109 2e', { maxMemoEntries: 0 }, 'LIMIT_MEMO at 1'],
    ['5d4e614e612e', { maxContainerItems: 1 }, 'LIMIT_CONTAINER at 4'],
    ['5d284e4e652e', { maxContainerItems: 1 }, 'LIMIT_CONTAINER at 4'],
    ['4e4e862e', { maxContainerItems: 1 }, 'LIMIT_CONTAINER at 2'],
    ['7d288c01614e8c01624e752e', { maxContainerItems: 1 }, 'LIMIT_CONTAINER at 10'],
    ['7d8c01614e738c01624e732e', { maxContainerItems: 1 }, 'LIMIT_CONTAINER at 10'],
    ['8c0361626 32e', { maxStringBytes: 2 }, 'LIMIT_STRING at 0'],
    ['8a03010101 2e', { maxIntBytes: 2 }, 'LIMIT_INT_BYTES at 0'],
  ])('%s with %o: %s', (bytes, settings, expected) => {
    expect(errorOf(hex(bytes), settings)).toBe(expected);
    expect(drive(createTsMachine(), hex(bytes), { settings }).machine.errorActual).toBeGreaterThan(0);
  });

  it('meets maxAllocation whatever was read before', () => {
    const bytes = bytesOf(0x5d, MARK, Array.from({ length: 5000 }, () => [0x4b, 1]).flat(), 0x65, STOP);
    const machine = createTsMachine();
    expect(drive(machine, bytes).error).toBeNull();
    const small = { settings: { maxAllocation: 50_000 } };
    const { error } = drive(machine, bytes, small);
    expect(error).toEqual(drive(createTsMachine(), bytes, small).error);
    expect(error?.code).toBe('LIMIT_ALLOC');
    expect(drive(machine, bytes).error).toBeNull();
  });

  it('leave a machine that works', () => {
    const machine = createTsMachine();
    for (const bytes of [hex('28284e4e ff'), hex('8c05'), bytesOf(ascii('cm\n'))]) {
      expect(drive(machine, bytes).error).not.toBeNull();
      expect(describeGraph(drive(machine, hex('4b012e')))).toEqual(['1']);
    }
  });
});

it('warms up with a pickle that is whole', () => {
  expect(warmUp(createTsMachine())).toBe(STATUS_DONE);
});

describe('input that comes in pieces', () => {
  it('is asked for at an opcode’s beginning', () => {
    const machine = createTsMachine();
    machine.begin(SETTINGS);
    expect(machine.run(hex('4e 4d01'), 0, 3, 0, false)).toBe(STATUS_NEED_INPUT);
    expect(machine.position).toBe(1);
    expect(machine.run(hex('4d0102 86 2e'), 0, 5, 1, true)).toBe(STATUS_DONE);
    expect(machine.position).toBe(6);
  });

  it('need not hold payloads', () => {
    const machine = createTsMachine();
    machine.begin(SETTINGS);
    expect(machine.run(hex('42 00000010 aaaa'), 0, 7, 0, false)).toBe(STATUS_NEED_INPUT);
    expect(machine.position).toBe(5 + 0x10000000);
    expect(machine.run(hex('2e'), 0, 1, machine.position, true)).toBe(STATUS_DONE);
    const { f64 } = machine.graph;
    expect([f64[machine.lastPayload + 1], f64[machine.lastPayload + 2]]).toEqual([5, 0x10000000]);
  });

  it('may lie anywhere, at offsets beyond 32 bits', () => {
    const base = 2 ** 40;
    const machine = createTsMachine();
    machine.begin(SETTINGS);
    const bytes = bytesOf(0xff, 0xff, 0x80, 4, 0x43, 1, 7, short('text'), 0x86, STOP, 0xff);
    expect(machine.run(bytes, 2, bytes.length - 1, base, true)).toBe(STATUS_DONE);
    expect(machine.position).toBe(base + bytes.length - 3);
    const { f64, u32, root } = machine.graph;
    expect(f64[machine.lastPayload + 1]).toBe(base + 4);
    expect(machine.graph.text(u32[2 * root]! + 2)).toBe('text');
  });

  it('tells the longest frame', () => {
    const { machine } = drive(createTsMachine(), hex('8004 95 0200000000000000 4e 2e'));
    expect([machine.frameEnd, machine.frameOffset]).toEqual([13, 2]);
  });
});

describe('requests', () => {
  it('say what they are about', () => {
    const machine = ask(bytesOf(0x4e, ascii('F1.5\n'), 0x86, STOP));
    expect([machine.opcode, machine.opcodeOffset, machine.argumentOffset]).toEqual([0x46, 1, 2]);
    machine.reply(0, 0x7ff80000, 6);
    expect(machine.run(bytesOf(0x86, STOP), 0, 2, 6, true)).toBe(STATUS_DONE);
    expect(ask(hex('830201')).argumentLength).toBe(0x102);
  });

  it('show the names of STACK_GLOBAL, shared ones and those that are no ASCII', () => {
    const machine = ask(bytesOf(short('m'), 0x94, 0x68, 0, 0x30, 0x68, 0, [0x8c, 3, 0xe2, 0x82, 0xac], 0x93));
    const { graph } = machine;
    expect(tagAt(graph.u32, machine.moduleSlot)).toBe(TAG_SHARED);
    expect(graph.text(graph.sharedSlot(graph.u32[2 * machine.moduleSlot]!))).toBe('m');
    expect(graph.text(machine.nameSlot)).toBe('€');
  });

  it('whose answer passes a limit fail in the run that follows', () => {
    const machine = createTsMachine();
    machine.begin({ ...SETTINGS, maxStack: 1 });
    const bytes = bytesOf(0x4e, ascii('F1.5\n'), STOP);
    expect(machine.run(bytes, 0, bytes.length, 0, true)).toBe(STATUS_REQUEST);
    machine.reply(0, 0x3ff80000, 6);
    expect(machine.run(bytes, 6, bytes.length, 6, true)).toBe(STATUS_ERROR);
    expect([machine.opcode, machine.opcodeOffset, machine.errorActual]).toEqual([0x46, 1, 2]);
  });

  it('make instances, stand-ins and extensions', () => {
    expect(linesOf(bytesOf(MARK, 0x4b, 1, ascii('im\nn\n'), STOP))[1]).toBe(
      '#0 OBJECT how 2 at 3 global m n #1 absent',
    );
    expect(linesOf(bytesOf(MARK, ascii('cm\nn\n'), 0x6f, STOP))[1]).toBe('#0 OBJECT how 3 at 6 global m n () absent');
    expect(linesOf(bytesOf(ascii('Pid\n'), STOP))[1]).toBe('#0 PERSISTENT how 0 at 0 "id"');
    expect(linesOf(bytesOf(0x4b, 9, 0x51, STOP))[1]).toBe('#0 PERSISTENT how 0 at 2 9');
    expect(linesOf(hex('82052e'))[1]).toBe('#0 EXTENSION how 0 at 0 5');
    expect(errorOf(hex('4e512e'), { bits: 0 })).toBe('NO_PERSISTENT_LOAD at 1');
    expect(linesOf(hex('97 97 98 86 2e'), { buffers: [0, 0] })[1]).toBe('#0 TUPLE buffer 0 buffer 1 read-only');
  });
});

describe('a stream of pickles with one memo', () => {
  const first = bytesOf(short('hello'), 0x94, [0x8c, 2, 0xce, 0xa9], 0x94, 0x86, STOP);
  const second = bytesOf(0x68, 0, 0x68, 1, short('again'), 0x87, STOP);

  it('keeps text when its bytes are gone', () => {
    const machine = createTsMachine();
    const bytes = first.slice();
    const one = drive(machine, bytes);
    expect(describeGraph(one)[1]).toBe('#0 TUPLE "hello" "Ω"');
    machine.next();
    bytes.fill(0xff);
    machine.run(second, 0, second.length, first.length, true);
    expect(describeGraph({ ...one, position: machine.position })[1]).toBe('#0 TUPLE "hello" "Ω" "again"');
  });

  it('reads on in the same bytes', () => {
    const machine = createTsMachine();
    const count = 3000;
    const bytes = bytesOf(first, Array.from({ length: count }, () => Array.from(second)).flat());
    let driven = drive(machine, bytes);
    for (let i = 0; i < count; i++) {
      driven = drive(machine, bytes, { start: driven.position, after: driven });
      expect(machine.graph.chunk1(0).length).toBeGreaterThan(0);
      if (i % 100 === 0) expect(describeGraph(driven)[1]).toBe('#0 TUPLE "hello" "Ω" "again"');
    }
    expect(driven.position).toBe(bytes.length);
  });

  it('reads on in windows', () => {
    const machine = createTsMachine();
    let driven = drive(machine, bytesOf(first, second, second), { window: 3 });
    for (let i = 0; i < 2; i++) {
      const bytes = bytesOf(first, second, second);
      driven = drive(machine, bytes, { start: driven.position, after: driven, window: 3 });
      expect(describeGraph(driven)[1]).toBe('#0 TUPLE "hello" "Ω" "again"');
    }
  });

  it('has FETCHED on what an earlier pickle made', () => {
    const machine = createTsMachine();
    const one = drive(machine, hex('5d942e 6800 2e'));
    const two = drive(machine, hex('5d942e 6800 2e'), { start: one.position, after: one });
    const { u32, root } = two.machine.graph;
    expect(u32[2 * u32[2 * root]!]! & FLAG_FETCHED).not.toBe(0);
  });
});
