/**
 * The opcodes that are rare, or that the host has a part in. The loop has decoded their arguments and written its state
 * back. All return 0 or a fault.
 */
import {
  CONST_ABSENT,
  CONST_EMPTY_TUPLE,
  HOW_INST,
  HOW_NEWOBJ,
  HOW_OBJ,
  HOW_REDUCE,
  FLAG_FETCHED,
  NODE_BYTEARRAY,
  NODE_BYTES,
  NODE_EXTENSION,
  NODE_PERSISTENT,
  OP_SETTER,
  SETTING_PERSISTENT,
  SPECIAL_BUFFER,
  SPECIAL_NAN,
} from '../../spec/layout.ts';
import {
  INVALID_EXT_CODE,
  INVALID_OPERAND,
  LIMIT_CONTAINER,
  MARK_NOT_FOUND,
  NO_BUFFER,
  NO_PERSISTENT_LOAD,
  ODD_DICT_ITEMS,
  REQUEST,
  STACK_UNDERFLOW,
} from './faults.ts';
import { writeEmpty, writeObject, writeOpOf, writeTuple } from './nodes.ts';
import type { State } from './state.ts';
import {
  HI_CONST,
  HI_DICT,
  HI_INT,
  HI_NODE,
  HI_OBJECT,
  HI_SPECIAL,
  HI_TUPLE,
  isCallable,
  isObject,
  isText,
  isTuple,
} from './words.ts';

const HI_BUFFER = HI_SPECIAL | SPECIAL_BUFFER;
const HI_NAN = HI_SPECIAL | SPECIAL_NAN;
/** In the `lo` of a buffer slot: read-only. */
const READONLY = 0x80000000 | 0;

export function pop(s: State, offset: number): number {
  if (s.sp === s.fence) {
    if (s.markCount === 0) return STACK_UNDERFLOW;
    s.unmark();
    return 0;
  }
  s.sp -= 2;
  keepSetter(s, s.stack.words[s.sp]!, s.stack.words[s.sp + 1]!, offset);
  return 0;
}

/**
 * A popped call that nothing else holds was made for what it does: `copyreg` state setters come so, with the object first
 * among the arguments. The object keeps the call.
 */
function keepSetter(s: State, lo: number, hi: number, offset: number): void {
  if (hi !== HI_OBJECT) return;
  const words = s.slots.words;
  if ((words[2 * lo]! & FLAG_FETCHED) !== 0 || words[2 * lo + 1] !== HOW_REDUCE) return;
  if (words[2 * lo + 5] !== HI_TUPLE) return;
  const first = 2 * (words[2 * lo + 4]! + 1);
  if (!isObject(words[first + 1]!)) return;
  s.slots.free = writeOpOf(words, s.slots.f64, s.slots.free, words[first]!, OP_SETTER, offset, lo, hi);
}

export function dup(s: State): number {
  if (s.sp - s.fence < 2) return s.missing();
  const lo = s.stack.words[s.sp - 2]!;
  const hi = s.stack.words[s.sp - 1]!;
  if (hi >= HI_NODE && hi < 0) s.slots.words[2 * lo]! |= FLAG_FETCHED;
  s.push(lo, hi);
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
  const fault = s.setEntries(node, first, count >> 1);
  if (fault !== 0) return fault;
  s.sp = first;
  s.push(node, HI_DICT);
  return 0;
}

/** The values above stack word `first` as a tuple, left in `tupleLo` and `tupleHi`. */
function tupleFrom(s: State, first: number): number {
  const count = (s.sp - first) >> 1;
  if (count === 0) {
    tupleLo = CONST_EMPTY_TUPLE;
    tupleHi = HI_CONST;
    return 0;
  }
  if (count > s.maxItems) return s.limit(LIMIT_CONTAINER, count);
  const fault = s.reserve(count);
  if (fault !== 0) return fault;
  tupleLo = s.slots.free;
  tupleHi = HI_TUPLE;
  s.slots.free = writeTuple(s.slots.words, tupleLo, s.stack.words, first, count);
  return 0;
}
let tupleLo = 0;
let tupleHi = 0;

/** INST, once its class is known. */
function inst(s: State, lo: number, hi: number, offset: number): number {
  const first = s.unmark();
  if (first < 0) return MARK_NOT_FOUND;
  const fault = tupleFrom(s, first);
  if (fault !== 0) return fault;
  s.sp = first;
  pushObject(s, HOW_INST, lo, hi, tupleLo, tupleHi, offset);
  return 0;
}

export function obj(s: State, offset: number): number {
  const first = s.unmark();
  if (first < 0) return MARK_NOT_FOUND;
  if (s.sp === first) return STACK_UNDERFLOW;
  const lo = s.stack.words[first]!;
  const hi = s.stack.words[first + 1]!;
  if (!isCallable(hi)) return INVALID_OPERAND;
  const fault = tupleFrom(s, first + 2);
  if (fault !== 0) return fault;
  s.sp = first;
  pushObject(s, HOW_OBJ, lo, hi, tupleLo, tupleHi, offset);
  return 0;
}

