/** Making of values that hold no others: numbers, text, bytes, buffers, globals. What holds others is `node`'s. */
import { asBytes } from '../bytes/bytes-like.ts';
import { bigintOf } from '../bytes/long.ts';
import type { Graph } from '../graph/graph.ts';
import {
  CONST_EMPTY_TUPLE,
  CONST_FALSE,
  CONST_TRUE,
  NODE_BIGINT,
  NODE_BYTES,
  SPECIAL_BUFFER,
  SPECIAL_GLOBAL,
  SPECIAL_HOST,
  SPECIAL_INT64,
  TEXT2_CHUNK_BITS,
  TEXT_CHUNK_BITS,
} from '../spec/layout.ts';
import { pickleError, type PickleError, type PickleErrorDetails } from '../spec/pickle-error.ts';
import type { ErrorCode } from '../spec/errors.ts';
import type { GlobalEntries } from './callables.ts';
import { intOf, intOfWords } from './ints.ts';
import type { KeyMemo } from './keys.ts';
import type { NanMemo } from './nan-memo.ts';
import type { ResolvedOptions } from '../spec/options.ts';
import type { Pending } from './pending.ts';
import { exactFloat, PyBuffer, PyByteArray, PyFloat, PyTuple, QUIET_NAN } from './py-data.ts';
import { RecipeBook } from './recipes.ts';
import type { ShapeEntry, ShapeTable } from './shape-cache.ts';
import { DecodeContext } from './type-context.ts';
import { CONST, IN_CHUNK, IN_CHUNK2, INT, NODE, SHARED, SPECIAL, STR1, STR2, SUB } from '../spec/slot-words.ts';

/** Where the bytes of payload nodes come from. */
export interface PayloadSource {
  /** The bytes at an absolute offset of the input; undefined, or an error, where they are not there. */
  slice(offset: number, length: number): Uint8Array | undefined;
}

const STOP = 0x2e;
/** Up to so many places of shared strings are kept, empty, for the next pickle. */
const FEW_SHARED = 64;

/** What the parts of the materialiser share: the graph at hand, and the way to make a value of any of its slots. */
export abstract class Leaves {
  readonly options: ResolvedOptions;
  readonly globals: GlobalEntries;
  readonly hostValues: readonly unknown[];
  readonly exact: boolean;
  /** Whether every int is a bigint. */
  readonly bigInts: boolean;
  /** Whether every value is kept, because a later pickle may fetch any. */
  keepsAll = false;
  /** Whether lists of floats are Float64Arrays. */
  readonly typedLists: boolean;
  /** Whether dicts of text keys are Maps. */
  readonly rowsAreMaps: boolean;
  /** Whether tuples are PyTuples. */
  readonly tagged: boolean;

  graph!: Graph;
  f64!: Float64Array;
  u32!: Uint32Array;
  i32!: Int32Array;
  payloads!: PayloadSource;
  /** Bytes that values are views of, in all pickles since it was last set to zero: they cost no memory. */
  viewedBytes = 0;
  stopOffset = 0;
  /** Strings of the memo, by index, as far as they were made. */
  shared: (string | undefined)[] = [];
  shapes!: ShapeTable;
  /** Levels of nesting around the value at hand. */
  depth = 0;
  /** From this depth on `node` does not go on by recursion. */
  turn = 0;
  /** Values of calls still going on, that were given out and not noted yet: see `pending.ts`. */
  handed = 0;
  /** Calls going on whose results may be asked for meanwhile. */
  openCalls = 0;
  /** The one of these that was asked for last. */
  waiting: Pending | undefined;
  keyMemo: KeyMemo | undefined;
  nanMemo: NanMemo | undefined;
  /** What was made by calls; of an exact decode alone. */
  recipeBook: RecipeBook | undefined;

  private chunkNumber = -1;
  private chunkText = '';
  private buffers: unknown[] | undefined;
  private typeContext: DecodeContext | undefined;

