/** The order of a set's items: by the text that Python's `json.dumps(node, sort_keys=True)` gives. */
import { jsonPieces, type TextStyle } from './json-text.ts';

const PYTHON: TextStyle = { comma: ', ', colon: ': ', sortKeys: true, indent: 0 };

/**
 * Units of text that are made of each item. Most differ in them; only where two begin alike are they compared to the
 * end, piece by piece. A set in a set, and so on 10^5 deep, would else make texts of a length squared.
 */
const BEGINNING = 256;

/** Sorts the nodes of a set's items, in place; or whatever goes with such nodes. */
export function sortItems<T>(items: T[], nodeOf: (item: T) => unknown = (item) => item): void {
  if (items.length < 2) return;
  const keyed = items.map((item) => {
    const beginning = (pieces(nodeOf(item)).next().value ?? '').slice(0, BEGINNING);
    return { item, beginning };
  });
  keyed.sort((a, b) => {
    // No JSON text is the beginning of another, but for numbers, and a node is never a bare number.
    if (a.beginning !== b.beginning) return a.beginning < b.beginning ? -1 : 1;
    return a.beginning.length < BEGINNING ? 0 : compareTexts(pieces(nodeOf(a.item)), pieces(nodeOf(b.item)));
  });
  for (let i = 0; i < keyed.length; i++) items[i] = keyed[i]!.item;
}

const pieces = (node: unknown): Generator<string, void> => jsonPieces(node, PYTHON, BEGINNING);

/** Compares two texts that come in pieces of any length. */
function compareTexts(a: Iterator<string, void>, b: Iterator<string, void>): number {
  let left = '';
  let right = '';
  for (;;) {
    if (left === '') left = a.next().value ?? '';
    if (right === '') right = b.next().value ?? '';
    if (left === '' || right === '') return left.length - right.length;
    const length = Math.min(left.length, right.length);
    const [one, other] = [left.slice(0, length), right.slice(0, length)];
    if (one !== other) return one < other ? -1 : 1;
    left = left.slice(length);
    right = right.slice(length);
  }
}
