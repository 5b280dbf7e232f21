/**
 * From a finished graph to JavaScript values. The layout of the graph is drawn in `src/graph/README.md`.
 *
 * Nodes are made by recursion as long as they are not nested deeper than TURN levels; what is deeper is made bottom-up
 * with a stack of its own (`deep.ts`), so that no input can exhaust the machine's.
 */
import { bigintOf } from '../bytes/long.ts';
import type { Graph } from '../graph/graph.ts';
import {
  CONST_EMPTY_TUPLE,
  CONST_FALSE,
  CONST_NONE,
  CONST_TRUE,
  FLAG_FETCHED,
  FLAG_SHAPED,
  KIND_DOUBLE,
  KIND_INT,
  KIND_NODE,
  KIND_STR1,
  NODE_BIGINT,
  NODE_BYTEARRAY,
  NODE_BYTES,
  NODE_DICT,
  NODE_FROZENSET,
  NODE_LIST,
  NODE_SET,
  NODE_TUPLE,
  SPECIAL_BUFFER,
  SPECIAL_GLOBAL,
  SPECIAL_HOST,
  SPECIAL_INT64,
  SPECIAL_NAN,
  TAG_CONST,
  TAG_INT,
  TAG_NODE,
  TAG_SHARED,
  TAG_SPECIAL,
  TAG_STR1,
  TAG_STR2,
} from '../spec/layout.ts';
import type { PickleError } from '../spec/pickle-error.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { makeDeep } from './deep.ts';
import { dictShell, fillDict, fillSet, setShell } from './dicts.ts';
import { ShapeCache } from './factories.ts';
import type { KeyMemo } from './keys.ts';
import { fillObjectShell, makeCall, objectShell } from './objects.ts';
import type { ResolvedOptions, TypeContext } from '../spec/options.ts';
import { PyBuffer, PyByteArray, PyFloat, PyTuple, QUIET_NAN } from './py-data.ts';
import type { PyInert } from './py-objects.ts';
import type { GlobalEntries, PayloadSource, DeepReader, Reader } from './reader.ts';

export type { PayloadSource } from './reader.ts';

/** Levels that are made by recursion: some 1,000 frames of JavaScript, of the 10,000 or so that there are. */
const TURN = 250;
const EMPTY_CACHE: ReadonlyMap<number, unknown> = new Map();

/** The place beside a machine where compiled functions for its shapes wait for the next call. */
export interface ShapeHolder {
  shapes: unknown;
}

export class Materialiser implements DeepReader {
  readonly options: ResolvedOptions;
  readonly context: TypeContext;
  readonly globals: GlobalEntries;
  readonly inertCalls = new Set<number>();
  graph!: Graph;
  f64!: Float64Array;
  u32!: Uint32Array;
  i32!: Int32Array;
  keyMemo: KeyMemo | undefined;

  readonly #hostValues: readonly unknown[];
  readonly #shapes: ShapeCache;
  readonly #numbers: boolean;
  readonly #tagged: boolean;
  /** Whether dicts of text keys are plain objects, so that compiled functions may make them. */
  readonly #compiled: boolean;
  #payloads!: PayloadSource;
  #stopOffset = 0;
  /** Values of fetched nodes, by slot index; of all nodes where a later pickle may fetch them. */
  #cache: Map<number, unknown> = EMPTY_CACHE as Map<number, unknown>;
  #sharedStrings: (string | undefined)[] = [];
  #buffers: PyBuffer[] | undefined;
  /** FLAG_FETCHED where every node counts as fetched, else 0. */
  #keepAll = 0;
  #depth = 0;
  #turn = 0;
  /** Fetched calls that are being made. */
  readonly #open = new Set<number>();
  /** Number of the chunk whose string is at hand, and the string. */
  #chunk = -1;
  #chunkText = '';

  constructor(options: ResolvedOptions, globals: GlobalEntries, hostValues: readonly unknown[], holder: ShapeHolder) {
    this.options = options;
    this.context = { options };
    this.globals = globals;
    this.#hostValues = hostValues;
    this.#numbers = options.int !== 'bigint';
    this.#tagged = options.tuple === 'tagged';
    this.#compiled = this.#numbers && (options.dict === 'auto' || options.dict === 'object');
    this.#shapes = (holder.shapes ??= new ShapeCache()) as ShapeCache;
  }

