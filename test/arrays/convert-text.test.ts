/** UCS-4 to strings: both paths against a slow reference that is plain to see. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Converters } from '../../src/arrays/convert/converters.ts';
import * as convert from '../../src/arrays/convert/index.ts';
import { PickleError } from '../../src/spec/pickle-error.ts';
import { ENGINES } from '../support/engines.ts';
import { expectSame, PATHS, shifted, view } from './convert-support.ts';

function ucs4Slowly(bytes: Uint8Array, width: number, bigEndian: boolean): string[] {
  const strings: string[] = [];
  for (let at = 0; at < bytes.length; at += 4 * width) {
    const characters = Array.from({ length: width }, (_, k) => view(bytes).getUint32(at + 4 * k, !bigEndian));
    while (characters.at(-1) === 0) characters.pop();
    strings.push(characters.map((one) => String.fromCodePoint(one)).join(''));
  }
  return strings;
}

function ucs4Bytes(characters: readonly number[], bigEndian = false, offset = 0): Uint8Array {
  const bytes = shifted(new Uint8Array(4 * characters.length), offset);
  characters.forEach((one, i) => view(bytes).setUint32(4 * i, one, !bigEndian));
  return bytes;
}

/** The strings of one window, by one path. */
function cut(path: Converters, bytes: Uint8Array, width: number, bigEndian: boolean): string[] {
  const { text, ends } = path.joinUcs4(bytes, width, bigEndian)!;
  return Array.from(ends, (end, i) => text.substring(i === 0 ? 0 : ends[i - 1]!, end));
}

describe.each(ENGINES)('UCS-4, %s', (engine) => {
  const path = PATHS[engine];

  it('make strings of UCS-4', () => {
    const character = fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 0xff }) },
      fc.integer({ min: 0xd800, max: 0xdfff }),
      fc.integer({ min: 0, max: 0xffff }),
      fc.integer({ min: 0x10000, max: 0x10ffff }),
    );
    const limits = fc.constantFrom(0xff, 0xffff, 0x10ffff);
    const input = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.boolean(), fc.integer({ min: 0, max: 3 }), limits);
    fc.assert(
      fc.property(input, fc.array(character, { minLength: 40, maxLength: 400 }), (how, characters) => {
        const [width, bigEndian, offset, limit] = how;
        const some = characters.slice(0, characters.length - (characters.length % width));
        const bytes = ucs4Bytes(
          some.map((one) => Math.min(one, limit)),
          bigEndian,
          offset,
        );
        expect(cut(path, bytes, width, bigEndian)).toEqual(ucs4Slowly(bytes, width, bigEndian));
      }),
      { numRuns: 300 },
    );
  });

  it('refuse UCS-4 above U+10FFFF', () => {
    for (const wrong of [0x110000, 0x7fffffff, 0x80000000, 0xffffffff]) {
      for (const bigEndian of [true, false]) {
        const bytes = ucs4Bytes([65, 66, 67, wrong, 68, 0], bigEndian);
        expect(path.joinUcs4(bytes, 3, bigEndian)).toBe(null);
      }
    }
  });
});

describe('UCS-4', () => {
  it('cut text into strings, over the ends of windows', () => {
    for (const width of [1, 5, 12, 13, 100, 16_384, 16_385, 40_000]) {
      const count = Math.ceil(50_000 / width);
      for (const limit of [0x7f, 0xffff, 0x10ffff]) {
        const characters = Array.from({ length: count * width }, (_, i) => ((i * 7919) % limit) * Number(i % 9 < 6));
        for (const bigEndian of [true, false]) {
          const bytes = ucs4Bytes(characters, bigEndian, 1);
          expectSame(convert.ucs4ToStrings(bytes, width, bigEndian), ucs4Slowly(bytes, width, bigEndian));
        }
      }
    }
    expect(convert.ucs4ToStrings(new Uint8Array(0), 0)).toEqual([]);
    expect(convert.ucs4ToStrings(new Uint8Array(24), 2)).toEqual(['', '', '']);
  });

  it('refuse what is no text', () => {
    for (const count of [3, 3000]) {
      const bytes = ucs4Bytes(Array.from({ length: count }, (_, i) => (i === count - 1 ? 0x110000 : 65)));
      expect(() => convert.ucs4ToStrings(bytes, 3)).toThrow(PickleError);
      expect(() => convert.ucs4ToStrings(bytes, 3)).toThrow(/^INVALID_STATE/);
    }
  });
});