  constructor(options: ResolvedOptions, globals: GlobalEntries, hostValues: readonly unknown[]) {
    this.options = options;
    this.globals = globals;
    this.hostValues = hostValues;
    this.exact = options.exact;
    this.bigInts = options.int === 'bigint';
    this.tagged = options.tuple === 'tagged';
    this.typedLists = options.list === 'typed';
    this.rowsAreMaps = options.dict === 'map' || options.dict === 'exact';
  }

  /** The value of a node that is not a payload. */
  abstract node(kind: number, node: number): unknown;
  /** The value of a payload node that was made before, or undefined. */
  abstract known(node: number): unknown;
  /** Keeps the value of a node for its other places. */
  abstract keep(node: number, value: unknown): void;
  /** The Pending of a call going on, if the node is one. */
  abstract pendingOf(node: number): Pending | undefined;
  /** A call that had to wait has given its result, for which `pending` stood. */
  abstract complete(kind: number, node: number, pending: Pending, value: unknown): void;

  /** What is known of a shape, and was compiled for it. */
  shape(number: number): ShapeEntry {
    return this.shapes.entry(this.graph, number);
  }

  get recipes(): RecipeBook {
    return (this.recipeBook ??= new RecipeBook());
  }

  get context(): DecodeContext {
    return (this.typeContext ??= new DecodeContext(this.options, this.globals));
  }

  /** The value of a slot. */
  value(slot: number): unknown {
    const hi = this.i32[2 * slot + 1]!;
    switch (hi >> 16) {
      case INT: {
        const int = this.i32[2 * slot]!;
        return this.bigInts ? BigInt(int) : int;
      }
      case CONST:
        return this.constant(this.i32[2 * slot]!);
      case SPECIAL:
        return this.special(hi & SUB, this.u32[2 * slot]!);
      case SHARED: {
        const index = this.u32[2 * slot]!;
        return this.shared[index] ?? this.sharedText(index);
      }
      case STR1:
        return this.text1(slot);
      case STR2:
        return this.text2(slot);
      case NODE:
        return this.node(hi & SUB, this.u32[2 * slot]!);
      default:
        return this.exact ? exactFloat(this.f64[slot]!) : this.f64[slot]!;
    }
  }

  constant(which: number): unknown {
    switch (which) {
      case CONST_FALSE:
        return false;
      case CONST_TRUE:
        return true;
      case CONST_EMPTY_TUPLE:
        return this.tagged ? new PyTuple() : [];
      default:
        return null;
    }
  }

  text1(slot: number): string {
    const offset = this.u32[2 * slot]!;
    const start = offset & IN_CHUNK;
    return this.chunk1(offset >>> TEXT_CHUNK_BITS).substring(start, start + (this.i32[2 * slot + 1]! & SUB));
  }

  /** The long string of a chunk of one-byte text. Texts that are made one after another mostly lie in one. */
  chunk1(number: number): string {
    if (number === this.chunkNumber) return this.chunkText;
    this.chunkText = this.graph.chunk1(number);
    this.chunkNumber = number;
    return this.chunkText;
  }

  text2(slot: number): string {
    const offset = this.u32[2 * slot]!;
    const start = (offset & IN_CHUNK2) >>> 1;
    return this.graph.chunk2(offset >>> TEXT2_CHUNK_BITS).substring(start, start + (this.i32[2 * slot + 1]! & SUB));
  }

  sharedText(index: number): string {
    const known = this.shared[index];
    if (known !== undefined) return known;
    const slot = this.graph.sharedSlot(index);
    const text = this.i32[2 * slot + 1]! >> 16 === STR1 ? this.text1(slot) : this.text2(slot);
    this.shared[index] = text;
    return text;
  }

  /** An int in 64 bits, by the option `int`. */
  int64(slot: number): number | bigint {
    return intOfWords(this.i32[2 * slot + 1]!, this.u32[2 * slot]!, this.options.int);
  }

