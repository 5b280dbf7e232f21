/** Lists, dicts and sets, in CPython's batches. */
import { BY_DICT, BY_ITERATOR, BY_LIST, ITEMS, ONE_BY_ONE, PROPERTIES, type BatchHabit, type Frame } from './frame.ts';
import { writeNumbers } from './numbers.ts';
import type { Writer } from './writer.ts';

const MARK = 0x28;
const EMPTY_LIST = 0x5d;
const LIST = 0x6c;
const APPEND = 0x61;
const APPENDS = 0x65;
const EMPTY_DICT = 0x7d;
const DICT = 0x64;
const SETITEM = 0x73;
const SETITEMS = 0x75;
const EMPTY_SET = 0x8f;
const ADDITEMS = 0x90;

/** A dict of more entries is a table: its keys are no names that are met again, so they are written as other strings are. */
const MANY_ENTRIES = 1000;
/** Items of a batch. */
const BATCH = 1000;

/** @param value for the memo; null: it has no identity */
export function putList(w: Writer, items: readonly unknown[], value: object | null): boolean {
  if (w.refer(value)) return true;
  putNew(w, EMPTY_LIST, LIST);
  w.memoizeNew();
  if (items.length === 0) return true;
  pushItems(w, items, value, APPENDS, 1, w.protocol === 0 ? ONE_BY_ONE : BY_LIST);
  return false;
}

/** @param entries keys and values in turn */
export function putDict(w: Writer, entries: readonly unknown[], value: object | null): boolean {
  if (w.refer(value)) return true;
  putNew(w, EMPTY_DICT, DICT);
  w.memoizeNew();
  if (entries.length === 0) return true;
  pushItems(w, entries, value, SETITEMS, 2, w.protocol === 0 ? ONE_BY_ONE : BY_DICT);
  return false;
}

/** A dict of an object's own properties. The names are read at once, the values as they are written. */
export function putProperties(w: Writer, source: object, value: object | null): boolean {
  if (w.refer(value)) return true;
  const names = Object.keys(source);
  if (names.length > 0) {
    pushProperties(w, source, names, value, 0);
    return false;
  }
  putNew(w, EMPTY_DICT, DICT);
  w.memoizeNew();
  return true;
}

/**
 * A dict of properties, which are some.
 * @param value whose they are, if it is in the memo while they are written
 * @param tail an opcode that follows the dict; 0: none
 */
export function pushProperties(
  w: Writer,
  source: object,
  names: readonly string[],
  value: object | null,
  tail: number,
): void {
  putNew(w, EMPTY_DICT, DICT);
  w.memoizeNew();
  const frame = w.push(PROPERTIES, value, true);
  frame.source = source as Record<string, unknown>;
  frame.tail = tail;
  beginItems(w, frame, names, 2 * names.length, SETITEMS, 2, w.protocol === 0 ? ONE_BY_ONE : BY_DICT);
}

/** A set, in protocols 4 and 5. */
export function putSet(w: Writer, items: readonly unknown[], value: object): boolean {
  w.out.bytes[w.out.pos++] = EMPTY_SET;
  w.memoize(value);
  if (items.length === 0) return true;
  pushItems(w, items, value, ADDITEMS, 1, BY_DICT);
  return false;
}

/** Items that are added to what was made before: APPENDS of an iterator. */
export function pushAppends(w: Writer, items: readonly unknown[]): boolean {
  if (items.length === 0) return true;
  pushItems(w, items, null, APPENDS, 1, w.protocol === 0 ? ONE_BY_ONE : BY_ITERATOR);
  return false;
}

/** @param entries keys and values in turn */
export function pushSetItems(w: Writer, entries: readonly unknown[]): boolean {
  if (entries.length === 0) return true;
  pushItems(w, entries, null, SETITEMS, 2, w.protocol === 0 ? ONE_BY_ONE : BY_ITERATOR);
  return false;
}

