/** Objects: calls that a pickle asks for, made where the callable is registered and kept where it is not. */
import {
  CONST_ABSENT,
  HOW_NEWOBJ,
  HOW_REDUCE,
  NODE_EXTENSION,
  NODE_OBJECT,
  NODE_PERSISTENT,
  OP_ADDITEMS,
  OP_APPENDS,
  OP_BUILD,
  OP_SETITEMS,
  SPECIAL_GLOBAL,
  TAG_CONST,
  TAG_NODE,
  TAG_SPECIAL,
} from '../spec/layout.ts';
import { PickleError, pickleError } from '../spec/pickle-error.ts';
import { addItems, appendItems, setItems, setState, typeOf } from './instances.ts';
import type { PyType } from '../spec/options.ts';
import { PyExtension, PyInert, PyObject, PyPersistent, type How } from './py-objects.ts';
import type { Reader } from './reader.ts';

const HOWS: readonly How[] = ['reduce', 'newobj', 'inst', 'obj'];
const HOW_OPCODES = [0x52, 0x81, 0x69, 0x6f];
const OP_OPCODES = [0x62, 0x65, 0x75, 0x90, 0x30];
const HI_GLOBAL = ((TAG_SPECIAL << 16) | SPECIAL_GLOBAL) >>> 0;
const HI_OBJECT = ((TAG_NODE << 16) | NODE_OBJECT) >>> 0;

/** What an object node becomes where nothing is called for it, still bare; undefined where something is. */
export function objectShell(reader: Reader, kind: number, node: number): PyInert | undefined {
  if (kind === NODE_EXTENSION) return new PyExtension(reader.i32[2 * (node + 1)]!);
  if (kind === NODE_PERSISTENT) {
    return reader.options.persistentLoad === undefined ? new PyPersistent(undefined) : undefined;
  }
  return mayCall(reader, node) ? undefined : new PyObject(undefined, EMPTY, HOWS[reader.u32[2 * node + 1]!]!);
}

/** Fills what `objectShell` gave. */
export function fillObjectShell(reader: Reader, node: number, target: PyInert): void {
  if (target instanceof PyPersistent) (target as { id: unknown }).id = reader.slot(node + 1);
  else if (target instanceof PyObject) {
    const object = target as { callable: unknown; args: readonly unknown[]; kwargs: unknown };
    object.callable = reader.slot(node + 1);
    object.args = reader.slot(node + 2) as readonly unknown[];
    if (hasKwargs(reader, node)) object.kwargs = reader.slot(node + 3);
  }
  if (reader.u32[2 * node + 8] !== 0) applyOps(reader, node, target, undefined);
}

/** Makes the call that an object node asks for. `keep` is given the result before its state is made. */
export function makeCall(reader: Reader, kind: number, node: number, keep: (value: unknown) => void): unknown {
  const type = kind === NODE_OBJECT ? calledType(reader, node) : undefined;
  const made =
    kind === NODE_PERSISTENT
      ? reader.options.persistentLoad!(reader.slot(node + 1))
      : callRegistered(reader, node, type);
  if (made === undefined && kind === NODE_OBJECT) {
    // Declined, or there is no way to make it: it stays as it is.
    const inert = new PyObject(undefined, EMPTY, HOWS[reader.u32[2 * node + 1]!]!);
    keep(inert);
    fillObjectShell(reader, node, inert);
    return inert;
  }
  keep(made);
  applyOps(reader, node, made, type);
  return made;
}

function callRegistered(reader: Reader, node: number, type: PyType | undefined): unknown {
  if (type === undefined) return undefined;
  const how = reader.u32[2 * node + 1]!;
  const args = reader.slot(node + 2) as readonly unknown[];
  const kwargs = hasKwargs(reader, node) ? asMap(reader.slot(node + 3)) : undefined;
  // Python makes an instance without a call where INST and OBJ have no arguments.
  const isBare = how !== HOW_NEWOBJ && how !== HOW_REDUCE && args.length === 0 && type.create !== undefined;
  const method = how === HOW_NEWOBJ || isBare ? type.create : type.call;
  return method === undefined
    ? undefined
    : guarded(reader, node, () => method.call(type, args, kwargs, reader.context));
}