  /**
   * The value of a finished graph.
   * @param stopOffset offset of the STOP opcode, for errors that no other opcode can be blamed for
   * @param keepAll whether later pickles of the same graph may refer to what is made now
   * @throws PickleError; what a registered class, function or persistentLoad throws
   */
  read(graph: Graph, payloads: PayloadSource, stopOffset: number, keepAll = false): unknown {
    this.graph = graph;
    this.f64 = graph.f64;
    this.u32 = graph.u32;
    this.i32 = graph.i32;
    this.#payloads = payloads;
    this.#stopOffset = stopOffset;
    this.#depth = 0;
    this.#turn = Math.min(TURN, this.options.limits.maxDepth);
    this.#chunk = -1;
    if (!keepAll || this.#keepAll === 0) {
      if (this.#cache.size !== 0) this.#cache = EMPTY_CACHE as Map<number, unknown>;
      this.#sharedStrings = [];
      this.#buffers = undefined;
      if (this.inertCalls.size !== 0) this.inertCalls.clear();
    }
    this.#keepAll = keepAll ? FLAG_FETCHED : 0;
    const value = this.slot(graph.root);
    this.keyMemo = undefined;
    if (!keepAll && this.#cache.size !== 0) this.#cache = EMPTY_CACHE as Map<number, unknown>;
    return value;
  }

  slot(index: number): unknown {
    const hi = this.u32[2 * index + 1]!;
    switch (hi >>> 16) {
      case TAG_INT:
        return this.#numbers ? this.i32[2 * index]! : BigInt(this.i32[2 * index]!);
      case TAG_CONST:
        return this.constant(this.u32[2 * index]!);
      case TAG_SPECIAL:
        return this.#special(hi & 0xffff, this.u32[2 * index]!);
      case TAG_SHARED:
        return this.shared(this.u32[2 * index]!);
      case TAG_STR1:
        return this.str1(this.u32[2 * index]!, hi & 0xffff);
      case TAG_STR2:
        return this.#str2(this.u32[2 * index]!, hi & 0xffff);
      case TAG_NODE:
        return this.node(hi & 0xffff, this.u32[2 * index]!);
      default:
        return this.f64[index]!;
    }
  }

  run(index: number, count: number): unknown[] {
    const values = new Array<unknown>(count);
    for (let i = 0; i < count; i++) values[i] = this.slot(index + i);
    return values;
  }

  // --- text ---

  str1(offset: number, length: number): string {
    const chunk = offset >>> 20;
    if (chunk !== this.#chunk) {
      this.#chunkText = this.graph.chunk1(chunk);
      this.#chunk = chunk;
    }
    const start = offset & 0xfffff;
    return this.#chunkText.substring(start, start + length);
  }

  #str2(offset: number, length: number): string {
    const start = (offset & 0xfffff) >>> 1;
    return this.graph.chunk2(offset >>> 20).substring(start, start + length);
  }

  shared(index: number): string {
    return this.#sharedStrings[index] ?? this.#makeShared(index);
  }

  #makeShared(index: number): string {
    const slot = this.graph.sharedSlot(index);
    const text = this.slot(slot) as string;
    // Filled from the front, so that the array stays dense.
    for (let i = this.#sharedStrings.length; i < index; i++) this.#sharedStrings.push(undefined);
    this.#sharedStrings[index] = text;
    return text;
  }

  // --- constants and rare values ---

  constant(which: number): unknown {
    switch (which) {
      case CONST_FALSE:
        return false;
      case CONST_TRUE:
        return true;
      case CONST_NONE:
        return null;
      case CONST_EMPTY_TUPLE:
        return this.#tagged ? new PyTuple() : [];
      default:
        return undefined;
    }
  }

  #special(which: number, lo: number): unknown {
    switch (which) {
      case SPECIAL_INT64: {
        // High word signed, low word unsigned: exact as a double up to 2^53.
        const value = this.i32[2 * lo + 1]! * 2 ** 32 + this.u32[2 * lo]!;
        if (this.#numbers && Number.isSafeInteger(value)) return value;
        return this.#int((BigInt(this.i32[2 * lo + 1]!) << 32n) | BigInt(this.u32[2 * lo]!));
      }
      case SPECIAL_HOST: {
        const value = this.#hostValues[lo];
        return typeof value === 'bigint' ? this.#int(value) : value;
      }
      case SPECIAL_BUFFER:
        return this.#buffer(lo & 0x7fffffff, lo >>> 31 === 1);
      case SPECIAL_GLOBAL:
        return this.globals.at(lo).value;
      case SPECIAL_NAN:
        return this.options.exact ? this.#nan(lo) : NaN;
      default:
        throw new RangeError(`no special value has the number ${which}`);
    }
  }

  /** An int by the policy. */
  #int(value: bigint): number | bigint {
    if (this.options.int === 'bigint') return value;
    const near = Number(value);
    return this.options.int === 'number' || Number.isSafeInteger(near) ? near : value;
  }

