import type { Machine, MachineSettings } from '../port.ts';
import { SETTING_ASCII_STRINGS, STATUS_REQUEST, TAG_SPECIAL, SPECIAL_GLOBAL } from '../../spec/layout.ts';

const SETTINGS: MachineSettings = {
  bits: SETTING_ASCII_STRINGS,
  bufferCount: 0,
  maxAllocation: 2 ** 24,
  maxStack: 2 ** 16,
  maxMarks: 2 ** 16,
  maxMemoEntries: 2 ** 16,
  maxContainerItems: 2 ** 16,
  maxStringBytes: 2 ** 16,
  maxIntBytes: 2 ** 16,
};

/**
 * Runs a small pickle in which every area grows. V8 compiles the loop for what it has seen, and drops the compiled code at
 * the first thing that it has not: without this, a large first input would lose its code several times over, each time
 * that an area of memory grows.
 */
export function warmUp(machine: Machine): void {
  const bytes = pickle();
  machine.begin(SETTINGS);
  let start = 0;
  while (machine.run(bytes, start, bytes.length, start, true) === STATUS_REQUEST) {
    start = machine.opcodeOffset + 1;
    machine.reply(0, (TAG_SPECIAL << 16) | SPECIAL_GLOBAL, start);
  }
  // Leaves nothing behind but a shape.
  machine.begin(SETTINGS);
}

function pickle(): Uint8Array {
  const text = (value: string): number[] => [0x8c, value.length, ...Array.from(value, (c) => c.charCodeAt(0)), 0x94];
  const long = (value: string): number[] => [0x58, value.length, 0, 0, 0, ...Array.from(value, (c) => c.charCodeAt(0))];
  const float = [0x47, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0];
  const value = [0x4b, 7, 0x4d, 1, 2, 0x4a, 1, 2, 3, 4, 0x8a, 5, 1, 2, 3, 4, 5, 0x4e, 0x88, 0x89, 0x29, ...float];
  const utf8 = [0x8c, 4, 0xc3, 0xa9, 0xce, 0xa9, 0x94];
  const list = [0x5d, 0x94, 0x28, ...value, 0x65, 0x5d, 0x4b, 1, 0x61];
  const entry = [0x7d, 0x94, 0x28, ...text('a'), ...float, ...utf8, 0x4e, 0x75, 0x7d, 0x68, 1, 0x4b, 1, 0x73];
  const tuples = [0x4b, 1, 0x85, 0x4b, 1, 0x4b, 2, 0x86, 0x94, 0x4b, 1, 0x4b, 2, 0x4b, 3, 0x87, 0x28, ...value, 0x74];
  const object = [...text('m'), ...text('n'), 0x93, 0x94, 0x29, 0x81, 0x7d, 0x28, 0x68, 1, 0x4e, 0x75, 0x62];
  const set = [0x8f, 0x28, 0x4b, 1, 0x68, 1, 0x90, 0x28, 0x68, 1, 0x91];
  const one = [...list, ...entry, ...tuples, ...object, ...set, ...long('text'), 0x43, 1, 0];
  const all: number[] = [0x80, 4, 0x5d, 0x94, ...text('k'), 0x28];
  // Enough that stack, marks, memo and graph outgrow what they have at first, in more than one way.
  for (let i = 0; i < 40; i++) all.push(...one);
  for (let i = 0; i < 400; i++) all.push(0x4b, 1);
  all.push(0x74, 0x28);
  for (let i = 0; i < 600; i++) all.push(0x4b, 1);
  all.push(0x6c, 0x2e);
  return Uint8Array.from(all);
}
