/**
 * The machine: one loop, one switch over all 68 opcodes. It sees the input through a window and leaves a graph
 * (src/graph/README.md). What it cannot do it asks the host for; what is wrong ends the loop with a code and an offset.
 */
import { int64Slot, nanSlot } from './cells';
import {
  REG_ARGUMENT_LENGTH,
  REG_ARGUMENT_OFFSET,
  REG_BUFFER_COUNT,
  REG_ERROR,
  REG_ERROR_ACTUAL,
  REG_FRAME_END,
  REG_FRAME_OFFSET,
  REG_LAST_PAYLOAD,
  REG_MAX_INT,
  REG_MAX_MARKS,
  REG_MAX_STACK,
  REG_MAX_STRING,
  REG_MODULE,
  REG_NAME,
  REG_OPCODE,
  REG_OPCODE_OFFSET,
  REG_POSITION,
  REG_PROTOCOL,
  REG_REPLY,
  REG_ROOT,
  REG_SETTINGS,
  WINDOW,
} from './generated/abi';
import * as code from './generated/errors';
import * as layout from './generated/layout';
import * as op from './generated/opcodes';
import {
  NO_SLOT,
  addOp,
  addRunOp,
  appendItems,
  areHashable,
  constant,
  intSlot,
  isCallable,
  isHashable,
  isNode,
  isObjectNode,
  isTuple,
  kindOf,
  newContainer,
  newNamed,
  newObject,
  newPayload,
  newTuple,
  nodeOf,
  nodeSlot,
  resetGraph,
  special,
  tooMany,
} from './graph';
import { memoGet, memoPut, memoReplace, memoize, resetMemo, share } from './memo';
import { CHUNK, MARKS_HOME, MEMO_HOME, STACK_HOME, growTable, grownSize, resetMemory, takeChunks } from './memory';
import { NOT_QUICK, hasByte, isBoolean, isQuoted, lineEnd, quickInt } from './lines';
import { beginShapes, setItems } from './shapes';
import { asciiSlot, publishText, resetText, utf8Slot } from './text';

const NOTHING: u32 = 0;
const DONE = layout.STATUS_DONE;
const NEED_INPUT = layout.STATUS_NEED_INPUT;
const ERROR = layout.STATUS_ERROR;
const REQUEST = layout.STATUS_REQUEST;
/** An argument goes on behind the window: an error where that is the end of the input. */
const CUT: i32 = -1;
/** Values of this size do not fit a double exactly; no input is so long. */
const TOO_LONG_HIGH_WORD: u32 = 0x200000;
/** A batch of so many items is not copied off the stack: the stack moves away from it. */
const LARGE_BATCH: u32 = 131072;
/** If no more bytes than these would have to move. */
const MAX_MOVED_STACK: usize = 65536;

let stack: usize = STACK_HOME;
let stackBytes: u32 = 0;
let marks: usize = MARKS_HOME;
let marksBytes: u32 = 0;
/** Address behind the top value. */
let stackTop: usize = STACK_HOME;
/** Marks open. Each is the offset in bytes, from `stack`, at which its values begin. */
let markCount: u32 = 0;
let nextBuffer: u32 = 0;
/** Absolute end of the frame that the machine is in; 0 where it is in none. */
let frameEnd: f64 = 0;
/** The opcode whose request the host has answered, or NOTHING. */
let pending: u32 = NOTHING;

export function begin(): void {
  resetMemory();
  resetGraph();
  resetText();
  resetMemo();
  beginShapes();
  stack = STACK_HOME;
  stackBytes = <u32>(MARKS_HOME - STACK_HOME);
  marks = MARKS_HOME;
  marksBytes = <u32>(MEMO_HOME - MARKS_HOME);
  nextBuffer = 0;
  store<u32>(REG_LAST_PAYLOAD, 0);
  next();
}

export function next(): void {
  stackTop = stack;
  markCount = 0;
  pending = NOTHING;
  store<i32>(REG_ERROR, 0);
  store<u32>(REG_PROTOCOL, 0);
  store<f64>(REG_FRAME_END, 0);
  frameEnd = 0;
}

/** Notes the error unless a function below has, and ends the run. */
function fail(error: i32): u32 {
  if (load<i32>(REG_ERROR) == 0) store<i32>(REG_ERROR, error);
  return ERROR;
}

/** Which error it is that a value is missing. */
function underflow(): i32 {
  return markCount != 0 ? code.UNEXPECTED_MARK : code.STACK_UNDERFLOW;
}

function growStack(): bool {
  const used = <u32>(stackTop - stack);
  const moved = growTable(stack, stackBytes);
  if (moved == 0) return false;
  stack = moved;
  stackTop = moved + used;
  stackBytes = grownSize(stackBytes);
  return true;
}

function growMarks(): bool {
  const moved = growTable(marks, marksBytes);
  if (moved == 0) return false;
  marks = moved;
  marksBytes = grownSize(marksBytes);
  return true;
}

/** Address above which the topmost mark's values lie. */
function floorOf(): usize {
  return markCount == 0 ? stack : stack + load<u32>(marks + ((<usize>(markCount - 1)) << 2));
}