  /** One object a cell, because a NaN is equal to itself alone. */
  #nan(cell: number): unknown {
    const bits = (BigInt(this.u32[2 * cell + 1]!) << 32n) | BigInt(this.u32[2 * cell]!);
    if (bits === QUIET_NAN) return NaN;
    return this.#cache.get(cell) ?? this.#remember(cell, new PyFloat(bits));
  }

  #buffer(ordinal: number, readonly: boolean): unknown {
    const given = this.options.buffers![ordinal]!;
    if (!this.options.exact) return given instanceof Uint8Array ? given : bytesOf(given);
    const made = (this.#buffers ??= []);
    const known = made[ordinal];
    if (known === undefined) return (made[ordinal] = new PyBuffer(ordinal, readonly, bytesOf(given)));
    if (readonly) (known as { readonly: boolean }).readonly = true;
    return known;
  }

  // --- nodes ---

  node(kind: number, index: number): unknown {
    const flags = this.u32[2 * index]! | this.#keepAll;
    if ((flags & FLAG_FETCHED) !== 0 || this.#turn === 0) {
      const known = this.#cache.get(index);
      if (known !== undefined) return known;
      if (kind >= NODE_BYTES) return this.#remember(index, this.#payload(kind, index));
    } else if (kind >= NODE_BYTES) return this.#payload(kind, index);
    if (this.#depth >= this.#turn) return this.#turnDeep(kind, index);
    this.#depth++;
    const value = (flags & FLAG_FETCHED) !== 0 ? this.make(kind, index) : this.#fresh(kind, index);
    this.#depth--;
    return value;
  }

  /** A node that nothing else refers to. */
  #fresh(kind: number, index: number): unknown {
    const { u32 } = this;
    if (kind === NODE_DICT && this.#compiled && (u32[2 * index]! & FLAG_SHAPED) !== 0) {
      const make = this.#shapes.maker(this.graph, u32[2 * index + 1]!);
      if (make !== undefined) return make(this, u32[2 * index + 2]!, this.f64, u32, this.i32);
    }
    if (kind === NODE_TUPLE && !this.#tagged) {
      // Small literals are half the price of `new Array`.
      const count = u32[2 * index + 1]!;
      if (count === 1) return [this.slot(index + 1)];
      if (count === 2) return [this.slot(index + 1), this.slot(index + 2)];
      if (count === 3) return [this.slot(index + 1), this.slot(index + 2), this.slot(index + 3)];
    }
    const shell = this.shell(kind, index);
    if (shell === undefined) return makeCall(this, kind, index, ignore);
    this.fill(kind, index, shell);
    return shell;
  }

  /** Makes a node and keeps it, before it is filled where that can be: it may hold itself. */
  make(kind: number, index: number): unknown {
    if (this.#compiled && kind === NODE_DICT && (this.u32[2 * index]! & KIND_NODE) === 0) {
      // What holds no node cannot hold itself.
      return this.#remember(index, this.#fresh(kind, index));
    }
    const shell = this.shell(kind, index);
    if (shell !== undefined) {
      this.#remember(index, shell);
      this.fill(kind, index, shell);
      return shell;
    }
    if (this.#open.has(index)) {
      throw pickleError('INVALID_STATE', {
        offset: this.f64[index + 5]!,
        detail: 'The call is among its own arguments, so that it cannot be made.',
      });
    }
    this.#open.add(index);
    const value = makeCall(this, kind, index, (made) => this.keep(index, made));
    this.#open.delete(index);
    return value;
  }

  /** What a node becomes, still empty; undefined for calls, which are made at once or not at all. */
  shell(kind: number, index: number): object | undefined {
    switch (kind) {
      case NODE_LIST:
        return new Array<unknown>(this.u32[2 * index + 1]!);
      case NODE_TUPLE:
        return this.#tagged ? new PyTuple(this.u32[2 * index + 1]) : new Array<unknown>(this.u32[2 * index + 1]!);
      case NODE_DICT:
        return dictShell(this, index);
      case NODE_SET:
      case NODE_FROZENSET:
        return setShell(this, kind, index);
      default:
        return objectShell(this, kind, index);
    }
  }

  /** Fills what `shell` gave. */
  fill(kind: number, index: number, shell: object): void {
    const { u32 } = this;
    const kinds = u32[2 * index]! & 0xff;
    switch (kind) {
      case NODE_LIST: {
        let at = 0;
        for (let run = u32[2 * index + 2]!; run !== 0; run = u32[2 * run]!) {
          const count = u32[2 * run + 1]!;
          this.#fillArray(shell as unknown[], at, run + 1, count, kinds);
          at += count;
        }
        break;
      }
      case NODE_TUPLE:
        this.#fillArray(shell as unknown[], 0, index + 1, u32[2 * index + 1]!, kinds);
        break;
      case NODE_DICT:
        fillDict(this, index, shell);
        break;
      case NODE_SET:
      case NODE_FROZENSET:
        fillSet(this, kind, index, shell as Set<unknown>);
        break;
      default:
        fillObjectShell(this, index, shell as PyInert);
    }
  }

  #turnDeep(kind: number, index: number): unknown {
    const { maxDepth } = this.options.limits;
    const depth = this.#depth;
    const turn = this.#turn;
    if (depth >= maxDepth) throw this.#tooDeep(maxDepth);
    // From here on everything that a node refers to is made before it, and found in the cache.
    this.#turn = 0;
    try {
      return makeDeep(this, kind, index, depth, maxDepth, () => this.#tooDeep(maxDepth));
    } finally {
      this.#turn = turn;
    }
  }

  #tooDeep(limit: number): PickleError {
    return pickleError('LIMIT_DEPTH', { offset: this.#stopOffset, limit, actual: limit + 1 });
  }

  /** Whether a node's value is at hand. */
  has(index: number): boolean {
    return this.#cache.has(index);
  }

  kept(index: number): unknown {
    return this.#cache.get(index);
  }

  keep(index: number, value: unknown): void {
    this.#remember(index, value);
  }

  #remember<T>(index: number, value: T): T {
    if (this.#cache === EMPTY_CACHE) this.#cache = new Map();
    this.#cache.set(index, value);
    return value;
  }

  /** Fills part of an array from a run of slots that are of the kinds in a mask. */
  #fillArray(values: unknown[], at: number, from: number, count: number, kinds: number): void {
    const { u32 } = this;
    if (kinds === KIND_DOUBLE) {
      const { f64 } = this;
      for (let i = 0; i < count; i++) values[at + i] = f64[from + i];
    } else if (kinds === KIND_INT && this.#numbers) {
      const { i32 } = this;
      for (let i = 0; i < count; i++) values[at + i] = i32[2 * (from + i)];
    } else if (kinds === KIND_STR1) {
      for (let i = 0; i < count; i++) {
        const slot = 2 * (from + i);
        values[at + i] = this.str1(u32[slot]!, u32[slot + 1]! & 0xffff);
      }
    } else if (kinds === KIND_NODE) this.#fillNodes(values, at, from, count);
    else for (let i = 0; i < count; i++) values[at + i] = this.slot(from + i);
  }

  /** A run of nodes: rows of the same shape, mostly. */
  #fillNodes(values: unknown[], at: number, from: number, count: number): void {
    const { u32 } = this;
    const rowsAllowed = this.#compiled && this.#keepAll === 0 && this.#depth < this.#turn;
    for (let i = 0; i < count; i++) {
      const slot = 2 * (from + i);
      const index = u32[slot]!;
      const kind = u32[slot + 1]! & 0xffff;
      if (kind === NODE_DICT && rowsAllowed && (u32[2 * index]! & (FLAG_FETCHED | FLAG_SHAPED)) === FLAG_SHAPED) {
        const rows = this.#shapes.rows(this.graph, u32[2 * index + 1]!);
        if (rows !== undefined) {
          this.#depth++;
          i += rows(this, values, at + i, from + i, count - i, this.f64, u32, this.i32) - 1;
          this.#depth--;
          continue;
        }
      }
      values[at + i] = this.node(kind, index);
    }
  }

  #payload(kind: number, index: number): unknown {
    const offset = this.f64[index + 1]!;
    const length = this.f64[index + 2]!;
    const bytes = this.#payloads.slice(offset, length)!;
    if (kind === NODE_BIGINT) return this.#int(bigintOf(bytes));
    if (kind === NODE_BYTEARRAY && this.options.exact) {
      const own = this.options.copyBytes ? bytes.slice() : bytes;
      return new PyByteArray(own.buffer as ArrayBuffer, own.byteOffset, own.length);
    }
    return this.options.copyBytes ? bytes.slice() : bytes;
  }

  fail(code: Parameters<Reader['fail']>[0], details: Parameters<Reader['fail']>[1] = {}): PickleError {
    return pickleError(code, { offset: this.#stopOffset, ...details });
  }
}

/** For nodes that nothing else refers to. */
function ignore(): void {}

function bytesOf(given: ArrayBufferView | ArrayBuffer): Uint8Array {
  if (!ArrayBuffer.isView(given)) return new Uint8Array(given);
  return new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
}
