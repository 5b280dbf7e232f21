import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { decodeBytes, settingBits } from '../../src/bytes/codecs.ts';
import { singleByteTable } from '../../src/bytes/single-byte.ts';
import { SETTING_ASCII_STRINGS, SETTING_BYTES_STRINGS } from '../../src/spec/layout.ts';
import { NO_PYTHON, python3 } from '../support/places.ts';
import { codeOr, raw, WHERE } from './support.ts';

const BAD = 'UNDECODABLE_STRING';
const UNKNOWN = 'UNKNOWN_ENCODING';
const decode = (text: string, encoding: string, errors = 'strict'): string =>
  codeOr(() => decodeBytes(raw(text), encoding, errors, WHERE));

describe('encodings', () => {
  it.each([
    ['abc', 'ASCII', 'abc'],
    ['\xe9', 'ASCII', BAD],
    ['\x80\xe9', 'latin-1', '\x80\xe9'],
    ['\x80\xe9', 'ISO 8859-1', '\x80\xe9'],
    ['\xc3\xa9', 'UTF8', 'é'],
    ['\xef\xbb\xbfa', 'utf-8', '\ufeffa'],
    ['\xef\xbb\xbfa', 'utf-8-sig', 'a'],
    ['\xed\xa0\x80', 'utf-8', BAD],
    ['a\0', 'utf-16-le', 'a'],
    ['\0a', 'utf_16_be', 'a'],
    ['\xff\xfea\0', 'utf-16', 'a'],
    ['\xfe\xff\0a', 'utf-16', 'a'],
    ['a\0', 'utf-16', 'a'],
    ['\xff\xfea\0', 'utf-16-le', '\ufeffa'],
    ['=\xd8\0\xde', 'utf-16-le', '\u{1f600}'],
    ['\0\xd8', 'utf-16-le', BAD],
    ['abc', 'utf-16-le', BAD],
    ['\0\xf6\x01\0', 'utf-32-le', '\u{1f600}'],
    ['\0\0\xfe\xff\0\0\0a', 'utf-32', 'a'],
    ['\0\0\x11\0', 'utf-32-le', BAD],
    ['\x80\x9f\xe9', 'cp1252', '€Ÿé'],
    ['\x80', 'windows-1252', '€'],
    ['\x81', 'cp1252', BAD],
    ['\xe9', 'koi8-r', 'И'],
    ['\xe9', 'KOI8_U', 'И'],
    ['\x1a\x1c\x7f\x80', 'cp866', '\x1a\x1c\x7fА'],
    ['\x80\xfe', 'iso-8859-9', '\x80ş'],
    ['\xc4\xe3', 'gbk', '你'],
    ['\x80', 'gbk', BAD],
    ['\xb0\xa1', 'euc-kr', '가'],
    ['\x81', 'euc-kr', BAD],
    ['', 'no-such-codec', ''],
    ['a', 'no-such-codec', UNKNOWN],
    ['a', '__proto__', UNKNOWN],
    ['a', 'constructor', UNKNOWN],
    ['a', '', UNKNOWN],
  ])('%j as %s', (text, encoding, want) => expect(decode(text, encoding)).toBe(want));
});

describe('error handlers', () => {
  it.each([
    ['a\xe9b', 'ascii', 'ignore', 'ab'],
    ['a\xe9b', 'ascii', 'replace', 'a\ufffdb'],
    ['a\xe9b', 'ascii', 'backslashreplace', 'a\\xe9b'],
    ['a\xe9b', 'ascii', 'surrogateescape', 'a\udce9b'],
    ['a\xe9b', 'ascii', 'surrogatepass', BAD],
    ['a\xe9b', 'utf-8', 'replace', 'a\ufffdb'],
    ['\xe2\x82a', 'utf-8', 'replace', '\ufffda'],
    ['\xed\xa0\x80', 'utf-8', 'replace', '\ufffd\ufffd\ufffd'],
    ['\xed\xa0\x80', 'utf-8', 'surrogatepass', '\ud800'],
    ['\xed\xa0\x80\xff', 'utf-8', 'surrogatepass', BAD],
    ['\xf0\x9f\x98', 'utf-8', 'backslashreplace', '\\xf0\\x9f\\x98'],
    ['\0\xd8a\0', 'utf-16-le', 'surrogatepass', '\ud800a'],
    ['a\0b', 'utf-16-le', 'replace', 'a\ufffd'],
    ['\x81a', 'cp1252', 'replace', '\ufffda'],
    ['\x81a', 'cp1252', 'surrogateescape', '\udc81a'],
    ['a', 'ascii', 'no-such-handler', 'a'],
    ['\xe9', 'ascii', 'no-such-handler', UNKNOWN],
    ['\xe9', 'ascii', 'constructor', UNKNOWN],
    ['\x80', 'gbk', 'replace', BAD],
  ])('%j as %s, %s', (text, encoding, errors, want) => expect(decode(text, encoding, errors)).toBe(want));
});

describe('what a machine is told', () => {
  it.each([
    ['bytes', SETTING_BYTES_STRINGS],
    ['ASCII', SETTING_ASCII_STRINGS],
    ['latin1', SETTING_ASCII_STRINGS],
    ['utf-8', SETTING_ASCII_STRINGS],
    ['cp1252', SETTING_ASCII_STRINGS],
    ['utf-16', 0],
    ['UTF-32-BE', 0],
    ['no-such-codec', 0],
    ['Bytes', 0],
  ])('%s', (encoding, bits) => expect(settingBits(encoding)).toBe(bits));
});

/** Prints for each encoding on its input the 256 characters, or -1, and its aliases. */
const PYTHON = `
import encodings.aliases, json, sys
def character(byte, name):
    try: return ord(bytes([byte]).decode(name))
    except UnicodeDecodeError: return -1
print(json.dumps({name: [character(byte, name) for byte in range(256)] for name in json.load(sys.stdin)}))
`;

describe('encodings of one byte a character', () => {
  const python = python3();
  it.skipIf(python === null)(`are Python's, under every name${python === null ? ` (${NO_PYTHON})` : ''}`, () => {
    const names = [...singleByteTable().keys()];
    const run = spawnSync(python!, ['-c', PYTHON], { input: JSON.stringify(names), encoding: 'utf8' });
    expect(run.stderr).toBe('');
    const tables = JSON.parse(run.stdout) as Record<string, number[]>;
    for (const name of names) {
      const got = Array.from({ length: 256 }, (_, byte) => decode(String.fromCharCode(byte), name));
      const want = tables[name]!.map((point) => (point < 0 ? BAD : String.fromCharCode(point)));
      expect(got, name).toEqual(want);
    }
  });

  it('are quick and whole where the text is long', () => {
    expect(decode(`${'\xe9'.repeat(10_001)}a`, 'koi8-r')).toBe(`${'И'.repeat(10_001)}a`);
  });
});
