import type { Graph, Shape } from '../../graph/graph.ts';
import {
  CONST_EMPTY_TUPLE,
  CONST_FALSE,
  CONST_NONE,
  CONST_TRUE,
  FLAG_FETCHED,
  FLAG_SHAPED,
  HOW_NEWOBJ,
  HOW_REDUCE,
  MAX_INLINE_TEXT_BYTES,
  NODE_BIGINT,
  NODE_BYTEARRAY,
  NODE_BYTES,
  OP_ADDITEMS,
  OP_APPENDS,
  OP_BUILD,
  OP_SETITEMS,
  SETTING_ASCII_STRINGS,
  SETTING_BYTES_STRINGS,
  SPECIAL_INT64,
  SPECIAL_NAN,
  STATUS_DONE,
  STATUS_ERROR,
  STATUS_NEED_INPUT,
  STATUS_REQUEST,
} from '../../spec/layout.ts';
import type { Machine, MachineSettings } from '../port.ts';
import {
  CUT,
  EMPTY_INPUT,
  FRAME_TOO_LONG,
  INVALID_OPERAND,
  LIMIT_CONTAINER,
  LIMIT_INT_BYTES,
  LIMIT_STRING,
  MARK_NOT_FOUND,
  MISSING_STOP,
  NEGATIVE_LENGTH,
  ODD_DICT_ITEMS,
  REQUEST,
  TRUNCATED,
  UNHASHABLE_KEY,
  UNKNOWN_OPCODE,
  UNSUPPORTED_PROTOCOL,
} from './faults.ts';
import { line, plainLine, quotedLine, shortInt } from './lines.ts';
import {
  addItems,
  areHashable,
  writeEmpty,
  writeObject,
  writeOpItems,
  writeOpOf,
  writePayload,
  writeTuple,
} from './nodes.ts';
import * as rare from './rare.ts';
import { SPARE_SLOTS, State } from './state.ts';
import { warmUp } from './warm-up.ts';
import {
  HI_CONST,
  HI_DICT,
  HI_FROZENSET,
  HI_INT,
  HI_LIST,
  HI_NODE,
  HI_OBJECT,
  HI_SET,
  HI_SPECIAL,
  HI_STR1,
  HI_TUPLE,
  HI_NOTHING,
  isCallable,
  isObject,
  isTuple,
} from './words.ts';

let isWarm = false;

/** Makes a machine in TypeScript. */
export function createTsMachine(): Machine {
  const machine = new TsMachine();
  if (!isWarm) {
    isWarm = true;
    warmUp(machine);
  }
  return machine;
}

/**
 * Bytes that the loop runs over before it returns and is called anew: V8 compiles a function that is called again and
 * again better than one that never returns.
 */
const STRETCH = 65536;
/** What `loop` returns at the end of a stretch; no STATUS. */
const GO_ON = -1;
/** A length of 8 bytes whose high word is this or more is beyond 2^53, and so beyond any input. */
const HIGH_TOO_LONG = 0x200000;
const WORD = 2 ** 32;

class TsMachine implements Machine {
  readonly engine = 'ts';
  position = 0;
  opcodeOffset = 0;
  opcode = 0;
  errorNumber = 0;
  errorActual = 0;
  argumentOffset = 0;
  argumentLength = 0;
  readonly moduleSlot = rare.NAME_CELLS;
  readonly nameSlot = rare.NAME_CELLS + 1;

  private readonly state = new State();
  private readonly view = new GraphView(this.state);
  /** The run's bytes, the index to go on at, and what makes an index an absolute offset. */
  private bytes: Uint8Array = NO_BYTES;
  private index = 0;
  private shift = 0;

  get protocol(): number {
    return this.state.protocol;
  }
  get lastPayload(): number {
    return this.state.lastPayload;
  }
  get frameEnd(): number {
    return this.state.frameEnd;
  }
  get frameOffset(): number {
    return this.state.frameOffset;
  }
  get graph(): Graph {
    this.view.refresh();
    return this.view;
  }

  begin(settings: MachineSettings): void {
    this.state.begin(settings);
    this.position = 0;
    this.errorNumber = 0;
    this.errorActual = 0;
    this.bytes = NO_BYTES;
  }

  next(): void {
    this.state.next();
    this.state.text.next();
    this.bytes = NO_BYTES;
  }

  run(bytes: Uint8Array, start: number, end: number, base: number, final: boolean): number {
    if (this.errorNumber !== 0) return STATUS_ERROR;
    this.bytes = bytes;
    this.index = start;
    this.shift = base - start;
    this.state.text.beginRun(bytes, start, end, base, final);
    let status;
    do status = this.loop(Math.min(this.index + STRETCH, end), end, final);
    while (status === GO_ON);
    this.state.text.endRun(Math.min(this.index, end));
    this.position = this.index + this.shift;
    return status;
  }

