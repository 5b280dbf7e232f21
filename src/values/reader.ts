/** What the parts of the materialiser see of it and of each other. */
import type { Graph } from '../graph/graph.ts';
import type { PickleError } from '../spec/pickle-error.ts';
import type { KeyMemo } from './keys.ts';
import type { PyType, ResolvedOptions, TypeContext } from '../spec/options.ts';

/** Gives the bytes of a payload: `length` bytes from absolute offset `offset` on. */
export interface PayloadSource {
  slice(offset: number, length: number): Uint8Array | undefined;
}

/** What a global stands for. */
export interface GlobalEntry {
  /** The global as a value: a registered class or function, else a PyGlobal. */
  readonly value: unknown;
  /** How to make its instances; undefined where they stay inert. */
  readonly type: PyType | undefined;
}

export interface GlobalEntries {
  at(index: number): GlobalEntry;
}

/** The materialiser at work on one graph. Slots are addressed by index. */
export interface Reader {
  readonly options: ResolvedOptions;
  readonly context: TypeContext;
  readonly globals: GlobalEntries;
  graph: Graph;
  f64: Float64Array;
  u32: Uint32Array;
  i32: Int32Array;
  keyMemo: KeyMemo | undefined;
  /** Nodes of calls that are known to end in nothing registered. */
  readonly inertCalls: Set<number>;
  /** The value of the slot at an index. */
  slot(index: number): unknown;
  /** The values of `count` slots. */
  run(index: number, count: number): unknown[];
  /** The value of a node. */
  node(kind: number, index: number): unknown;
  /** The string of a STR1, STR2 or SHARED slot. */
  shared(index: number): string;
  str1(offset: number, length: number): string;
  /** Keeps a fetched node's value before its contents are made, so that these may refer to it. */
  keep(index: number, value: unknown): void;
  /** A limit or a key that no opcode of its own can be blamed for. */
  fail(
    code: 'LIMIT_CONTAINER' | 'UNHASHABLE_KEY' | 'UNREPRESENTABLE_KEY',
    details?: { limit?: number; actual?: number; detail?: string },
  ): PickleError;
}

/** What making a value bottom-up needs beside that. */
export interface DeepReader extends Reader {
  /** Whether a node's value is at hand; it may be half made. */
  has(index: number): boolean;
  kept(index: number): unknown;
  /** What a node becomes, still empty; undefined for calls. */
  shell(kind: number, index: number): object | undefined;
  fill(kind: number, index: number, shell: object): void;
  /** Makes a node and keeps it. */
  make(kind: number, index: number): unknown;
}
