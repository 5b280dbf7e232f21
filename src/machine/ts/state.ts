import { FLAG_FETCHED, MAX_SHAPE_KEYS } from '../../spec/layout.ts';
import type { MachineSettings } from '../port.ts';
import { Budget } from './budget.ts';
import {
  LIMIT_ALLOC,
  LIMIT_MEMO,
  LIMIT_STACK,
  MEMO_MISSING,
  REQUEST,
  STACK_UNDERFLOW,
  UNEXPECTED_MARK,
} from './faults.ts';
import { Memo } from './memo.ts';
import { NODE_SLOTS } from './nodes.ts';
import { Repeats } from './repeats.ts';
import { Shapes } from './shapes.ts';
import { Slots } from './slots.ts';
import { Text } from './text.ts';
import { WordsArea } from './words-area.ts';
import { HI_NODE, HI_SHARED, HI_STR1 } from '../../spec/slot-words.ts';

/** Slots that are free whenever an opcode begins, so that small nodes need no check. */
export const SPARE_SLOTS = 32;
/** Counts above this are not reached; it keeps limits of Infinity small integers. */
const MANY = 2 ** 30;

/**
 * What a machine has between two opcodes: stack, marks, memo, graph, text. The loop works on copies of the hot fields in
 * local variables; whatever it calls here finds them written back.
 *
 * Methods that can fail return 0 or a fault: an error's number.
 */
export class State {
  readonly budget = new Budget();
  readonly slots = new Slots(this.budget);
  readonly stack = new WordsArea(this.budget);
  readonly marks = new WordsArea(this.budget);
  readonly memo = new Memo(this.budget);
  /** By number of a shared string, the slot index of its STR1 or STR2 slot. */
  readonly shared = new WordsArea(this.budget);
  readonly text = new Text(this.budget);
  readonly repeats = new Repeats(this.text);
  readonly shapes = new Shapes(this.text, this.slots, this.shared);

  /** The run's bytes, the index to go on at, the index behind the last one, and whether that is the input's end. */
  bytes: Uint8Array = NO_BYTES;
  p = 0;
  end = 0;
  final = false;
  /** What makes an index an absolute offset. */
  shift = 0;
  /** The opcode at hand, and its absolute offset. */
  opcode = 0;
  opcodeOffset = 0;
  /** What a request is about. */
  argumentOffset = 0;
  argumentLength = 0;

  /** Stack words in use: two a value. */
  sp = 0;
  /** Stack words below the topmost mark: what an opcode may take lies above. */
  fence = 0;
  markCount = 0;
  sharedCount = 0;
  lastPayload = 0;
  nextBuffer = 0;
  protocol = 0;
  frameEnd = 0;
  /** Absolute end of the frame that the machine is in; 0 where it is in none. */
  currentFrameEnd = 0;
  frameOffset = 0;
  /** What was asked for, after a limit's fault. */
  actual = 0;

  bits = 0;
  bufferCount = 0;
  maxStack = 0;
  maxMarks = 0;
  maxMemo = 0;
  maxItems = 0;
  maxStringBytes = 0;
  maxIntBytes = 0;
  /** The most entries of a dict with a shape. */
  maxShapeKeys = 0;

  begin(settings: MachineSettings): void {
    this.bits = settings.bits;
    this.bufferCount = settings.bufferCount;
    this.maxStack = Math.min(settings.maxStack, MANY);
    this.maxMarks = Math.min(settings.maxMarks, MANY);
    this.maxMemo = Math.min(settings.maxMemoEntries, MANY);
    this.maxItems = Math.min(settings.maxContainerItems, MANY);
    this.maxStringBytes = settings.maxStringBytes;
    this.maxIntBytes = settings.maxIntBytes;
    this.maxShapeKeys = Math.min(MAX_SHAPE_KEYS, this.maxItems);
    this.budget.begin(settings.maxAllocation);
    this.slots.begin();
    this.stack.begin();
    this.marks.begin();
    this.memo.begin(this.maxMemo);
    this.shared.begin();
    this.text.begin();
    this.shapes.begin();
    this.sharedCount = 0;
    this.lastPayload = 0;
    this.nextBuffer = 0;
    this.frameEnd = 0;
    this.currentFrameEnd = 0;
    this.frameOffset = 0;
    this.actual = 0;
    this.clear();
  }

