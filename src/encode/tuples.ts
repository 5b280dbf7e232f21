/** Tuples and frozensets, which are made when their items are there. */
import { TUPLE, type Frame } from './frame.ts';
import type { Writer } from './writer.ts';

const MARK = 0x28;
const POP = 0x30;
const POP_MARK = 0x31;
const EMPTY_TUPLE = 0x29;
const TUPLE_OPCODE = 0x74;
const TUPLE1 = 0x85;
const FROZENSET = 0x91;

/** @param value for the memo; null: it has no identity */
export function putTuple(w: Writer, items: readonly unknown[], value: object | null): boolean {
  const { out, protocol } = w;
  const { length } = items;
  if (length === 0) {
    if (protocol === 0) out.bytes[out.pos++] = MARK;
    out.bytes[out.pos++] = protocol === 0 ? TUPLE_OPCODE : EMPTY_TUPLE;
    return true;
  }
  const isShort = length <= 3 && protocol >= 2;
  pushTuple(w, items, value, isShort ? TUPLE1 + length - 1 : TUPLE_OPCODE, !isShort);
  return false;
}

/** A frozenset, in protocols 4 and 5. */
export function putFrozenSet(w: Writer, items: readonly unknown[], value: object): boolean {
  pushTuple(w, items, value, FROZENSET, true);
  return false;
}

/** Values above a mark, without an opcode that ends them. */
export function pushMarked(w: Writer, items: readonly unknown[]): boolean {
  pushTuple(w, items, null, 0, true);
  return false;
}

function pushTuple(w: Writer, items: readonly unknown[], value: object | null, close: number, isMarked: boolean): void {
  const frame = w.push(TUPLE, value, false);
  frame.items = items;
  frame.at = 0;
  frame.end = items.length;
  frame.width = 1;
  frame.close = close;
  frame.isMarked = isMarked;
  if (isMarked) w.out.byte(MARK);
}

export function continueTuple(w: Writer, frame: Frame): void {
  const { items, end } = frame;
  const { out } = w;
  let { at } = frame;
  while (at < end) {
    if (out.pos >= out.limit && out.boundary()) {
      frame.at = at;
      return;
    }
    const item = items[at++];
    frame.at = at;
    if (!w.put(item)) return;
  }
  endTuple(w, frame);
  w.pop();
}

function endTuple(w: Writer, { value, close, isMarked, end }: Frame): void {
  if (close === 0) return;
  const index = value === null || !w.refs ? undefined : w.memo.meet(value);
  if (index === undefined) {
    w.out.byte(close);
    w.memoizeNew();
    return;
  }
  // It was met in itself, and is in the memo since. This second one is thrown away.
  if (isMarked && w.protocol > 0) w.out.byte(POP_MARK);
  else for (let n = isMarked ? -1 : 0; n < end; n++) w.out.byte(POP);
  w.get(index);
}
