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
  const frames: Frame[] = [];
  let out = open(root);
  while (frames.length > 0) {
    const frame = frames[frames.length - 1]!;
    if (frame.at === frame.values.length) {
      frames.pop();
      out += newLine() + (frame.keys === null ? ']' : '}');
    } else {
      const index = frame.at++;
      if (index > 0) out += style.comma;
      out += newLine();
      if (frame.keys !== null) out += asciiJson(frame.keys[index]!) + style.colon;
      out += open(frame.values[index]);
    }
    if (out.length >= pieceLength) {
      yield out;
      out = '';
    }
  }
  if (out !== '') yield out;

  /** All of a scalar or an empty container, the bracket of any other. */
  function open(node: unknown): string {
    if (typeof node === 'string') return asciiJson(node);
    if (typeof node !== 'object' || node === null) return String(node);
    if (Array.isArray(node)) {
      if (node.length === 0) return '[]';
      frames.push({ keys: null, values: node, at: 0 });
      return '[';
    }
    const keys = Object.keys(node);
    if (keys.length === 0) return '{}';
    if (style.sortKeys) keys.sort();
    frames.push({ keys, values: keys.map((key) => (node as Record<string, unknown>)[key]), at: 0 });
    return '{';
  }

  function newLine(): string {
    if (style.indent === 0) return '';
    return `\n${' '.repeat(style.indent * Math.min(frames.length, MAX_INDENT_LEVELS))}`;
  }
}

const PLAIN = /^[ !#-[\]-~]*$/;
const OTHER = /[\x7f-\uffff]/g;

/** A JSON string of nothing but printable ASCII, as Python writes it: DEL too is escaped, lone surrogates are kept. */
export function asciiJson(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(OTHER, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
