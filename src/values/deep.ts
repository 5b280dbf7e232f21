/**
 * Values nested deeper than recursion may go. A stack of its own walks the graph below a node in the order of the pickle,
 * and makes the value of every node when all that it holds is made: the ordinary functions then find the parts ready.
 *
 * A node that may be met again is created and kept first, then its contents are walked, then it is filled.
 */
import {
  FLAG_SHAPED,
  NODE_BYTES,
  NODE_DICT,
  NODE_FROZENSET,
  NODE_LIST,
  NODE_OBJECT,
  NODE_PERSISTENT,
  NODE_SET,
  NODE_TUPLE,
  OP_BUILD,
  OP_SETTER,
} from '../spec/layout.ts';
import { hasNoArgs, hasSharedArgs, isInert } from './calls.ts';
import type { Leaves } from './leaves.ts';
import { Pending } from './pending.ts';
import { HI_NODE, SUB } from '../spec/slot-words.ts';

/** What this needs of the materialiser. */
export interface DeepMaker extends Leaves {
  made: Map<number, unknown> | undefined;
  isKept(node: number): boolean;
  isKnown(node: number): boolean;
  open(node: number): Pending;
  make(kind: number, node: number): unknown;
  create(kind: number, node: number): unknown;
  createKept(kind: number, node: number): unknown;
  fill(kind: number, node: number, value: unknown): void;
  hand(pending: Pending): Pending;
}

/*
 * What is to be done, as three numbers: [action, a, b].
 */
/** Walk b slots from slot a on. */
const SLOTS = 0;
/** Walk the runs from run a on. */
const RUNS = 1;
/** Walk the operands of the ops from op a on. */
const OPS = 2;
/** All parts of node a, of kind b, are there: make it. */
const MAKE = 3;
/** All that the creation of node a, of kind b, needs is there. */
const CREATE = 4;
/** All contents of node a, of kind b, which was created, are there. */
const FILL = 5;

export function makeDeep(m: DeepMaker, kind: number, node: number): unknown {
  const made = new Map<number, unknown>();
  const { turn } = m;
  const base = m.depth;
  m.made = made;
  // From now on no value goes into another one by recursion.
  m.turn = -1;
  new Walk(m, made).run(kind, node);
  m.turn = turn;
  m.made = undefined;
  m.depth = base;
  const value = m.isKept(node) ? m.known(node) : made.get(node);
  return value instanceof Pending ? m.hand(value) : value;
}

class Walk {
  private readonly m: DeepMaker;
  private readonly made: Map<number, unknown>;
  private readonly todo: number[] = [];
  private readonly created = new Map<number, unknown>();

  constructor(m: DeepMaker, made: Map<number, unknown>) {
    this.m = m;
    this.made = made;
  }

  run(kind: number, node: number): void {
    const { todo, m } = this;
    const { u32 } = m;
    this.enter(kind, node);
    while (todo.length > 0) {
      const b = todo.pop()!;
      const a = todo.pop()!;
      const action = todo.pop()!;
      switch (action) {
        case SLOTS:
          this.walk(a, b);
          break;
        case RUNS:
          if (u32[2 * a] !== 0) todo.push(RUNS, u32[2 * a]!, 0);
          todo.push(SLOTS, a + 1, u32[2 * a + 1]!);
          break;
        case OPS: {
          const what = u32[2 * a + 1]!;
          if (u32[2 * a] !== 0) todo.push(OPS, u32[2 * a]!, 0);
          if (what === OP_BUILD || what === OP_SETTER) todo.push(SLOTS, a + 2, 1);
          else todo.push(SLOTS, a + 3, u32[2 * a + 5]!);
          break;
        }
        case MAKE:
          this.made.set(a, m.make(b, a));
          m.depth--;
          break;
        case CREATE: {
          const value = m.createKept(b, a);
          this.created.set(a, value);
          break;
        }
        default: {
          const value = this.created.get(a);
          this.created.delete(a);
          if (!(value instanceof Pending)) m.fill(b, a, value);
          m.depth--;
        }
      }
    }
  }

  /** Walks slots up to the first node that is to be made before; the rest is put back. */
  private walk(slot: number, count: number): void {
    const { i32, u32 } = this.m;
    for (let p = slot, end = slot + count; p < end; p++) {
      const hi = i32[2 * p + 1]!;
      if (hi < HI_NODE || hi >= 0 || (hi & SUB) >= NODE_BYTES) continue;
      const node = u32[2 * p]!;
      if (this.m.isKept(node) && this.m.isKnown(node)) continue;
      this.todo.push(SLOTS, p + 1, end - p - 1);
      this.enter(hi & SUB, node);
      return;
    }
  }

  private enter(kind: number, node: number): void {
    const { m, todo } = this;
    const limit = m.options.limits.maxDepth;
    if (m.depth >= limit) throw m.error('LIMIT_DEPTH', { limit, actual: m.depth + 1 });
    m.depth++;
    const isKept = m.isKept(node);
    if (!isKept) todo.push(MAKE, node, kind);
    else {
      todo.push(FILL, node, kind);
      // What contains only itself is there at once; a call's result when its arguments are.
      if (kind < NODE_OBJECT || isInert(m, kind, node)) this.created.set(node, m.createKept(kind, node));
      else m.open(node);
    }
    this.enterContents(kind, node, isKept);
  }

  private enterContents(kind: number, node: number, isKept: boolean): void {
    const { m, todo } = this;
    const { u32 } = m;
    switch (kind) {
      case NODE_LIST:
      case NODE_SET:
        if (u32[2 * node + 2] !== 0) todo.push(RUNS, u32[2 * node + 2]!, 0);
        break;
      case NODE_TUPLE:
      case NODE_FROZENSET:
        todo.push(SLOTS, node + 1, u32[2 * node + 1]!);
        break;
      case NODE_DICT:
        if ((u32[2 * node]! & FLAG_SHAPED) !== 0) {
          todo.push(SLOTS, u32[2 * node + 2]!, m.shape(u32[2 * node + 1]!).shape.keys.length);
        } else if (u32[2 * node + 2] !== 0) todo.push(RUNS, u32[2 * node + 2]!, 0);
        break;
      default:
        if (u32[2 * node + 8] !== 0) todo.push(OPS, u32[2 * node + 8]!, 0);
        if (isKept && !isInert(m, kind, node)) todo.push(CREATE, node, kind);
        if (kind === NODE_PERSISTENT) todo.push(SLOTS, node + 1, 1);
        else if (kind === NODE_OBJECT) {
          todo.push(SLOTS, node + 3, 1);
          if (!hasNoArgs(m, node)) {
            const tuple = u32[2 * node + 4]!;
            if (hasSharedArgs(m, node)) todo.push(SLOTS, node + 2, 1);
            else todo.push(SLOTS, tuple + 1, u32[2 * tuple + 1]!);
          }
          todo.push(SLOTS, node + 1, 1);
        }
    }
  }
}