  int(value: bigint): number | bigint {
    return intOf(value, this.options.int);
  }

  special(which: number, lo: number): unknown {
    switch (which) {
      case SPECIAL_INT64:
        return this.int64(lo);
      case SPECIAL_HOST: {
        const value = this.hostValues[lo];
        return typeof value === 'bigint' ? this.int(value) : value;
      }
      case SPECIAL_BUFFER:
        return this.buffer(lo);
      case SPECIAL_GLOBAL:
        return this.globals.entries[lo]!.value;
      default:
        return this.nan(lo);
    }
  }

  nan(slot: number): number | PyFloat {
    if (!this.exact) return NaN;
    const bits = (BigInt(this.u32[2 * slot + 1]!) << 32n) | BigInt(this.u32[2 * slot]!);
    return bits === QUIET_NAN ? NaN : PyFloat.fromBits(bits);
  }

  /** An out-of-band buffer: the caller's own. Bit 31 says that this place of it is read-only. */
  buffer(word: number): unknown {
    const index = word & 0x7fffffff;
    const readonly = word >>> 31 === 1;
    const made = (this.buffers ??= [])[index];
    if (made !== undefined) {
      if (readonly && made instanceof PyBuffer) (made as { readonly: boolean }).readonly = true;
      return made;
    }
    const bytes = asBytes(this.options.buffers![index]!);
    return (this.buffers[index] = this.exact ? new PyBuffer(index, readonly, bytes) : bytes);
  }

  /** The value of a payload node: bytes that stayed in the input. */
  payload(kind: number, node: number): unknown {
    const known = this.known(node);
    if (known !== undefined) return known;
    const offset = this.f64[node + 1]!;
    const length = this.f64[node + 2]!;
    const bytes = this.payloads.slice(offset, length);
    if (bytes === undefined) throw new Error(`the payload at offset ${offset} is not there`);
    let value: unknown;
    if (kind === NODE_BIGINT) value = this.int(bigintOf(bytes));
    else {
      if (!this.options.copyBytes) this.viewedBytes += length;
      const own = this.options.copyBytes ? bytes.slice() : bytes;
      const isBytes = kind === NODE_BYTES || !this.exact;
      value = isBytes ? own : new PyByteArray(own.buffer as ArrayBuffer, own.byteOffset, own.length);
    }
    this.keep(node, value);
    return value;
  }

  /** An array for `length` items of a tuple. */
  newTuple(length: number): unknown[] {
    return this.tagged ? new PyTuple(length) : new Array(length);
  }

  /** An error that is about no opcode: the STOP stands for it. */
  error(code: ErrorCode, details?: Omit<PickleErrorDetails, 'offset'>): PickleError {
    return pickleError(code, { offset: this.stopOffset, opcode: STOP, ...details });
  }

  protected takeGraph(graph: Graph, payloads: PayloadSource, stopOffset: number): void {
    this.graph = graph;
    this.f64 = graph.f64;
    this.u32 = graph.u32;
    this.i32 = graph.i32;
    this.payloads = payloads;
    this.stopOffset = stopOffset;
  }

  /** Lets go of the chunk of text at hand: in the next pickle it may have grown. */
  protected dropChunk(): void {
    this.chunkNumber = -1;
    this.chunkText = '';
  }

  /** An array that stays spares a small message growing one anew. */
  private dropShared(): void {
    const { shared } = this;
    if (shared.length > FEW_SHARED) this.shared = [];
    else for (let i = 0; i < shared.length; i++) shared[i] = undefined;
  }

  /** Lets go of all that belongs to the pickles that were read. */
  protected dropLeaves(): void {
    this.dropChunk();
    this.dropShared();
    this.buffers = undefined;
    this.keyMemo = undefined;
    this.nanMemo = undefined;
    this.recipeBook = undefined;
  }
}
