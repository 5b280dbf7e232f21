/** Python's error handlers for decoding: what becomes of bytes that an encoding does not know. */
import { pointAt, sequenceLength } from './utf8.ts';
import type { UnitWriter } from './units.ts';

/** The encodings that have surrogates, for `surrogatepass`. */
export type Family = 'utf-8' | 'utf-16-le' | 'utf-16-be' | 'utf-32-le' | 'utf-32-be';

export interface BadBytes {
  readonly bytes: Uint8Array;
  /** The bytes from `start` to `end` - 1 are wrong together. */
  readonly start: number;
  readonly end: number;
  readonly family: Family | undefined;
}

/** Writes what stands for the bad bytes. @returns how many bytes are done with; 0 where it refuses */
export type Handler = (bad: BadBytes, writer: UnitWriter) => number;

const REPLACEMENT = 0xfffd;

const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['strict', () => 0],
  ['ignore', ({ start, end }) => end - start],
  [
    'replace',
    ({ start, end }, writer) => {
      writer.push(REPLACEMENT);
      return end - start;
    },
  ],
  [
    'backslashreplace',
    ({ bytes, start, end }, writer) => {
      for (let i = start; i < end; i++) writer.pushText(`\\x${bytes[i]!.toString(16).padStart(2, '0')}`);
      return end - start;
    },
  ],
  [
    'surrogateescape',
    ({ bytes, start, end }, writer) => {
      // Bytes of ASCII are not escaped: the handler stops before them.
      let i = start;
      for (; i < end && bytes[i]! >= 0x80; i++) writer.push(0xdc00 + bytes[i]!);
      return i - start;
    },
  ],
  [
    'surrogatepass',
    ({ bytes, start, family }, writer) => {
      const width = family === undefined ? 0 : family === 'utf-8' ? 3 : family.startsWith('utf-16') ? 2 : 4;
      if (width === 0 || start + width > bytes.length) return 0;
      const point = surrogateAt(bytes, start, family!);
      if (point < 0xd800 || point > 0xdfff) return 0;
      writer.push(point);
      return width;
    },
  ],
]);

/** The handler of a name, or undefined where there is none. */
export function handlerOf(name: string): Handler | undefined {
  return handlers.get(name);
}

function surrogateAt(bytes: Uint8Array, at: number, family: Family): number {
  if (family === 'utf-8') return sequenceLength(bytes, at, true) === 3 ? pointAt(bytes, at, 3) : 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  const isLittle = family.endsWith('le');
  return family.startsWith('utf-16') ? view.getUint16(0, isLittle) : view.getUint32(0, isLittle);
}
