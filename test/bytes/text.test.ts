import { describe, expect, it } from 'vitest';
import { parseUnicodeLine } from '../../src/bytes/raw-unicode-escape.ts';
import { parseStringLine } from '../../src/bytes/string-escapes.ts';
import { UnitWriter } from '../../src/bytes/units.ts';
import { utf8, utf8Length } from '../../src/bytes/utf8.ts';
import { checkStringUnits, MAX_STRING_UNITS } from '../../src/bytes/where.ts';
import { codeOr, raw, WHERE } from './support.ts';

describe('the line of STRING', () => {
  const QUOTES = 'INVALID_STRING_QUOTES';
  const ESCAPE = 'INVALID_STRING_ESCAPE';
  it.each([
    [`'abc'`, 'abc'],
    [`"abc"`, 'abc'],
    [`''`, ''],
    [`'a'b'`, `a'b`],
    [`'a"b'`, 'a"b'],
    [String.raw`'\\\'\"\a\b\f\n\r\t\v'`, '\\\'"\x07\b\f\n\r\t\v'],
    [String.raw`'\x4a\X41'`, 'J\\X41'],
    [String.raw`'\101\0\7\1234'`, 'A\0\x07S4'],
    [String.raw`'\400\777\8'`, '\0\xff\\8'],
    [String.raw`'\q\e\ \u0041'`, String.raw`\q\e\ \u0041`],
    [String.raw`'\\'`, '\\'],
    [`'\xe9\0\r\t'`, '\xe9\0\r\t'],
    ['', QUOTES],
    [`'`, QUOTES],
    ['abc', QUOTES],
    [`'abc"`, QUOTES],
    [`'abc`, QUOTES],
    [`'abc' `, QUOTES],
    [` 'abc'`, QUOTES],
    [`'abc'\r`, QUOTES],
    [`b'abc'`, QUOTES],
    ['`abc`', QUOTES],
    [String.raw`'\x4'`, ESCAPE],
    [String.raw`'\x'`, ESCAPE],
    [String.raw`'\xzz'`, ESCAPE],
    [String.raw`'abc\'`, ESCAPE],
  ])('%j', (line, want) => {
    const got = codeOr(() => parseStringLine(raw(line), WHERE));
    expect(typeof got === 'string' ? got : Buffer.from(got).toString('latin1')).toBe(want);
  });
});

describe('the line of UNICODE', () => {
  const BAD = 'INVALID_UNICODE_ESCAPE';
  it.each([
    ['', ''],
    ['abc', 'abc'],
    ['caf\xe9', 'caf\xe9'],
    ['\xc3\xa9', '\xc3\xa9'],
    [String.raw`\u20ac\U0001f600`, '\u20ac\u{1f600}'],
    [String.raw`\ud83d\ude00`, '\u{1f600}'],
    [String.raw`\ud800x`, '\ud800x'],
    [String.raw`\u005cu0041`, String.raw`\u0041`],
    [String.raw`\\u0041`, String.raw`\\u0041`],
    [String.raw`\\\u0041`, String.raw`\\A`],
    [String.raw`\x41\n\N{DASH}`, String.raw`\x41\n\N{DASH}`],
    ['abc\\', 'abc\\'],
    ['abc\r', 'abc\r'],
    [String.raw`\U0010ffff`, '\u{10ffff}'],
    [String.raw`\u`, BAD],
    [String.raw`\u12g4`, BAD],
    [String.raw`\u+041`, BAD],
    [String.raw`\u123`, BAD],
    [String.raw`\U0001f60`, BAD],
    [String.raw`\U00110000`, BAD],
    [String.raw`\Uffffffff`, BAD],
  ])('%j', (line, want) => {
    expect(codeOr(() => parseUnicodeLine(raw(line), WHERE))).toBe(want);
  });

  it('keeps characters whole where its buffer is full', () => {
    for (const shift of [0, 1, 2]) {
      const line = raw('x'.repeat(shift) + String.raw`\U0001f600`.repeat(5000));
      expect(parseUnicodeLine(line, WHERE)).toBe('x'.repeat(shift) + '\u{1f600}'.repeat(5000));
    }
  });
});

describe('UTF-8', () => {
  const BAD = 'INVALID_UTF8';
  it.each([
    ['', ''],
    ['\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80', 'é€\u{1f600}'],
    ['\xef\xbb\xbfa', '\ufeffa'],
    ['\xef\xbb\xbf\xef\xbb\xbf', '\ufeff\ufeff'],
    ['\xed\xa0\x80', '\ud800'],
    ['a\xed\xbf\xbfb', 'a\udfffb'],
    ['\xed\xa0\xbd\xed\xb8\x80', '\u{1f600}'],
    ['\xf4\x8f\xbf\xbf', '\u{10ffff}'],
    ['\xc0\x80', BAD],
    ['\xc1\xbf', BAD],
    ['\xe0\x9f\xbf', BAD],
    ['\xf0\x8f\xbf\xbf', BAD],
    ['\xf4\x90\x80\x80', BAD],
    ['\xf5\x80\x80\x80', BAD],
    ['\xe2\x82', BAD],
    ['\xf0\x9f\x98', BAD],
    ['\x80', BAD],
    ['abc\xff', BAD],
    ['\xed\xa0a', BAD],
    ['\xed\xa0\x80\xff', BAD],
  ])('%j', (text, want) => expect(codeOr(() => utf8(raw(text), true, WHERE))).toBe(want));

  it('refuses surrogates where they are not to pass', () => {
    expect(codeOr(() => utf8(raw('\xed\xa0\x80'), false, WHERE))).toBe(BAD);
    expect(utf8(raw('\xf0\x9f\x98\x80'), false, WHERE)).toBe('\u{1f600}');
  });

  it('says where the text is wrong', () => {
    expect(() => utf8(raw('ab\xff'), true, WHERE)).toThrow('Byte 2 of the text');
  });

  it('decodes long text with a surrogate in it', () => {
    const text = `${'é€x\u{1f600}'.repeat(20_000)}\udc00`;
    const bytes = Buffer.concat([Buffer.from(text.slice(0, -1)), raw('\xed\xb0\x80')]);
    expect(utf8(bytes, true, WHERE) === text).toBe(true);
  });

  it.each([
    ['', 0],
    ['abc', 3],
    ['é€', 5],
    ['\u{1f600}', 4],
    ['\ud800', 3],
    ['\ud800\ud800\udc00', 7],
    ['\udc00\ud800', 6],
  ])('the length of %j is %i', (text, want) => expect(utf8Length(text)).toBe(want));
});

describe('strings longer than JavaScript holds', () => {
  it('are refused', () => {
    expect(codeOr(() => checkStringUnits(MAX_STRING_UNITS, WHERE))).toBe(undefined);
    expect(codeOr(() => checkStringUnits(MAX_STRING_UNITS + 1, WHERE))).toBe('LIMIT_STRING');
  });

  it('are refused before they are made: a writer keeps its place', () => {
    const writer = new UnitWriter();
    writer.begin(WHERE);
    for (const point of [0x41, 0xd800, 0x1f600]) writer.push(point);
    writer.pushText('xy');
    expect(writer.finish()).toBe('A\ud800\u{1f600}xy');
    writer.begin(WHERE);
    expect(writer.finish()).toBe('');
  });
});
