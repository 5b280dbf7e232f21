/**
 * Finds the arrays between the opcodes of a joblib stream. An array stands right behind the BUILD of a NumpyArrayWrapper,
 * and only its wrapper tells how long it is. So the opcodes are followed as a machine follows them, but of all values only
 * those are kept that a wrapper is made of: scalars by where they stand, classes, dtypes, and tuples and dicts near them.
 */
import { Dtype } from '../arrays/dtype.ts';
import { pickleError } from '../spec/pickle-error.ts';
import type { Limits } from '../spec/limits.ts';
import { PyGlobal } from '../values/py.ts';
import { OpcodeReader } from './joblib-opcodes.ts';
import { buildDtype, dtypeOfCall } from './joblib-dtypes.ts';

/** A NumpyArrayWrapper; its state once it is built. */
export class Wrapper {
  readonly module: string;
  state: ReadonlyMap<string, unknown> | undefined = undefined;

  constructor(module: string) {
    this.module = module;
  }
}

const UNKNOWN = 0;
/** A positive number: a scalar, and the offset of its opcode plus 1. */
type Value = number | PyGlobal | Dtype | Wrapper | readonly Value[] | Map<Value, Value>;

/** How far below the top of the stack something must be that makes tuples and dicts worth keeping. */
const NEAR = 24;
const WRAPPER = 'NumpyArrayWrapper';
/** Of joblib, or of a copy of it within another package. */
const WRAPPER_MODULE = /^(?:\w+\.)*joblib\.numpy_pickle$/;

function isWrapper(global: unknown): global is PyGlobal {
  return global instanceof PyGlobal && global.name === WRAPPER && WRAPPER_MODULE.test(global.module);
}

const isReconstructor = (global: PyGlobal): boolean => global.name === '_reconstructor';

/** Walks over the opcodes up to each built wrapper. */
export class Scanner {
  readonly reader: OpcodeReader;
  readonly #limits: Limits;
  #stack: Value[] = [];
  #marks: number[] = [];
  #memo: Value[] = [];

  constructor(bytes: Uint8Array, limits: Limits) {
    this.reader = new OpcodeReader(bytes);
    this.#limits = limits;
  }

