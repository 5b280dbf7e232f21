/**
 * The loop over opcodes: the usual cases of the usual opcodes, with everything hot in local variables. Whatever else comes,
 * an error too, goes to `step`, which takes the opcode from its beginning; so a case here may leave by `break` at any time
 * before it has changed anything, and ends with `continue` when it is done.
 *
 * The function is kept small: V8 takes long to compile it, and until then it is interpreted.
 */
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
  OP_BUILD,
  SETTING_DOUBLE_INTS,
} from '../../spec/layout.ts';
import { hasSafeHigh } from './leaves.ts';
import { addItems, writeEmpty, writeObject, writeOpOf, writeTuple } from './nodes.ts';
import { int4, longWord, uint4 } from './numbers.ts';
import { MAX_REPEAT_BYTES, SECOND } from './repeats.ts';
import { SPARE_SLOTS, type State } from './state.ts';
import { step } from './step.ts';
import {
  HI_CONST,
  HI_DICT,
  HI_INT,
  HI_INT64,
  HI_LIST,
  HI_NODE,
  HI_OBJECT,
  HI_SHARED,
  HI_STR1,
  HI_TUPLE,
} from '../../spec/slot-words.ts';
import { HI_NOTHING, isCallable, isObject, isTuple } from './words.ts';

/**
 * Runs opcodes from `s.p` on, until one ends at or behind `stop`, or a fault. Afterwards `s.opcodeOffset` and `s.opcode`
 * are those of the last one.
 * @returns 0 or a fault
 */
