/** Opcodes about instances and calls, and those that the host has a part in. All return 0 or a fault. */
import {
  CONST_ABSENT,
  FLAG_FETCHED,
  HOW_INST,
  HOW_NEWOBJ,
  HOW_OBJ,
  HOW_REDUCE,
  NODE_BYTEARRAY,
  NODE_BYTES,
  NODE_EXTENSION,
  NODE_PERSISTENT,
  OP_BUILD,
  OP_SETTER,
  SETTING_PERSISTENT,
  SPECIAL_BUFFER,
} from '../../spec/layout.ts';
import { tupleFrom } from './containers.ts';
import { INVALID_OPERAND, MARK_NOT_FOUND, NO_BUFFER, NO_PERSISTENT_LOAD, REQUEST, STACK_UNDERFLOW } from './faults.ts';
import { pushDouble } from './leaves.ts';
import { writeObject, writeOpOf } from './nodes.ts';
import type { State } from './state.ts';
import { HI_CONST, HI_DICT, HI_INT, HI_NODE, HI_OBJECT, HI_SPECIAL, HI_TUPLE } from '../../spec/slot-words.ts';
import { isCallable, isObject, isText, isTuple } from './words.ts';

/** The slot below the graph that holds the result. */
export const ROOT_CELL = 1;
/** Slots below the graph, for the module and the name of a request. */
export const NAME_CELLS = 2;

const HI_BUFFER = HI_SPECIAL | SPECIAL_BUFFER;
/** In the `lo` of a buffer slot: read-only. */
const READONLY = 0x80000000 | 0;

/** POP: the top value, or the mark on top. */
export function pop(s: State): number {
  if (s.sp === s.fence) {
    if (s.markCount === 0) return STACK_UNDERFLOW;
    s.unmark();
    return 0;
  }
  s.sp -= 2;
  keepSetter(s, s.stack.words[s.sp]!, s.stack.words[s.sp + 1]!);
  return 0;
}

/**
 * A popped call that nothing else holds was made for what it does: `copyreg` state setters come so, with the object first
 * among the arguments. The object keeps the call.
 */
function keepSetter(s: State, lo: number, hi: number): void {
  if (hi !== HI_OBJECT) return;
  const { words, f64 } = s.slots;
  if ((words[2 * lo]! & FLAG_FETCHED) !== 0 || words[2 * lo + 1] !== HOW_REDUCE) return;
  if (words[2 * lo + 5] !== HI_TUPLE) return;
  const first = 2 * (words[2 * lo + 4]! + 1);
  if (!isObject(words[first + 1]!)) return;
  s.slots.free = writeOpOf(words, f64, s.slots.free, words[first]!, OP_SETTER, s.opcodeOffset, lo, hi);
}

/** POP_MARK. */
export function popMark(s: State): number {
  const first = s.unmark();
  if (first < 0) return MARK_NOT_FOUND;
  s.sp = first;
  return 0;
}

/** DUP. */
export function dup(s: State): number {
  if (s.sp - s.fence < 2) return s.missing();
  const lo = s.stack.words[s.sp - 2]!;
  const hi = s.stack.words[s.sp - 1]!;
  if (hi >= HI_NODE && hi < 0) s.slots.words[2 * lo]! |= FLAG_FETCHED;
  s.push(lo, hi);
  return 0;
}

/** BUILD. */
export function build(s: State): number {
  if (s.sp - s.fence < 4) return s.missing();
  const stack = s.stack.words;
  const at = s.sp - 4;
  if (!isObject(stack[at + 1]!)) return INVALID_OPERAND;
  const { slots, opcodeOffset } = s;
  const { words, f64, free } = slots;
  slots.free = writeOpOf(words, f64, free, stack[at]!, OP_BUILD, opcodeOffset, stack[at + 2]!, stack[at + 3]!);
  s.sp = at + 2;
  return 0;
}

/** REDUCE and NEWOBJ. */
export function call(s: State, how: number): number {
  if (s.sp - s.fence < 4) return s.missing();
  const stack = s.stack.words;
  const at = s.sp - 4;
  if (!isTuple(stack[at + 2]!, stack[at + 3]!) || !isCallable(stack[at + 1]!)) return INVALID_OPERAND;
  s.sp = at;
  pushObject(s, HI_OBJECT, how, stack[at]!, stack[at + 1]!, stack[at + 2]!, stack[at + 3]!);
  return 0;
}

