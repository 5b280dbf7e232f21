/**
 * How nodes are written and added to. Each function gets the graph's words and the first free slot, relies on its caller
 * for room, and returns the first slot that is free afterwards.
 */
import { CONST_ABSENT, FLAG_SHAPED, FLAG_UNHASHABLE, KEY_KINDS_SHIFT, KIND_NODE } from '../../spec/layout.ts';
import { HI_CONST } from '../../spec/slot-words.ts';
import { isHashable, kindOf } from './words.ts';

/**
 * This machine's own flag: the values of a shaped dict that SETITEM fills have room for `roomFor(count)`, so that a dict
 * of k items costs in proportion to k.
 */
export const FLAG_ROOMY = 1 << 11;

/** Slots that a roomy dict of so many values has for them. */
export function roomFor(count: number): number {
  return count <= 1 ? count : 1 << (32 - Math.clz32(count - 1));
}

/** The most slots that a function here needs besides those of the items. */
export const NODE_SLOTS = 8;

/** Copies slots into the graph at a slot. @returns the mask of their kinds */
export function copyItems(words: Int32Array, slot: number, stack: Int32Array, from: number, count: number): number {
  let kinds = 0;
  let to = 2 * slot;
  for (let at = from, end = from + 2 * count; at < end; at += 2, to += 2) {
    const hi = stack[at + 1]!;
    words[to] = stack[at]!;
    words[to + 1] = hi;
    kinds |= kindOf(hi);
  }
  return kinds;
}

/** Whether all of `count` slots may be keys; `step` is 1 for items, 2 for keys with values. */
export function areHashable(words: Int32Array, stack: Int32Array, from: number, count: number, step: 1 | 2): boolean {
  for (let at = from, end = from + 2 * step * count; at < end; at += 2 * step) {
    if (!isHashable(words, stack[at]!, stack[at + 1]!)) return false;
  }
  return true;
}

/** An empty list, set or dict. */
export function writeEmpty(words: Int32Array, free: number): number {
  const at = 2 * free;
  words[at] = 0;
  words[at + 1] = 0;
  words[at + 2] = 0;
  words[at + 3] = 0;
  return free + 2;
}

/** A tuple of at least one item, or a frozenset. */
export function writeTuple(words: Int32Array, free: number, stack: Int32Array, from: number, count: number): number {
  const kinds = copyItems(words, free + 1, stack, from, count);
  const flags =
    (kinds & KIND_NODE) === 0 || areHashable(words, stack, from, count, 1) ? kinds : kinds | FLAG_UNHASHABLE;
  words[2 * free] = flags;
  words[2 * free + 1] = count;
  return free + 1 + count;
}

/**
 * Makes room for `count` slots at the end of a node's runs: in place where its last run ends the graph, else in a new one.
 * @returns the first of these slots
 */
function extendRuns(words: Int32Array, node: number, count: number, free: number): number {
  const at = 2 * node;
  const last = words[at + 3]!;
  if (last !== 0 && free === last + 1 + words[2 * last + 1]!) {
    words[2 * last + 1]! += count;
    return free;
  }
  words[2 * free] = 0;
  words[2 * free + 1] = count;
  if (last === 0) words[at + 2] = free;
  else words[2 * last] = free;
  words[at + 3] = free;
  return free + 1;
}

/** Adds items to a list or a set. */
export function addItems(
  words: Int32Array,
  node: number,
  stack: Int32Array,
  from: number,
  count: number,
  free: number,
): number {
  if (count === 0) return free;
  const slot = extendRuns(words, node, count, free);
  words[2 * node]! |= copyItems(words, slot, stack, from, count);
  words[2 * node + 1]! += count;
  return slot + count;
}

/** Adds `count` entries, keys and values by turns, to a dict that has no shape. */
export function addEntries(
  words: Int32Array,
  node: number,
  stack: Int32Array,
  from: number,
  count: number,
  free: number,
): number {
  if (count === 0) return free;
  const slot = extendRuns(words, node, 2 * count, free);
  let keyKinds = 0;
  let kinds = 0;
  let to = 2 * slot;
  for (let at = from, end = from + 4 * count; at < end; at += 4, to += 4) {
    const keyHi = stack[at + 1]!;
    const hi = stack[at + 3]!;
    words[to] = stack[at]!;
    words[to + 1] = keyHi;
    words[to + 2] = stack[at + 2]!;
    words[to + 3] = hi;
    keyKinds |= kindOf(keyHi);
    kinds |= kindOf(hi);
  }
  words[2 * node]! |= kinds | (keyKinds << KEY_KINDS_SHIFT);
  words[2 * node + 1]! += count;
  return slot + 2 * count;
}

