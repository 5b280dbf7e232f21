/** Arrays as numpy prints them: in rows, and of large ones the corners. */
import { readerOf } from '../elements.ts';
import { sizeOf } from '../shape.ts';
import type { ArrayView } from '../view.ts';
import { elementFormat } from './element-format.ts';

export interface ArrayTextOptions {
  /** Characters in a line. Default 75. */
  readonly width?: number | undefined;
  /** Arrays of more elements are shown by their corners. Default 200. */
  readonly threshold?: number | undefined;
  /** Lines that an array may take, about; more are elided. Default 30. */
  readonly lines?: number | undefined;
  /** Elements at each end of an axis in a corner, at most: less where that would be too many lines. Default 3. */
  readonly edge?: number | undefined;
  /** Digits behind the point. Default 8, as numpy has it. */
  readonly precision?: number | undefined;
  /** Of the array's shape: true where an element is missing. It is shown as `--`. */
  readonly mask?: ArrayView | undefined;
  /** Prints an object of an object array. Default: as String does. */
  readonly part?: ((object: unknown) => string) | undefined;
}

/** Places along an axis that are shown; -1 stands for those that are not. */
type Shown = readonly number[];

const GAP = -1;
/** Lines of a corner of the smallest kind, beyond which there is none: an array of 30 dimensions has 2^30 corners. */
const MAX_LINES = 200;
/** Characters of one element. */
const MAX_WORD = 200;

/** The elements of an array in brackets; of no dimensions, the element. Time and size are those of what is shown. */
export function arrayText(array: ArrayView, options: ArrayTextOptions = {}): string {
  const { shape, descr } = array;
  const { width = 75, precision = 8, part = String } = options;
  if (sizeOf(shape) === 0) return '[]';
  const axes = shownOf(shape, options);
  if (axes === undefined) return '[...]';
  const elements = shownElements(array, axes);
  const missing = options.mask === undefined ? undefined : shownElements(options.mask, axes);
  const present = missing === undefined ? elements : elements.filter((_, i) => missing[i] !== true);
  const format = elementFormat(descr, present, { precision, part, isAlone: shape.length === 0 });
  const words = elements.map((element, i) => (missing?.[i] === true ? '--' : wordOf(format(element))));
  if (shape.length === 0) return words[0]!;
  const most = missing === undefined ? 0 : Math.max(...words.map((word) => word.length));
  const rows = new Rows(axes, words.map((word) => word.padStart(most)).values());
  return rows.text(0, ' ', width);
}

function shownElements({ data, descr, strides, offset }: ArrayView, axes: readonly Shown[]): unknown[] {
  const read = readerOf(data, descr);
  return Array.from(placesOf(axes, strides, offset), read);
}

function shownOf(
  shape: readonly number[],
  { threshold = 200, lines = 30, edge = 3 }: ArrayTextOptions,
): Shown[] | undefined {
  const linesOf = (most: number): number =>
    shape.slice(0, -1).reduce((product, length) => product * Math.min(length, 2 * most + 1), 1);
  if (sizeOf(shape) <= threshold && linesOf(Infinity) <= lines) return shape.map((length) => [...Array(length).keys()]);
  let most = edge;
  while (most > 1 && linesOf(most) > lines) most--;
  if (linesOf(most) > Math.max(lines, MAX_LINES)) return undefined;
  return shape.map((length) => {
    if (length <= 2 * most) return [...Array(length).keys()];
    const ends = Array.from({ length: most }, (_, i) => i);
    return [...ends, GAP, ...ends.map((i) => length - most + i)];
  });
}

function* placesOf(
  axes: readonly Shown[],
  strides: readonly number[],
  offset: number,
  axis = 0,
): Generator<number, void> {
  if (axis === axes.length) {
    yield offset;
    return;
  }
  for (const i of axes[axis]!) if (i !== GAP) yield* placesOf(axes, strides, offset + i * strides[axis]!, axis + 1);
}

/** In one line. */
function wordOf(text: string): string {
  const line = text.replaceAll(/\n\s*/g, ' ');
  return line.length > MAX_WORD ? `${line.slice(0, MAX_WORD)}...` : line;
}

class Rows {
  readonly #axes: readonly Shown[];
  readonly #words: Iterator<string, undefined>;

  constructor(axes: readonly Shown[], words: Iterator<string, undefined>) {
    this.#axes = axes;
    this.#words = words;
  }

  /** @param indent of the lines below the first */
  text(axis: number, indent: string, width: number): string {
    const left = this.#axes.length - axis;
    if (left === 1) return `[${this.#row(this.#axes[axis]!, indent, width)}]`;
    const parts = this.#axes[axis]!.map((i) => (i === GAP ? '...' : this.text(axis + 1, `${indent} `, width - 1)));
    return `[${parts.join(`\n${'\n'.repeat(left - 2)}${indent}`)}]`;
  }

  #row(shown: Shown, indent: string, width: number): string {
    const lines: string[] = [];
    let line = indent;
    shown.forEach((i, place) => {
      const word = i === GAP ? '...' : this.#words.next().value!;
      // One character is kept for the bracket at the end.
      if (line.length + word.length > width - 1 && line.length > indent.length) {
        lines.push(line.trimEnd());
        line = indent;
      }
      line += place === shown.length - 1 ? word : `${word} `;
    });
    return [...lines, line].join('\n').slice(indent.length);
  }
}

/** A shape as Python writes a tuple: `(3,)`. */
export const shapeText = (shape: readonly number[]): string => `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;

/** A title and what is below it: in one line where that is one. */
export const titled = (title: string, text: string): string =>
  text.includes('\n') ? `${title}\n  ${text.replaceAll('\n', '\n  ')}` : `${title} ${text}`;
