/** Opcodes that make and fill lists, tuples, dicts and sets. All return 0 or a fault. */
import { CONST_EMPTY_TUPLE, OP_ADDITEMS, OP_APPENDS } from '../../spec/layout.ts';
import { INVALID_OPERAND, LIMIT_CONTAINER, MARK_NOT_FOUND, UNHASHABLE_KEY } from './faults.ts';
import { addItems, areHashable, writeEmpty, writeOpItems, writeTuple } from './nodes.ts';
import type { State } from './state.ts';
import { HI_CONST, HI_FROZENSET, HI_LIST, HI_SET, HI_TUPLE } from '../../spec/slot-words.ts';
import { isObject } from './words.ts';

/** EMPTY_LIST, EMPTY_DICT, EMPTY_SET. */
export function empty(s: State, hi: number): number {
  const node = s.slots.free;
  s.slots.free = writeEmpty(s.slots.words, node);
  s.push(node, hi);
  return 0;
}

/** APPEND. */
export function append(s: State): number {
  if (s.sp - s.fence < 4) return s.missing();
  return addTo(s, HI_LIST, OP_APPENDS, s.sp - 2);
}

/** APPENDS and ADDITEMS, to a list or a set. */
export function appends(s: State, hi: number): number {
  const first = s.unmark();
  if (first < 0) return MARK_NOT_FOUND;
  if (first - s.fence < 2) return s.missing();
  return addTo(s, hi, hi === HI_LIST ? OP_APPENDS : OP_ADDITEMS, first);
}

/** Adds the values from stack word `first` on to the list, set or object below them. */
function addTo(s: State, hi: number, what: number, first: number): number {
  const { slots } = s;
  const stack = s.stack.words;
  const target = stack[first - 2]!;
  const targetHi = stack[first - 1]!;
  const count = (s.sp - first) >> 1;
  if (targetHi !== hi && !isObject(targetHi)) return INVALID_OPERAND;
  if (targetHi === HI_SET && !areHashable(slots.words, stack, first, count, 1)) return UNHASHABLE_KEY;
  const total = slots.words[2 * target + 1]! + count;
  if (targetHi === hi && total > s.maxItems) return s.limit(LIMIT_CONTAINER, total);
  const fault = s.reserve(count);
  if (fault !== 0) return fault;
  if (targetHi === hi) slots.free = addItems(slots.words, target, stack, first, count, slots.free);
  else addOp(s, target, what, first, count);
  s.sp = first;
  return 0;
}

/** Notes on an object what it is given. */
export function addOp(s: State, node: number, what: number, first: number, count: number): void {
  const { slots } = s;
  const stack = s.stack.words;
  slots.free = writeOpItems(slots.words, slots.f64, slots.free, node, what, s.opcodeOffset, stack, first, count);
}

/** LIST. */
export function list(s: State): number {
  const first = s.unmark();
  if (first < 0) return MARK_NOT_FOUND;
  const { slots } = s;
  const count = (s.sp - first) >> 1;
  if (count > s.maxItems) return s.limit(LIMIT_CONTAINER, count);
  const fault = s.reserve(count);
  if (fault !== 0) return fault;
  const node = slots.free;
  slots.free = writeEmpty(slots.words, node);
  slots.free = addItems(slots.words, node, s.stack.words, first, count, slots.free);
  s.sp = first;
  s.push(node, HI_LIST);
  return 0;
}

/** TUPLE. */
export function tuple(s: State): number {
  const first = s.unmark();
  return first < 0 ? MARK_NOT_FOUND : tupleFrom(s, first);
}

/** TUPLE1, TUPLE2 and TUPLE3. */
export function shortTuple(s: State, count: number): number {
  return s.sp - s.fence < 2 * count ? s.missing() : tupleFrom(s, s.sp - 2 * count);
}

/** Puts a tuple in the place of the values from stack word `first` on. */
export function tupleFrom(s: State, first: number): number {
  const { slots } = s;
  const count = (s.sp - first) >> 1;
  if (count > s.maxItems) return s.limit(LIMIT_CONTAINER, count);
  const fault = s.reserve(count);
  if (fault !== 0) return fault;
  const node = slots.free;
  if (count > 0) slots.free = writeTuple(slots.words, node, s.stack.words, first, count);
  s.sp = first;
  if (count === 0) s.push(CONST_EMPTY_TUPLE, HI_CONST);
  else s.push(node, HI_TUPLE);
  return 0;
}

/** FROZENSET. */
export function frozenset(s: State): number {
  const first = s.unmark();
  if (first < 0) return MARK_NOT_FOUND;
  const { slots } = s;
  const count = (s.sp - first) >> 1;
  if (!areHashable(slots.words, s.stack.words, first, count, 1)) return UNHASHABLE_KEY;
  if (count > s.maxItems) return s.limit(LIMIT_CONTAINER, count);
  const fault = s.reserve(count);
  if (fault !== 0) return fault;
  const node = slots.free;
  slots.free = writeTuple(slots.words, node, s.stack.words, first, count);
  s.sp = first;
  s.push(node, HI_FROZENSET);
  return 0;
}
