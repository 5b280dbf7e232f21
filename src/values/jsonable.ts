/**
 * Readable JSON of any value that a decoder returns, for people and for jq. It does not lose what it can tell in JSON's
 * own words, and marks the rest:
 *
 * | value | JSON |
 * | --- | --- |
 * | None, bool, int of any size, finite float, str | itself; -0 is `-0.0` |
 * | nan, inf, -inf; a nan with a payload | `{"$float": "nan"}` ...; `{"$float": "<16 hex digits>"}` |
 * | list, and tuple as an Array; a PyTuple | `[...]`; `{"$tuple": [...]}` |
 * | dict with only str keys: object, Map, PyDict | `{...}`, keys that begin with `$` have it twice |
 * | any other dict | `{"$map": [[key, value], ...]}` |
 * | set; frozenset, where it is told apart | `{"$set": [...]}`; `{"$frozenset": [...]}` |
 * | bytes; bytearray, where it is told apart | `{"$bytes": "<base64>"}`; `{"$bytearray": "<base64>"}` |
 * | another typed array | `{"$array": "Float64Array", "items": [...]}` |
 * | PyGlobal | `{"$global": "module.name"}` |
 * | PyObject | `{"$object": "module.name", "args": [...], "kwargs": {...}, "state": ...}`; only what there is, and |
 * | | `states` if several, `appends`, `setItems`, `added`; `callable` where it is no global |
 * | PyPersistent, PyExtension | `{"$persistent": id}`, `{"$extension": code}`, and `state` ... as above |
 * | PyBuffer | `{"$buffer": index, "readonly": false, "data": "<base64>"}` |
 * | Date | `{"$date": "<ISO 8601>"}` |
 * | an instance of another class | as its class's toJSON says, long lists item by item, else `{"$object": "ClassName", "state": {...}}` |
 * | function, symbol, undefined | `{"$function": "name"}`, `{"$symbol": "..."}`, `{"$undefined": true}` |
 * | a value within itself | `{"$cycle": n}`: the value n values further out, 1 being the one that holds this |
 * | a large value met before | `{"$ref": "$.path[0].of.it"}` in this JSON, or `{"$ref": "#n"}` |
 *
 * Values that are shared are written again where they are small, of at most 64 values in all; so the text is at most
 * that much longer than the graph: thirty doublings don't become 2^30 values. `#n` stands where a path would be longer
 * than some 200 characters: the value whose text begins at character n of this JSON.
 */
import { Fields, isMade, Items, levelOf, Literal, numberText } from './py-jsonable.ts';

export interface JsonTextOptions {
  /** Spaces for each level; 0, the default, for all in one line. Beyond 64 levels it grows no more. */
  readonly indent?: number | undefined;
}

/** Shared values of more values in all are written once. */
const MAX_REPEATED = 64;
/** Units. */
const MAX_PATH = 200;
const MAX_INDENT_LEVELS = 64;
/** Units of text in one piece, at least; the last may be shorter. */
const PIECE = 65536;

/** Readable JSON of a value. Deep, cyclic and shared values are no danger. */
export function toJsonText(value: unknown, options: JsonTextOptions = {}): string {
  return [...jsonTextPieces(value, options)].join('');
}

/** The same in pieces, for text that may be longer than a string can be (2^29 units). */
export function* jsonTextPieces(value: unknown, options: JsonTextOptions = {}): Generator<string, void> {
  const writer = new Writer(options.indent ?? 0);
  writer.value(value);
  while (writer.step()) if (writer.pending >= PIECE) yield writer.take();
  if (writer.pending > 0) yield writer.take();
}

/** A list or object that is being written. */
interface Frame {
  readonly level: Items | Fields;
  /** The value that it is of; null for what is made to write it, as the list in `{"$set": [...]}`. */
  readonly source: object | null;
  /** Number of values that are open around it, itself included. */
  readonly depth: number;
  readonly parent: Frame | null;
  /** Its place in the parent's list. */
  readonly place: number;
  /** Where its text begins, in units. */
  readonly offset: number;
  at: number;
  /** Number of values written inside, itself included. */
  size: number;
}

