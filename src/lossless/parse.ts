/** JSON text to trees: one, or one after another from pieces. */
import { JsonError } from '../spec/json-error.ts';
import { JsonParser, type JsonMaker } from './json-parser.ts';

/** Text in pieces; bytes are UTF-8. */
export type TextPieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** Units of text that are parsed at a time: an error in the last value of much text does not keep the first ones back. */
const PIECE = 65536;

/** The tree of a text that holds one value. @throws JsonError */
export function parseOne(text: string, maker: JsonMaker): unknown {
  const parser = new JsonParser(maker);
  const values = [...parser.push(text), ...parser.end()];
  if (values.length !== 1) {
    throw new JsonError(
      '$',
      values.length === 0 ? 'There is no value.' : `There are ${values.length} values, not one.`,
    );
  }
  return values[0];
}

/** The trees of values that follow each other, with white space between or without. @throws JsonError */
export async function* parseMany(pieces: TextPieces, maker: JsonMaker): AsyncGenerator<unknown, void> {
  const parser = new JsonParser(maker);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const piece of pieces) {
    const text = typeof piece === 'string' ? piece : decoded(decoder, piece);
    for (let at = 0; at < text.length; at += PIECE) yield* parser.push(text.slice(at, at + PIECE));
  }
  yield* parser.push(decoded(decoder));
  yield* parser.end();
}

/** The next text; what is left over at the end. */
function decoded(decoder: TextDecoder, bytes?: Uint8Array): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch {
    throw new JsonError('$', 'The text is not valid UTF-8.');
  }
}
