/** The encodings, and names of encodings, that few ask for: UTF-16, UTF-32, one byte a character, two of two bytes. */
import { ascii, asciiText, latin, utf8Codec, type Codec } from './codec-table.ts';
import { asciiEnd, fromUnits } from './latin1.ts';
import { singleByteTable, UNDEFINED } from './single-byte.ts';
import { wideStep } from './wide.ts';
import { checkStringUnits, type Where } from './where.ts';

function wideCodec(width: 2 | 4, order: 'le' | 'be' | 'mark'): Codec {
  return {
    keepsAscii: false,
    quick: () => undefined,
    step: (bytes) => wideStep(bytes, width, order),
  };
}

/** One character a byte; `upper` is what the bytes from 80 on mean. */
function singleByteCodec(upper: string): Codec {
  const table = Uint16Array.from({ length: 256 }, (_, byte) => (byte < 0x80 ? byte : upper.charCodeAt(byte - 0x80)));
  return {
    keepsAscii: true,
    quick: (bytes, where) => asciiText(bytes, where) ?? mappedText(bytes, table, where),
    step: (bytes) => ({
      start: 0,
      family: undefined,
      next(at, writer) {
        const unit = table[bytes[at]!]!;
        if (unit === UNDEFINED) return -1;
        writer.push(unit);
        return 1;
      },
    }),
  };
}

const mapped = new Uint16Array(4096);

/** The text of bytes by a table, or undefined where one of them means nothing. */
function mappedText(bytes: Uint8Array, table: Uint16Array, where: Where): string | undefined {
  checkStringUnits(bytes.length, where);
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += mapped.length) {
    const count = Math.min(mapped.length, bytes.length - from);
    for (let i = 0; i < count; i++) {
      const unit = table[bytes[from + i]!]!;
      if (unit === UNDEFINED) return undefined;
      mapped[i] = unit;
    }
    parts.push(fromUnits(mapped.subarray(0, count)));
  }
  return parts.join('');
}

/**
 * Two bytes a character beside ASCII, by the platform's tables. Of the two that are used here, what is let through is what
 * Python has, character by character; the tables of Big5, Shift JIS and others differ, and are left out.
 * @param least the least lead byte, and the least byte that may follow it; both go up to FE, and 7F is none
 */
function pairsCodec(label: string, least: readonly [lead: number, trail: number]): Codec | undefined {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch {
    // A platform without its tables.
    return undefined;
  }
  return {
    keepsAscii: true,
    quick(bytes) {
      if (!isPaired(bytes, least)) return undefined;
      try {
        const text = decoder.decode(bytes);
        return FOREIGN.test(text) ? undefined : text;
      } catch {
        return undefined;
      }
    },
    step: undefined,
  };
}

/** What platforms decode and Python does not: characters of private use, and the filler that begins a spelt-out syllable. */
const FOREIGN = /[\u3164\ue000-\uf8ff]/;

function isPaired(bytes: Uint8Array, [lead, trail]: readonly [number, number]): boolean {
  let i = asciiEnd(bytes);
  while (i < bytes.length) {
    const first = bytes[i]!;
    const second = bytes[i + 1] ?? 0;
    if (first < lead || first > 0xfe || second < trail || second > 0xfe || second === 0x7f) return false;
    i = asciiEnd(bytes, i + 2);
  }
  return true;
}

/** Codecs with all their names, folded; of the core's, the names that few use. */
const ROWS: readonly (readonly [names: string, make: () => Codec | undefined])[] = [
  ['ansi_x3_4_1968 ansi_x3_4_1986 cp367 csascii ibm367 iso646_us iso_646_irv_1991 iso_ir_6 us', () => ascii],
  ['cp819 csisolatin1 ibm819 iso8859 iso_8859_1_1987 iso_ir_100', () => latin],
  ['utf8_ucs2 utf8_ucs4 cp65001', () => utf8Codec(false)],
  ['utf_8_sig', () => utf8Codec(true)],
  ['utf_16 u16 utf16', () => wideCodec(2, 'mark')],
  ['utf_16_le utf_16le unicodelittleunmarked', () => wideCodec(2, 'le')],
  ['utf_16_be utf_16be unicodebigunmarked', () => wideCodec(2, 'be')],
  ['utf_32 u32 utf32', () => wideCodec(4, 'mark')],
  ['utf_32_le utf_32le', () => wideCodec(4, 'le')],
  ['utf_32_be utf_32be', () => wideCodec(4, 'be')],
  ['gbk 936 cp936 ms936', () => pairsCodec('gbk', [0x81, 0x40])],
  [
    'euc_kr euckr korean ksc5601 ks_c_5601 ks_c_5601_1987 ksx1001 ks_x_1001 x_mac_korean',
    () => pairsCodec('euc-kr', [0xa1, 0xa1]),
  ],
];

/** The codec of a folded name, made anew; undefined where there is none. */
export function findMoreCodecs(name: string): Codec | undefined {
  const row = ROWS.find(([names]) => names.split(' ').includes(name));
  if (row !== undefined) return row[1]();
  const upper = singleByteTable().get(name);
  return upper === undefined ? undefined : singleByteCodec(upper);
}