/** For a run from the host's answer on: carries out what was asked about. Returns the status, or DONE to go on. */
function resume(offset: f64): u32 {
  const opcode = pending;
  pending = NOTHING;
  let slot = load<u64>(REG_REPLY);
  const floor = floorOf();
  switch (opcode) {
    case op.GET: {
      slot = fetch(<u32>slot);
      if (slot == NO_SLOT) return ERROR;
      break;
    }
    case op.PUT: {
      if (stackTop <= floor) return fail(underflow());
      return memoPut(<u32>slot, load<u64>(stackTop - 8)) ? DONE : ERROR;
    }
    case op.PERSID: {
      slot = newNamed(layout.NODE_PERSISTENT, slot, offset);
      if (slot == NO_SLOT) return ERROR;
      break;
    }
    case op.STACK_GLOBAL: {
      stackTop -= 16;
      break;
    }
    case op.INST: {
      const args = argumentsFrom(floor);
      if (args == NO_SLOT) return ERROR;
      stackTop = floor;
      markCount--;
      slot = newObject(layout.NODE_OBJECT, layout.HOW_INST, slot, args, constant(layout.CONST_ABSENT), offset);
      if (slot == NO_SLOT) return ERROR;
      break;
    }
    case op.EXT1:
    case op.EXT2:
    case op.EXT4: {
      if (slot == constant(layout.CONST_ABSENT)) {
        slot = newNamed(layout.NODE_EXTENSION, intSlot(<i32>load<f64>(REG_ARGUMENT_LENGTH)), offset);
        if (slot == NO_SLOT) return ERROR;
      }
      break;
    }
    default: {
      // A NaN that came as text, with its bits.
      if ((slot & 0x7fffffffffffffff) > 0x7ff0000000000000 && slot >> 48 <= 0xfff8) {
        slot = nanSlot(slot);
        if (slot == NO_SLOT) return ERROR;
      }
    }
  }
  store<u64>(stackTop, slot);
  stackTop += 8;
  return DONE;
}

/** The argument tuple of the values from `from` to the top. NO_SLOT with the error set. */
function argumentsFrom(from: usize): u64 {
  const count = <u32>((stackTop - from) >> 3);
  return count == 0 ? constant(layout.CONST_EMPTY_TUPLE) : newTuple(layout.NODE_TUPLE, from, count);
}

/** What the memo holds under a number, marked as fetched. NO_SLOT with the error set. */
// @ts-expect-error: decorator
@inline
function fetch(number: u32): u64 {
  const slot = memoGet(number);
  return <u32>(slot >> 48) < layout.TAG_STR1 && slot != constant(layout.CONST_ABSENT)
    ? slot
    : fetchSlowly(number, slot);
}

function fetchSlowly(number: u32, slot: u64): u64 {
  if (slot == constant(layout.CONST_ABSENT)) {
    store<i32>(REG_ERROR, code.MEMO_MISSING);
    return NO_SLOT;
  }
  const tag = <u32>(slot >> 48);
  if (tag == layout.TAG_NODE) {
    markFetched(slot);
    return slot;
  }
  // A string: from now on it is made once.
  slot = share(slot);
  if (slot != NO_SLOT) memoReplace(number, slot);
  return slot;
}

function markFetched(slot: u64): void {
  const node = nodeOf(slot);
  store<u32>(node, load<u32>(node) | layout.FLAG_FETCHED);
}

/**
 * CPython has run the call whose result is now thrown away: a state setter, `setter(object, state)`. The call is kept
 * with the object, so that it takes effect where the setter is registered.
 */
function keepSetter(slot: u64, offset: f64): bool {
  const call = nodeOf(slot);
  if (load<u32>(call, 4) != layout.HOW_REDUCE || load<u32>(call) & layout.FLAG_FETCHED) return true;
  const args = load<u64>(call, 16);
  if (!isNode(args, layout.NODE_TUPLE)) return true;
  const target = load<u64>(nodeOf(args), 8);
  return isObjectNode(target) ? addOp(nodeOf(target), layout.OP_SETTER, slot, offset) : true;
}

/** BUILD, APPENDS, ... on what is no plain container: an op of an object node, or an error. */
function opOnObject(target: u64, what: u32, from: usize, count: u32, offset: f64): bool {
  if (isObjectNode(target)) return addRunOp(nodeOf(target), what, from, count, offset);
  store<i32>(REG_ERROR, code.INVALID_OPERAND);
  return false;
}

/** Whether a batch is to stay where it is: an empty list is to be filled, and little else lies on the stack. */
function canLeaveStack(target: u64, items: usize): bool {
  if (!isNode(target, layout.NODE_LIST) || load<u32>(nodeOf(target), 4) != 0) return false;
  return items - stack <= MAX_MOVED_STACK && <usize>stackBytes >= CHUNK;
}

/**
 * Fills an empty list with the stack's own memory, and gives the stack a new place: for large batches fresh pages cost
 * more than all else. The run's header takes the place of the list's own slot, which moves with the stack.
 */
function leaveStack(list: usize, items: usize, count: u32): bool {
  if (tooMany(count)) return false;
  const place = takeChunks(1);
  if (place == 0) return false;
  const used = items - stack;
  memory.copy(place, stack, used);
  stack = place;
  stackBytes = <u32>CHUNK;
  stackTop = place + used;
  const run = items - 8;
  store<u32>(run, 0);
  store<u32>(run, count, 4);
  let kinds: u32 = 0;
  const end = items + ((<usize>count) << 3);
  for (let at = items; at < end; at += 8) kinds |= kindOf(load<u64>(at));
  store<u32>(list, load<u32>(list) | kinds);
  store<u32>(list, count, 4);
  store<u32>(list, <u32>(run >> 3), 8);
  store<u32>(list, <u32>(run >> 3), 12);
  return true;
}

