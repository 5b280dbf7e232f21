/** Opcodes that make and fill dicts. All return 0 or a fault. */
import { FLAG_SHAPED, OP_SETITEMS } from '../../spec/layout.ts';
import { addOp } from './containers.ts';
import { INVALID_OPERAND, LIMIT_CONTAINER, MARK_NOT_FOUND, ODD_DICT_ITEMS, UNHASHABLE_KEY } from './faults.ts';
import { addEntries, areHashable, FLAG_ROOMY, NODE_SLOTS, roomFor, unshape, writeEmpty } from './nodes.ts';
import type { State } from './state.ts';
import { HI_DICT } from '../../spec/slot-words.ts';
import { isHashable, isObject, kindOf } from './words.ts';

/** SETITEM. */
export function setItem(s: State): number {
  if (s.sp - s.fence < 6) return s.missing();
  const first = s.sp - 4;
  const target = s.stack.words[first - 2]!;
  const targetHi = s.stack.words[first - 1]!;
  if (targetHi === HI_DICT) {
    const fault = setEntry(s, target, first);
    if (fault !== 0) return fault;
  } else if (isObject(targetHi)) {
    addOp(s, target, OP_SETITEMS, first, 2);
  } else {
    return INVALID_OPERAND;
  }
  s.sp = first;
  return 0;
}

/** SETITEMS. */
export function setItems(s: State): number {
  const first = s.unmark();
  if (first < 0) return MARK_NOT_FOUND;
  if (first - s.fence < 2) return s.missing();
  const target = s.stack.words[first - 2]!;
  const targetHi = s.stack.words[first - 1]!;
  if (targetHi !== HI_DICT && !isObject(targetHi)) return INVALID_OPERAND;
  const count = (s.sp - first) >> 1;
  if ((count & 1) !== 0) return ODD_DICT_ITEMS;
  const fault = targetHi === HI_DICT ? setEntries(s, target, first, count >> 1) : s.reserve(count);
  if (fault !== 0) return fault;
  if (targetHi !== HI_DICT) addOp(s, target, OP_SETITEMS, first, count);
  s.sp = first;
  return 0;
}

/** DICT: a dict of what lies above the mark. */
export function dict(s: State): number {
  const first = s.unmark();
  if (first < 0) return MARK_NOT_FOUND;
  const count = (s.sp - first) >> 1;
  if ((count & 1) !== 0) return ODD_DICT_ITEMS;
  const node = s.slots.free;
  s.slots.free = writeEmpty(s.slots.words, node);
  const fault = setEntries(s, node, first, count >> 1);
  if (fault !== 0) return fault;
  s.sp = first;
  s.push(node, HI_DICT);
  return 0;
}

/** Sets `count` entries, keys and values by turns from stack word `from` on, in a dict node. */
function setEntries(s: State, node: number, from: number, count: number): number {
  if (count === 0) return 0;
  const { slots, stack } = s;
  const at = 2 * node;
  if (!areHashable(slots.words, stack.words, from, count, 2)) return UNHASHABLE_KEY;
  const shaped = (slots.words[at]! & FLAG_SHAPED) !== 0;
  const before = shaped ? s.shapes.length(slots.words[at + 1]!) : slots.words[at + 1]!;
  if (before + count > s.maxItems) return s.limit(LIMIT_CONTAINER, before + count);
  const fault = s.reserve(2 * count + (shaped ? 2 * before + NODE_SLOTS : 0));
  if (fault !== 0) return fault;
  const words = slots.words;
  if (before === 0 && count <= s.maxShapeKeys) {
    const shape = s.shapes.place(stack.words, from, count, words, slots.free);
    if (shape >= 0) {
      fitShape(s, node, shape, slots.free, s.shapes.kinds);
      slots.free += count;
      return 0;
    }
  }
  if (shaped) slots.free = unshape(words, node, s.shapes.seen(words[at + 1]!), slots.free);
  slots.free = addEntries(words, node, stack.words, from, count, slots.free);
  return 0;
}

/** SETITEM on a dict: key and value lie from stack word `from` on. A shaped dict goes on to the next shape. */
function setEntry(s: State, node: number, from: number): number {
  const { slots, stack, shapes } = s;
  const words = slots.words;
  const at = 2 * node;
  const shaped = (words[at]! & FLAG_SHAPED) !== 0;
  if (!shaped && words[at + 1] !== 0) return setEntries(s, node, from, 1);
  const keyLo = stack.words[from]!;
  const keyHi = stack.words[from + 1]!;
  if (!isHashable(words, keyLo, keyHi)) return UNHASHABLE_KEY;
  const shape = shaped ? words[at + 1]! : -1;
  const count = shaped ? shapes.length(shape) : 0;
  if (count >= s.maxShapeKeys) return setEntries(s, node, from, 1);
  const next = shapes.extend(shape, keyLo, keyHi);
  if (next < 0) return setEntries(s, node, from, 1);

  const values = valuesOfOneMore(s, node, count);
  if (values === 0) return s.outOfMemory();
  const hi = stack.words[from + 3]!;
  slots.words[2 * (values + count)] = stack.words[from + 2]!;
  slots.words[2 * (values + count) + 1] = hi;
  shapes.widen(next, count, kindOf(hi));
  fitShape(s, node, next, values, kindOf(hi));
  return 0;
}

/** Where the values of a dict that is to have one more than `count` lie: moved, where they had no room. 0: no memory. */
function valuesOfOneMore(s: State, node: number, count: number): number {
  const slots = s.slots;
  const at = 2 * node;
  const roomy = (slots.words[at]! & FLAG_ROOMY) !== 0;
  const values = slots.words[at + 2]!;
  const room = roomy ? roomFor(count) : count;
  if (count < room) return values;
  const larger = roomFor(count + 1);
  if (s.reserve(larger) !== 0) return 0;
  const words = slots.words;
  // One value alone is never moved for the sake of room.
  if (count > 0) words[at]! |= FLAG_ROOMY;
  if (count > 0 && values + room === slots.free) {
    slots.free = values + larger;
    return values;
  }
  const moved = slots.free;
  words.copyWithin(2 * moved, 2 * values, 2 * (values + count));
  slots.free = moved + larger;
  return moved;
}

function fitShape(s: State, node: number, shape: number, values: number, kinds: number): void {
  const { words } = s.slots;
  const at = 2 * node;
  words[at + 1] = shape;
  words[at + 2] = values;
  words[at + 3] = 0;
  words[at]! |= FLAG_SHAPED | kinds;
}