/** Turns a shaped dict into one of runs; `keys` are its key slots' words. */
export function unshape(words: Int32Array, node: number, keys: Int32Array, free: number): number {
  const at = 2 * node;
  const values = words[at + 2]!;
  const count = keys.length >> 1;
  let keyKinds = 0;
  let to = 2 * free + 2;
  for (let i = 0; i < count; i++, to += 4) {
    const keyHi = keys[2 * i + 1]!;
    words[to] = keys[2 * i]!;
    words[to + 1] = keyHi;
    words[to + 2] = words[2 * (values + i)]!;
    words[to + 3] = words[2 * (values + i) + 1]!;
    keyKinds |= kindOf(keyHi);
  }
  words[2 * free] = 0;
  words[2 * free + 1] = 2 * count;
  words[at] = (words[at]! & ~(FLAG_SHAPED | FLAG_ROOMY)) | (keyKinds << KEY_KINDS_SHIFT);
  words[at + 1] = count;
  words[at + 2] = free;
  words[at + 3] = free;
  return free + 1 + 2 * count;
}

/**
 * An object node: for OBJECT the callable and its arguments, for the others the id or the code in the callable's place.
 * Six slots; `how` is 0 for the others.
 */
export function writeObject(
  words: Int32Array,
  f64: Float64Array,
  free: number,
  how: number,
  callableLo: number,
  callableHi: number,
  argsLo: number,
  argsHi: number,
  offset: number,
): number {
  const at = 2 * free;
  words[at] = 0;
  words[at + 1] = how;
  words[at + 2] = callableLo;
  words[at + 3] = callableHi;
  words[at + 4] = argsLo;
  words[at + 5] = argsHi;
  words[at + 6] = CONST_ABSENT;
  words[at + 7] = HI_CONST;
  words[at + 8] = 0;
  words[at + 9] = 0;
  f64[free + 5] = offset;
  return free + 6;
}

/** An op of an object node without its operand, which comes next. */
export function writeOp(
  words: Int32Array,
  f64: Float64Array,
  free: number,
  node: number,
  what: number,
  offset: number,
): number {
  words[2 * free] = 0;
  words[2 * free + 1] = what;
  f64[free + 1] = offset;
  const ops = 2 * (node + 4);
  const last = words[ops + 1]!;
  if (last === 0) words[ops] = free;
  else words[2 * last] = free;
  words[ops + 1] = free;
  return free + 2;
}

/** An op with one operand, a slot: BUILD's state, or the call that SETTER tells of. */
export function writeOpOf(
  words: Int32Array,
  f64: Float64Array,
  free: number,
  node: number,
  what: number,
  offset: number,
  lo: number,
  hi: number,
): number {
  const at = writeOp(words, f64, free, node, what, offset);
  words[2 * at] = lo;
  words[2 * at + 1] = hi;
  return at + 1;
}

/** An op with a run of items: APPENDS, SETITEMS or ADDITEMS on an object. Nothing for no items. */
export function writeOpItems(
  words: Int32Array,
  f64: Float64Array,
  free: number,
  node: number,
  what: number,
  offset: number,
  stack: Int32Array,
  from: number,
  count: number,
): number {
  if (count === 0) return free;
  const at = writeOp(words, f64, free, node, what, offset);
  words[2 * at] = 0;
  words[2 * at + 1] = count;
  copyItems(words, at + 1, stack, from, count);
  return at + 1 + count;
}

/** A payload node: bytes, a bytearray or a big int that stays in the input. */
export function writePayload(
  words: Int32Array,
  f64: Float64Array,
  free: number,
  previous: number,
  offset: number,
  length: number,
): number {
  words[2 * free] = 0;
  words[2 * free + 1] = previous;
  f64[free + 1] = offset;
  f64[free + 2] = length;
  return free + 3;
}
