import { SETTING_ASCII_STRINGS, SPECIAL_GLOBAL, STATUS_REQUEST, TAG_SPECIAL } from '../../spec/layout.ts';
import type { Machine, MachineSettings } from '../port.ts';

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

/** What picklers write all the time, in hex: a pickle's beginning, values to repeat, and what makes a long tuple of them. */
const BEGINNING = '8004 5d94 8c016b94 28';
const VALUES = [
  '5d94 28 4b07 4d0102 4a01020304 8a050102030405 4e8889 29 473ff8000000000000 65', // a list, of a value of each kind
  '5d 4b01 61', // a list of one
  '7d94 28 8c016194 473ff8000000000000 8c04c3a9cea994 4e 75', // a dict of two keys, one of them not ASCII
  '7d 6801 4b01 73', // a dict of one, its key from the memo
  '4b01 85 4b014b02 8694 4b014b024b03 87 284b014b024b034b0474', // tuples
  '8c016d94 8c016e94 9394 2981 7d 28 68014e 75 62', // an instance, its class by name
  '8f 28 4b016801 90 28 6801 91', // sets
  '580400000074657874 430100', // a longer text, bytes
].join('');
const INT = '4b01';
const END = '74 2e';

/**
 * Runs a small pickle in which every area grows. V8 compiles the loop for what it has seen, and drops the compiled code at
 * the first thing that it has not: without this, a large first input would lose its code several times over, each time
 * that an area of memory grows.
 * @param machine one that is not needed for anything else
 * @returns the last STATUS_*: DONE
 */
export function warmUp(machine: Machine): number {
  const hex = (BEGINNING + VALUES.repeat(12) + INT.repeat(150) + END).replaceAll(' ', '');
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(hex.substring(2 * i, 2 * i + 2), 16);
  machine.begin(SETTINGS);
  let start = 0;
  let status;
  while ((status = machine.run(bytes, start, bytes.length, start, true)) === STATUS_REQUEST) {
    start = machine.opcodeOffset + 1;
    machine.reply(0, (TAG_SPECIAL << 16) | SPECIAL_GLOBAL, start);
  }
  return status;
}
