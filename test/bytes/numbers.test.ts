import { describe, expect, it } from 'vitest';
import { bigintOf } from '../../src/bytes/long.ts';
import { parseFloatLine } from '../../src/bytes/text-float.ts';
import { parseIntLine, parseLongLine, parseMemoLine } from '../../src/bytes/text-int.ts';
import { DEFAULT_LIMITS } from '../../src/spec/limits.ts';
import { codeOr, raw, timed, WHERE } from './support.ts';

const BAD = 'INVALID_TEXT_INT';
const INDEX = 'INVALID_MEMO_INDEX';

describe('the line of INT', () => {
  it.each([
    ['00', false],
    ['01', true],
    ['0', 0],
    ['1', 1],
    ['001', 1],
    ['+1', 1],
    [' 01', 1],
    ['01\r', 1],
    ['00 ', 0],
    ['-0', 0],
    ['0_0', 0],
    ['010', 10],
    ['\t\v\f 12 \r', 12],
    ['1_000', 1000],
    ['-2147483649', -2147483649],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['-9007199254740993', -9007199254740993n],
    ['0000000000000000000012', 12],
    ['9_007_199_254_740_993', 9007199254740993n],
    ['', BAD],
    [' ', BAD],
    ['-', BAD],
    ['--1', BAD],
    ['- 1', BAD],
    ['_1', BAD],
    ['1_', BAD],
    ['1__0', BAD],
    ['1 2', BAD],
    ['1L', BAD],
    ['0x10', BAD],
    ['0o17', BAD],
    ['0b1', BAD],
    ['1\0', BAD],
    ['1.0', BAD],
    ['\xa01', BAD],
    ['\xd9\xa1', BAD],
    ['9'.repeat(4300), BigInt('9'.repeat(4300))],
    ['9'.repeat(4301), 'LIMIT_INT_DIGITS'],
    ['0'.repeat(1_000_000), 'LIMIT_INT_DIGITS'],
  ])('%j', (line, want) => {
    const got = codeOr(() => parseIntLine(raw(line), DEFAULT_LIMITS, WHERE));
    expect(Object.is(got, want), String(got)).toBe(true);
  });
});

describe('the line of LONG', () => {
  it.each([
    ['10L', 10],
    ['-10L', -10],
    ['10', 10],
    ['00L', 0],
    ['1_0 L', 10],
    ['10LL', BAD],
    ['10L ', BAD],
    ['L', BAD],
    ['-L', BAD],
    ['', BAD],
    ['1l', BAD],
    ['0xfL', BAD],
    ['1\0L', BAD],
    [`${2n ** 64n}L`, 2n ** 64n],
  ])('%j', (line, want) => {
    expect(codeOr(() => parseLongLine(raw(line), DEFAULT_LIMITS, WHERE))).toBe(want);
  });
});

describe('the line of GET and PUT', () => {
  it.each([
    ['0', 0],
    ['-0', 0],
    [' 1 ', 1],
    ['1_0', 10],
    ['007', 7],
    ['4294967295', 4294967295],
    ['4294967296', INDEX],
    ['9007199254740993', INDEX],
    ['1000000000000000000000000000000', INDEX],
    ['-1', INDEX],
    ['', INDEX],
    ['foo', INDEX],
    ['7L', INDEX],
    ['7\0', INDEX],
    ['00', 0],
  ])('%j', (line, want) => {
    expect(codeOr(() => parseMemoLine(raw(line), WHERE))).toBe(want);
  });

  it('takes a million zeros for 0, in linear time', () => {
    const line = raw('0'.repeat(1_000_000));
    expect(timed(() => expect(parseMemoLine(line, WHERE)).toBe(0))).toBeLessThan(1000);
  });
});

/** The 64 bits of a FLOAT's line in hex, or an error's code. */
const bits = (line: string): string =>
  codeOr(() => {
    const into = { lo: 0, hi: 0 };
    parseFloatLine(raw(line), into, WHERE);
    return [into.hi, into.lo].map((word) => word.toString(16).padStart(8, '0')).join('');
  });

describe('the line of FLOAT', () => {
  it.each([
    ['0', '0000000000000000'],
    ['-0', '8000000000000000'],
    ['+1', '3ff0000000000000'],
    ['1.', '3ff0000000000000'],
    ['.5', '3fe0000000000000'],
    ['1.e3', '408f400000000000'],
    ['00.5', '3fe0000000000000'],
    ['1E5', '40f86a0000000000'],
    ['nan', '7ff8000000000000'],
    ['-NaN', 'fff8000000000000'],
    ['inf', '7ff0000000000000'],
    ['-Infinity', 'fff0000000000000'],
    ['1e400', '7ff0000000000000'],
    ['-1e309', 'fff0000000000000'],
    ['1e-400', '0000000000000000'],
    ['2.4703282292062328e-324', '0000000000000001'],
    ['9007199254740993', '4340000000000000'],
    ['9'.repeat(1_000_000), '7ff0000000000000'],
    [`0.${'3'.repeat(1_000_000)}`, '3fd5555555555555'],
  ])('%#: %.30j', (line, want) => expect(bits(line)).toBe(want));

  it.each([
    '',
    '.',
    '-',
    '+',
    'e5',
    '1e',
    '1e+',
    '.e1',
    ' 1',
    '1 ',
    '1_0.5',
    '0x1p3',
    '0b1',
    '1d3',
    '1,5',
    '1.5L',
    '1.2.3',
    '1\0',
    '1\r',
    'nano',
    'in',
    'infinit',
    '--1',
    '-+inf',
    'True',
    '\xd9\xa1',
    'infinity0',
  ])('%j is none', (line) => expect(bits(line)).toBe('INVALID_TEXT_FLOAT'));
});

describe("two's complement", () => {
  it.each([
    ['', 0n],
    ['\x00', 0n],
    ['\xff', -1n],
    ['\xff\x00', 255n],
    ['\x00\x80', -32768n],
    ['\x01\x00\x00\x00\x00\x00\xe0\xff', -9007199254740991n],
    ['\xff'.repeat(8), -1n],
    ['\xff'.repeat(300), -1n],
    [`\x01${'\0'.repeat(300)}`, 1n],
    [`${'\0'.repeat(299)}\x80`, -(2n ** 2399n)],
  ])('%#', (text, want) => expect(bigintOf(raw(text))).toBe(want));

  it('agrees with a sum of powers at every length up to 200, at odd offsets', () => {
    for (let length = 1; length <= 200; length++) {
      const bytes = Uint8Array.from({ length: length + 3 }, (_, i) => (i * 89 + length * 31) & 255).subarray(3);
      let want = 0n;
      bytes.forEach((byte, i) => (want += BigInt(byte) << BigInt(8 * i)));
      expect(bigintOf(bytes)).toBe(BigInt.asIntN(8 * length, want));
    }
  });

  it('is linear: a million bytes', () => {
    expect(timed(() => bigintOf(new Uint8Array(1_000_000).fill(0x55)))).toBeLessThan(2000);
  });
});