export function newobjEx(s: State, offset: number): number {
  if (s.sp - s.fence < 6) return s.missing();
  const stack = s.stack.words;
  const at = s.sp - 6;
  if (stack[at + 5] !== HI_DICT || !isTuple(stack[at + 2]!, stack[at + 3]!) || !isCallable(stack[at + 1]!)) {
    return INVALID_OPERAND;
  }
  s.sp = at;
  const node = pushObject(s, HOW_NEWOBJ, stack[at]!, stack[at + 1]!, stack[at + 2]!, stack[at + 3]!, offset);
  s.slots.words[2 * node + 6] = stack[at + 4]!;
  s.slots.words[2 * node + 7] = HI_DICT;
  return 0;
}

function pushObject(
  s: State,
  how: number,
  lo: number,
  hi: number,
  argsLo: number,
  argsHi: number,
  offset: number,
): number {
  const node = s.slots.free;
  s.slots.free = writeObject(s.slots.words, s.slots.f64, node, how, lo, hi, argsLo, argsHi, offset);
  s.push(node, HI_OBJECT);
  return node;
}

export function binpersid(s: State, offset: number): number {
  if (s.sp - s.fence < 2) return s.missing();
  if ((s.bits & SETTING_PERSISTENT) === 0) return NO_PERSISTENT_LOAD;
  s.sp -= 2;
  pushStandIn(s, NODE_PERSISTENT, s.stack.words[s.sp]!, s.stack.words[s.sp + 1]!, offset);
  return 0;
}

/** A PERSISTENT or EXTENSION node. */
function pushStandIn(s: State, kind: number, lo: number, hi: number, offset: number): void {
  const node = s.slots.free;
  s.slots.free = writeObject(s.slots.words, s.slots.f64, node, 0, lo, hi, CONST_ABSENT, HI_CONST, offset);
  s.push(node, HI_NODE | kind);
}

export function nextBuffer(s: State): number {
  if (s.nextBuffer >= s.bufferCount) return NO_BUFFER;
  s.push(s.nextBuffer++, HI_BUFFER);
  return 0;
}

export function readonlyBuffer(s: State): number {
  if (s.sp - s.fence < 2) return s.missing();
  const hi = s.stack.words[s.sp - 1]!;
  if (hi === HI_BUFFER) s.stack.words[s.sp - 2]! |= READONLY;
  else if (hi !== (HI_NODE | NODE_BYTES) && hi !== (HI_NODE | NODE_BYTEARRAY)) return INVALID_OPERAND;
  return 0;
}

/** EXT1, EXT2, EXT4. */
export function extension(code: number): number {
  return code <= 0 ? INVALID_EXT_CODE : REQUEST;
}

/** STACK_GLOBAL: lays module and name where the host can read them. */
export function stackGlobal(s: State): number {
  if (s.sp - s.fence < 4) return s.missing();
  const stack = s.stack.words;
  const at = s.sp - 4;
  if (!isText(stack[at + 1]!) || !isText(stack[at + 3]!)) return INVALID_OPERAND;
  s.slots.words.set(stack.subarray(at, s.sp), 2 * NAME_CELLS);
  return REQUEST;
}

/** Slots below the graph, for the module and the name of a request. */
export const NAME_CELLS = 2;
/** The slot below the graph that holds the result. */
export const ROOT_CELL = 1;

/** Carries a request's opcode out with the slot that the host has answered. */
export function answer(s: State, opcode: number, code: number, lo: number, hi: number, offset: number): number {
  switch (opcode) {
    case 0x67: // GET
      return s.fetch(lo >>> 0);
    case 0x70: // PUT
      return s.sp - s.fence < 2 ? s.missing() : s.keep(lo >>> 0);
    case 0x50: // PERSID
      pushStandIn(s, NODE_PERSISTENT, lo, hi, offset);
      return 0;
    case 0x69: // INST
      return inst(s, lo, hi, offset);
    case 0x93: // STACK_GLOBAL
      s.sp -= 4;
      s.push(lo, hi);
      return 0;
    case 0x82: // EXT1
    case 0x83: // EXT2
    case 0x84: // EXT4
      if (hi === HI_CONST && lo === CONST_ABSENT) pushStandIn(s, NODE_EXTENSION, code, HI_INT, offset);
      else s.push(lo, hi);
      return 0;
    default:
      if (isNaNWords(lo, hi)) s.push(s.cell(lo, hi), HI_NAN);
      else s.push(lo, hi);
      return 0;
  }
}

/** A NaN among the doubles that text or bytes may give; the tags are NaNs too, and are none of these. */
function isNaNWords(lo: number, hi: number): boolean {
  if (hi < 0 && hi >= HI_INT) return false;
  const magnitude = hi & 0x7fffffff;
  return magnitude > 0x7ff00000 || (magnitude === 0x7ff00000 && lo !== 0);
}