  reply(lo: number, hi: number, position: number): void {
    const state = this.state;
    this.position = position;
    let fault = rare.answer(state, this.opcode, this.argumentLength, lo | 0, hi | 0, this.opcodeOffset);
    if (fault === 0) fault = state.reserveStack();
    if (fault === 0) fault = state.reserve(0);
    if (fault !== 0) this.fail(fault, this.opcodeOffset, this.opcode);
  }

  private fail(fault: number, offset: number, opcode: number): number {
    this.errorNumber = fault;
    this.errorActual = this.state.actual;
    this.opcodeOffset = offset;
    this.opcode = opcode;
    return STATUS_ERROR;
  }

  /**
   * Runs opcodes until `stop`, where no opcode begins any more, with arguments up to `end`.
   *
   * Everything hot is in local variables. An opcode ends with `continue`; or with `break` out of one of the labelled
   * blocks, to what several opcodes have in common; or, with `fault` set, with `break loop`. Case labels are literals,
   * since only these become a jump table.
   */
  private loop(stop: number, end: number, final: boolean): number {
    const s = this.state;
    const { slots, memo, text, stack: stackArea, marks: marksArea } = s;
    const { bytes, shift } = this;
    const { direct, delta } = text;
    const { maxItems, maxStringBytes } = s;
    const maxShapeKeys = s.maxShapeKeys;

    let words = slots.words;
    let f64 = slots.f64;
    let free = slots.free;
    let freeEnd = (slots.limit >> 1) - SPARE_SLOTS;
    let stack = stackArea.words;
    let sp = s.sp;
    let spEnd = Math.min(stackArea.limit - 2, 2 * s.maxStack);
    let fence = s.fence;
    let markCount = s.markCount;
    let memoWords = memo.area.words;
    let memoKnown = memo.known;
    let memoRoom = memo.room;

    let p = this.index;
    let opStart = p;
    let op = p < end ? bytes[p]! : 0;
    let fault = 0;

    loop: for (;;) {
      // What the last opcode used up, before the next one begins: an opcode may push one value and take SPARE_SLOTS slots
      // without asking.
      if (sp > spEnd || free > freeEnd) {
        s.sp = sp;
        slots.free = free;
        fault = s.reserveStack();
        if (fault === 0) fault = s.reserve(0);
        if (fault !== 0) break loop;
        stack = stackArea.words;
        spEnd = Math.min(stackArea.limit - 2, 2 * s.maxStack);
        words = slots.words;
        f64 = slots.f64;
        freeEnd = (slots.limit >> 1) - SPARE_SLOTS;
      }
      if (p >= stop) break;
      opStart = p;
      op = bytes[p++]!;

      // An opcode's number, or a length, or a node, or which rare opcode.
      let n = 0;
      // The kind of payload node.
      let kind = 0;

      cut: {
        missing: {
          markless: {
            rareOp: {
              put: {
                get: {
                  payload: {
                    text: {
                      switch (op) {
                        case 0x8c: // SHORT_BINUNICODE
                          if (p >= end) break cut;
                          n = bytes[p++]!;
                          if (n > end - p || n > maxStringBytes || !direct) break text;
                          {
                            let seen = 0;
                            const behind = p + n;
                            for (let i = p; i < behind; i++) seen |= bytes[i]!;
                            if (seen >= 0x80) break text;
                            stack[sp] = p + delta;
                            stack[sp + 1] = HI_STR1 | n;
                            sp += 2;
                            p = behind;
                          }
                          continue;

                        case 0x94: // MEMOIZE
                          if (sp - fence < 2) break missing;
                          if (memoKnown < memoRoom) {
                            memoWords[2 * memoKnown] = stack[sp - 2]!;
                            memoWords[2 * memoKnown + 1] = stack[sp - 1]!;
                            memoKnown++;
                            continue;
                          }
                          n = -1;
                          break put;

                        case 0x68: // BINGET
                          if (p >= end) break cut;
                          n = bytes[p++]!;
                          break get;

                        case 0x6a: // LONG_BINGET
                          if (end - p < 4) break cut;
                          n = uint4(bytes, p);
                          p += 4;
                          break get;

                        case 0x71: // BINPUT
                          if (p >= end) break cut;
                          n = bytes[p++]!;
                          break put;

                        case 0x72: // LONG_BINPUT
                          if (end - p < 4) break cut;
                          n = uint4(bytes, p);
                          p += 4;
                          break put;

                        case 0x47: // BINFLOAT
                          {
                            if (end - p < 8) break cut;
                            let hi = (bytes[p]! << 24) | (bytes[p + 1]! << 16) | (bytes[p + 2]! << 8) | bytes[p + 3]!;
                            let lo =
                              (bytes[p + 4]! << 24) | (bytes[p + 5]! << 16) | (bytes[p + 6]! << 8) | bytes[p + 7]!;
                            p += 8;
                            const magnitude = hi & 0x7fffffff;
                            if (magnitude >= 0x7ff00000 && (magnitude > 0x7ff00000 || lo !== 0)) {
                              words[2 * free] = lo;
                              words[2 * free + 1] = hi;
                              lo = free++;
                              hi = HI_SPECIAL | SPECIAL_NAN;
                            }
                            stack[sp] = lo;
                            stack[sp + 1] = hi;
                            sp += 2;
                          }
                          continue;

                        case 0x4b: // BININT1
                          if (p >= end) break cut;
                          stack[sp] = bytes[p++]!;
                          stack[sp + 1] = HI_INT;
                          sp += 2;
                          continue;

                        case 0x4d: // BININT2
                          if (end - p < 2) break cut;
                          stack[sp] = bytes[p]! | (bytes[p + 1]! << 8);
                          stack[sp + 1] = HI_INT;
                          sp += 2;
                          p += 2;
                          continue;

                        case 0x4a: // BININT
                          if (end - p < 4) break cut;
                          stack[sp] = int4(bytes, p);
                          stack[sp + 1] = HI_INT;
                          sp += 2;
                          p += 4;
                          continue;

                        case 0x4e: // NONE
                          stack[sp] = CONST_NONE;
                          stack[sp + 1] = HI_CONST;
                          sp += 2;
                          continue;

                        case 0x88: // NEWTRUE
                          stack[sp] = CONST_TRUE;
                          stack[sp + 1] = HI_CONST;
                          sp += 2;
                          continue;

                        case 0x89: // NEWFALSE
                          stack[sp] = CONST_FALSE;
                          stack[sp + 1] = HI_CONST;
                          sp += 2;
                          continue;

                        case 0x29: // EMPTY_TUPLE
                          stack[sp] = CONST_EMPTY_TUPLE;
                          stack[sp + 1] = HI_CONST;
                          sp += 2;
                          continue;

                        case 0x28: // MARK
                          if (markCount < marksArea.limit && markCount < s.maxMarks) {
                            marksArea.words[markCount++] = sp;
                            fence = sp;
                            continue;
                          }
                          break rareOp;

                        case 0x5d: // EMPTY_LIST
                          stack[sp] = free;
                          stack[sp + 1] = HI_LIST;
                          sp += 2;
                          free = writeEmpty(words, free);
                          continue;

                        case 0x7d: // EMPTY_DICT
                          stack[sp] = free;
                          stack[sp + 1] = HI_DICT;
                          sp += 2;
                          free = writeEmpty(words, free);
                          continue;

                        case 0x8f: // EMPTY_SET
                          stack[sp] = free;
                          stack[sp + 1] = HI_SET;
                          sp += 2;
                          free = writeEmpty(words, free);
                          continue;

                        case 0x61: // APPEND
                          {
                            if (sp - fence < 4) break missing;
                            const target = stack[sp - 4]!;
                            const targetHi = stack[sp - 3]!;
                            if (targetHi === HI_LIST) {
                              if (words[2 * target + 1]! >= maxItems) {
                                fault = s.limit(LIMIT_CONTAINER, words[2 * target + 1]! + 1);
                                break loop;
                              }
                              free = addItems(words, target, stack, sp - 2, 1, free);
                            } else if (isObject(targetHi)) {
                              free = writeOpItems(
                                words,
                                f64,
                                free,
                                target,
                                OP_APPENDS,
                                opStart + shift,
                                stack,
                                sp - 2,
                                1,
                              );
                            } else {
                              fault = INVALID_OPERAND;
                              break loop;
                            }
                            sp -= 2;
                          }
                          continue;

                        case 0x65: // APPENDS
                        case 0x90: // ADDITEMS
                          {
                            if (markCount === 0) break markless;
                            const first = fence;
                            markCount--;
                            fence = markCount === 0 ? 0 : marksArea.words[markCount - 1]!;
                            if (first - fence < 2) break missing;
                            const count = (sp - first) >> 1;
                            const target = stack[first - 2]!;
                            const targetHi = stack[first - 1]!;
                            const isItems = targetHi === (op === 0x65 ? HI_LIST : HI_SET);
                            if (!isItems && !isObject(targetHi)) {
                              fault = INVALID_OPERAND;
                              break loop;
                            }
                            if (targetHi === HI_SET && !areHashable(words, stack, first, count, 1)) {
                              fault = UNHASHABLE_KEY;
                              break loop;
                            }
                            if (isItems && words[2 * target + 1]! + count > maxItems) {
                              fault = s.limit(LIMIT_CONTAINER, words[2 * target + 1]! + count);
                              break loop;
                            }
                            if (count > freeEnd - free) {
                              slots.free = free;
                              fault = s.reserve(count);
                              if (fault !== 0) break loop;
                              words = slots.words;
                              f64 = slots.f64;
                              freeEnd = (slots.limit >> 1) - SPARE_SLOTS;
                            }
                            if (isItems) {
                              free = addItems(words, target, stack, first, count, free);
                            } else {
                              const what = op === 0x65 ? OP_APPENDS : OP_ADDITEMS;
                              free = writeOpItems(words, f64, free, target, what, opStart + shift, stack, first, count);
                            }
                            sp = first;
                          }
                          continue;

                        case 0x75: // SETITEMS
                          {
                            if (markCount === 0) break markless;
                            const first = fence;
                            markCount--;
                            fence = markCount === 0 ? 0 : marksArea.words[markCount - 1]!;
                            if (first - fence < 2) break missing;
                            const count = (sp - first) >> 1;
                            const target = stack[first - 2]!;
                            const targetHi = stack[first - 1]!;
                            if (targetHi !== HI_DICT && !isObject(targetHi)) {
                              fault = INVALID_OPERAND;
                              break loop;
                            }
                            if ((count & 1) !== 0) {
                              fault = ODD_DICT_ITEMS;
                              break loop;
                            }
                            if (count > freeEnd - free) {
                              slots.free = free;
                              fault = s.reserve(count);
                              if (fault !== 0) break loop;
                              words = slots.words;
                              f64 = slots.f64;
                              freeEnd = (slots.limit >> 1) - SPARE_SLOTS;
                            }
                            if (targetHi !== HI_DICT) {
                              free = writeOpItems(
                                words,
                                f64,
                                free,
                                target,
                                OP_SETITEMS,
                                opStart + shift,
                                stack,
                                first,
                                count,
                              );
                              sp = first;
                              continue;
                            }
                            const entries = count >> 1;
                            const at = 2 * target;
                            // A dict that is filled at once, and whose keys have been seen: the usual case.
                            if (
                              entries > 0 &&
                              entries <= maxShapeKeys &&
                              words[at + 1] === 0 &&
                              (words[at]! & FLAG_SHAPED) === 0
                            ) {
                              const shape = s.shapes.place(stack, first, entries, words, free);
                              if (shape >= 0) {
                                words[at]! |= FLAG_SHAPED | s.shapes.kinds;
                                words[at + 1] = shape;
                                words[at + 2] = free;
                                free += entries;
                                sp = first;
                                continue;
                              }
                            }
                            slots.free = free;
                            fault = s.setEntries(target, first, entries);
                            if (fault !== 0) break loop;
                            free = slots.free;
                            words = slots.words;
                            f64 = slots.f64;
                            freeEnd = (slots.limit >> 1) - SPARE_SLOTS;
                            sp = first;
                          }
                          continue;

                        case 0x73: // SETITEM
                          {
                            if (sp - fence < 6) break missing;
                            const target = stack[sp - 6]!;
                            const targetHi = stack[sp - 5]!;
                            if (targetHi === HI_DICT) {
                              slots.free = free;
                              fault = s.setEntry(target, sp - 4);
                              if (fault !== 0) break loop;
                              free = slots.free;
                              words = slots.words;
                              f64 = slots.f64;
                              freeEnd = (slots.limit >> 1) - SPARE_SLOTS;
                            } else if (isObject(targetHi)) {
                              free = writeOpItems(
                                words,
                                f64,
                                free,
                                target,
                                OP_SETITEMS,
                                opStart + shift,
                                stack,
                                sp - 4,
                                2,
                              );
                            } else {
                              fault = INVALID_OPERAND;
                              break loop;
                            }
                            sp -= 4;
                          }
                          continue;

                        case 0x85: // TUPLE1
                        case 0x86: // TUPLE2
                        case 0x87: // TUPLE3
                          n = op - 0x84;
                          if (sp - fence < 2 * n) break missing;
                          if (n > maxItems) {
                            fault = s.limit(LIMIT_CONTAINER, n);
                            break loop;
                          }
                          {
                            const first = sp - 2 * n;
                            const node = free;
                            free = writeTuple(words, free, stack, first, n);
                            stack[first] = node;
                            stack[first + 1] = HI_TUPLE;
                            sp = first + 2;
                          }
                          continue;

                        case 0x74: // TUPLE
                        case 0x6c: // LIST
                        case 0x91: // FROZENSET
                          {
                            if (markCount === 0) break markless;
                            const first = fence;
                            markCount--;
                            fence = markCount === 0 ? 0 : marksArea.words[markCount - 1]!;
                            const count = (sp - first) >> 1;
                            if (op === 0x91 && !areHashable(words, stack, first, count, 1)) {
                              fault = UNHASHABLE_KEY;
                              break loop;
                            }
                            if (count > maxItems) {
                              fault = s.limit(LIMIT_CONTAINER, count);
                              break loop;
                            }
                            if (count > freeEnd - free) {
                              slots.free = free;
                              fault = s.reserve(count);
                              if (fault !== 0) break loop;
                              words = slots.words;
                              f64 = slots.f64;
                              freeEnd = (slots.limit >> 1) - SPARE_SLOTS;
                            }
                            const node = free;
                            sp = first + 2;
                            if (op === 0x6c) {
                              free = writeEmpty(words, free);
                              free = addItems(words, node, stack, first, count, free);
                              stack[first] = node;
                              stack[first + 1] = HI_LIST;
                            } else if (count === 0 && op === 0x74) {
                              stack[first] = CONST_EMPTY_TUPLE;
                              stack[first + 1] = HI_CONST;
                            } else {
                              free = writeTuple(words, free, stack, first, count);
                              stack[first] = node;
                              stack[first + 1] = op === 0x74 ? HI_TUPLE : HI_FROZENSET;
                            }
                          }
                          continue;

                        case 0x62: // BUILD
                          {
                            if (sp - fence < 4) break missing;
                            if (!isObject(stack[sp - 3]!)) {
                              fault = INVALID_OPERAND;
                              break loop;
                            }
                            const target = stack[sp - 4]!;
                            const offset = opStart + shift;
                            sp -= 2;
                            free = writeOpOf(words, f64, free, target, OP_BUILD, offset, stack[sp]!, stack[sp + 1]!);
                          }
                          continue;

                        case 0x52: // REDUCE
                        case 0x81: // NEWOBJ
                          {
                            if (sp - fence < 4) break missing;
                            const lo = stack[sp - 4]!;
                            const hi = stack[sp - 3]!;
                            const argsLo = stack[sp - 2]!;
                            const argsHi = stack[sp - 1]!;
                            if (!isTuple(argsLo, argsHi) || !isCallable(hi)) {
                              fault = INVALID_OPERAND;
                              break loop;
                            }
                            stack[sp - 4] = free;
                            stack[sp - 3] = HI_OBJECT;
                            sp -= 2;
                            const how = op === 0x52 ? HOW_REDUCE : HOW_NEWOBJ;
                            free = writeObject(words, f64, free, how, lo, hi, argsLo, argsHi, opStart + shift);
                          }
                          continue;

                        case 0x8a: // LONG1
                          if (p >= end) break cut;
                          n = bytes[p++]!;
                          kind = NODE_BIGINT;
                          break payload;

                        case 0x8b: // LONG4
                          if (end - p < 4) break cut;
                          n = int4(bytes, p);
                          p += 4;
                          if (n < 0) {
                            fault = NEGATIVE_LENGTH;
                            break loop;
                          }
                          kind = NODE_BIGINT;
                          break payload;

                        case 0x43: // SHORT_BINBYTES
                          if (p >= end) break cut;
                          n = bytes[p++]!;
                          kind = NODE_BYTES;
                          break payload;

                        case 0x42: // BINBYTES
                          if (end - p < 4) break cut;
                          n = uint4(bytes, p);
                          p += 4;
                          kind = NODE_BYTES;
                          break payload;

                        case 0x8e: // BINBYTES8
                        case 0x96: // BYTEARRAY8
                        case 0x8d: // BINUNICODE8
                        case 0x95: // FRAME
                          if (end - p < 8) break cut;
                          if (uint4(bytes, p + 4) >= HIGH_TOO_LONG) {
                            fault = op === 0x95 ? FRAME_TOO_LONG : TRUNCATED;
                            break loop;
                          }
                          n = uint4(bytes, p) + uint4(bytes, p + 4) * WORD;
                          p += 8;
                          if (op === 0x8d) break text;
                          if (op !== 0x95) {
                            kind = op === 0x8e ? NODE_BYTES : NODE_BYTEARRAY;
                            break payload;
                          }
                          if (final && n > end - p) {
                            fault = FRAME_TOO_LONG;
                            break loop;
                          }
                          if (p + shift + n > s.frameEnd) {
                            s.frameEnd = p + shift + n;
                            s.frameOffset = opStart + shift;
                          }
                          continue;

                        case 0x58: // BINUNICODE
                          if (end - p < 4) break cut;
                          n = uint4(bytes, p);
                          p += 4;
                          break text;

                        case 0x55: // SHORT_BINSTRING
                          if (p >= end) break cut;
                          n = bytes[p++]!;
                          kind = NODE_BYTES;
                          if ((s.bits & SETTING_BYTES_STRINGS) !== 0) break payload;
                          break text;

                        case 0x54: // BINSTRING
                          if (end - p < 4) break cut;
                          n = int4(bytes, p);
                          p += 4;
                          if (n < 0) {
                            fault = NEGATIVE_LENGTH;
                            break loop;
                          }
                          kind = NODE_BYTES;
                          if ((s.bits & SETTING_BYTES_STRINGS) !== 0) break payload;
                          break text;

                        case 0x49: // INT
                        case 0x4c: // LONG
                          {
                            const behind = shortInt(bytes, p, end, true, op === 0x4c);
                            if (behind === 0) {
                              this.ask(p + shift, 0);
                              fault = REQUEST;
                              break loop;
                            }
                            stack[sp] = line.value;
                            stack[sp + 1] = HI_INT;
                            sp += 2;
                            p = behind;
                          }
                          continue;

                        case 0x67: // GET
                        case 0x70: // PUT
                          {
                            const behind = shortInt(bytes, p, end, false, false);
                            if (behind === 0) {
                              this.ask(p + shift, 0);
                              fault = REQUEST;
                              break loop;
                            }
                            n = line.value;
                            p = behind;
                          }
                          if (op === 0x67) break get;
                          break put;

                        case 0x53: // STRING
                        case 0x56: // UNICODE
                          {
                            let behind = 0;
                            if (op === 0x56) behind = plainLine(bytes, p, end);
                            else if (
                              (s.bits & (SETTING_ASCII_STRINGS | SETTING_BYTES_STRINGS)) ===
                              SETTING_ASCII_STRINGS
                            ) {
                              behind = quotedLine(bytes, p, end);
                            }
                            if (behind === 0) {
                              this.ask(p + shift, 0);
                              fault = REQUEST;
                              break loop;
                            }
                            if (line.length > maxStringBytes) {
                              fault = s.limit(LIMIT_STRING, line.length);
                              break loop;
                            }
                            if (direct) {
                              stack[sp] = line.from + delta;
                              stack[sp + 1] = HI_STR1 | line.length;
                            } else {
                              if (!text.copyAscii(bytes, line.from, line.length)) {
                                fault = s.outOfMemory();
                                break loop;
                              }
                              stack[sp] = text.lo;
                              stack[sp + 1] = text.hi;
                            }
                            sp += 2;
                            p = behind;
                          }
                          continue;

                        case 0x46: // FLOAT
                        case 0x50: // PERSID
                        case 0x63: // GLOBAL
                          this.ask(p + shift, 0);
                          fault = REQUEST;
                          break loop;

                        case 0x69: // INST
                          if (markCount === 0) break markless;
                          this.ask(p + shift, 0);
                          fault = REQUEST;
                          break loop;

                        case 0x82: // EXT1
                          if (p >= end) break cut;
                          n = bytes[p]!;
                          break rareOp;

                        case 0x83: // EXT2
                          if (end - p < 2) break cut;
                          n = bytes[p]! | (bytes[p + 1]! << 8);
                          break rareOp;

                        case 0x84: // EXT4
                          if (end - p < 4) break cut;
                          n = int4(bytes, p);
                          break rareOp;

                        case 0x80: // PROTO
                          if (p >= end) break cut;
                          n = bytes[p++]!;
                          if (n > 5) {
                            fault = UNSUPPORTED_PROTOCOL;
                            break loop;
                          }
                          s.protocol = n;
                          continue;

                        case 0x2e: // STOP
                          if (sp - fence < 2) break missing;
                          words[2 * rare.ROOT_CELL] = stack[sp - 2]!;
                          words[2 * rare.ROOT_CELL + 1] = stack[sp - 1]!;
                          fault = STOPPED;
                          break loop;

                        case 0x30: // POP
                        case 0x31: // POP_MARK
                        case 0x32: // DUP
                        case 0x64: // DICT
                        case 0x6f: // OBJ
                        case 0x51: // BINPERSID
                        case 0x92: // NEWOBJ_EX
                        case 0x93: // STACK_GLOBAL
                        case 0x97: // NEXT_BUFFER
                        case 0x98: // READONLY_BUFFER
                          break rareOp;

                        default:
                          fault = UNKNOWN_OPCODE;
                          break loop;
                      }
                    }

                    // Text: BINUNICODE and kin, BINSTRING and kin. n bytes from p on.
                    if (final && n > end - p) {
                      fault = TRUNCATED;
                      break loop;
                    }
                    if (n > maxStringBytes) {
                      fault = s.limit(LIMIT_STRING, n);
                      break loop;
                    }
                    const isBytes = kind === NODE_BYTES;
                    let quick = n <= MAX_INLINE_TEXT_BYTES;
                    if (quick && n > end - p) {
                      if (!isBytes) break cut;
                      quick = false;
                    }
                    if (quick) {
                      if (isAscii(bytes, p, n)) {
                        quick = !isBytes || (s.bits & SETTING_ASCII_STRINGS) !== 0;
                        if (quick) {
                          if (direct) {
                            stack[sp] = p + delta;
                            stack[sp + 1] = HI_STR1 | n;
                          } else {
                            if (!text.copyAscii(bytes, p, n)) {
                              fault = s.outOfMemory();
                              break loop;
                            }
                            stack[sp] = text.lo;
                            stack[sp + 1] = text.hi;
                          }
                        }
                      } else if (isBytes) {
                        quick = false;
                      } else {
                        fault = text.copyUtf8(bytes, p, n);
                        if (fault !== 0) {
                          s.actual = s.budget.asked;
                          break loop;
                        }
                        stack[sp] = text.lo;
                        stack[sp + 1] = text.hi;
                      }
                    }
                    if (!quick) {
                      this.ask(p + shift, n);
                      fault = REQUEST;
                      break loop;
                    }
                    sp += 2;
                    p += n;
                    continue;
                  }

                  // A payload: n bytes from p on, which stay where they are. Ints of up to 8 bytes are read.
                  if (final && n > end - p) {
                    fault = TRUNCATED;
                    break loop;
                  }
                  if (kind === NODE_BIGINT) {
                    if (n > s.maxIntBytes) {
                      fault = s.limit(LIMIT_INT_BYTES, n);
                      break loop;
                    }
                    if (n <= 8) {
                      if (n > end - p) break cut;
                      const lo = intOf(bytes, p, Math.min(n, 4));
                      const hi = n > 4 ? intOf(bytes, p + 4, n - 4) : lo >> 31;
                      if (hi === lo >> 31) {
                        stack[sp] = lo;
                        stack[sp + 1] = HI_INT;
                      } else {
                        words[2 * free] = lo;
                        words[2 * free + 1] = hi;
                        stack[sp] = free++;
                        stack[sp + 1] = HI_SPECIAL | SPECIAL_INT64;
                      }
                      sp += 2;
                      p += n;
                      continue;
                    }
                  }
                  stack[sp] = free;
                  stack[sp + 1] = HI_NODE | kind;
                  sp += 2;
                  const node = free;
                  free = writePayload(words, f64, free, s.lastPayload, p + shift, n);
                  s.lastPayload = node;
                  p += n;
                  continue;
                }

                // GET and kin: number n of the memo.
                if (n < memoKnown) {
                  const lo = memoWords[2 * n]!;
                  const hi = memoWords[2 * n + 1]!;
                  // Below STR1 nothing is to be done; nodes are marked; strings are shared, below.
                  if (hi < HI_STR1 || hi >= 0) {
                    stack[sp] = lo;
                    stack[sp + 1] = hi;
                    sp += 2;
                    continue;
                  }
                  if (hi >= HI_NODE && hi !== HI_NOTHING) {
                    words[2 * lo]! |= FLAG_FETCHED;
                    stack[sp] = lo;
                    stack[sp + 1] = hi;
                    sp += 2;
                    continue;
                  }
                }
                op = RARE_GET;
                break rareOp;
              }

              // PUT and kin: number n of the memo. MEMOIZE, whose number is the count of entries, says -1.
              if (sp - fence < 2) break missing;
              if (n === memoKnown && memoKnown < memoRoom) {
                memoWords[2 * n] = stack[sp - 2]!;
                memoWords[2 * n + 1] = stack[sp - 1]!;
                memoKnown++;
                continue;
              }
              op = RARE_PUT;
            }

            // A rare opcode: write the state back, let it be carried out, read the state again.
            s.sp = sp;
            s.fence = fence;
            s.markCount = markCount;
            slots.free = free;
            if (memoRoom > 0) memo.known = memo.count = memoKnown;
            fault = this.rare(op, n, opStart + shift);
            if (op >= RARE_GET) op = bytes[opStart]!;
            if (fault !== 0) {
              if (fault === REQUEST) this.ask(p + shift, n);
              break loop;
            }
            words = slots.words;
            f64 = slots.f64;
            free = slots.free;
            freeEnd = (slots.limit >> 1) - SPARE_SLOTS;
            stack = stackArea.words;
            sp = s.sp;
            fence = s.fence;
            markCount = s.markCount;
            memoWords = memo.area.words;
            memoKnown = memo.known;
            memoRoom = memo.room;
            continue;
          }
          // Values are wanted down to a mark, and none is open.
          fault = MARK_NOT_FOUND;
          break loop;
        }
        // Fewer values above the mark than are wanted.
        s.markCount = markCount;
        fault = s.missing();
        break loop;
      }
      // The argument is not wholly inside the window.
      fault = CUT;
      break loop;
    }

    s.sp = sp;
    s.fence = fence;
    s.markCount = markCount;
    slots.free = free;
    if (memoRoom > 0) memo.known = memo.count = memoKnown;
    this.index = p;
    if (fault === 0) {
      if (p < end) return GO_ON;
      if (!final) return STATUS_NEED_INPUT;
      return this.fail(p + shift === 0 ? EMPTY_INPUT : MISSING_STOP, p + shift, NO_OPCODE);
    }
    this.opcodeOffset = opStart + shift;
    this.opcode = op;
    if (fault === STOPPED) return STATUS_DONE;
    this.index = opStart;
    if (fault === REQUEST) return STATUS_REQUEST;
    if (fault === CUT && !final) return STATUS_NEED_INPUT;
    return this.fail(fault === CUT ? TRUNCATED : fault, opStart + shift, op);
  }

