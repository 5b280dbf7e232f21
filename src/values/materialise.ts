/**
 * The materialiser: makes JavaScript values of a finished graph.
 *
 * Values are made by recursion as long as nesting is shallow, because nothing is faster; from MAX_RECURSION levels on a
 * stack of its own takes over (`deep.ts`). A container that the memo gave back is kept before its contents are made, so
 * cycles end. What a registered class or function gets is complete, as in Python.
 */
import type { Graph } from '../graph/graph.ts';
import {
  FLAG_FETCHED,
  FLAG_SHAPED,
  NODE_BYTES,
  NODE_DICT,
  NODE_FROZENSET,
  NODE_LIST,
  NODE_OBJECT,
  NODE_SET,
  NODE_TUPLE,
} from '../spec/layout.ts';
import { fillList, fillTuple, isTypedList, MAX_SHORT, newList, shortArray } from './arrays.ts';
import type { GlobalEntries } from './callables.ts';
import { fillInert, isInert, newObject } from './calls.ts';
import { makeDeep } from './deep.ts';
import { fillDict, newDict, shapedObject } from './dicts.ts';
import { grow, markOf, type Marks } from './growth.ts';
import { makeInstance } from './instances.ts';
import { noGraph, usedValues } from './kept.ts';
import { Leaves, type PayloadSource } from './leaves.ts';
import { noteProperties, Pending } from './pending.ts';
import { applyOps } from './ops.ts';
import type { ResolvedOptions } from '../spec/options.ts';
import { resolveOptions } from './resolve-options.ts';
import { fillSet, newSet } from './sets.ts';
import { ShapeCache, type ShapeHolder } from './shape-cache.ts';

export type { PayloadSource, ShapeHolder };

/** Levels of nesting that are made by recursion. Each takes three to five frames, together about 1 KB of stack. */
const MAX_RECURSION = 128;
/** In place of the Maps of a pickle that has nothing to keep. */
const NOTHING = new Map<number, never>();
/** Kept in place of a value undefined, which a registered function may give. */
const UNDEFINED = Symbol('undefined');

export class Materialiser extends Leaves {
  /** Values of nodes that have, or may have, other places. */
  private cache: Map<number, unknown> = NOTHING;
  /** Where every value is kept: what each value has of its node. */
  private marks: Marks = NOTHING;
  /** While a stack of its own makes deep values: what is made and not yet in its place. */
  made: Map<number, unknown> | undefined;
  private readonly shapeCache: ShapeCache;

  constructor(options: ResolvedOptions, globals: GlobalEntries, hostValues: readonly unknown[], holder: ShapeHolder) {
    super(options, globals, hostValues);
    this.shapeCache = (holder.shapes ??= new ShapeCache()) as ShapeCache;
    if (kept === undefined) {
      kept = [];
      kept = [usedMaterialiser(), ...usedValues()];
    }
  }

  /**
   * The value of one finished pickle.
   * @param payloads gives the bytes of payload nodes
   * @param stopOffset offset of the STOP, for errors that are about no opcode
   * @param keepAll whether later pickles share the memo: then every value is kept, since any may be fetched
   * @throws PickleError LIMIT_DEPTH, LIMIT_CONTAINER, UNREPRESENTABLE_KEY, UNHASHABLE_KEY, INVALID_STATE; what registered
   *   code throws
   */
  read(graph: Graph, payloads: PayloadSource, stopOffset: number, keepAll = false): unknown {
    if (!(keepAll && this.keepsAll)) this.forget();
    this.keepsAll = keepAll;
    this.takeGraph(graph, payloads, stopOffset);
    this.shapes = this.shapeCache.table(this.bigInts);
    this.shapes.begin(stopOffset);
    this.depth = this.handed = this.openCalls = 0;
    this.turn = Math.min(this.options.limits.maxDepth, MAX_RECURSION);
    this.waiting = this.made = undefined;
    try {
      return this.value(graph.root);
    } finally {
      if (keepAll) this.dropChunk();
      else this.forget();
    }
  }

  private forget(): void {
    this.dropLeaves();
    this.cache = NOTHING;
    this.marks = NOTHING;
  }

  node(kind: number, node: number): unknown {
    if (kind >= NODE_BYTES) return this.payload(kind, node);
    const isKept = this.isKept(node);
    if (isKept) {
      const known = this.cache.get(node);
      if (known !== undefined) return this.again(kind, node, known);
    }
    if (this.depth >= this.turn) return this.deeper(kind, node);
    this.depth++;
    const value = isKept ? this.makeKept(kind, node) : this.make(kind, node);
    this.depth--;
    return value;
  }

  known(node: number): unknown {
    return this.isKept(node) ? this.cache.get(node) : undefined;
  }

  keep(node: number, value: unknown): void {
    if (this.isKept(node)) this.remember(node, value);
  }

  isKnown(node: number): boolean {
    return this.cache.has(node);
  }

  /** Whether the node has, or may have, other places than the one at hand. */
  isKept(node: number): boolean {
    return this.keepsAll || (this.i32[2 * node]! & FLAG_FETCHED) !== 0;
  }

  private remember(node: number, value: unknown): void {
    if (this.cache === NOTHING) this.cache = new Map();
    this.cache.set(node, value);
  }

  private mark(kind: number, node: number): void {
    if (this.marks === NOTHING) this.marks = new Map();
    this.marks.set(node, markOf(this, kind, node));
  }

  pendingOf(node: number): Pending | undefined {
    const known = this.known(node);
    return known instanceof Pending ? known : undefined;
  }

