/** Text in columns, as a terminal shows it. */

/** What takes no column of its own. Made when it is first needed, as in repr.ts. */
let nothing: RegExp | undefined;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const PLAIN = /^[ -~]*$/;

/** Columns of a terminal that a text takes: East Asian characters take two. */
export function widthOfText(text: string): number {
  if (PLAIN.test(text)) return text.length;
  nothing ??= new RegExp(String.raw`[\p{Mn}\p{Me}\p{Cf}]`, 'u');
  let width = 0;
  for (const char of text) width += nothing.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return width;
}

export const padLeft = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - widthOfText(text))) + text;

export const padRight = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOfText(text)));

/** In one line of at most so many characters. */
export function shortened(text: string, most: number): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ');
  return line.length > most ? `${line.slice(0, Math.max(0, most - 3))}...` : line;
}

/** One column of a table. */
export interface TableColumn {
  /** What stands above it, a text for each line. */
  readonly head: readonly string[];
  readonly cells: readonly string[];
  readonly isLeft?: boolean | undefined;
}

const GAP = '  ';

/**
 * A table: the first columns as they are, of the others as many as there is room for, from both ends.
 * @param fixed how many of the columns are labels of the rows, which always stand there
 */
export function tableText(columns: readonly TableColumn[], fixed: number, width: number): string {
  const texts = columns.map(columnLines);
  const widths = texts.map(([line = '']) => widthOfText(line) + GAP.length);
  const shown = placesThatFit(widths, fixed, width);
  const gap = (texts[0] ?? []).map((_, row) => (row === 0 || row >= (columns[0]?.head.length ?? 0) ? '...' : '   '));
  const lines = shown.map((place) => (place < 0 ? gap : texts[place]!));
  return (texts[0] ?? [])
    .map((_, row) =>
      lines
        .map((line) => line[row]!)
        .join(GAP)
        .trimEnd(),
    )
    .join('\n');
}

function columnLines({ head, cells, isLeft }: TableColumn): string[] {
  const all = [...head, ...cells];
  const width = Math.max(0, ...all.map(widthOfText));
  return all.map((text) => (isLeft === true ? padRight(text, width) : padLeft(text, width)));
}

/** Places of columns in their order; -1 for those that are left out. */
export function placesThatFit(widths: readonly number[], fixed: number, width: number): number[] {
  const all = [...widths.keys()];
  const total = widths.reduce((sum, one) => sum + one, 0) - GAP.length;
  if (total <= width) return all;
  let room = width - widths.slice(0, fixed).reduce((sum, one) => sum + one, 0) - 3;
  let first = fixed;
  let last = widths.length;
  // From the front and the back in turn; one column at least.
  for (let turn = 0; first < last; turn++) {
    const next = widths[turn % 2 === 0 ? first : last - 1]!;
    if (next > room && first > fixed) break;
    room -= next;
    if (turn % 2 === 0) first++;
    else last--;
  }
  return first === last ? all : [...all.slice(0, first), -1, ...all.slice(last)];
}