  /** Notes what a request is about. */
  private ask(offset: number, length: number): void {
    this.argumentOffset = offset;
    this.argumentLength = length;
  }

  private rare(op: number, n: number, offset: number): number {
    const s = this.state;
    switch (op) {
      case RARE_GET:
        return s.fetch(n);
      case RARE_PUT:
        return s.keep(n < 0 ? s.memo.count : n);
      case 0x28: // MARK
        return s.mark();
      case 0x30: // POP
        return rare.pop(s, offset);
      case 0x31: // POP_MARK
        return s.popMark();
      case 0x32: // DUP
        return rare.dup(s);
      case 0x64: // DICT
        return rare.dict(s);
      case 0x6f: // OBJ
        return rare.obj(s, offset);
      case 0x51: // BINPERSID
        return rare.binpersid(s, offset);
      case 0x92: // NEWOBJ_EX
        return rare.newobjEx(s, offset);
      case 0x93: // STACK_GLOBAL
        return rare.stackGlobal(s);
      case 0x97: // NEXT_BUFFER
        return rare.nextBuffer(s);
      case 0x98: // READONLY_BUFFER
        return rare.readonlyBuffer(s);
      default: // EXT1, EXT2, EXT4
        return rare.extension(n);
    }
  }
}

/** What the GETs and PUTs that are not simple have in common, as opcodes of `rare`: no bytes. */
const RARE_GET = 0x100;
const RARE_PUT = 0x101;
/** Not a fault: STOP was reached. */
const STOPPED = -3;
/** The opcode of an error at the end of the input: no opcode has it. */
const NO_OPCODE = 0;
const NO_BYTES = new Uint8Array(0);

