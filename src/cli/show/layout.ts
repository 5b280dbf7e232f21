/** Where parts of a value stand: in one line, in filled lines, or each on its own. */
import { stripVTControlCharacters } from 'node:util';
import { widthOfText } from '../../arrays/text/columns.ts';

/** Texts of at most so many columns share a line. */
const SHORT = 24;

export const INDENT = '  ';

/** Columns of one line; all that is no printable text in it are colours. */
export const widthOf = (line: string): number => widthOfText(stripVTControlCharacters(line));

export const isOneLine = (text: string): boolean => !text.includes('\n');

export const indented = (text: string): string => INDENT + text.replaceAll('\n', `\n${INDENT}`);

/** Columns that there are for a value. */
export interface Room {
  /** In its first line, behind the name that it has. */
  readonly first: number;
  /** In the lines below. */
  readonly below: number;
}

const MIN_WIDTH = 30;

export const roomOf = (width: number): Room => ({ first: width, below: width });

/** Room for a part that lies one level deeper, behind a name. */
export function roomInside({ below }: Room, nameWidth = 0): Room {
  const inner = Math.max(MIN_WIDTH, below - INDENT.length);
  return { first: inner - nameWidth, below: inner };
}

/**
 * Parts between brackets: in one line with commas where there is room, else below each other.
 * @param isFlat whether short parts share lines then
 */
export function bracketed(open: string, parts: readonly string[], close: string, room: Room, isFlat: boolean): string {
  if (parts.length === 0) return open + close;
  if (parts.every(isOneLine)) {
    const line = `${open}${parts.join(', ')}${close}`;
    if (widthOf(line) <= room.first) return line;
  }
  const isShort = isFlat && parts.every((part) => isOneLine(part) && widthOf(part) <= SHORT);
  const body = isShort ? filled(parts, room.below - INDENT.length) : parts.join('\n');
  return `${open}\n${indented(body)}\n${close}`;
}

function filled(parts: readonly string[], room: number): string {
  const lines: string[] = [];
  let line = '';
  parts.forEach((part, i) => {
    const next = i === parts.length - 1 ? part : `${part},`;
    if (line !== '' && widthOf(line) + 1 + widthOf(next) > room) {
      lines.push(line);
      line = next;
    } else line = line === '' ? next : `${line} ${next}`;
  });
  return [...lines, line].join('\n');
}

/** A title, and lines below it. */
export function titled(title: string, lines: readonly string[]): string {
  return [title, ...lines.map(indented)].join('\n');
}