  /** Provides memory for a large input, before the first opcode. */
  expect(graphBytes: number, memoBytes: number): void {
    this.slots.expect(Math.min(graphBytes, this.budget.limit));
    this.memo.area.expect(Math.min(memoBytes, this.budget.limit));
    // A batch is on the stack before it is in its list.
    this.stack.expect(Math.min(8 * memoBytes, 8 * this.maxStack, this.budget.limit));
  }

  /** Makes ready for the next pickle of a stream. */
  next(): void {
    this.text.next();
    this.clear();
  }

  private clear(): void {
    this.repeats.begin();
    this.bytes = NO_BYTES;
    this.sp = 0;
    this.fence = 0;
    this.markCount = 0;
    this.protocol = 0;
  }

  /** Asks the host: notes what about. */
  ask(offset: number, length: number): number {
    this.argumentOffset = offset;
    this.argumentLength = length;
    return REQUEST;
  }

  /** What is wrong where an opcode does not find its values. */
  missing(): number {
    return this.markCount > 0 ? UNEXPECTED_MARK : STACK_UNDERFLOW;
  }

  limit(fault: number, actual: number): number {
    this.actual = actual;
    return fault;
  }

  outOfMemory(): number {
    return this.limit(LIMIT_ALLOC, this.budget.asked);
  }

  /** Makes sure that nodes with `count` slots of items, and what the next opcode may write unasked, have room. */
  reserve(count: number): number {
    return this.slots.grow(2 * (this.slots.free + count + NODE_SLOTS + SPARE_SLOTS)) ? 0 : this.outOfMemory();
  }

  /** Makes sure that one value more has room, and that the values there are within the limit. */
  reserveStack(): number {
    if (this.sp >> 1 > this.maxStack) return this.limit(LIMIT_STACK, this.sp >> 1);
    return this.stack.grow(this.sp + 2) ? 0 : this.outOfMemory();
  }

  push(lo: number, hi: number): void {
    this.stack.words[this.sp] = lo;
    this.stack.words[this.sp + 1] = hi;
    this.sp += 2;
  }

  mark(): number {
    if (this.markCount >= this.maxMarks) return this.limit(LIMIT_STACK, this.markCount + 1);
    if (this.markCount >= this.marks.limit && !this.marks.grow(this.markCount + 2)) return this.outOfMemory();
    this.marks.words[this.markCount++] = this.sp;
    this.fence = this.sp;
    return 0;
  }

  /** Takes the topmost mark away: values above it stay. @returns its position, -1 where none is open */
  unmark(): number {
    if (this.markCount === 0) return -1;
    const first = this.fence;
    this.markCount--;
    this.fence = this.markCount === 0 ? 0 : this.marks.words[this.markCount - 1]!;
    return first;
  }

  /** GET: pushes what the memo has. */
  fetch(index: number): number {
    const memo = this.memo;
    if (!memo.find(index)) return MEMO_MISSING;
    let { lo, hi } = memo;
    if (hi >= HI_NODE && hi < 0) {
      this.slots.words[2 * lo]! |= FLAG_FETCHED;
    } else if (hi >= HI_STR1 && hi < 0) {
      lo = this.share(lo, hi);
      if (lo < 0) return this.outOfMemory();
      hi = HI_SHARED;
      memo.store(index, lo, hi);
    }
    this.push(lo, hi);
    return 0;
  }

  /** Enters a text into the table of shared strings. @returns its number, -1 where there is no memory */
  share(lo: number, hi: number): number {
    const number = this.sharedCount;
    if (number >= this.shared.limit && !this.shared.grow((number + 2) & ~1)) return -1;
    this.shared.words[number] = this.cell(lo, hi);
    this.sharedCount = number + 1;
    return number;
  }

  /** PUT and MEMOIZE: keeps the top value. */
  keep(index: number): number {
    if (this.sp - this.fence < 2) return this.missing();
    const fault = this.memo.store(index, this.stack.words[this.sp - 2]!, this.stack.words[this.sp - 1]!);
    if (fault === LIMIT_MEMO) return this.limit(fault, this.memo.count + 1);
    return fault === LIMIT_ALLOC ? this.outOfMemory() : fault;
  }

  /** A slot of its own for two words. */
  cell(lo: number, hi: number): number {
    const slot = this.slots.free++;
    this.slots.words[2 * slot] = lo;
    this.slots.words[2 * slot + 1] = hi;
    return slot;
  }
}

const NO_BYTES = new Uint8Array(0);