function int4(bytes: Uint8Array, p: number): number {
  return bytes[p]! | (bytes[p + 1]! << 8) | (bytes[p + 2]! << 16) | (bytes[p + 3]! << 24);
}

function uint4(bytes: Uint8Array, p: number): number {
  return int4(bytes, p) >>> 0;
}

/** A two's complement number of up to 4 bytes; 0 of none. */
function intOf(bytes: Uint8Array, p: number, length: number): number {
  let value = 0;
  for (let i = 0; i < length; i++) value |= bytes[p + i]! << (8 * i);
  const unused = 32 - 8 * length;
  return length === 0 ? 0 : (value << unused) >> unused;
}

function isAscii(bytes: Uint8Array, p: number, length: number): boolean {
  let seen = 0;
  for (let i = p, end = p + length; i < end; i++) seen |= bytes[i]!;
  return seen < 0x80;
}

class GraphView implements Graph {
  f64: Float64Array;
  u32: Uint32Array;
  i32: Int32Array;
  readonly root = rare.ROOT_CELL;
  sharedCount = 0;
  private readonly state: State;

  constructor(state: State) {
    this.state = state;
    this.f64 = state.slots.f64;
    this.u32 = state.slots.u32;
    this.i32 = state.slots.words;
  }

  refresh(): void {
    const { slots, sharedCount } = this.state;
    this.f64 = slots.f64;
    this.u32 = slots.u32;
    this.i32 = slots.words;
    this.sharedCount = sharedCount;
  }

  sharedSlot(index: number): number {
    return this.state.shared.words[index]!;
  }

  chunk1(n: number): string {
    return this.state.text.chunk1(n);
  }

  chunk2(n: number): string {
    return this.state.text.chunk2(n);
  }

  text(slot: number): string {
    const { words } = this.state.slots;
    return this.state.text.string(words[2 * slot]!, words[2 * slot + 1]!);
  }

  shape(number: number): Shape {
    return this.state.shapes.view(number);
  }
}
