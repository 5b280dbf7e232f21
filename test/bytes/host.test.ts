import { describe, expect, it } from 'vitest';
import {
  CONST_ABSENT,
  CONST_FALSE,
  CONST_TRUE,
  SPECIAL_HOST,
  TAG_SHARED,
  TAG_SPECIAL,
  TAG_STR1,
} from '../../src/spec/layout.ts';
import { ask, high, type Request } from './ask.ts';
import { raw } from './support.ts';

const inert = { globals: 'inert' } as const;
const asBytes = { encoding: 'bytes' };

describe('the answer to a request', () => {
  it.each<[Request, unknown]>([
    [
      { opcode: 'INT', input: '12\nrest' },
      { int: 12, behind: 3 },
    ],
    [
      { opcode: 'INT', input: '-1\n' },
      { int: 0xffffffff, behind: 3 },
    ],
    [
      { opcode: 'INT', input: '00\n' },
      { constant: CONST_FALSE, behind: 3 },
    ],
    [
      { opcode: 'INT', input: '01\n' },
      { constant: CONST_TRUE, behind: 3 },
    ],
    [
      { opcode: 'INT', input: '2147483648\n' },
      { value: 2147483648n, behind: 11 },
    ],
    [
      { opcode: 'LONG', input: '-2147483648L\n' },
      { int: 0x80000000, behind: 13 },
    ],
    [{ opcode: 'LONG', input: 'x\n' }, 'INVALID_TEXT_INT'],
    [{ opcode: 'INT', input: '123\n', limits: { maxIntDigits: 2 } }, 'LIMIT_INT_DIGITS'],
    [{ opcode: 'INT', input: '12' }, 'TRUNCATED'],
    [{ opcode: 'INT', input: '12', final: false }, 'more'],
    [{ opcode: 'INT', input: '12345', final: false, limits: { maxStringBytes: 4 } }, 'LIMIT_STRING'],
    [{ opcode: 'INT', input: '1234', final: false, limits: { maxStringBytes: 4 } }, 'more'],
    [{ opcode: 'INT', input: '1234', final: false, limits: { maxStringBytes: Infinity } }, 'more'],
    [
      { opcode: 'FLOAT', input: '-1.5\n' },
      { float: 'bff8000000000000', behind: 5 },
    ],
    [
      { opcode: 'GET', input: '4294967295\n' },
      { int: 4294967295, behind: 11 },
    ],
    [{ opcode: 'PUT', input: '-1\n' }, 'INVALID_MEMO_INDEX'],
    [
      { opcode: 'STRING', input: "'\\x41'\n" },
      { value: 'A', behind: 7 },
    ],
    [{ opcode: 'STRING', input: "'\\xe9'\n" }, 'UNDECODABLE_STRING'],
    [
      { opcode: 'STRING', input: "'\\xe9'\n", options: asBytes },
      { value: raw('\xe9'), behind: 7 },
    ],
    [{ opcode: 'STRING', input: "'12345'\n", limits: { maxStringBytes: 6 } }, 'LIMIT_STRING'],
    [
      { opcode: 'UNICODE', input: '\\u20ac\n' },
      { value: '€', behind: 7 },
    ],
    [
      { opcode: 'BINSTRING', input: 'abcd', length: 3 },
      { value: 'abc', behind: 3 },
    ],
    [
      { opcode: 'SHORT_BINSTRING', input: '\xe9', length: 1, options: { encoding: 'koi8-r' } },
      { value: 'И', behind: 1 },
    ],
    [
      { opcode: 'BINUNICODE', input: '\xc3\xa9', length: 2 },
      { value: 'é', behind: 2 },
    ],
    [{ opcode: 'BINUNICODE8', input: '\xff', length: 1 }, 'INVALID_UTF8'],
    [{ opcode: 'BINUNICODE', input: 'ab', length: 3 }, 'TRUNCATED'],
    [{ opcode: 'BINUNICODE', input: 'ab', length: 3, final: false }, 'more'],
    [{ opcode: 'BINUNICODE', input: 'abc', length: 3, limits: { maxStringBytes: 2 } }, 'LIMIT_STRING'],
    [{ opcode: 'PERSID', input: 'x\n' }, 'NO_PERSISTENT_LOAD'],
    [{ opcode: 'PERSID', input: '\xff\n' }, 'INVALID_PERSID'],
    [{ opcode: 'PERSID', input: 'x' }, 'NO_PERSISTENT_LOAD'],
    [{ opcode: 'PERSID', input: 'x', final: false }, 'more'],
    [{ opcode: 'PERSID', input: 'x', options: inert }, 'TRUNCATED'],
    [
      { opcode: 'PERSID', input: ' x\0\n', options: inert },
      { value: ' x\0', behind: 4 },
    ],
    [
      { opcode: 'PERSID', input: '\n', options: { persistentLoad: String } },
      { value: '', behind: 1 },
    ],
    [
      { opcode: 'GLOBAL', input: 'm\nC\n' },
      { global: 'm|C|2', behind: 4 },
    ],
    [
      { opcode: 'GLOBAL', input: '\n\n' },
      { global: '||2', behind: 2 },
    ],
    [
      { opcode: 'GLOBAL', input: '\xc3\xa9\nC\n' },
      { global: 'é|C|2', behind: 5 },
    ],
    [{ opcode: 'GLOBAL', input: '\xed\xa0\x80\nC\n' }, 'INVALID_UTF8'],
    [{ opcode: 'GLOBAL', input: 'm\nC' }, 'TRUNCATED'],
    [{ opcode: 'GLOBAL', input: 'm\nC', final: false }, 'more'],
    [
      { opcode: 'GLOBAL', input: 'ab\ncd\n', limits: { maxGlobalNameBytes: 4 } },
      { global: 'ab|cd|2', behind: 6 },
    ],
    [{ opcode: 'GLOBAL', input: 'ab\ncde\n', limits: { maxGlobalNameBytes: 4 } }, 'FORBIDDEN_GLOBAL'],
    [{ opcode: 'GLOBAL', input: 'ab\ncd', final: false, limits: { maxGlobalNameBytes: 4 } }, 'more'],
    [{ opcode: 'GLOBAL', input: 'ab\ncde', final: false, limits: { maxGlobalNameBytes: 4 } }, 'FORBIDDEN_GLOBAL'],
    [{ opcode: 'GLOBAL', input: 'abcde', final: false, limits: { maxGlobalNameBytes: 4 } }, 'FORBIDDEN_GLOBAL'],
    [
      { opcode: 'INST', input: 'm\nC\n' },
      { global: 'm|C|2', behind: 4 },
    ],
    [{ opcode: 'INST', input: '\xc3\xa9\nC\n' }, 'INVALID_UTF8'],
    [{ opcode: 'EXT1', input: '\x05', length: 5 }, 'UNKNOWN_EXTENSION'],
    [
      { opcode: 'EXT1', input: '\x05', length: 5, options: inert },
      { constant: CONST_ABSENT, behind: 1 },
    ],
    [
      { opcode: 'EXT2', input: '\x05\0', length: 5, options: { exact: true } },
      { constant: CONST_ABSENT, behind: 2 },
    ],
    [
      { opcode: 'EXT4', input: '\x05\0\0\0', length: 5, options: { extensions: new Map([[5, ['m', 'C']]]) } },
      { global: 'm|C|2', behind: 4 },
    ],
  ])('%j', (request, want) => expect(ask(request)).toEqual(want));

  const str1 = [0, high(TAG_STR1, 6)] as const;
  const shared = [3, high(TAG_SHARED)] as const;
  const host = [0, high(TAG_SPECIAL, SPECIAL_HOST)] as const;
  it.each<[Partial<Request>, unknown]>([
    [{ slots: [str1, shared] }, { global: 'text 0|text 13|2', behind: 0 }],
    [
      { slots: [host, str1], values: ['módulo'] },
      { global: 'módulo|text 1|2', behind: 0 },
    ],
    [{ slots: [host, str1], values: [raw('m')] }, 'INVALID_OPERAND'],
    [{ slots: [host, str1], values: [1n] }, 'INVALID_OPERAND'],
    [{ slots: [[0, high(TAG_SPECIAL)], str1], values: ['m'] }, 'INVALID_OPERAND'],
    [{ slots: [host, str1], values: ['é€'], limits: { maxGlobalNameBytes: 10 } }, 'FORBIDDEN_GLOBAL'],
    [
      { slots: [host, str1], values: ['é€'], limits: { maxGlobalNameBytes: 11 } },
      { global: 'é€|text 1|2', behind: 0 },
    ],
  ])('STACK_GLOBAL %#', (request, want) => {
    expect(ask({ opcode: 'STACK_GLOBAL', input: '', ...request })).toEqual(want);
  });

  it('is a copy where it is bytes', () => {
    const values: Uint8Array[] = [];
    ask({ opcode: 'STRING', input: "'abc'\n", options: asBytes, values });
    expect(values[0]!.buffer.byteLength).toBe(3);
  });
});