function appendTo(target: u64, from: usize, count: u32, offset: f64): bool {
  if (isNode(target, layout.NODE_LIST)) return appendItems(nodeOf(target), from, count);
  return opOnObject(target, layout.OP_APPENDS, from, count, offset);
}

function addTo(target: u64, from: usize, count: u32, offset: f64): bool {
  if (!isNode(target, layout.NODE_SET)) return opOnObject(target, layout.OP_ADDITEMS, from, count, offset);
  if (areHashable(from, count, 8)) return appendItems(nodeOf(target), from, count);
  store<i32>(REG_ERROR, code.UNHASHABLE_KEY);
  return false;
}

/** `slots` is twice the number of entries. */
function setIn(target: u64, from: usize, slots: u32, offset: f64): bool {
  const isDict = isNode(target, layout.NODE_DICT);
  if (!isDict && !isObjectNode(target)) {
    store<i32>(REG_ERROR, code.INVALID_OPERAND);
    return false;
  }
  if (slots & 1) {
    store<i32>(REG_ERROR, code.ODD_DICT_ITEMS);
    return false;
  }
  if (!isDict) return addRunOp(nodeOf(target), layout.OP_SETITEMS, from, slots, offset);
  if (areHashable(from, slots >> 1, 16)) return setItems(nodeOf(target), from, slots >> 1);
  store<i32>(REG_ERROR, code.UNHASHABLE_KEY);
  return false;
}

/**
 * Runs opcodes from WINDOW on.
 * @param length bytes in the window
 * @param base   absolute offset of the window's first byte
 * @param end    absolute end of the input where it is known, else infinity
 * @param last   whether the window reaches the end of the input
 * @returns a STATUS_*; the rest is in the registers
 */