/** NEWOBJ_EX. */
export function callWithKeywords(s: State): number {
  if (s.sp - s.fence < 6) return s.missing();
  const stack = s.stack.words;
  const at = s.sp - 6;
  if (stack[at + 5] !== HI_DICT || !isTuple(stack[at + 2]!, stack[at + 3]!)) return INVALID_OPERAND;
  if (!isCallable(stack[at + 1]!)) return INVALID_OPERAND;
  const kwargs = stack[at + 4]!;
  s.sp = at;
  const node = pushObject(s, HI_OBJECT, HOW_NEWOBJ, stack[at]!, stack[at + 1]!, stack[at + 2]!, stack[at + 3]!);
  s.slots.words[2 * node + 6] = kwargs;
  s.slots.words[2 * node + 7] = HI_DICT;
  return 0;
}

/** OBJ: the class lies above the mark, its arguments follow. */
export function obj(s: State): number {
  const first = s.unmark();
  if (first < 0) return MARK_NOT_FOUND;
  if (s.sp === first) return STACK_UNDERFLOW;
  const stack = s.stack.words;
  if (!isCallable(stack[first + 1]!)) return INVALID_OPERAND;
  const fault = tupleFrom(s, first + 2);
  if (fault !== 0) return fault;
  s.sp = first;
  pushObject(s, HI_OBJECT, HOW_OBJ, stack[first]!, stack[first + 1]!, stack[first + 2]!, stack[first + 3]!);
  return 0;
}

/** INST, once its class is known. The mark is there: it was looked for before the host was asked. */
function inst(s: State, lo: number, hi: number): number {
  const first = s.unmark();
  const fault = tupleFrom(s, first);
  if (fault !== 0) return fault;
  s.sp = first;
  pushObject(s, HI_OBJECT, HOW_INST, lo, hi, s.stack.words[first]!, s.stack.words[first + 1]!);
  return 0;
}

/** BINPERSID. */
export function binpersid(s: State): number {
  if ((s.bits & SETTING_PERSISTENT) === 0) return NO_PERSISTENT_LOAD;
  if (s.sp - s.fence < 2) return s.missing();
  s.sp -= 2;
  const stack = s.stack.words;
  pushObject(s, HI_NODE | NODE_PERSISTENT, 0, stack[s.sp]!, stack[s.sp + 1]!, CONST_ABSENT, HI_CONST);
  return 0;
}

/** Pushes an object node: an object, or what stands for a persistent id or an extension code. */
function pushObject(
  s: State,
  nodeHi: number,
  how: number,
  lo: number,
  hi: number,
  argsLo: number,
  argsHi: number,
): number {
  const node = s.slots.free;
  const { words, f64 } = s.slots;
  s.slots.free = writeObject(words, f64, node, how, lo, hi, argsLo, argsHi, s.opcodeOffset);
  s.push(node, nodeHi);
  return node;
}

/** NEXT_BUFFER. */
export function nextBuffer(s: State): number {
  if (s.nextBuffer >= s.bufferCount) return NO_BUFFER;
  s.push(s.nextBuffer++, HI_BUFFER);
  return 0;
}

/** READONLY_BUFFER. */
export function readonlyBuffer(s: State): number {
  if (s.sp - s.fence < 2) return s.missing();
  const hi = s.stack.words[s.sp - 1]!;
  if (hi === HI_BUFFER) s.stack.words[s.sp - 2]! |= READONLY;
  else if (hi !== (HI_NODE | NODE_BYTES) && hi !== (HI_NODE | NODE_BYTEARRAY)) return INVALID_OPERAND;
  return 0;
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

/** Carries the opcode of a request out with the slot that the host has answered. */
export function answer(s: State, opcode: number, lo: number, hi: number): number {
  switch (opcode) {
    case 0x67: // GET
      return s.fetch(lo >>> 0);
    case 0x70: // PUT
      return s.keep(lo >>> 0);
    case 0x50: // PERSID
      pushObject(s, HI_NODE | NODE_PERSISTENT, 0, lo, hi, CONST_ABSENT, HI_CONST);
      return 0;
    case 0x69: // INST
      return inst(s, lo, hi);
    case 0x93: // STACK_GLOBAL
      s.sp -= 4;
      s.push(lo, hi);
      return 0;
    case 0x82: // EXT1
    case 0x83: // EXT2
    case 0x84: // EXT4
      if (hi !== HI_CONST || lo !== CONST_ABSENT) s.push(lo, hi);
      else pushObject(s, HI_NODE | NODE_EXTENSION, 0, s.argumentLength, HI_INT, CONST_ABSENT, HI_CONST);
      return 0;
    default:
      // A tag is a NaN to look at; what is none may be a double that is one.
      if (hi < 0 && hi >= HI_INT) s.push(lo, hi);
      else pushDouble(s, lo, hi);
      return 0;
  }
}
