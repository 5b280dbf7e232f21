import { describe, expect, it } from 'vitest';
import { argumentWidth, bytesNeeded } from '../../src/decode/needs.ts';
import { OPCODES } from '../../src/spec/opcodes.ts';

const needed = (text: string): number => {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return bytesNeeded(bytes, 0, bytes.length);
};

describe('how much an opcode needs', () => {
  it('is a byte where nothing is there', () => {
    expect(needed('')).toBe(1);
  });

  it('is the fixed argument, or the length field', () => {
    expect(needed('M')).toBe(3);
    expect(needed('G')).toBe(9);
    expect(needed('\x95\x01')).toBe(9);
    expect(needed('X\x01')).toBe(5);
  });

  it('is the whole of a text that the machine takes whole', () => {
    expect(needed('X\x00\x01\x00\x00abc')).toBe(5 + 256);
    expect(needed('\x8c\x05')).toBe(7);
    expect(needed('\x8d\x00\x10\x00\x00\x00\x00\x00\x00')).toBe(9 + 4096);
  });

  it('is no more than the length field of longer text, and of bytes', () => {
    expect(needed('X\xff\xff\xff\x7f')).toBe(5);
    expect(needed('\x8d\xff\xff\xff\xff\xff\xff\xff\xff')).toBe(9);
    expect(needed('B')).toBe(5);
  });

  it('is one byte more for a line', () => {
    expect(needed('I12')).toBe(4);
    expect(needed('V')).toBe(2);
  });

  it('has a width for every argument but lines', () => {
    const without = OPCODES.filter(({ argument, code }) => argument !== null && argumentWidth(code) === 0);
    expect(without.map(({ argument }) => argument!).filter((argument) => !argument.includes('nl'))).toEqual([]);
  });
});
