/** JSON text of nodes that are nested too deep for JSON.stringify, which overflows at a depth of some 3,000. */

export interface TextStyle {
  /** Between the items of a list or object: ',' and more. */
  readonly comma: string;
  /** Between a key and its value. */
  readonly colon: string;
  readonly sortKeys: boolean;
  /** Spaces for each level, or 0 for all in one line. Beyond 64 levels it grows no more: depth would be squared. */
  readonly indent: number;
}

const MAX_INDENT_LEVELS = 64;

interface Frame {
  /** Null for a list. */
  readonly keys: readonly string[] | null;
  readonly values: readonly unknown[];
  at: number;
}

/** JSON text of plain arrays, objects and scalars, in pieces of at least `pieceLength` units. */
export function* jsonPieces(root: unknown, style: TextStyle, pieceLength: number): Generator<string, void> {
  const writer = new Writer(root, style);
  for (let piece = writer.piece(pieceLength); piece !== ''; piece = writer.piece(pieceLength)) yield piece;
}

/** A class, not a generator: three times as fast. */
class Writer {
  readonly #style: TextStyle;
  readonly #frames: Frame[] = [];
  #out: string;

  constructor(root: unknown, style: TextStyle) {
    this.#style = style;
    this.#out = this.#open(root);
  }

  /** The next piece, or '' at the end. */
  piece(length: number): string {
    const { comma, colon, indent } = this.#style;
    const frames = this.#frames;
    let out = this.#out;
    while (out.length < length && frames.length > 0) {
      const { keys, values, at } = frames[frames.length - 1]!;
      if (at === values.length) {
        frames.pop();
        if (indent > 0) out += this.#newLine();
        out += keys === null ? ']' : '}';
        continue;
      }
      frames[frames.length - 1]!.at++;
      if (at > 0) out += comma;
      if (indent > 0) out += this.#newLine();
      if (keys !== null) out += asciiJson(keys[at]!) + colon;
      out += this.#open(values[at]);
    }
    this.#out = '';
    return out;
  }

  /** All of a scalar or an empty container, the bracket of any other. */
  #open(node: unknown): string {
    if (typeof node === 'string') return asciiJson(node);
    if (typeof node !== 'object' || node === null) return String(node);
    if (Array.isArray(node)) {
      if (node.length === 0) return '[]';
      this.#frames.push({ keys: null, values: node, at: 0 });
      return '[';
    }
    const keys = Object.keys(node);
    if (keys.length === 0) return '{}';
    const first = (node as Record<string, unknown>)[keys[0]!];
    // {"int": "1"} and the like: most of the nodes there are.
    if (keys.length === 1 && typeof first === 'string' && this.#style.indent === 0) {
      return `{${asciiJson(keys[0]!)}${this.#style.colon}${asciiJson(first)}}`;
    }
    if (this.#style.sortKeys) keys.sort();
    this.#frames.push({ keys, values: keys.map((key) => (node as Record<string, unknown>)[key]), at: 0 });
    return '{';
  }

  #newLine(): string {
    return `\n${' '.repeat(this.#style.indent * Math.min(this.#frames.length, MAX_INDENT_LEVELS))}`;
  }
}

const PLAIN = /^[ !#-[\]-~]*$/;
const OTHER = /[\x7f-\uffff]/g;

/** A JSON string of nothing but printable ASCII, as Python writes it: DEL too is escaped, lone surrogates are kept. */
export function asciiJson(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(OTHER, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