export function loop(s: State, stop: number): number {
  const { slots, memo, text, repeats, shapes, stack: stackArea, marks: marksArea } = s;
  const { bytes, shift, end, maxItems, maxShapeKeys } = s;
  const { direct, delta } = text;
  const maxText = Math.min(MAX_INLINE_TEXT_BYTES, s.maxStringBytes);

  // The machine's state; what ends in Room is where `step` or `reserve` has to make more.
  let words = slots.words;
  let f64 = slots.f64;
  let free = slots.free;
  let freeRoom = (slots.limit >> 1) - SPARE_SLOTS;
  let stack = stackArea.words;
  let sp = s.sp;
  let stackRoom = Math.min(stackArea.limit - 2, 2 * s.maxStack);
  let marks = marksArea.words;
  let markCount = s.markCount;
  let markRoom = Math.min(marksArea.limit, s.maxMarks);
  let fence = s.fence;
  let memoWords = memo.area.words;
  let memoKnown = memo.known;
  let memoRoom = memo.room;

  const hasDoubleInts = (s.bits & SETTING_DOUBLE_INTS) !== 0;

  let p = s.p;
  let start = p;
  let opcode = 0;
  let fault = 0;

  for (;;) {
    // What the last opcode has used up. An opcode may push one value and take SPARE_SLOTS slots without asking.
    if (sp > stackRoom || free > freeRoom) {
      s.sp = sp;
      slots.free = free;
      fault = s.reserveStack();
      if (fault === 0) fault = s.reserve(0);
      if (fault !== 0) break;
      stack = stackArea.words;
      stackRoom = Math.min(stackArea.limit - 2, 2 * s.maxStack);
      words = slots.words;
      f64 = slots.f64;
      freeRoom = (slots.limit >> 1) - SPARE_SLOTS;
    }
    if (p >= stop) break;
    start = p;
    opcode = bytes[p++]!;

    // Labels are literals: only so does V8 make a jump table of them.
    switch (opcode) {
      case 0x8c: // SHORT_BINUNICODE
      case 0x58: // BINUNICODE
        {
          let length: number;
          if (opcode === 0x8c) {
            if (p >= end) break;
            length = bytes[p++]!;
          } else {
            if (end - p < 4) break;
            length = uint4(bytes, p);
            p += 4;
          }
          if (length > end - p || length > maxText) break;
          const behind = p + length;
          let seen = 0;
          for (let i = p; i < behind; i++) seen |= bytes[i]!;
          const isRepeatable = seen < 0x80 && length > 0 && length <= MAX_REPEAT_BYTES;
          const number = isRepeatable ? repeats.look(bytes, p, length) : -1;
          if (number >= 0) {
            stack[sp] = number;
            stack[sp + 1] = HI_SHARED;
          } else if (number === SECOND) {
            break;
          } else {
            if (direct && seen < 0x80) {
              stack[sp] = p + delta;
              stack[sp + 1] = HI_STR1 | length;
            } else {
              if ((seen < 0x80 ? text.copyAscii(bytes, p, length) : text.copyUtf8(bytes, p, length)) !== 0) break;
              stack[sp] = text.lo;
              stack[sp + 1] = text.hi;
            }
            if (isRepeatable) repeats.note(stack[sp]!, length);
          }
          sp += 2;
          p = behind;
        }
        continue;

      case 0x94: // MEMOIZE
        if (memoKnown >= memoRoom || sp - fence < 2) break;
        memoWords[2 * memoKnown] = stack[sp - 2]!;
        memoWords[2 * memoKnown + 1] = stack[sp - 1]!;
        memoKnown++;
        continue;

      case 0x71: // BINPUT
      case 0x72: // LONG_BINPUT
        {
          const size = opcode === 0x71 ? 1 : 4;
          if (size > end - p || memoKnown >= memoRoom || sp - fence < 2) break;
          if ((size === 1 ? bytes[p]! : uint4(bytes, p)) !== memoKnown) break;
          memoWords[2 * memoKnown] = stack[sp - 2]!;
          memoWords[2 * memoKnown + 1] = stack[sp - 1]!;
          memoKnown++;
          p += size;
        }
        continue;

      case 0x68: // BINGET
      case 0x6a: // LONG_BINGET
        {
          const size = opcode === 0x68 ? 1 : 4;
          if (size > end - p) break;
          const index = size === 1 ? bytes[p]! : uint4(bytes, p);
          if (index >= memoKnown) break;
          const lo = memoWords[2 * index]!;
          const hi = memoWords[2 * index + 1]!;
          // Below STR1 nothing is to be done. Nodes are marked; strings and empty places are not for here.
          if (hi >= HI_STR1 && hi < 0) {
            if (hi < HI_NODE || hi === HI_NOTHING) break;
            words[2 * lo]! |= FLAG_FETCHED;
          }
          stack[sp] = lo;
          stack[sp + 1] = hi;
          sp += 2;
          p += size;
        }
        continue;

      case 0x47: // BINFLOAT
        {
          if (end - p < 8) break;
          const hi = (bytes[p]! << 24) | (bytes[p + 1]! << 16) | (bytes[p + 2]! << 8) | bytes[p + 3]!;
          // Infinities and NaNs.
          if ((hi & 0x7ff00000) === 0x7ff00000) break;
          stack[sp] = (bytes[p + 4]! << 24) | (bytes[p + 5]! << 16) | (bytes[p + 6]! << 8) | bytes[p + 7]!;
          stack[sp + 1] = hi;
          sp += 2;
          p += 8;
        }
        continue;

      case 0x4b: // BININT1
        if (p >= end) break;
        stack[sp] = bytes[p++]!;
        stack[sp + 1] = HI_INT;
        sp += 2;
        continue;

      case 0x4d: // BININT2
        if (end - p < 2) break;
        stack[sp] = bytes[p]! | (bytes[p + 1]! << 8);
        stack[sp + 1] = HI_INT;
        sp += 2;
        p += 2;
        continue;

      case 0x4a: // BININT
        if (end - p < 4) break;
        stack[sp] = int4(bytes, p);
        stack[sp + 1] = HI_INT;
        sp += 2;
        p += 4;
        continue;

      case 0x8a: // LONG1
        {
          if (p >= end) break;
          const length = bytes[p]!;
          // Picklers write what fits in 4 bytes otherwise.
          if (length < 5 || length > 8 || length > end - p - 1 || length > s.maxIntBytes) break;
          const lo = int4(bytes, p + 1);
          const hi = longWord(bytes, p + 5, length - 4);
          if (hi === lo >> 31) break;
          if (hasDoubleInts && hasSafeHigh(hi)) {
            f64[free] = hi * 2 ** 32 + (lo >>> 0);
            stack[sp] = words[2 * free]!;
            stack[sp + 1] = words[2 * free + 1]!;
            sp += 2;
            p += 1 + length;
            continue;
          }
          words[2 * free] = lo;
          words[2 * free + 1] = hi;
          stack[sp] = free++;
          stack[sp + 1] = HI_INT64;
          sp += 2;
          p += 1 + length;
        }
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

      case 0x5d: // EMPTY_LIST
      case 0x7d: // EMPTY_DICT
        stack[sp] = free;
        stack[sp + 1] = opcode === 0x5d ? HI_LIST : HI_DICT;
        sp += 2;
        free = writeEmpty(words, free);
        continue;

      case 0x28: // MARK
        if (markCount >= markRoom) break;
        marks[markCount++] = sp;
        fence = sp;
        continue;

      case 0x61: // APPEND
        {
          if (sp - fence < 4 || stack[sp - 3] !== HI_LIST) break;
          const node = stack[sp - 4]!;
          if (words[2 * node + 1]! >= maxItems) break;
          sp -= 2;
          free = addItems(words, node, stack, sp, 1, free);
        }
        continue;

      case 0x65: // APPENDS
        {
          const below = markCount > 1 ? marks[markCount - 2]! : 0;
          const count = (sp - fence) >> 1;
          if (markCount === 0 || fence - below < 2 || stack[fence - 1] !== HI_LIST || count > freeRoom - free) break;
          const node = stack[fence - 2]!;
          if (words[2 * node + 1]! + count > maxItems) break;
          free = addItems(words, node, stack, fence, count, free);
          sp = fence;
          fence = below;
          markCount--;
        }
        continue;

      case 0x75: // SETITEMS: here only a dict that is filled at once and has a shape
        {
          const below = markCount > 1 ? marks[markCount - 2]! : 0;
          const count = (sp - fence) >> 1;
          if (markCount === 0 || fence - below < 2 || stack[fence - 1] !== HI_DICT) break;
          if (count === 0 || (count & 1) !== 0 || count >> 1 > maxShapeKeys || count > freeRoom - free) break;
          const at = 2 * stack[fence - 2]!;
          if (words[at + 1] !== 0 || (words[at]! & FLAG_SHAPED) !== 0) break;
          const shape = shapes.place(stack, fence, count >> 1, words, free);
          if (shape < 0) break;
          words[at]! |= FLAG_SHAPED | shapes.kinds;
          words[at + 1] = shape;
          words[at + 2] = free;
          free += count >> 1;
          sp = fence;
          fence = below;
          markCount--;
        }
        continue;

      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        {
          const count = opcode - 0x84;
          const first = sp - 2 * count;
          if (first < fence || count > maxItems) break;
          const node = free;
          free = writeTuple(words, free, stack, first, count);
          stack[first] = node;
          stack[first + 1] = HI_TUPLE;
          sp = first + 2;
        }
        continue;

      case 0x74: // TUPLE
        {
          const count = (sp - fence) >> 1;
          if (markCount === 0 || count === 0 || count > freeRoom - free || count > maxItems) break;
          const node = free;
          free = writeTuple(words, free, stack, fence, count);
          stack[fence] = node;
          stack[fence + 1] = HI_TUPLE;
          sp = fence + 2;
          markCount--;
          fence = markCount > 0 ? marks[markCount - 1]! : 0;
        }
        continue;

      case 0x62: // BUILD
        {
          if (sp - fence < 4 || !isObject(stack[sp - 3]!)) break;
          const node = stack[sp - 4]!;
          sp -= 2;
          free = writeOpOf(words, f64, free, node, OP_BUILD, start + shift, stack[sp]!, stack[sp + 1]!);
        }
        continue;

      case 0x52: // REDUCE
      case 0x81: // NEWOBJ
        {
          if (sp - fence < 4) break;
          const lo = stack[sp - 4]!;
          const hi = stack[sp - 3]!;
          const argsLo = stack[sp - 2]!;
          const argsHi = stack[sp - 1]!;
          if (!isTuple(argsLo, argsHi) || !isCallable(hi)) break;
          sp -= 2;
          stack[sp - 2] = free;
          stack[sp - 1] = HI_OBJECT;
          const how = opcode === 0x52 ? HOW_REDUCE : HOW_NEWOBJ;
          free = writeObject(words, f64, free, how, lo, hi, argsLo, argsHi, start + shift);
        }
        continue;
    }

    // The opcode from its beginning, in the plain way: write the state back, and read it again.
    s.p = start + 1;
    s.opcodeOffset = start + shift;
    s.sp = sp;
    s.markCount = markCount;
    s.fence = fence;
    slots.free = free;
    memo.setPlain(memoKnown);
    fault = step(s, opcode);
    p = s.p;
    sp = s.sp;
    markCount = s.markCount;
    fence = s.fence;
    free = slots.free;
    memoKnown = memo.known;
    if (fault !== 0) break;
    // A FRAME: the end of it is to be looked at.
    if (opcode === 0x95) stop = Math.min(stop, s.currentFrameEnd - shift);
    words = slots.words;
    f64 = slots.f64;
    freeRoom = (slots.limit >> 1) - SPARE_SLOTS;
    marks = marksArea.words;
    markRoom = Math.min(marksArea.limit, s.maxMarks);
    memoWords = memo.area.words;
    memoRoom = memo.room;
  }

  s.p = p;
  s.opcode = opcode;
  s.opcodeOffset = start + shift;
  s.sp = sp;
  s.markCount = markCount;
  s.fence = fence;
  slots.free = free;
  memo.setPlain(memoKnown);
  return fault;
}
