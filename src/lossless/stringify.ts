/** Lossless JSON as text. */
import { jsonPieces } from './json-text.ts';
import { toLossless } from './nodes.ts';

/** Units of text in one piece, at least; the last may be shorter. */
const PIECE = 65536;

/**
 * The lossless JSON of a value: ASCII in one line, as Python's `json.dumps(node, separators=(',', ':'))` gives it, or
 * with `indent` spaces a level.
 */
export function stringifyLossless(value: unknown, indent = 0): string {
  return [...losslessPieces(value, indent)].join('');
}

/** The same in pieces, for text that may be longer than a string can be (2^29 units). */
export function losslessPieces(value: unknown, indent = 0): Generator<string, void> {
  return jsonPieces(
    toLossless(value),
    { comma: ',', colon: indent === 0 ? ':' : ': ', sortKeys: false, indent },
    PIECE,
  );
}
