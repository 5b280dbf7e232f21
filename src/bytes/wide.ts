/** UTF-16 and UTF-32, with Python's rules for what is wrong and how much of it at once. */
import type { Step } from './step.ts';
import type { UnitWriter } from './units.ts';

/**
 * Decodes units of `width` bytes.
 * @param order 'mark': by the byte order mark, which is dropped, and little-endian where there is none
 */
export function wideStep(bytes: Uint8Array, width: 2 | 4, order: 'le' | 'be' | 'mark'): Step {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const read = (at: number, isLittle: boolean): number =>
    width === 2 ? view.getUint16(at, isLittle) : view.getUint32(at, isLittle);
  let isLittle = order !== 'be';
  let start = 0;
  if (order === 'mark' && bytes.length >= width) {
    isLittle = read(0, false) !== MARK;
    if (read(0, isLittle) === MARK) start = width;
  }
  const next = width === 2 ? next16 : next32;
  return {
    start,
    family: `utf-${width === 2 ? 16 : 32}-${isLittle ? 'le' : 'be'}`,
    next(at, writer) {
      const left = bytes.length - at;
      // Python takes a unit that is cut as one fault.
      if (left < width) return -left;
      return next(at, left, writer, (where) => read(where, isLittle));
    },
  };
}

const MARK = 0xfeff;

type Read = (at: number) => number;

function next16(at: number, left: number, writer: UnitWriter, read: Read): number {
  const unit = read(at);
  if (unit < 0xd800 || unit > 0xdfff) {
    writer.push(unit);
    return 2;
  }
  if (unit >= 0xdc00) return -2;
  if (left < 4) return -left;
  const low = read(at + 2);
  if (low < 0xdc00 || low > 0xdfff) return -2;
  writer.push(0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff));
  return 4;
}

function next32(at: number, _left: number, writer: UnitWriter, read: Read): number {
  const point = read(at);
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return -4;
  writer.push(point);
  return 4;
}
