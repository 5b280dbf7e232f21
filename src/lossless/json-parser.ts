/**
 * JSON text to trees, in pieces and without a stack of calls: text may be longer than a string can be, values may follow
 * each other, and lie a million levels within each other. Numbers come as their text, which JSON.parse throws away.
 */
import { JsonError } from '../spec/json-error.ts';
import { keyStep, pathText } from './paths.ts';

/** What is made of numbers and objects; lists become Arrays. */
export interface JsonMaker {
  /**
   * @param text as JSON has it, or `NaN`, `Infinity`, `-Infinity`, which Python writes
   * @param offset of the number's end, for errors
   */
  number(text: string, offset: number): unknown;
  object(keys: readonly string[], values: readonly unknown[]): object;
}

/** A list or object that is being read: `keys` is null in a list. */
interface Frame {
  readonly keys: string[] | null;
  readonly values: unknown[];
}

/** What may come next: in `first` ways a container may also end. */
type Expected = 'value' | 'first value' | 'first key' | 'key' | 'colon' | 'comma';

/** The longest string that JavaScript can hold. */
const MAX_STRING = 2 ** 29 - 24;
/** A quote, a backslash, a control character. */
const SPECIAL_IN_STRING = /[^ !#-[\]-\uffff]/g;
const TOKEN_END = /[ \t\r\n,:[\]{}"]/g;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['null', null],
  ['true', true],
  ['false', false],
]);
const NOT_FINITE: ReadonlySet<string> = new Set(['NaN', 'Infinity', '-Infinity']);
/** Units of a number or word: regular expressions take memory for each. */
const MAX_TOKEN = 2 ** 20;
/** Characters of a wrong token that are told. */
const MAX_TOLD = 40;

export class JsonParser {
  readonly #maker: JsonMaker;
  readonly #frames: Frame[] = [];
  #expected: Expected = 'value';
  /** Text of a string or of another token that goes on in the next piece. */
  #string: string | null = null;
  #isEscaped = false;
  #token = '';
  #done: unknown[] = [];
  /** What is wrong behind the values that were given last. */
  #failure: unknown;
  /** Units before this piece, lines so far, and where the line begins. */
  #before = 0;
  #line = 1;
  #lineStart = 0;

  constructor(maker: JsonMaker) {
    this.#maker = maker;
  }