export function run(length: u32, base: f64, end: f64, last: bool): u32 {
  store<f64>(REG_POSITION, base);
  if (pending != NOTHING) {
    if (isLineStraddling(base)) return fail(code.FRAME_STRADDLE);
    const status = resume(load<f64>(REG_OPCODE_OFFSET));
    if (status != DONE) return status;
  }
  const settings = load<u32>(REG_SETTINGS);
  const maxString = <f64>load<u32>(REG_MAX_STRING);
  const stop = WINDOW + <usize>length;
  const origin = base - <f64>WINDOW;
  let ip = WINDOW;
  let start = ip;
  let sp = stackTop;
  let floor = floorOf();
  let limit = stackLimit();
  let pause = pauseAt(base, stop);
  let status: u32 = NEED_INPUT;
  let error: i32 = 0;
  let actual: f64 = 0;
  let opcode: u32 = 0;
  /** Bytes of payload behind the window. */
  let beyond: f64 = 0;

  while (true) {
    // An opcode pushes at most one value: room for the next one is made here.
    if (sp > limit) {
      stackTop = sp;
      if (<f64>((sp - stack) >> 3) > <f64>load<u32>(REG_MAX_STACK)) {
        error = code.LIMIT_STACK;
        actual = <f64>((sp - stack) >> 3);
        break;
      }
      if (!growStack()) break;
      sp = stackTop;
      floor = floorOf();
      limit = stackLimit();
    }
    if (ip >= pause) {
      if (frameEnd != 0 && origin + <f64>ip >= frameEnd) {
        if (origin + <f64>ip > frameEnd && ip != WINDOW && isStraddling(opcode, origin + <f64>start)) {
          error = code.FRAME_STRADDLE;
          break;
        }
        frameEnd = 0;
      }
      pause = pauseAt(base, stop);
    }
    start = ip;
    if (ip >= stop) {
      opcode = 0;
      if (last) error = base + <f64>length == 0 ? code.EMPTY_INPUT : code.MISSING_STOP;
      break;
    }
    opcode = <u32>load<u8>(ip++);
    // Every case pushes for itself: one place for all to jump to measured 10 % slower.
    let slot: u64 = 0;
    let n: u32 = 0;
    let size: f64 = 0;
    switch (opcode) {
      case op.MARK: {
        if (markCount >= load<u32>(REG_MAX_MARKS)) {
          error = code.LIMIT_STACK;
          actual = <f64>markCount + 1;
          break;
        }
        if (markCount << 2 >= marksBytes && !growMarks()) break;
        floor = sp;
        store<u32>(marks + ((<usize>markCount) << 2), <u32>(sp - stack));
        markCount++;
        continue;
      }
      case op.STOP: {
        if (sp <= floor) {
          error = underflow();
          break;
        }
        sp -= 8;
        store<u64>(REG_ROOT, load<u64>(sp));
        status = DONE;
        break;
      }
      case op.POP: {
        if (sp == floor && markCount != 0) {
          markCount--;
          floor = floorOf();
          continue;
        }
        if (sp <= floor) {
          error = underflow();
          break;
        }
        sp -= 8;
        slot = load<u64>(sp);
        if (isNode(slot, layout.NODE_OBJECT) && !keepSetter(slot, origin + <f64>start)) break;
        continue;
      }
      case op.POP_MARK: {
        if (markCount == 0) {
          error = code.MARK_NOT_FOUND;
          break;
        }
        const items = floor;
        n = <u32>((sp - items) >> 3);
        markCount--;
        floor = floorOf();
        sp = items;
        continue;
      }
      case op.DUP: {
        if (sp <= floor) {
          error = underflow();
          break;
        }
        slot = load<u64>(sp - 8);
        if (<u32>(slot >> 48) == layout.TAG_NODE) markFetched(slot);
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.NONE: {
        store<u64>(sp, constant(layout.CONST_NONE));
        sp += 8;
        continue;
      }
      case op.NEWTRUE: {
        store<u64>(sp, constant(layout.CONST_TRUE));
        sp += 8;
        continue;
      }
      case op.NEWFALSE: {
        store<u64>(sp, constant(layout.CONST_FALSE));
        sp += 8;
        continue;
      }
      case op.EMPTY_TUPLE: {
        store<u64>(sp, constant(layout.CONST_EMPTY_TUPLE));
        sp += 8;
        continue;
      }
      case op.BININT1: {
        if (ip >= stop) {
          error = CUT;
          break;
        }
        store<u64>(sp, intSlot(<i32>load<u8>(ip)));
        sp += 8;
        ip += 1;
        continue;
      }
      case op.BININT2: {
        if (stop - ip < 2) {
          error = CUT;
          break;
        }
        store<u64>(sp, intSlot(<i32>load<u16>(ip)));
        sp += 8;
        ip += 2;
        continue;
      }
      case op.BININT: {
        if (stop - ip < 4) {
          error = CUT;
          break;
        }
        store<u64>(sp, intSlot(load<i32>(ip)));
        sp += 8;
        ip += 4;
        continue;
      }
      case op.BINFLOAT: {
        if (stop - ip < 8) {
          error = CUT;
          break;
        }
        slot = bswap<u64>(load<u64>(ip));
        ip += 8;
        if ((slot & 0x7fffffffffffffff) > 0x7ff0000000000000) {
          slot = nanSlot(slot);
          if (slot == NO_SLOT) break;
        }
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.LONG1:
      case op.LONG4: {
        const width: usize = opcode == op.LONG1 ? 1 : 4;
        if (stop - ip < width) {
          error = CUT;
          break;
        }
        n = opcode == op.LONG1 ? <u32>load<u8>(ip) : load<u32>(ip);
        if (<i32>n < 0) {
          error = code.NEGATIVE_LENGTH;
          break;
        }
        ip += width;
        if (n <= 8) {
          if (<usize>n > stop - ip) {
            error = CUT;
            break;
          }
          const unused: i64 = 64 - (n << 3);
          slot = n == 0 ? intSlot(0) : int64Slot((load<i64>(ip) << unused) >> unused);
          if (slot == NO_SLOT) break;
          ip += n;
          store<u64>(sp, slot);
          sp += 8;
          continue;
        }
        size = <f64>n;
        if (size > end - (origin + <f64>ip)) {
          error = code.TRUNCATED;
          break;
        }
        if (n > load<u32>(REG_MAX_INT)) {
          error = code.LIMIT_INT_BYTES;
          actual = size;
          break;
        }
        slot = newPayload(layout.NODE_BIGINT, origin + <f64>ip, size);
        if (slot == NO_SLOT) break;
        store<u64>(sp, slot);
        sp += 8;
        if (<usize>n <= stop - ip) {
          ip += n;
          continue;
        }
        beyond = size;
        break;
      }
      case op.INT:
      case op.LONG: {
        let close = lineEnd(ip, min(stop, ip + 12));
        if (close != 0) {
          const behind = close + 1;
          if (opcode == op.LONG && close > ip && load<u8>(close - 1) == 0x4c) close--;
          const value = opcode == op.INT && isBoolean(ip, close) ? NOT_QUICK : quickInt(ip, close, true);
          if (value != NOT_QUICK) {
            store<u64>(sp, intSlot(<i32>value));
            sp += 8;
            ip = behind;
            continue;
          }
        }
        store<f64>(REG_ARGUMENT_OFFSET, origin + <f64>ip);
        status = REQUEST;
        break;
      }
      case op.FLOAT: {
        store<f64>(REG_ARGUMENT_OFFSET, origin + <f64>ip);
        status = REQUEST;
        break;
      }
      case op.UNICODE:
      case op.STRING: {
        const isString = opcode == op.STRING;
        const isPlain = !isString || isAsciiText(settings);
        const close: usize = isPlain ? lineEnd(ip, stop) : 0;
        if (close != 0 && !hasByte(ip, close, 0x5c) && (!isString || isQuoted(ip, close))) {
          const quote: usize = isString ? 1 : 0;
          const bytes = close - ip - 2 * quote;
          if (<u32>bytes <= layout.MAX_INLINE_TEXT_BYTES && <f64>bytes <= maxString) {
            slot = asciiSlot(ip + quote, <u32>bytes);
            if (slot != NO_SLOT) {
              store<u64>(sp, slot);
              sp += 8;
              ip = close + 1;
              continue;
            }
            if (load<i32>(REG_ERROR) != 0) break;
          }
        }
        store<f64>(REG_ARGUMENT_OFFSET, origin + <f64>ip);
        status = REQUEST;
        break;
      }
      case op.SHORT_BINUNICODE:
      case op.BINUNICODE:
      case op.BINUNICODE8: {
        const width: usize = opcode == op.SHORT_BINUNICODE ? 1 : opcode == op.BINUNICODE ? 4 : 8;
        if (stop - ip < width) {
          error = CUT;
          break;
        }
        if (opcode == op.BINUNICODE8) {
          if (load<u32>(ip, 4) >= TOO_LONG_HIGH_WORD) {
            ip += width;
            error = code.TRUNCATED;
            break;
          }
          size = <f64>load<u64>(ip);
        } else size = opcode == op.BINUNICODE ? <f64>load<u32>(ip) : <f64>load<u8>(ip);
        ip += width;
        if (size > end - (origin + <f64>ip)) {
          error = code.TRUNCATED;
          break;
        }
        if (size > maxString) {
          error = code.LIMIT_STRING;
          actual = size;
          break;
        }
        if (size > <f64>layout.MAX_INLINE_TEXT_BYTES) {
          store<f64>(REG_ARGUMENT_LENGTH, size);
          store<f64>(REG_ARGUMENT_OFFSET, origin + <f64>ip);
          status = REQUEST;
          break;
        }
        n = <u32>size;
        if (<usize>n > stop - ip) {
          error = CUT;
          break;
        }
        slot = utf8Slot(ip, n);
        if (slot == NO_SLOT) break;
        ip += n;
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.SHORT_BINSTRING:
      case op.BINSTRING: {
        const width: usize = opcode == op.SHORT_BINSTRING ? 1 : 4;
        if (stop - ip < width) {
          error = CUT;
          break;
        }
        n = opcode == op.SHORT_BINSTRING ? <u32>load<u8>(ip) : load<u32>(ip);
        if (<i32>n < 0) {
          error = code.NEGATIVE_LENGTH;
          break;
        }
        ip += width;
        size = <f64>n;
        if (size > end - (origin + <f64>ip)) {
          error = code.TRUNCATED;
          break;
        }
        if (settings & layout.SETTING_BYTES_STRINGS) {
          slot = newPayload(layout.NODE_BYTES, origin + <f64>ip, size);
          if (slot == NO_SLOT) break;
          store<u64>(sp, slot);
          sp += 8;
          if (<usize>n <= stop - ip) {
            ip += n;
            continue;
          }
          beyond = size;
          break;
        }
        if (size > maxString) {
          error = code.LIMIT_STRING;
          actual = size;
          break;
        }
        if (n <= layout.MAX_INLINE_TEXT_BYTES) {
          if (<usize>n > stop - ip) {
            error = CUT;
            break;
          }
          slot = settings & layout.SETTING_ASCII_STRINGS ? asciiSlot(ip, n) : NO_SLOT;
          if (slot != NO_SLOT) {
            ip += n;
            store<u64>(sp, slot);
            sp += 8;
            continue;
          }
          if (load<i32>(REG_ERROR) != 0) break;
        }
        store<f64>(REG_ARGUMENT_LENGTH, size);
        store<f64>(REG_ARGUMENT_OFFSET, origin + <f64>ip);
        status = REQUEST;
        break;
      }
      case op.SHORT_BINBYTES:
      case op.BINBYTES:
      case op.BINBYTES8:
      case op.BYTEARRAY8: {
        const width: usize = opcode == op.SHORT_BINBYTES ? 1 : opcode == op.BINBYTES ? 4 : 8;
        if (stop - ip < width) {
          error = CUT;
          break;
        }
        if (width == 8) {
          if (load<u32>(ip, 4) >= TOO_LONG_HIGH_WORD) {
            ip += width;
            error = code.TRUNCATED;
            break;
          }
          size = <f64>load<u64>(ip);
        } else size = width == 4 ? <f64>load<u32>(ip) : <f64>load<u8>(ip);
        ip += width;
        if (size > end - (origin + <f64>ip)) {
          error = code.TRUNCATED;
          break;
        }
        slot = newPayload(opcode == op.BYTEARRAY8 ? layout.NODE_BYTEARRAY : layout.NODE_BYTES, origin + <f64>ip, size);
        if (slot == NO_SLOT) break;
        store<u64>(sp, slot);
        sp += 8;
        if (size <= <f64>(stop - ip)) {
          ip += <usize>size;
          continue;
        }
        beyond = size;
        break;
      }
      case op.NEXT_BUFFER: {
        if (nextBuffer >= load<u32>(REG_BUFFER_COUNT)) {
          error = code.NO_BUFFER;
          break;
        }
        slot = special(layout.SPECIAL_BUFFER, nextBuffer++);
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.READONLY_BUFFER: {
        if (sp <= floor) {
          error = underflow();
          break;
        }
        slot = load<u64>(sp - 8);
        if (<u32>(slot >> 32) == ((layout.TAG_SPECIAL << 16) | layout.SPECIAL_BUFFER)) {
          store<u64>(sp - 8, slot | 0x80000000);
          continue;
        }
        if (isNode(slot, layout.NODE_BYTES) || isNode(slot, layout.NODE_BYTEARRAY)) continue;
        error = code.INVALID_OPERAND;
        break;
      }
      case op.BINGET: {
        if (ip >= stop) {
          error = CUT;
          break;
        }
        slot = fetch(<u32>load<u8>(ip));
        ip += 1;
        if (slot == NO_SLOT) break;
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.LONG_BINGET: {
        if (stop - ip < 4) {
          error = CUT;
          break;
        }
        slot = fetch(load<u32>(ip));
        ip += 4;
        if (slot == NO_SLOT) break;
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.GET: {
        const close = lineEnd(ip, min(stop, ip + 11));
        if (close == 0 || quickInt(ip, close, false) == NOT_QUICK) {
          store<f64>(REG_ARGUMENT_OFFSET, origin + <f64>ip);
          status = REQUEST;
          break;
        }
        slot = fetch(<u32>quickInt(ip, close, false));
        ip = close + 1;
        if (slot == NO_SLOT) break;
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.BINPUT: {
        if (ip >= stop) {
          error = CUT;
          break;
        }
        if (sp <= floor) {
          error = underflow();
          break;
        }
        if (!memoPut(<u32>load<u8>(ip), load<u64>(sp - 8))) break;
        ip += 1;
        continue;
      }
      case op.LONG_BINPUT: {
        if (stop - ip < 4) {
          error = CUT;
          break;
        }
        if (sp <= floor) {
          error = underflow();
          break;
        }
        if (!memoPut(load<u32>(ip), load<u64>(sp - 8))) break;
        ip += 4;
        continue;
      }
      case op.PUT: {
        const close = lineEnd(ip, min(stop, ip + 11));
        if (close == 0 || quickInt(ip, close, false) == NOT_QUICK) {
          store<f64>(REG_ARGUMENT_OFFSET, origin + <f64>ip);
          status = REQUEST;
          break;
        }
        if (sp <= floor) {
          error = underflow();
          break;
        }
        if (!memoPut(<u32>quickInt(ip, close, false), load<u64>(sp - 8))) break;
        ip = close + 1;
        continue;
      }
      case op.MEMOIZE: {
        if (sp <= floor) {
          error = underflow();
          break;
        }
        if (!memoize(load<u64>(sp - 8))) break;
        continue;
      }
      case op.EMPTY_LIST: {
        slot = newContainer(layout.NODE_LIST);
        if (slot == NO_SLOT) break;
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.EMPTY_DICT: {
        slot = newContainer(layout.NODE_DICT);
        if (slot == NO_SLOT) break;
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.EMPTY_SET: {
        slot = newContainer(layout.NODE_SET);
        if (slot == NO_SLOT) break;
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.APPEND: {
        if (sp - floor < 16) {
          error = underflow();
          break;
        }
        sp -= 8;
        if (!appendTo(load<u64>(sp - 8), sp, 1, origin + <f64>start)) break;
        continue;
      }
      case op.APPENDS: {
        if (markCount == 0) {
          error = code.MARK_NOT_FOUND;
          break;
        }
        const items = floor;
        n = <u32>((sp - items) >> 3);
        markCount--;
        floor = floorOf();
        if (items <= floor) {
          error = underflow();
          break;
        }
        slot = load<u64>(items - 8);
        if (n >= LARGE_BATCH && canLeaveStack(slot, items)) {
          stackTop = items;
          if (!leaveStack(nodeOf(slot), items, n)) break;
          sp = stackTop;
          floor = floorOf();
          limit = stackLimit();
          continue;
        }
        sp = items;
        if (!appendTo(slot, items, n, origin + <f64>start)) break;
        continue;
      }
      case op.ADDITEMS: {
        if (markCount == 0) {
          error = code.MARK_NOT_FOUND;
          break;
        }
        const items = floor;
        n = <u32>((sp - items) >> 3);
        markCount--;
        floor = floorOf();
        if (items <= floor) {
          error = underflow();
          break;
        }
        sp = items;
        if (!addTo(load<u64>(items - 8), items, n, origin + <f64>start)) break;
        continue;
      }
      case op.SETITEM: {
        if (sp - floor < 24) {
          error = underflow();
          break;
        }
        sp -= 16;
        if (!setIn(load<u64>(sp - 8), sp, 2, origin + <f64>start)) break;
        continue;
      }
      case op.SETITEMS: {
        if (markCount == 0) {
          error = code.MARK_NOT_FOUND;
          break;
        }
        const items = floor;
        n = <u32>((sp - items) >> 3);
        markCount--;
        floor = floorOf();
        if (items <= floor) {
          error = underflow();
          break;
        }
        sp = items;
        if (!setIn(load<u64>(items - 8), items, n, origin + <f64>start)) break;
        continue;
      }
      case op.LIST: {
        if (markCount == 0) {
          error = code.MARK_NOT_FOUND;
          break;
        }
        const items = floor;
        n = <u32>((sp - items) >> 3);
        markCount--;
        floor = floorOf();
        sp = items;
        slot = newContainer(layout.NODE_LIST);
        if (slot == NO_SLOT || !appendItems(nodeOf(slot), items, n)) break;
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.DICT: {
        if (markCount == 0) {
          error = code.MARK_NOT_FOUND;
          break;
        }
        const items = floor;
        n = <u32>((sp - items) >> 3);
        markCount--;
        floor = floorOf();
        sp = items;
        slot = newContainer(layout.NODE_DICT);
        if (slot == NO_SLOT || !setIn(slot, items, n, origin + <f64>start)) break;
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.FROZENSET: {
        if (markCount == 0) {
          error = code.MARK_NOT_FOUND;
          break;
        }
        const items = floor;
        n = <u32>((sp - items) >> 3);
        markCount--;
        floor = floorOf();
        if (!areHashable(items, n, 8)) {
          error = code.UNHASHABLE_KEY;
          break;
        }
        sp = items;
        slot = newTuple(layout.NODE_FROZENSET, items, n);
        if (slot == NO_SLOT) break;
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.TUPLE: {
        if (markCount == 0) {
          error = code.MARK_NOT_FOUND;
          break;
        }
        const items = floor;
        n = <u32>((sp - items) >> 3);
        markCount--;
        floor = floorOf();
        slot = n == 0 ? constant(layout.CONST_EMPTY_TUPLE) : newTuple(layout.NODE_TUPLE, items, n);
        sp = items;
        if (slot == NO_SLOT) break;
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.TUPLE1:
      case op.TUPLE2:
      case op.TUPLE3: {
        n = opcode - op.TUPLE1 + 1;
        if (<u32>(sp - floor) < n << 3) {
          error = underflow();
          break;
        }
        sp -= n << 3;
        slot = newTuple(layout.NODE_TUPLE, sp, n);
        if (slot == NO_SLOT) break;
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.GLOBAL: {
        store<f64>(REG_ARGUMENT_OFFSET, origin + <f64>ip);
        status = REQUEST;
        break;
      }
      case op.INST: {
        if (markCount == 0) {
          error = code.MARK_NOT_FOUND;
          break;
        }
        store<f64>(REG_ARGUMENT_OFFSET, origin + <f64>ip);
        status = REQUEST;
        break;
      }
      case op.STACK_GLOBAL: {
        if (sp - floor < 16) {
          error = underflow();
          break;
        }
        if (!isText(load<u64>(sp - 16)) || !isText(load<u64>(sp - 8))) {
          error = code.INVALID_OPERAND;
          break;
        }
        store<u64>(REG_MODULE, load<u64>(sp - 16));
        store<u64>(REG_NAME, load<u64>(sp - 8));
        store<f64>(REG_ARGUMENT_OFFSET, origin + <f64>ip);
        status = REQUEST;
        break;
      }
      case op.EXT1:
      case op.EXT2:
      case op.EXT4: {
        const width: usize = opcode == op.EXT1 ? 1 : opcode == op.EXT2 ? 2 : 4;
        if (stop - ip < width) {
          error = CUT;
          break;
        }
        n = width == 1 ? <u32>load<u8>(ip) : width == 2 ? <u32>load<u16>(ip) : load<u32>(ip);
        if (<i32>n <= 0) {
          error = code.INVALID_EXT_CODE;
          break;
        }
        store<f64>(REG_ARGUMENT_LENGTH, <f64>n);
        store<f64>(REG_ARGUMENT_OFFSET, origin + <f64>ip);
        ip += width;
        status = REQUEST;
        break;
      }
      case op.REDUCE:
      case op.NEWOBJ: {
        if (sp - floor < 16) {
          error = underflow();
          break;
        }
        if (!isTuple(load<u64>(sp - 8)) || !isCallable(load<u64>(sp - 16))) {
          error = code.INVALID_OPERAND;
          break;
        }
        sp -= 16;
        slot = newObject(
          layout.NODE_OBJECT,
          opcode == op.REDUCE ? layout.HOW_REDUCE : layout.HOW_NEWOBJ,
          load<u64>(sp),
          load<u64>(sp + 8),
          constant(layout.CONST_ABSENT),
          origin + <f64>start,
        );
        if (slot == NO_SLOT) break;
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.NEWOBJ_EX: {
        if (sp - floor < 24) {
          error = underflow();
          break;
        }
        if (
          !isNode(load<u64>(sp - 8), layout.NODE_DICT) ||
          !isTuple(load<u64>(sp - 16)) ||
          !isCallable(load<u64>(sp - 24))
        ) {
          error = code.INVALID_OPERAND;
          break;
        }
        sp -= 24;
        slot = newObject(
          layout.NODE_OBJECT,
          layout.HOW_NEWOBJ,
          load<u64>(sp),
          load<u64>(sp + 8),
          load<u64>(sp + 16),
          origin + <f64>start,
        );
        if (slot == NO_SLOT) break;
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.OBJ: {
        if (markCount == 0) {
          error = code.MARK_NOT_FOUND;
          break;
        }
        const items = floor;
        n = <u32>((sp - items) >> 3);
        markCount--;
        floor = floorOf();
        if (n == 0) {
          error = code.STACK_UNDERFLOW;
          break;
        }
        if (!isCallable(load<u64>(items))) {
          error = code.INVALID_OPERAND;
          break;
        }
        stackTop = sp;
        const args = argumentsFrom(items + 8);
        if (args == NO_SLOT) break;
        slot = newObject(
          layout.NODE_OBJECT,
          layout.HOW_OBJ,
          load<u64>(items),
          args,
          constant(layout.CONST_ABSENT),
          origin + <f64>start,
        );
        sp = items;
        if (slot == NO_SLOT) break;
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.BUILD: {
        if (sp - floor < 16) {
          error = underflow();
          break;
        }
        if (!isObjectNode(load<u64>(sp - 16))) {
          error = code.INVALID_OPERAND;
          break;
        }
        sp -= 8;
        if (!addOp(nodeOf(load<u64>(sp - 8)), layout.OP_BUILD, load<u64>(sp), origin + <f64>start)) break;
        continue;
      }
      case op.PERSID: {
        store<f64>(REG_ARGUMENT_OFFSET, origin + <f64>ip);
        status = REQUEST;
        break;
      }
      case op.BINPERSID: {
        if ((settings & layout.SETTING_PERSISTENT) == 0) {
          error = code.NO_PERSISTENT_LOAD;
          break;
        }
        if (sp <= floor) {
          error = underflow();
          break;
        }
        sp -= 8;
        slot = newNamed(layout.NODE_PERSISTENT, load<u64>(sp), origin + <f64>start);
        if (slot == NO_SLOT) break;
        store<u64>(sp, slot);
        sp += 8;
        continue;
      }
      case op.PROTO: {
        if (ip >= stop) {
          error = CUT;
          break;
        }
        n = <u32>load<u8>(ip);
        if (n > 5) {
          error = code.UNSUPPORTED_PROTOCOL;
          break;
        }
        store<u32>(REG_PROTOCOL, n);
        ip += 1;
        continue;
      }
      case op.FRAME: {
        if (stop - ip < 8) {
          error = CUT;
          break;
        }
        size = <f64>load<u64>(ip);
        if (load<u32>(ip, 4) >= TOO_LONG_HIGH_WORD || size > end - (origin + <f64>ip + 8)) {
          error = code.FRAME_TOO_LONG;
          break;
        }
        ip += 8;
        if (origin + <f64>ip + size > load<f64>(REG_FRAME_END)) {
          store<f64>(REG_FRAME_END, origin + <f64>ip + size);
          store<f64>(REG_FRAME_OFFSET, origin + <f64>start);
        }
        frameEnd = origin + <f64>ip + size;
        pause = pauseAt(base, stop);
        continue;
      }
      default: {
        error = code.UNKNOWN_OPCODE;
        break;
      }
    }
    break;
  }

  if (status == REQUEST) pending = opcode;
  stackTop = sp;
  if (beyond != 0 && status == NEED_INPUT && frameEnd != 0) {
    // A payload may begin behind a frame, but not go on behind it.
    const behind = origin + <f64>ip + beyond;
    if (behind > frameEnd && origin + <f64>start + 1 < frameEnd && isStraddling(opcode, origin + <f64>start)) {
      error = code.FRAME_STRADDLE;
    } else if (behind >= frameEnd) frameEnd = 0;
  }
  if (error == CUT) error = last ? code.TRUNCATED : 0;
  if (origin + <f64>start + 1 < frameEnd && isStraddling(opcode, origin + <f64>start)) {
    // What ends behind the input ends behind the frame as well; what is asked of the host must not.
    const counted = status == REQUEST && lengthBytes(opcode) != 0 ? load<f64>(REG_ARGUMENT_LENGTH) : 0;
    const isLimited = error == code.LIMIT_STRING || error == code.LIMIT_INT_BYTES;
    const reach = status == REQUEST ? counted : isLimited ? actual : 0;
    if (error == code.TRUNCATED || (reach != 0 && origin + <f64>ip + reach > frameEnd)) {
      error = code.FRAME_STRADDLE;
      actual = 0;
    }
  }
  if (error != 0) {
    store<i32>(REG_ERROR, error);
    store<f64>(REG_ERROR_ACTUAL, actual);
  }
  // What is called above leaves its errors in the register.
  if (load<i32>(REG_ERROR) != 0) status = ERROR;
  if (status == NEED_INPUT && beyond == 0) ip = start;
  store<f64>(REG_POSITION, origin + <f64>ip + beyond);
  store<f64>(REG_OPCODE_OFFSET, origin + <f64>start);
  store<u32>(REG_OPCODE, opcode);
  publishText();
  return status;
}

/** Whether a slot is text, for a global's names. */
function isText(slot: u64): bool {
  const tag = <u32>(slot >> 48);
  if (tag == layout.TAG_STR1 || tag == layout.TAG_STR2 || tag == layout.TAG_SHARED) return true;
  return <u32>(slot >> 32) == ((layout.TAG_SPECIAL << 16) | layout.SPECIAL_HOST);
}

/** Whether a Python 2 string of ASCII bytes is that text. */
function isAsciiText(settings: u32): bool {
  const bits = layout.SETTING_ASCII_STRINGS | layout.SETTING_BYTES_STRINGS;
  return (settings & bits) == layout.SETTING_ASCII_STRINGS;
}

/** Whether the line that the host has read went over the end of a frame. Of two lines the second may begin behind it. */
function isLineStraddling(position: f64): bool {
  if (frameEnd == 0 || position <= frameEnd || pending == op.GLOBAL || pending == op.INST) return false;
  return load<f64>(REG_ARGUMENT_OFFSET) < frameEnd;
}

/** Address at which the loop looks up: the end of the window, or of the frame that ends inside it. */
function pauseAt(base: f64, stop: usize): usize {
  if (frameEnd == 0 || frameEnd - base >= <f64>(stop - WINDOW)) return stop;
  return frameEnd <= base ? WINDOW : WINDOW + <usize>(frameEnd - base);
}

/** Bytes of the length of what an opcode counts, 0 where it counts nothing. */
function lengthBytes(opcode: u32): f64 {
  switch (opcode) {
    case op.SHORT_BINUNICODE:
    case op.SHORT_BINBYTES:
    case op.SHORT_BINSTRING:
    case op.LONG1:
      return 1;
    case op.BINUNICODE:
    case op.BINBYTES:
    case op.BINSTRING:
    case op.LONG4:
      return 4;
    case op.BINUNICODE8:
    case op.BINBYTES8:
    case op.BYTEARRAY8:
      return 8;
    default:
      return 0;
  }
}

/**
 * Whether an opcode that went over the end of a frame did so inside its argument. Its argument, or what its length
 * counts, may begin right behind the frame.
 */
function isStraddling(opcode: u32, offset: f64): bool {
  return offset + 1 != frameEnd && offset + 1 + lengthBytes(opcode) != frameEnd;
}

/** The stack pointer above which there is no room for one more value, or more than are allowed. */
function stackLimit(): usize {
  return stack + <usize>min<u64>(<u64>stackBytes - 8, (<u64>load<u32>(REG_MAX_STACK)) << 3);
}
