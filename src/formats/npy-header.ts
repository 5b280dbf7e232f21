/** The header of an .npy file: a dict as Python's source code writes it, read by its few words and never evaluated. */
import { pickleError, type PickleError } from '../spec/pickle-error.ts';

/** What a header may hold. A tuple is an array as a list is. */
export type Literal = string | number | boolean | null | readonly Literal[] | ReadonlyMap<string, Literal>;

/** Levels of tuples, lists and dicts. */
const MAX_DEPTH = 34;

const WORD = /[A-Za-z]+/y;
const NUMBER = /[+-]?\d{1,20}L?/y;
/** Quotes and what is between them, with backslashes before quotes and the like. */
const STRING = /u?(?:'((?:[^'\\\n]|\\[^\n])*)'|"((?:[^"\\\n]|\\[^\n])*)")/y;
const SPACE = /[ \t\r\n]*/y;
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs;
const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
const WORDS: ReadonlyMap<string, Literal> = new Map<string, Literal>([
  ['True', true],
  ['False', false],
  ['None', null],
]);

/**
 * The value of a literal, with spaces around it.
 * @param offset of the text in the file, for errors
 * @throws PickleError INVALID_HEADER on anything but a literal
 */
export function parseLiteral(text: string, offset: number): Literal {
  const parser = new Parser(text, offset);
  const value = parser.value(0);
  parser.end();
  return value;
}

class Parser {
  readonly #text: string;
  readonly #offset: number;
  #at = 0;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#offset = offset;
  }

  value(depth: number): Literal {
    if (depth > MAX_DEPTH) throw this.#error();
    this.#match(SPACE);
    const next = this.#text[this.#at];
    if (next === '{') return this.#dict(depth);
    if (next === '[') return this.#items(']', depth).items;
    if (next === '(') {
      const { items, hasComma } = this.#items(')', depth);
      // Brackets around one value are no tuple.
      return items.length === 1 && !hasComma ? items[0]! : items;
    }
    const string = this.#match(STRING);
    if (string !== null) return this.#unescaped(string[1] ?? string[2]!);
    const number = this.#match(NUMBER);
    if (number !== null) return this.#int(number[0]);
    const word = WORDS.get(this.#match(WORD)?.[0] ?? '');
    if (word === undefined) throw this.#error();
    return word;
  }

  end(): void {
    this.#match(SPACE);
    if (this.#at !== this.#text.length) throw this.#error();
  }

  #dict(depth: number): ReadonlyMap<string, Literal> {
    const dict = new Map<string, Literal>();
    this.#at++;
    while (!this.#takes('}')) {
      const key = this.value(depth + 1);
      if (typeof key !== 'string' || dict.has(key) || !this.#takes(':')) throw this.#error();
      dict.set(key, this.value(depth + 1));
      if (!this.#takes(',')) {
        if (this.#takes('}')) break;
        throw this.#error();
      }
    }
    return dict;
  }

  #items(closing: string, depth: number): { items: Literal[]; hasComma: boolean } {
    const items: Literal[] = [];
    let hasComma = false;
    this.#at++;
    while (!this.#takes(closing)) {
      items.push(this.value(depth + 1));
      if (this.#takes(',')) hasComma = true;
      else if (this.#takes(closing)) break;
      else throw this.#error();
    }
    return { items, hasComma };
  }

  #int(text: string): number {
    const value = Number(text.replace('L', ''));
    if (!Number.isSafeInteger(value)) throw this.#error();
    return value;
  }

  #unescaped(text: string): string {
    if (!text.includes('\\')) return text;
    return text.replace(ESCAPE, (_, x?: string, u?: string, long?: string, char?: string) => {
      const code = parseInt(x ?? u ?? long ?? '', 16);
      const made = char === undefined ? (code > 0x10ffff ? undefined : String.fromCodePoint(code)) : ESCAPED.get(char);
      if (made === undefined) throw this.#error();
      return made;
    });
  }

  #takes(char: string): boolean {
    this.#match(SPACE);
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }

  #error(): PickleError {
    const place = this.#offset + this.#at;
    const detail = `The header of an .npy file is no dict of plain values: see byte ${place}.`;
    return pickleError('INVALID_HEADER', { offset: 0, detail });
  }
}