/** Whether an object node may call something that is registered. */
function mayCall(reader: Reader, node: number): boolean {
  const { u32 } = reader;
  const hi = u32[2 * node + 3]!;
  if (hi === HI_GLOBAL) return reader.globals.at(u32[2 * node + 2]!).type !== undefined;
  return hi >>> 16 === TAG_NODE && endsInRegistered(reader, node);
}

function calledType(reader: Reader, node: number): PyType | undefined {
  const { u32 } = reader;
  if (u32[2 * node + 3] === HI_GLOBAL) return reader.globals.at(u32[2 * node + 2]!).type;
  return typeOf(reader.slot(node + 1));
}

function endsInRegistered(reader: Reader, node: number): boolean {
  const { u32, inertCalls } = reader;
  const chain: number[] = [];
  for (let at = node; !inertCalls.has(at); at = u32[2 * at + 2]!) {
    chain.push(at);
    const hi = u32[2 * at + 3]!;
    if (hi === HI_GLOBAL) {
      if (reader.globals.at(u32[2 * at + 2]!).type !== undefined) return true;
      break;
    }
    if (hi === HI_OBJECT) continue;
    if (hi >>> 16 === TAG_NODE && (hi & 0xffff) === NODE_PERSISTENT && reader.options.persistentLoad !== undefined)
      return true;
    break;
  }
  // Remembered, so that a chain of a million calls is walked once.
  for (const link of chain) inertCalls.add(link);
  return false;
}

const EMPTY: readonly unknown[] = [];

function hasKwargs(reader: Reader, node: number): boolean {
  return !(reader.u32[2 * node + 7] === (TAG_CONST << 16) >>> 0 && reader.u32[2 * node + 6] === CONST_ABSENT);
}

function asMap(kwargs: unknown): ReadonlyMap<unknown, unknown> {
  return kwargs instanceof Map ? kwargs : new Map(Object.entries(kwargs as object));
}

/** Gives an error of a built-in family the place that it is about. */
function guarded<T>(reader: Reader, node: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof PickleError && error.offset === -1) {
      throw pickleError(error.code, {
        offset: reader.f64[node + 5]!,
        opcode: HOW_OPCODES[reader.u32[2 * node + 1]!],
        detail: typeof error.cause === 'string' ? error.cause : undefined,
      });
    }
    throw error;
  }
}

/** Carries out what the pickle did to an object after it was made, in order. */
function applyOps(reader: Reader, node: number, target: unknown, type: PyType | undefined): void {
  const { u32 } = reader;
  for (let op = u32[2 * node + 8]!; op !== 0; op = u32[2 * op]!) {
    const what = u32[2 * op + 1]!;
    if (what === OP_BUILD) {
      const state = reader.slot(op + 2);
      if (target instanceof PyInert) target.addState(state);
      else if (!setState(target, state, type, reader.context)) throw refused(reader, op, what);
    } else if (what === OP_APPENDS || what === OP_SETITEMS || what === OP_ADDITEMS) {
      const items = reader.run(op + 3, u32[2 * op + 5]!);
      if (!addTo(target, what, items, type)) throw refused(reader, op, what);
    } else applySetter(reader, u32[2 * op + 4]!, target);
  }
}

function addTo(target: unknown, what: number, items: unknown[], type: PyType | undefined): boolean {
  if (what === OP_SETITEMS) {
    const entries: [unknown, unknown][] = [];
    for (let i = 0; i < items.length; i += 2) entries.push([items[i], items[i + 1]]);
    if (!(target instanceof PyInert)) return setItems(target, entries, type);
    target.addSetItems(entries);
  } else if (what === OP_APPENDS) {
    if (!(target instanceof PyInert)) return appendItems(target, items, type);
    target.addAppends(items);
  } else {
    if (!(target instanceof PyInert)) return addItems(target, items, type);
    target.addAdded(items);
  }
  return true;
}

/** A state setter, `setter(object, state)`, whose result the pickle throws away. */
function applySetter(reader: Reader, call: number, target: unknown): void {
  const made = reader.node(NODE_OBJECT, call);
  if (target instanceof PyInert && made instanceof PyObject) target.addSetter(made);
}

function refused(reader: Reader, op: number, what: number): PickleError {
  return pickleError('INVALID_STATE', { offset: reader.f64[op + 1]!, opcode: OP_OPCODES[what] });
}