  /**
   * Goes on from an opcode, up to one of interest.
   * @returns the wrapper that a BUILD has built, or null at STOP or at a FRAME; where that opcode begins, and its end
   * @throws PickleError as a decode does; what only a decode looks at is passed over
   */
  next(from: number): {
    readonly wrapper: Wrapper | null;
    readonly opcode: number;
    readonly at: number;
    readonly end: number;
  } {
    const { reader } = this;
    const { bytes } = reader;
    for (let at = from; ;) {
      const end = reader.endOf(at);
      const opcode = bytes[at]!;
      // STOP, FRAME
      if (opcode === 0x2e || opcode === 0x95) return { wrapper: null, opcode, at, end };
      if (opcode === 0x62) {
        const wrapper = this.#build(at);
        if (wrapper !== null) return { wrapper, opcode, at, end };
      } else this.#step(opcode, at);
      if (this.#stack.length > this.#limits.maxStack) throw pickleError('LIMIT_STACK', { offset: at, opcode });
      at = end;
    }
  }

  /** A value of a wrapper's state as it is, where it was kept. */
  #plain(value: Value): unknown {
    if (typeof value === 'number') return value === UNKNOWN ? undefined : this.reader.scalarAt(value - 1);
    if (Array.isArray(value)) return value.map((item: Value) => this.#plain(item));
    if (!(value instanceof Map)) return value;
    const entries = Array.from(value, ([key, item]) => [this.#plain(key), this.#plain(item)] as const);
    return new Map(entries);
  }

  #step(opcode: number, at: number): void {
    const stack = this.#stack;
    switch (opcode) {
      case 0x80: // PROTO
        return;
      case 0x28: // MARK
        this.#marks.push(stack.length);
        if (this.#marks.length > this.#limits.maxMarks) throw pickleError('LIMIT_STACK', { offset: at, opcode });
        return;
      case 0x30: // POP
        if (this.#marks.at(-1) === stack.length) this.#marks.pop();
        else this.#pop(at);
        return;
      case 0x31: // POP_MARK
        this.#popMark(at);
        return;
      case 0x32: // DUP
        stack.push(this.#top(at));
        return;
      case 0x63: // GLOBAL
        this.#pushGlobal(...(this.reader.lines(at) as [string, string]));
        return;
      case 0x93: {
        // STACK_GLOBAL
        const [module, name] = this.#take(2, at).map((value) => this.#plain(value));
        this.#pushGlobal(module, name);
        return;
      }
      case 0x29: // EMPTY_TUPLE
        stack.push([]);
        return;
      case 0x85: // TUPLE1 to TUPLE3
      case 0x86:
      case 0x87:
        this.#pushTuple(this.#take(opcode - 0x84, at));
        return;
      case 0x74: // TUPLE
        this.#pushTuple(this.#popMark(at));
        return;
      case 0x7d: // EMPTY_DICT
        stack.push(this.#isNear() ? new Map<Value, Value>() : UNKNOWN);
        return;
      case 0x64: // DICT
        this.#pushDict(this.#popMark(at));
        return;
      case 0x73: {
        // SETITEM
        const items = this.#take(2, at);
        fill(this.#top(at), items);
        return;
      }
      case 0x75: {
        // SETITEMS
        const items = this.#popMark(at);
        fill(this.#top(at), items);
        return;
      }
      case 0x61: // APPEND
        this.#pop(at);
        return;
      case 0x65: // APPENDS, ADDITEMS
      case 0x90:
        this.#popMark(at);
        return;
      case 0x6c: // LIST, FROZENSET
      case 0x91:
        this.#popMark(at);
        stack.push(UNKNOWN);
        return;
      case 0x69: // INST, OBJ
      case 0x6f:
        this.#popMark(at);
        stack.push(UNKNOWN);
        return;
      case 0x51: // BINPERSID
        this.#pop(at);
        stack.push(UNKNOWN);
        return;
      case 0x52: // REDUCE, NEWOBJ
      case 0x81: {
        const [callable, args] = this.#take(2, at);
        stack.push(this.#called(callable!, args!));
        return;
      }
      case 0x92: // NEWOBJ_EX
        this.#take(3, at);
        stack.push(UNKNOWN);
        return;
      case 0x94: // MEMOIZE
        this.#put(this.#memo.length, at);
        return;
      case 0x71: // BINPUT, LONG_BINPUT
      case 0x72:
        this.#put(this.reader.uintAt(at + 1, opcode === 0x71 ? 1 : 4), at);
        return;
      case 0x70: // PUT
        this.#put(Number(this.reader.lines(at)[0]), at);
        return;
      case 0x68: // BINGET, LONG_BINGET
      case 0x6a:
        stack.push(this.#memo[this.reader.uintAt(at + 1, opcode === 0x68 ? 1 : 4)] ?? UNKNOWN);
        return;
      case 0x67: // GET
        stack.push(this.#memo[Number(this.reader.lines(at)[0])] ?? UNKNOWN);
        return;
      case 0x98: // READONLY_BUFFER
        return;
      default:
        // All others push one value: scalars, bytes, containers, extensions.
        stack.push(at + 1);
    }
  }

  /** BUILD: the wrapper that it gives its state, or null. */
  #build(at: number): Wrapper | null {
    const state = this.#pop(at);
    const target = this.#top(at);
    if (target instanceof Wrapper) {
      const plain = this.#plain(state);
      target.state = plain instanceof Map ? (plain as Map<string, unknown>) : new Map();
      return target;
    }
    if (target instanceof Dtype) buildDtype(target, this.#plain(state));
    return null;
  }

  #called(callable: Value, args: Value): Value {
    if (!(callable instanceof PyGlobal)) return UNKNOWN;
    const { module } = callable;
    if (isWrapper(callable)) return new Wrapper(module);
    // As protocols 0 and 1 make instances.
    const cls: unknown = Array.isArray(args) ? args[0] : undefined;
    if (isReconstructor(callable) && isWrapper(cls)) return new Wrapper(cls.module);
    return dtypeOfCall(callable, this.#plain(args)) ?? UNKNOWN;
  }

  #pushGlobal(module: unknown, name: unknown): void {
    this.#stack.push(typeof module === 'string' && typeof name === 'string' ? new PyGlobal(module, name) : UNKNOWN);
  }

  #pushTuple(items: Value[]): void {
    this.#stack.push(this.#isNear() ? items : UNKNOWN);
  }

  #pushDict(items: Value[]): void {
    if (!this.#isNear()) {
      this.#stack.push(UNKNOWN);
      return;
    }
    const dict = new Map<Value, Value>();
    fill(dict, items);
    this.#stack.push(dict);
  }

  #isNear(): boolean {
    const stack = this.#stack;
    const lowest = Math.max(0, stack.length - NEAR);
    for (let i = stack.length - 1; i >= lowest; i--) {
      const value = stack[i];
      if (value instanceof PyGlobal || value instanceof Wrapper || value instanceof Dtype) return true;
    }
    return false;
  }

  #put(index: number, at: number): void {
    const memo = this.#memo;
    // Picklers leave no gaps but at the beginning, where Python 2 counts from 1.
    if (!(index >= 0 && index <= memo.length + 1)) {
      throw pickleError('INVALID_MEMO_INDEX', { offset: at, detail: 'The numbers of the memo have gaps.' });
    }
    if (index > memo.length) memo.push(UNKNOWN);
    memo[index] = this.#top(at);
    if (memo.length > this.#limits.maxMemoEntries) throw pickleError('LIMIT_MEMO', { offset: at });
  }

  #top(at: number): Value {
    const stack = this.#stack;
    const lowest = this.#marks.at(-1) ?? 0;
    if (stack.length <= lowest) throw pickleError('STACK_UNDERFLOW', { offset: at, opcode: this.reader.bytes[at] });
    return stack[stack.length - 1]!;
  }

  #pop(at: number): Value {
    const top = this.#top(at);
    this.#stack.pop();
    return top;
  }

  /** The topmost values, the lowest first. */
  #take(count: number, at: number): Value[] {
    const stack = this.#stack;
    if (count > stack.length - (this.#marks.at(-1) ?? 0)) {
      throw pickleError('STACK_UNDERFLOW', { offset: at, opcode: this.reader.bytes[at] });
    }
    return stack.splice(stack.length - count, count);
  }

  #popMark(at: number): Value[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw pickleError('MARK_NOT_FOUND', { offset: at, opcode: this.reader.bytes[at] });
    return this.#stack.splice(mark);
  }
}

/** Keys and values in turn. */
function fill(dict: Value, items: readonly Value[]): void {
  if (!(dict instanceof Map)) return;
  for (let i = 0; i + 1 < items.length; i += 2) dict.set(items[i]!, items[i + 1]!);
}
