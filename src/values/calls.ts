/** Objects: what was called, inert or not, and what was done to them afterwards. */
import {
  CONST_ABSENT,
  CONST_EMPTY_TUPLE,
  FLAG_FETCHED,
  HOW_NEWOBJ,
  HOW_REDUCE,
  NODE_EXTENSION,
  NODE_OBJECT,
  NODE_PERSISTENT,
} from '../spec/layout.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { fillItems, MAX_SHORT, shortArray } from './arrays.ts';
import { callableOf, instantiate, type Callable, type GlobalEntry } from './callables.ts';
import type { Leaves } from './leaves.ts';
import type { PyType } from '../spec/options.ts';
import { Pending } from './pending.ts';
import { withPlace } from './placed.ts';
import { PyExtension, PyObject, PyPersistent, PyTuple, type How } from './py.ts';
import { HI_CONST, HI_GLOBAL } from '../spec/slot-words.ts';

const HOWS: readonly How[] = ['reduce', 'newobj', 'inst', 'obj'];
const HOW_OPCODES = [0x52, 0x81, 0x69, 0x6f];

/** Arguments of the many objects that have none. */
const NO_ARGS: readonly unknown[] = /* @__PURE__ */ Object.freeze([]);
const NO_TAGGED_ARGS: readonly unknown[] = /* @__PURE__ */ Object.freeze(/* @__PURE__ */ new PyTuple());

/** More arguments than this may overflow the stack of what is called. */
const MAX_ARGS = 65_535;

/** Fields of inert objects that are filled in once the object is there for its contents to refer to. */
interface Unfinished {
  callable: unknown;
  args: readonly unknown[];
  id: unknown;
}

/** The PyObject's, PyPersistent's or PyExtension's node, or the call's result. What follows is `finishObject`'s. */
export function newObject(m: Leaves, kind: number, node: number): unknown {
  if (kind === NODE_EXTENSION) return new PyExtension(m.u32[2 * node + 2]!);
  if (kind === NODE_PERSISTENT) return newPersistent(m, node);
  const entry = globalOf(m, node);
  if (entry === undefined) return callValue(m, node);
  if (entry.callable === null) return new PyObject(entry.value, noArgs(m), howOf(m, node));
  return callGlobal(m, node, entry.callable, entry.value);
}

/** Whether `newObject` calls nothing and makes nothing but the object: it can be made before what it holds. */
export function isInert(m: Leaves, kind: number, node: number): boolean {
  if (kind === NODE_EXTENSION) return true;
  if (kind === NODE_PERSISTENT) return m.options.persistentLoad === undefined;
  return globalOf(m, node)?.callable === null;
}

/** Fills in what an inert object holds but for its ops. */
export function fillInert(m: Leaves, kind: number, node: number, value: unknown): void {
  if (kind === NODE_EXTENSION) return;
  const object = value as Unfinished;
  if (kind === NODE_PERSISTENT) {
    const id = m.value(node + 1);
    if (isPending(m, id)) id.note((made) => (object.id = made));
    else object.id = id;
    return;
  }
  if (!hasNoArgs(m, node)) object.args = argsOf(m, node);
  if (hasKwargs(m, node)) fillKwargs(m, node, value as PyObject);
}

function fillKwargs(m: Leaves, node: number, object: PyObject): void {
  const kwargs = m.value(node + 3);
  if (isPending(m, kwargs)) kwargs.note((made) => (object.kwargs = made));
  else object.kwargs = kwargs;
}

function newPersistent(m: Leaves, node: number): unknown {
  const { persistentLoad } = m.options;
  if (persistentLoad === undefined) return new PyPersistent(undefined);
  return whenReady(
    m,
    NODE_PERSISTENT,
    node,
    () => m.value(node + 1),
    (id) => persistentLoad(id),
  );
}

/** The entry of an object's callable, where that is a global. */
export function globalOf(m: Leaves, node: number): GlobalEntry | undefined {
  return m.i32[2 * node + 3] === HI_GLOBAL ? m.globals.entries[m.u32[2 * node + 2]!] : undefined;
}

/** The callable is an object itself: it can be called if a registered function has given it. */
function callValue(m: Leaves, node: number): unknown {
  return whenReady(
    m,
    NODE_OBJECT,
    node,
    () => m.value(node + 1),
    (callee) => {
      const callable = typeof callee === 'function' ? callableOf(callee) : null;
      if (callable !== null) return callGlobal(m, node, callable, callee);
      const object = new PyObject(callee, argsOf(m, node), howOf(m, node));
      if (hasKwargs(m, node)) fillKwargs(m, node, object);
      return object;
    },
  );
}

function callGlobal(m: Leaves, node: number, callable: Callable, callee: unknown): unknown {
  if (m.openCalls === 0) return callWith(m, node, callable, callee, argsOf(m, node));
  return whenReady(
    m,
    NODE_OBJECT,
    node,
    () => argsOf(m, node),
    (args) => callWith(m, node, callable, callee, args as unknown[]),
  );
}

function callWith(m: Leaves, node: number, callable: Callable, callee: unknown, args: readonly unknown[]): unknown {
  const kwargs = hasKwargs(m, node) ? m.value(node + 3) : undefined;
  const result = invoke(m, callable, m.u32[2 * node + 1]!, args as unknown[], kwargs, node);
  // Undefined from a type: it declines.
  const isMade = result !== undefined || callable.type === null;
  if (isMade && !m.exact) return result;
  const object = new PyObject(isMade ? nameOf(m, node, callee) : callee, args, howOf(m, node));
  object.kwargs = kwargs;
  if (!isMade) return object;
  // What a registered function gives may be a class: the program's own, and no value that the pickle has made.
  m.recipes.keep(object, callable.type === null && typeof result === 'function' ? undefined : result);
  return result;
}

