/** Text of lossless JSON to values. */
import { setOwn } from '../values/dicts.ts';
import type { JsonMaker } from './json-parser.ts';
import { parseMany, parseOne, type TextPieces } from './parse.ts';
import { fromLossless, type FromLosslessOptions } from './reader.ts';

/** As JSON.parse makes them. */
const MAKER: JsonMaker = {
  number: Number,
  object(keys, values) {
    const object: Record<string, unknown> = {};
    for (let i = 0; i < keys.length; i++) setOwn(object, keys[i]!, values[i]);
    return object;
  },
};

/** The value of a text of lossless JSON: of what `stringifyLossless` gives. @throws what `fromLossless` throws; JsonError */
export function parseLossless(text: string, options?: FromLosslessOptions): unknown {
  return fromLossless(parseOne(text, MAKER), options);
}

/** The same for text in pieces, which may hold several values one after another, as lines or without anything between. */
export async function* parseLosslessPieces(
  pieces: TextPieces,
  options?: FromLosslessOptions,
): AsyncGenerator<unknown, void> {
  for await (const node of parseMany(pieces, MAKER)) yield fromLossless(node, options);
}
