/** Lossless JSON as text. */
import { jsonPieces } from './json-text.ts';
import { toLossless, type ToLosslessOptions } from './nodes.ts';

/** Units of text in one piece, at least; the last may be shorter. */
const PIECE = 65536;

export interface LosslessTextOptions extends ToLosslessOptions {
  /** Spaces for each level; 0, the default, for all in one line. */
  readonly indent?: number | undefined;
}

/**
 * The lossless JSON of a value: ASCII in one line, as Python's `json.dumps(node, separators=(',', ':'))` gives it, or
 * with `options.indent` spaces a level.
 */
export function stringifyLossless(value: unknown, options: LosslessTextOptions = {}): string {
  return [...losslessPieces(value, options)].join('');
}

/** The same in pieces, for text that may be longer than a string can be (2^29 units). */
export function losslessPieces(value: unknown, options: LosslessTextOptions = {}): Generator<string, void> {
  const indent = options.indent ?? 0;
  return jsonPieces(
    toLossless(value, options),
    { comma: ',', colon: indent === 0 ? ':' : ': ', sortKeys: false, indent },
    PIECE,
  );
}