/** What was called, as the pickle has it: a global by its name, the result of a call by that call. */
function nameOf(m: Leaves, node: number, callee: unknown): unknown {
  return globalOf(m, node)?.global ?? m.recipes.of(callee) ?? callee;
}

/**
 * Runs `use` on what `make` makes, unless that waits for a call still going on: then when that is done, and a Pending
 * stands for the result meanwhile.
 */
export function whenReady(
  m: Leaves,
  kind: number,
  node: number,
  make: () => unknown,
  use: (made: unknown) => unknown,
): unknown {
  const outer = m.waiting;
  m.waiting = undefined;
  const made = make();
  const waiting = m.waiting as Pending | undefined;
  const call = waiting?.waitsFor ?? waiting;
  const isSelf = call !== undefined && call === m.pendingOf(node);
  m.waiting = waiting === undefined || isSelf ? outer : waiting;
  if (waiting === undefined || waiting.isSettled || isSelf) return use(made);
  const result = new Pending(call);
  if (isPending(m, made)) made.note((value) => m.complete(kind, node, result, use(value)));
  else waiting.note(() => m.complete(kind, node, result, use(made)));
  return result;
}

/** Whether a value stands for one that is not there yet; if so, whoever asks takes care of it. */
export function isPending(m: Leaves, value: unknown): value is Pending {
  if (m.handed === 0 || !(value instanceof Pending)) return false;
  m.handed--;
  return true;
}

function invoke(
  m: Leaves,
  callable: Callable,
  how: number,
  args: readonly unknown[],
  kwargs: unknown,
  node: number,
): unknown {
  const { type, fn, ctor } = callable;
  if (type !== null) return invokeType(m, type, how, args, kwargs, node);
  if (args.length > MAX_ARGS) {
    const detail = `The call has ${args.length} arguments.`;
    throw pickleError('INVALID_STATE', { offset: m.f64[node + 5]!, opcode: HOW_OPCODES[how], detail });
  }
  if (fn !== null) return Reflect.apply(fn, undefined, withKwargs(args, kwargs));
  const isBare =
    how === HOW_NEWOBJ ||
    // Python calls an old class without arguments only where it has this method.
    (how !== HOW_REDUCE && args.length === 0 && !('__getinitargs__' in (ctor!.prototype as object)));
  return isBare ? instantiate(callable) : Reflect.construct(ctor!, withKwargs(args, kwargs));
}

function invokeType(
  m: Leaves,
  type: PyType,
  how: number,
  args: readonly unknown[],
  kwargs: unknown,
  node: number,
): unknown {
  const named = kwargs === undefined ? undefined : asMap(kwargs);
  const isBare = how === HOW_NEWOBJ || (how !== HOW_REDUCE && args.length === 0 && type.create !== undefined);
  try {
    return isBare ? type.create?.(args, named, m.context) : type.call?.(args, named, m.context);
  } catch (error) {
    throw withPlace(error, m.f64[node + 5]!, HOW_OPCODES[how]);
  }
}

/** Keyword arguments come last, as one plain object: JavaScript's own habit. */
function withKwargs(args: readonly unknown[], kwargs: unknown): readonly unknown[] {
  if (kwargs === undefined) return args;
  const named = asMap(kwargs) as ReadonlyMap<string, unknown>;
  return named.size === 0 ? args : [...args, Object.fromEntries(named)];
}

function asMap(kwargs: unknown): ReadonlyMap<unknown, unknown> {
  return kwargs instanceof Map ? kwargs : new Map(Object.entries(kwargs as object));
}

function howOf(m: Leaves, node: number): How {
  return HOWS[m.u32[2 * node + 1]!]!;
}

function noArgs(m: Leaves): readonly unknown[] {
  return m.tagged ? NO_TAGGED_ARGS : NO_ARGS;
}

export function hasNoArgs(m: Leaves, node: number): boolean {
  return m.i32[2 * node + 5] === HI_CONST && m.i32[2 * node + 4] === CONST_EMPTY_TUPLE;
}

export function hasKwargs(m: Leaves, node: number): boolean {
  return m.i32[2 * node + 7] !== HI_CONST || m.i32[2 * node + 6] !== CONST_ABSENT;
}

/** Whether the arguments are a tuple that has other places too. */
export function hasSharedArgs(m: Leaves, node: number): boolean {
  return m.keepsAll || (m.u32[2 * m.u32[2 * node + 4]!]! & FLAG_FETCHED) !== 0;
}

export function argsOf(m: Leaves, node: number): readonly unknown[] {
  if (hasNoArgs(m, node)) return noArgs(m);
  if (hasSharedArgs(m, node)) return m.value(node + 2) as unknown[];
  const tuple = m.u32[2 * node + 4]!;
  const count = m.u32[2 * tuple + 1]!;
  if (count <= MAX_SHORT && !m.tagged) return shortArray(m, tuple + 1, count);
  const args = m.newTuple(count);
  fillItems(m, args, 0, tuple + 1, count, m.u32[2 * tuple]! & 0xff);
  return args;
}