class Writer {
  readonly #indent: number;
  #out = '';
  /** Units of text that were taken. */
  #taken = 0;
  #top: Frame | null = null;
  #levels = 0;
  /** The values that are being written. */
  readonly #open = new Map<object, Frame>();
  /** Large values that were written: where they are. */
  readonly #large = new Map<object, Frame>();

  constructor(indent: number) {
    this.#indent = indent;
  }

  get pending(): number {
    return this.#out.length;
  }

  take(): string {
    const out = this.#out;
    this.#taken += out.length;
    this.#out = '';
    return out;
  }

  /** Writes one more part; false if there is none. */
  step(): boolean {
    const frame = this.#top;
    if (frame === null) return false;
    const { level } = frame;
    if (frame.at === level.length) {
      this.#close(frame);
      return true;
    }
    const index = frame.at++;
    if (index > 0) this.#out += ',';
    this.#newLine();
    if (level instanceof Fields) this.#out += `${JSON.stringify(level.keys[index])}:${this.#indent > 0 ? ' ' : ''}`;
    this.value(level.at(index));
    return true;
  }

  /** Writes a scalar; begins anything else. */
  value(value: unknown): void {
    if (this.#top !== null) this.#top.size++;
    if (typeof value === 'number') {
      this.#out += numberText(value);
      return;
    }
    const source = typeof value === 'object' && value !== null && !isMade(value) ? value : null;
    const level = (source === null ? undefined : this.#reference(source)) ?? levelOf(value);
    if (level instanceof Literal) this.#out += level.text;
    else if (level.length === 0) this.#out += level instanceof Items ? '[]' : '{}';
    else this.#begin(level, source);
  }

  #begin(level: Items | Fields, source: object | null): void {
    const parent = this.#top;
    const frame: Frame = {
      level,
      source,
      depth: (parent?.depth ?? 0) + (source === null ? 0 : 1),
      parent,
      place: parent === null ? 0 : parent.at - 1,
      offset: this.#taken + this.#out.length,
      at: 0,
      size: 1,
    };
    if (source !== null) this.#open.set(source, frame);
    this.#top = frame;
    this.#levels++;
    this.#out += level instanceof Items ? '[' : '{';
  }

  #close(frame: Frame): void {
    this.#top = frame.parent;
    this.#levels--;
    this.#newLine();
    this.#out += frame.level instanceof Items ? ']' : '}';
    // The parent has counted the value itself.
    if (frame.parent !== null) frame.parent.size += frame.size - 1;
    if (frame.source === null) return;
    this.#open.delete(frame.source);
    if (frame.size > MAX_REPEATED) this.#large.set(frame.source, frame);
  }

  #newLine(): void {
    if (this.#indent > 0) this.#out += `\n${' '.repeat(this.#indent * Math.min(this.#levels, MAX_INDENT_LEVELS))}`;
  }

  /** What to write instead of a value that is open, or large and written already. */
  #reference(source: object): Literal | undefined {
    const open = this.#open.get(source);
    if (open !== undefined) return new Literal(`{"$cycle":${this.#top!.depth - open.depth + 1}}`);
    const written = this.#large.get(source);
    return written && new Literal(`{"$ref":${JSON.stringify(pathOf(written))}}`);
  }
}

function pathOf(frame: Frame): string {
  let path = '';
  for (let at = frame; at.parent !== null; at = at.parent) {
    const { level } = at.parent;
    const key = level instanceof Items ? at.place : level.keys[at.place]!;
    if (path.length + String(key).length > MAX_PATH) return `#${frame.offset}`;
    path = keyStep(key) + path;
  }
  return `$${path}`;
}

function keyStep(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
