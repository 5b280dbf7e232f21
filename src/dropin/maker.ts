/** The materialiser with another package's habits: how it calls, what its sets are, and dicts with keys of any kind. */
import { NODE_DICT, NODE_EXTENSION, NODE_FROZENSET, NODE_OBJECT, NODE_PERSISTENT, NODE_SET } from '../spec/layout.ts';
import type { PyType, ResolvedOptions } from '../spec/options.ts';
import { pickleError } from '../spec/pickle-error.ts';
import type { Graph } from '../graph/graph.ts';
import type { GlobalEntries } from '../values/callables.ts';
import { argsOf, globalOf, hasKwargs, whenReady } from '../values/calls.ts';
import { Materialiser, type PayloadSource, type ShapeHolder } from '../values/materialise.ts';
import { applyOps } from '../values/ops.ts';
import type { Pending } from '../values/pending.ts';
import { placed } from '../values/placed.ts';
import type { How } from '../values/py.ts';
import type { Habits } from './habits.ts';
import { fillSetArray, newFrozenArray } from './set-arrays.ts';
import { fillTextDict, isTextDict } from './text-dicts.ts';

const HOWS: readonly How[] = ['reduce', 'newobj', 'inst', 'obj'];
const HOW_OPCODES = [0x52, 0x81, 0x69, 0x6f];
/** More arguments than this may overflow the stack of what is called. */
const MAX_ARGS = 65_535;

export class Maker extends Materialiser {
  readonly #habits: Habits;
  readonly #type: PyType;
  readonly #payloads: PayloadSource;
  /** Stand-ins for results of calls going on, in the order in which they were asked for: mostly none. */
  readonly #handedOut: Pending[] = [];
  /** How many there were when the change at hand began. */
  #since = 0;

  /**
   * @param type how instances are changed
   * @param payloads gives bytes as the caller is to have them
   */
  constructor(
    options: ResolvedOptions,
    globals: GlobalEntries,
    hostValues: readonly unknown[],
    holder: ShapeHolder,
    parts: { readonly habits: Habits; readonly type: PyType; readonly payloads: PayloadSource },
  ) {
    super(options, globals, hostValues, holder);
    this.#habits = parts.habits;
    this.#type = this.#whenReady(parts.type);
    this.#payloads = parts.payloads;
  }

  protected override takeGraph(graph: Graph, _payloads: PayloadSource, stopOffset: number): void {
    super.takeGraph(graph, this.#payloads, stopOffset);
  }

  override create(kind: number, node: number): unknown {
    switch (kind) {
      case NODE_SET:
        return this.#habits.setsAreArrays ? [] : super.create(kind, node);
      case NODE_FROZENSET:
        return this.#habits.setsAreArrays ? newFrozenArray() : super.create(kind, node);
      case NODE_OBJECT:
        return this.#object(node);
      case NODE_EXTENSION:
        return this.#habits.extension?.(this.u32[2 * node + 2]!);
      default:
        return super.create(kind, node);
    }
  }

  override fill(kind: number, node: number, value: unknown): void {
    switch (kind) {
      case NODE_SET:
      case NODE_FROZENSET:
        if (this.#habits.setsAreArrays) fillSetArray(this, kind, node, value as unknown[]);
        else super.fill(kind, node, value);
        break;
      case NODE_DICT:
        if (this.options.dict !== 'object' || isTextDict(this, node)) super.fill(kind, node, value);
        else fillTextDict(this, node, value as Record<string, unknown>);
        break;
      case NODE_OBJECT:
      case NODE_PERSISTENT:
      case NODE_EXTENSION:
        this.#change(node, value);
        break;
      default:
        super.fill(kind, node, value);
    }
  }

  override buffer(word: number): unknown {
    return this.#habits.buffer(word & 0x7fffffff);
  }

  #object(node: number): unknown {
    const entry = globalOf(this, node);
    if (entry !== undefined) return this.#call(node, entry.value);
    return whenReady(
      this,
      NODE_OBJECT,
      node,
      () => this.value(node + 1),
      (callee) => this.#call(node, callee),
    );
  }

  #call(node: number, callee: unknown): unknown {
    if (this.openCalls === 0) return this.#callWith(node, callee, argsOf(this, node));
    return whenReady(
      this,
      NODE_OBJECT,
      node,
      () => argsOf(this, node),
      (args) => this.#callWith(node, callee, args as readonly unknown[]),
    );
  }

  #callWith(node: number, callee: unknown, args: readonly unknown[]): unknown {
    const how = this.u32[2 * node + 1]!;
    return placed(this.f64[node + 5]!, HOW_OPCODES[how], () => {
      if (args.length > MAX_ARGS) {
        throw pickleError('INVALID_STATE', { offset: -1, detail: `The call has ${args.length} arguments.` });
      }
      const kwargs = hasKwargs(this, node) ? this.value(node + 3) : undefined;
      return this.#habits.call(callee, HOWS[how]!, args, kwargs, this.context);
    });
  }

  /** What was done to an object after it was made. */
  #change(node: number, value: unknown): void {
    const first = this.u32[2 * node + 8]!;
    if (first === 0) return;
    if (typeof value !== 'object' || value === null) {
      const offset = this.f64[first + 1]!;
      throw pickleError('INVALID_STATE', { offset, detail: 'What is changed is no object: a class is not changed.' });
    }
    this.context.adopt(value, this.#type);
    const outer = this.#since;
    this.#since = this.#handedOut.length;
    // All are changed alike, whether they come from calls or from resolvers.
    applyOps(this, NODE_OBJECT, node, value, first);
    this.#since = outer;
  }

  /** The changes that the package makes, each as soon as all that it is about is there. */
  #whenReady(type: PyType): PyType {
    return {
      setState: (target, state, context) => this.#afterCalls(() => type.setState?.(target, state, context)),
      extend: (target, items) => this.#afterCalls(() => type.extend?.(target, items)),
      setItems: (target, entries) => this.#afterCalls(() => type.setItems?.(target, entries)),
      addItems: (target, items) => this.#afterCalls(() => type.addItems?.(target, items)),
    };
  }

  /**
   * Runs a change, unless a value in it stands for the result of a call going on: then behind that. What an object is
   * assigned is not looked at again, so that it would keep nothing in such a place.
   */
  #afterCalls(change: () => void): void {
    const open = new Set(this.#handedOut.slice(this.#since).filter(({ isSettled }) => !isSettled));
    if (open.size === 0) return change();
    let missing = open.size;
    for (const pending of open) {
      pending.note(() => {
        if (--missing === 0) placed(this.stopOffset, undefined, change);
      });
    }
  }

  override hand(pending: Pending): Pending {
    this.#handedOut.push(pending);
    return super.hand(pending);
  }
}
