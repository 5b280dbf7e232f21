/** Values for people at a terminal: in Python's words, arrays and tables by their corners, long parts elided. */
import { customInspect, type Inspect, type PrintOptions } from '../../arrays/print.ts';
import { shortened } from '../../arrays/text/columns.ts';
import { escapedText } from '../../arrays/text/repr.ts';
import { NpScalar } from '../../types/numpy/scalar.ts';
import { PyInert } from '../../values/py.ts';
import { atomText } from './atoms.ts';
import { bracketed, isOneLine, type Room, roomInside, roomOf, titled, widthOf } from './layout.ts';
import { type Paint, plain } from './paint.ts';
import { type Mapping, partsOf, type Sequence, type Tree } from './parts.ts';

export interface ShowOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint?: Paint | undefined;
}

/** Values within each other that are shown. */
const MAX_DEPTH = 12;
/** Values that are shown in all. */
const MAX_VALUES = 1500;
/** Parts of one value that are shown, by how deep it lies; of those that are deeper the last number. */
const MAX_PARTS = [50, 20, 10];
/** Values of more lines are shown once. */
const MAX_REPEATED = 6;
/** Of what stands in one line, however long. */
const ANY_ROOM = roomOf(Infinity);

/** The text of a value, in lines of about so many columns. Its size has a limit, whatever the value. */
export function show(value: unknown, { width, paint = plain }: ShowOptions): string {
  return new Shower(paint).text(value, 0, roomOf(width));
}

interface Printable {
  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string;
}

class Shower {
  readonly #paint: Paint;
  /** Values that are being shown. */
  readonly #open = new Set<object>();
  /** Values of many lines that were shown: their first lines. */
  readonly #shown = new Map<object, string>();
  #left = MAX_VALUES;

  constructor(paint: Paint) {
    this.#paint = paint;
  }

  text(value: unknown, depth: number, room: Room): string {
    if (this.#left-- <= 0) return this.#dim('...');
    const atom = atomText(value, this.#paint);
    if (atom !== undefined) return atom;
    // A scalar that holds an object is that object.
    if (value instanceof NpScalar) return this.text(value.value, depth, room);
    const object = value as object;
    if (this.#open.has(object)) return this.#dim('<itself>');
    const before = this.#shown.get(object);
    if (before !== undefined) return `${before} ${this.#dim('<as above>')}`;
    if (depth > MAX_DEPTH) return this.#dim('<...>');
    this.#open.add(object);
    const text = this.#objectText(object, depth, room);
    this.#open.delete(object);
    if (text.split('\n').length > MAX_REPEATED) this.#shown.set(object, text.slice(0, text.indexOf('\n')));
    return text;
  }

  #objectText(object: object, depth: number, room: Room): string {
    const parts = isPrintable(object) ? undefined : partsOf(object);
    switch (parts?.form) {
      case 'sequence':
        return this.#sequenceText(parts, depth, room);
      case 'mapping':
        return this.#mappingText(parts, depth, room);
      case 'tree':
        return this.#treeText(parts, depth, room);
      default:
        return this.#printed(object as Printable, depth, room);
    }
  }

  /** Arrays, tables and such print themselves; what they hold is printed here. */
  #printed(value: Printable, depth: number, room: Room): string {
    const inspect: Inspect = (part) => shortened(this.text(part, depth + 1, ANY_ROOM), MAX_PART);
    const printed = (width: number): string => value[customInspect](MAX_DEPTH, { breakLength: width }, inspect);
    let text = printed(room.below);
    // One line stands behind a name, more stand below it.
    if (isOneLine(text) && widthOf(text) > room.first) text = printed(room.first);
    const [title = '', ...lines] = text.split('\n');
    return lines.length === 0 ? title : [this.#paint('name', title), ...lines].join('\n');
  }

  #sequenceText({ open, close, length, items }: Sequence, depth: number, room: Room): string {
    const texts: string[] = [];
    for (const item of firstOf(items, mostAt(depth))) texts.push(this.text(item, depth + 1, roomInside(room)));
    if (texts.length < length) texts.push(this.#more(length - texts.length));
    return bracketed(open, texts, close, room, true);
  }

  #mappingText({ open, close, length, entries }: Mapping, depth: number, room: Room): string {
    const texts: string[] = [];
    for (const [key, value] of firstOf(entries, mostAt(depth))) {
      const name = this.text(key, depth + 1, ANY_ROOM).replaceAll(/\n\s*/g, ' ');
      texts.push(this.#entryText(name, value, depth, room));
    }
    if (texts.length < length) texts.push(this.#more(length - texts.length));
    return bracketed(open, texts, close, room, false);
  }

  #treeText({ title, args, fields }: Tree, depth: number, room: Room): string {
    const name = this.#paint('name', shortened(escapedText(title), MAX_PART));
    const values = args.map((arg) => this.text(arg, depth + 1, roomInside(room)));
    const head =
      values.length === 0
        ? name
        : name + bracketed('(', values, ')', { ...room, first: room.first - widthOf(name) }, true);
    const shown = fields.slice(0, Math.max(mostAt(depth), MIN_FIELDS));
    const lines = shown.map(([field, value]) => this.#entryText(escapedText(field), value, depth, room));
    if (shown.length < fields.length) lines.push(this.#more(fields.length - shown.length));
    return titled(head, lines);
  }

  #entryText(name: string, value: unknown, depth: number, room: Room): string {
    const text = this.text(value, depth + 1, roomInside(room, widthOf(name) + 2));
    return `${name}: ${text}`;
  }

  #more(count: number): string {
    return this.#dim(`... ${count} more`);
  }

  #dim(text: string): string {
    return this.#paint('dim', text);
  }
}

/** Attributes of an object that are shown, however deep it lies. */
const MIN_FIELDS = 40;
/** Characters of what is in a cell, of a title. */
const MAX_PART = 200;

const mostAt = (depth: number): number => MAX_PARTS[Math.min(depth, MAX_PARTS.length - 1)]!;

/** Py* classes of the core have a form of their own here. */
function isPrintable(value: object): boolean {
  return (
    customInspect in value &&
    !Object.hasOwn(value, customInspect) &&
    !(value instanceof PyInert || value instanceof Map || value instanceof Set)
  );
}

function* firstOf<Item>(items: Iterable<Item>, count: number): Generator<Item, void> {
  let left = count;
  for (const item of items) {
    if (left-- <= 0) return;
    yield item;
  }
}
