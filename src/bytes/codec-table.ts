/** Which encodings are known, by Python's names, and how each decodes: the few that the core has. */
import { asciiEnd, latin1 } from './latin1.ts';
import { pointAt, sequenceLength, strictUtf8 } from './utf8.ts';
import type { Step } from './step.ts';
import type { Where } from './where.ts';

export interface Codec {
  /** Whether ASCII bytes mean the characters of ASCII, wherever they stand. */
  readonly keepsAscii: boolean;
  /** The whole text at once, or undefined where that cannot be done: there are bad bytes, or there is no quick way. */
  quick(bytes: Uint8Array, where: Where): string | undefined;
  /** How to go character by character; undefined where only the quick way is there. */
  readonly step: ((bytes: Uint8Array) => Step) | undefined;
}

export const ascii: Codec = {
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

export const latin: Codec = { keepsAscii: true, quick: latin1, step: undefined };

export function utf8Codec(dropsMark: boolean): Codec {
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

/** The text of bytes that are all ASCII, else undefined. */
export function asciiText(bytes: Uint8Array, where: Where): string | undefined {
  return asciiEnd(bytes) === bytes.length ? latin1(bytes, where) : undefined;
}

/** Codecs with their usual names, folded. */
const ROWS: readonly (readonly [names: string, codec: Codec])[] = [
  ['ascii us_ascii 646', ascii],
  ['latin_1 latin1 latin l1 iso_8859_1 iso8859_1 8859', latin],
  ['utf_8 utf8 utf u8', /* @__PURE__ */ utf8Codec(false)],
];

/** Finds a codec by its folded name. */
export type FindCodec = (name: string) => Codec | undefined;

let findMore: FindCodec | undefined;

/** Makes further codecs known. For the package's entry modules: a bundle of the core has the few above. */
export function knowCodecs(find: FindCodec): void {
  findMore = find;
}

/** Whether the core's codecs are all there are. */
export function hasFewCodecs(): boolean {
  return findMore === undefined;
}

/** By the folded name: made when first asked for, and only those of names that are known. */
const made = new Map<string, Codec>();

/** The codec of an encoding's name, or undefined where it is not known here. */
export function codecOf(encoding: string): Codec | undefined {
  const name = fold(encoding);
  let codec = made.get(name);
  if (codec !== undefined) return codec;
  codec = ROWS.find(([names]) => names.split(' ').includes(name))?.[1] ?? findMore?.(name);
  // Unknown names are not kept: they come from outside, and may be many.
  if (codec !== undefined) made.set(name, codec);
  return codec;
}

/** As Python folds names: letters and digits in lower case, one underscore for whatever lies between them. */
function fold(encoding: string): string {
  return encoding
    .toLowerCase()
    .split(/[^a-z0-9]/)
    .filter((part) => part !== '')
    .join('_');
}