  complete(kind: number, node: number, pending: Pending, value: unknown): void {
    if (value instanceof Pending) return value.note((made) => pending.settle(made));
    this.keep(node, value === undefined ? UNDEFINED : value);
    this.fill(kind, node, value);
    pending.settle(value);
  }

  /** Makes the value of a node that has no other place. */
  make(kind: number, node: number): unknown {
    switch (kind) {
      case NODE_LIST: {
        const count = this.u32[2 * node + 1]!;
        const run = this.u32[2 * node + 2]!;
        if (count > MAX_SHORT || run === 0 || this.u32[2 * run + 1] !== count || isTypedList(this, node)) break;
        return shortArray(this, run + 1, count);
      }
      case NODE_TUPLE: {
        const count = this.u32[2 * node + 1]!;
        if (count <= MAX_SHORT && !this.tagged) return shortArray(this, node + 1, count);
        const tuple = this.newTuple(count);
        fillTuple(this, node, tuple);
        return tuple;
      }
      case NODE_DICT: {
        if ((this.i32[2 * node]! & FLAG_SHAPED) !== 0 && !this.rowsAreMaps) {
          const object = shapedObject(this, this.u32[2 * node + 1]!, this.u32[2 * node + 2]!);
          if (this.handed !== 0) noteProperties(this, object);
          return object;
        }
        break;
      }
      case NODE_OBJECT: {
        const instance = makeInstance(this, node);
        if (instance !== undefined) return instance;
        break;
      }
      default:
    }
    const value = this.create(kind, node);
    if (value instanceof Pending) return this.hand(value);
    this.fill(kind, node, value);
    return value;
  }

  /** Makes the value of a node that may be met again, also inside itself. */
  private makeKept(kind: number, node: number): unknown {
    const value = this.createKept(kind, node);
    if (value instanceof Pending) return this.hand(value);
    this.fill(kind, node, value);
    return value;
  }

  /** Creates a value, keeps it, and gives it to those who have asked for it meanwhile. */
  createKept(kind: number, node: number): unknown {
    if (kind < NODE_OBJECT || isInert(this, kind, node)) {
      const value = this.create(kind, node);
      this.remember(node, value);
      return value;
    }
    const pending = this.open(node);
    const value = this.create(kind, node);
    this.openCalls--;
    if (value instanceof Pending) {
      // It waits for another call, and is completed after that.
      value.note((made) => pending.settle(made));
      return value;
    }
    this.remember(node, value === undefined ? UNDEFINED : value);
    pending.settle(value);
    return value;
  }

  /** A call begins whose result may be asked for before it is there. */
  open(node: number): Pending {
    const known = this.cache.get(node) as Pending | undefined;
    if (known !== undefined) return known;
    const pending = new Pending();
    this.remember(node, pending);
    this.openCalls++;
    return pending;
  }

  /** An empty container, or an object before anything was done to it. */
  create(kind: number, node: number): unknown {
    switch (kind) {
      case NODE_LIST:
        return newList(this, node);
      case NODE_TUPLE:
        return this.newTuple(this.u32[2 * node + 1]!);
      case NODE_DICT:
        return newDict(this, node);
      case NODE_SET:
      case NODE_FROZENSET:
        return newSet(this, kind, node);
      default:
        return newObject(this, kind, node);
    }
  }

  /** Makes the contents of what was created. */
  fill(kind: number, node: number, value: unknown): void {
    if (this.keepsAll) this.mark(kind, node);
    switch (kind) {
      case NODE_LIST:
        fillList(this, node, value as unknown[] | Float64Array);
        break;
      case NODE_TUPLE:
        fillTuple(this, node, value as unknown[]);
        break;
      case NODE_DICT:
        fillDict(this, node, value as object);
        break;
      case NODE_SET:
      case NODE_FROZENSET:
        fillSet(this, kind, node, value as Set<unknown>);
        break;
      default:
        if (isInert(this, kind, node)) fillInert(this, kind, node, value);
        applyOps(this, kind, node, value, this.u32[2 * node + 8]!);
    }
  }

  private again(kind: number, node: number, known: unknown): unknown {
    if (this.openCalls !== 0 && known instanceof Pending) return this.hand(known);
    const value = known === UNDEFINED ? undefined : known;
    if (this.keepsAll && this.made === undefined) {
      const mark = this.marks.get(node);
      const now = markOf(this, kind, node);
      if (mark !== undefined && mark !== now) {
        this.marks.set(node, now);
        grow(this, kind, node, value, mark);
      }
    }
    return value;
  }

  /** Gives a Pending out: who holds it has to note it. */
  hand(pending: Pending): Pending {
    this.handed++;
    this.waiting = pending;
    return pending;
  }

  /** At the end of recursion. */
  private deeper(kind: number, node: number): unknown {
    const { made } = this;
    if (made === undefined) return makeDeep(this, kind, node);
    if (!made.has(node)) throw new Error(`node ${node} was not made before what holds it`);
    const value = made.get(node);
    made.delete(node);
    return value instanceof Pending ? this.hand(value) : value;
  }
}

/** See `kept.ts`. Made with the first materialiser. */
let kept: readonly unknown[] | undefined;

function usedMaterialiser(): Materialiser {
  const materialiser = new Materialiser(resolveOptions(undefined), { entries: [] }, [], { shapes: undefined });
  // Offsets come out of a machine's memory as doubles: a field that was an integer until then makes a new hidden class.
  materialiser.read(noGraph(), { slice: () => undefined }, 0.5);
  return materialiser;
}
