/** Which encodings are known, by Python's names and aliases, and how each decodes. */
import { asciiEnd, fromUnits, latin1 } from './latin1.ts';
import { singleByteTable, UNDEFINED } from './single-byte.ts';
import { pointAt, sequenceLength, strictUtf8 } from './utf8.ts';
import { wideStep, type Step } from './wide.ts';
import { checkStringUnits, type Where } from './where.ts';

export interface Codec {
  /** Whether ASCII bytes mean the characters of ASCII, wherever they stand. */
  readonly keepsAscii: boolean;
  /** The whole text at once, or undefined where that cannot be done: there are bad bytes, or there is no quick way. */
  quick(bytes: Uint8Array, where: Where): string | undefined;
  /** How to go character by character; undefined where only the quick way is there. */
  readonly step: ((bytes: Uint8Array) => Step) | undefined;
}

const ascii: Codec = {
  keepsAscii: true,
  quick: asciiText,
  step: (bytes) => ({
    start: 0,
    family: undefined,
    next(at, writer) {
      if (bytes[at]! >= 0x80) return -1;
      writer.push(bytes[at]!);
      return 1;
    },
  }),
};

const latin: Codec = { keepsAscii: true, quick: latin1, step: undefined };

function utf8Codec(dropsMark: boolean): Codec {
  const markLength = (bytes: Uint8Array): number =>
    dropsMark && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return {
    keepsAscii: true,
    quick: (bytes, where) => strictUtf8(bytes.subarray(markLength(bytes)), where),
    step: (bytes) => ({
      start: markLength(bytes),
      family: 'utf-8',
      next(at, writer) {
        const length = sequenceLength(bytes, at, false);
        if (length > 0) writer.push(pointAt(bytes, at, length));
        return length;
      },
    }),
  };
}

function wideCodec(width: 2 | 4, order: 'le' | 'be' | 'mark'): Codec {
  return {
    keepsAscii: false,
    quick: () => undefined,
    step: (bytes) => wideStep(bytes, width, order),
  };
}

function knownSingleByte(name: string): Codec | undefined {
  const upper = singleByteTable().get(name);
  return upper === undefined ? undefined : singleByteCodec(upper);
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

function asciiText(bytes: Uint8Array, where: Where): string | undefined {
  return asciiEnd(bytes) === bytes.length ? latin1(bytes, where) : undefined;
}

/** Codecs with all their names, folded. Built when first asked for, for few pickles have Python 2 strs that need one. */
const ROWS: readonly (readonly [names: string, make: () => Codec | undefined])[] = [
  [
    'ascii 646 ansi_x3_4_1968 ansi_x3_4_1986 cp367 csascii ibm367 iso646_us iso_646_irv_1991 iso_ir_6 us us_ascii',
    () => ascii,
  ],
  [
    'latin_1 8859 cp819 csisolatin1 ibm819 iso8859 iso8859_1 iso_8859_1 iso_8859_1_1987 iso_ir_100 l1 latin latin1',
    () => latin,
  ],
  ['utf_8 u8 utf utf8 utf8_ucs2 utf8_ucs4 cp65001', () => utf8Codec(false)],
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

const makers = new Map(ROWS.flatMap(([names, make]) => names.split(' ').map((name) => [name, make] as const)));
const made = new Map<string, Codec>();

/** The codec of an encoding's name, or undefined where it is not known here. */
export function codecOf(encoding: string): Codec | undefined {
  const name = fold(encoding);
  if (!made.has(name)) {
    const maker = makers.get(name);
    const codec = maker === undefined ? knownSingleByte(name) : maker();
    // Unknown names are not kept: they come from outside, and may be many.
    if (codec === undefined) return undefined;
    made.set(name, codec);
  }
  return made.get(name);
}

/** As Python folds names: letters and digits in lower case, one underscore for whatever lies between them. */
function fold(encoding: string): string {
  return encoding
    .toLowerCase()
    .split(/[^a-z0-9]/)
    .filter((part) => part !== '')
    .join('_');
}