export function pushAdded(w: Writer, items: readonly unknown[]): boolean {
  if (items.length === 0) return true;
  pushItems(w, items, null, ADDITEMS, 1, BY_LIST);
  return false;
}

function putNew(w: Writer, empty: number, fromMark: number): void {
  const { out } = w;
  if (w.protocol > 0) {
    out.bytes[out.pos++] = empty;
    return;
  }
  out.bytes[out.pos++] = MARK;
  out.bytes[out.pos++] = fromMark;
}

function pushItems(
  w: Writer,
  items: readonly unknown[],
  value: object | null,
  close: number,
  width: number,
  habit: BatchHabit,
): void {
  beginItems(w, w.push(ITEMS, value, true), items, items.length, close, width, habit);
}

function beginItems(
  w: Writer,
  frame: Frame,
  items: readonly unknown[],
  end: number,
  close: number,
  width: number,
  habit: BatchHabit,
): void {
  frame.items = items;
  frame.at = 0;
  frame.end = end;
  frame.close = close;
  frame.width = width;
  frame.habit = habit;
  beginBatch(w, frame);
}

/** Begins a batch, the first or another, if there is to be one. */
function beginBatch(w: Writer, frame: Frame): boolean {
  const { at, end, width, habit, close } = frame;
  const isFirst = at === 0;
  const left = end - at;
  // A dict whose last batch is full gets an empty one: CPython sees the end only when it asks for the next.
  const isFull = habit === BY_DICT && frame.isMarked && at - frame.batchStart === BATCH * width;
  if (!isFirst && left === 0 && !isFull) return false;
  const isAlone = habit === ONE_BY_ONE || (left === width && (habit === BY_ITERATOR || (isFirst && !isFull)));
  frame.isMarked = !isAlone || close === ADDITEMS;
  frame.batchStart = at;
  frame.batchEnd = at + Math.min(left, isAlone ? width : BATCH * width);
  if (frame.isMarked) w.out.byte(MARK);
  return true;
}

/** The opcode that ends a batch: of one that is not marked, the one for a single item. */
function endBatch(w: Writer, frame: Frame): void {
  const { close } = frame;
  w.out.byte(frame.isMarked ? close : close === APPENDS ? APPEND : SETITEM);
}

/** Goes on with items until one pushes a frame, or the output is to be taken, or they are done. */
export function continueItems(w: Writer, frame: Frame): void {
  const { items, width } = frame;
  const { out } = w;
  const isNamed = width === 2 && frame.end <= 2 * MANY_ENTRIES;
  const isPlainList = width === 1 && w.protocol > 0 && w.settings.persistentId === undefined;
  let { at } = frame;
  do {
    const { batchEnd } = frame;
    while (at < batchEnd) {
      if (out.pos >= out.limit && out.boundary()) {
        frame.at = at;
        return;
      }
      if (isPlainList && typeof items[at] === 'number') {
        frame.at = at = writeNumbers(out, items, at, batchEnd, w.protocol);
        continue;
      }
      const item = items[at++];
      frame.at = at;
      const isKey = isNamed && at % 2 === 1 && typeof item === 'string';
      if (!(isKey ? w.putKey(item) : w.put(item))) return;
    }
    endBatch(w, frame);
  } while (beginBatch(w, frame));
  w.pop();
}

export function continueProperties(w: Writer, frame: Frame): void {
  const names = frame.items as readonly string[];
  const source = frame.source!;
  const isTable = frame.end > 2 * MANY_ENTRIES;
  const { out } = w;
  let { at } = frame;
  do {
    const { batchEnd } = frame;
    while (at < batchEnd) {
      if (out.pos >= out.limit && out.boundary()) {
        frame.at = at;
        return;
      }
      const name = names[at >> 1]!;
      const isName = at % 2 === 0;
      frame.at = ++at;
      if (!(isName && !isTable ? w.putName(name) : w.put(isName ? name : source[name]))) return;
    }
    endBatch(w, frame);
  } while (beginBatch(w, frame));
  if (frame.tail !== 0) w.out.byte(frame.tail);
  w.pop();
}