  /**
   * Reads the next piece of text: the values that are complete by it.
   * @throws JsonError; where there are values before what is wrong, they are given, and the next call throws
   */
  push(text: string): unknown[] {
    if (this.#failure !== undefined) throw this.#failure;
    this.#done = [];
    try {
      this.#read(text);
    } catch (error) {
      if (this.#done.length === 0) throw error;
      this.#failure = error;
    }
    this.#before += text.length;
    return this.#done;
  }

  /** The last value, where the text ends with a number or a word. @throws JsonError where one is not complete */
  end(): unknown[] {
    if (this.#failure !== undefined) throw this.#failure;
    this.#done = [];
    if (this.#token !== '') this.#endToken(0);
    if (this.#frames.length > 0 || this.#string !== null) this.#refuse('The JSON text is cut short.', 0);
    return this.#done;
  }

  #read(text: string): void {
    let at = 0;
    while (at < text.length) {
      if (this.#string !== null) at = this.#inString(text, at);
      else at = this.#token === '' ? this.#next(text, at) : this.#inToken(text, at);
    }
  }

  #next(text: string, at: number): number {
    switch (text.charCodeAt(at)) {
      case 0x0a:
        this.#line++;
        this.#lineStart = this.#before + at + 1;
        return at + 1;
      case 0x20:
      case 0x09:
      case 0x0d:
        return at + 1;
      case 0x22: // "
        if (!this.#wantsValue() && !this.#expected.endsWith('key')) this.#unexpected(text, at);
        this.#string = '';
        return at + 1;
      case 0x5b: // [
        this.#open(text, at, { keys: null, values: [] }, 'first value');
        return at + 1;
      case 0x7b: // {
        this.#open(text, at, { keys: [], values: [] }, 'first key');
        return at + 1;
      case 0x5d: // ]
      case 0x7d: // }
        this.#close(text, at);
        return at + 1;
      case 0x2c: // ,
        if (this.#expected !== 'comma') this.#unexpected(text, at);
        this.#expected = this.#frames[this.#frames.length - 1]!.keys === null ? 'value' : 'key';
        return at + 1;
      case 0x3a: // :
        if (this.#expected !== 'colon') this.#unexpected(text, at);
        this.#expected = 'value';
        return at + 1;
      case 0xfeff:
        // A mark of the byte order, which some programs of Windows put first.
        if (this.#before + at > 0) this.#unexpected(text, at);
        return at + 1;
      default:
        if (!this.#wantsValue()) this.#unexpected(text, at);
        return this.#inToken(text, at);
    }
  }

  #wantsValue(): boolean {
    return this.#expected === 'value' || this.#expected === 'first value';
  }

  #open(text: string, at: number, frame: Frame, expected: Expected): void {
    if (!this.#wantsValue()) this.#unexpected(text, at);
    this.#frames.push(frame);
    this.#expected = expected;
  }

  #close(text: string, at: number): void {
    const isList = text[at] === ']';
    const frame = this.#frames[this.#frames.length - 1];
    const first = isList ? 'first value' : 'first key';
    if (frame === undefined || (frame.keys === null) !== isList) this.#unexpected(text, at);
    if (this.#expected !== 'comma' && this.#expected !== first) this.#unexpected(text, at);
    this.#frames.pop();
    this.#put(frame.keys === null ? frame.values : this.#maker.object(frame.keys, frame.values));
  }

  #put(value: unknown): void {
    const frame = this.#frames[this.#frames.length - 1];
    if (frame === undefined) {
      this.#expected = 'value';
      this.#done.push(value);
    } else {
      this.#expected = 'comma';
      frame.values.push(value);
    }
  }

  #inString(text: string, from: number): number {
    let at = from;
    if (this.#isEscaped) {
      this.#isEscaped = false;
      at++;
    }
    for (;;) {
      SPECIAL_IN_STRING.lastIndex = at;
      const found = SPECIAL_IN_STRING.exec(text);
      const end = found === null ? text.length : found.index;
      if (found === null || (found[0] === '\\' && end + 1 === text.length)) {
        this.#isEscaped = found !== null;
        this.#string = this.#joined(text.slice(from));
        return text.length;
      }
      if (found[0] === '"') {
        this.#endString(this.#joined(text.slice(from, end)), end);
        return end + 1;
      }
      if (found[0] !== '\\') this.#refuse('A string holds a control character that is not escaped.', end);
      at = end + 2;
    }
  }

  #joined(more: string): string {
    const { length } = this.#string!;
    if (more.length > MAX_STRING - length) this.#refuse('A string is longer than JavaScript can hold.', 0);
    return length === 0 ? more : this.#string! + more;
  }

  #endString(raw: string, at: number): void {
    this.#string = null;
    const text = raw.includes('\\') ? this.#unescaped(raw, at) : raw;
    if (this.#wantsValue()) this.#put(text);
    else {
      this.#frames[this.#frames.length - 1]!.keys!.push(text);
      this.#expected = 'colon';
    }
  }

  #unescaped(raw: string, at: number): string {
    try {
      return JSON.parse(`"${raw}"`) as string;
    } catch {
      return this.#refuse('A string holds a broken backslash escape.', at);
    }
  }

  #inToken(text: string, from: number): number {
    TOKEN_END.lastIndex = from;
    const end = TOKEN_END.exec(text)?.index ?? text.length;
    this.#token += text.slice(from, end);
    if (this.#token.length > MAX_TOKEN) this.#refuse('A number is longer than is read here.', from);
    if (end < text.length) this.#endToken(end);
    return end;
  }

  #endToken(at: number): void {
    const token = this.#token;
    this.#token = '';
    const word = WORDS.get(token);
    if (word !== undefined) this.#put(word);
    else if (NUMBER.test(token) || NOT_FINITE.has(token)) this.#put(this.#maker.number(token, this.#before + at));
    else this.#refuse(`${told(token)} is no JSON.`, at);
  }

  #unexpected(text: string, at: number): never {
    const what = this.#expected.replace('first ', '');
    this.#refuse(`${told(text[at]!)} stands where a ${what} is expected.`, at);
  }

  #refuse(detail: string, at: number): never {
    const offset = this.#before + at;
    const place = `line ${this.#line}, column ${offset - this.#lineStart + 1}`;
    throw new JsonError(this.#path(), detail, offset, place);
  }

  /** Of the value that was to come. */
  #path(): string {
    const steps = this.#frames.map(({ keys, values }) => (keys === null ? `[${values.length}]` : keyStep(keys.at(-1))));
    return pathText(steps);
  }
}

function told(text: string): string {
  return JSON.stringify(text.length > MAX_TOLD ? `${text.slice(0, MAX_TOLD)}...` : text);
}
