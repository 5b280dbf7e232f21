/** The plans of objects: what a PyObject says, and what a reducer says. */
import { PyExtension, PyGlobal, PyInert, PyObject, PyPersistent, PyTuple } from '../values/py.ts';
import { attributeOf, isLine } from './globals.ts';
import {
  ADDED,
  APPENDED,
  LINES,
  MARKED,
  MEMO,
  OPCODE,
  RAW,
  SAVE,
  SAVE_ID,
  SAVE_STATE,
  SAVE_TUPLE,
  SET_ITEMS,
  type Plan,
} from './plan.ts';
import type { Writer } from './writer.ts';

const POP = 0x30;
const REDUCE = 0x52;
const BUILD = 0x62;
const INST = 0x69;
const OBJ = 0x6f;
const NEWOBJ = 0x81;
const NEWOBJ_EX = 0x92;
const EXT1 = 0x82;
const EXT2 = 0x83;
const EXT4 = 0x84;
const TUPLE2 = 0x86;
const PERSID = 'P';
const BINPERSID = 0x51;

const PARTIAL = /* @__PURE__ */ new PyGlobal('functools', 'partial');
const NEW = /* @__PURE__ */ new PyGlobal('copyreg', '__newobj__');
const NEW_EX = /* @__PURE__ */ new PyGlobal('copyreg', '__newobj_ex__');

/**
 * What was kept of a pickle: the call, and what was done to its result.
 * @param value whose plan it is, where the inert object is only what was kept of it
 */
export function planOfInert(w: Writer, inert: PyInert, value: object = inert): Plan {
  const plan: Plan = [];
  if (inert instanceof PyObject) planCall(w, plan, inert);
  else if (inert instanceof PyPersistent) planPersistent(w, plan, inert.id);
  else if (inert instanceof PyExtension) plan.push(RAW, extensionText(inert.code));
  else throw w.error('UNPICKLABLE');
  // A pickler writes the id each time, and memoes no object that has one.
  if (!(inert instanceof PyPersistent)) plan.push(MEMO, value);
  planSteps(plan, inert, value);
  return plan;
}

function planCall(w: Writer, plan: Plan, { callable, args, how, kwargs }: PyObject): void {
  if (how === 'newobj') return planNew(w, plan, callable, args, kwargs);
  if (how === 'reduce') {
    plan.push(SAVE, callable, SAVE_TUPLE, args, OPCODE, REDUCE);
  } else if (how === 'inst' && callable instanceof PyGlobal && isLine(callable.module) && isLine(callable.name)) {
    plan.push(MARKED, args, OPCODE, INST, LINES, callable);
  } else {
    plan.push(MARKED, [callable, ...args], OPCODE, OBJ);
  }
}

/** `cls.__new__(cls, *args, **kwargs)`, as CPython says it in each protocol. */
export function planNew(w: Writer, plan: Plan, cls: unknown, args: readonly unknown[], kwargs: unknown): void {
  if (w.protocol >= 4 && kwargs !== undefined) {
    plan.push(SAVE, cls, SAVE_TUPLE, args, SAVE, kwargs, OPCODE, NEWOBJ_EX);
  } else if (w.protocol >= 2 && kwargs === undefined) {
    plan.push(SAVE, cls, SAVE_TUPLE, args, OPCODE, NEWOBJ);
  } else if (w.protocol >= 2) {
    plan.push(SAVE, partialNew(cls, args, kwargs), SAVE_TUPLE, [], OPCODE, REDUCE);
  } else if (kwargs === undefined) {
    plan.push(SAVE, NEW, SAVE_TUPLE, [cls, ...args], OPCODE, REDUCE);
  } else {
    plan.push(SAVE, NEW_EX, SAVE_TUPLE, [cls, PyTuple.from(args), kwargs], OPCODE, REDUCE);
  }
}

/** `functools.partial(cls.__new__, cls, *args, **kwargs)`: protocols 2 and 3 have no opcode for keyword arguments. */
function partialNew(cls: unknown, args: readonly unknown[], kwargs: unknown): PyObject {
  const method = attributeOf(cls, '__new__');
  const partial = new PyObject(PARTIAL, [method], 'reduce');
  partial.addState(PyTuple.from([method, PyTuple.from([cls, ...args]), kwargs, null]));
  return partial;
}

/** In protocol 0 the id is a line of text, as Python's `str` gives it. */
export function planPersistent(w: Writer, plan: Plan, id: unknown): void {
  if (w.protocol > 0) {
    plan.push(SAVE_ID, id, OPCODE, BINPERSID);
    return;
  }
  const text = typeof id === 'string' || typeof id === 'bigint' || Number.isSafeInteger(id) ? String(id) : '\n';
  if (!isLine(text)) throw w.error('NEEDS_PROTOCOL', 'In protocol 0 a persistent id is a line of ASCII text.');
  plan.push(RAW, `${PERSID}${text}\n`);
}

function extensionText(code: number): string {
  if (code < 0x100) return String.fromCharCode(EXT1, code);
  if (code < 0x10000) return String.fromCharCode(EXT2, code & 0xff, code >> 8);
  return String.fromCharCode(EXT4, code & 0xff, (code >> 8) & 0xff, (code >> 16) & 0xff, code >>> 24);
}

/** In the order of CPython: items, entries, state. */
function planSteps(plan: Plan, inert: PyInert, value: object): void {
  const { appends, setItems, added, states, setters } = inert;
  if (appends !== undefined) plan.push(APPENDED, appends);
  if (setItems !== undefined) plan.push(SET_ITEMS, setItems.flat(1));
  if (added !== undefined) plan.push(ADDED, added);
  for (const state of states) plan.push(SAVE_STATE, state, OPCODE, BUILD);
  for (const setter of setters ?? []) planSetter(plan, setter, value);
}

/** `callable(object, state)`, whose result is thrown away. CPython writes TUPLE2 in every protocol. */
function planSetter(plan: Plan, setter: PyObject, value: object): void {
  const { callable, args, how } = setter;
  if (how === 'reduce' && args.length === 2 && setter.states.length === 0) {
    plan.push(SAVE, callable, SAVE, value, SAVE_STATE, args[1], OPCODE, TUPLE2, OPCODE, REDUCE, OPCODE, POP);
  } else {
    plan.push(SAVE, setter, OPCODE, POP);
  }
}

/** The plan of an object, as a reducer says it. */
export function planOfReduction(w: Writer, value: object, reduction: unknown): Plan {
  if (reduction instanceof PyGlobal) return [SAVE, reduction];
  if (reduction instanceof PyInert) return planOfInert(w, reduction, value);
  if (!Array.isArray(reduction) || reduction.length < 2 || reduction.length > 6) throw w.error('INVALID_REDUCTION');
  const [callable, args, state, listItems, dictItems, stateSetter] = reduction as unknown[];
  if (!Array.isArray(args)) throw w.error('INVALID_REDUCTION', 'The arguments are no Array.');
  const plan: Plan = [];
  planReduce(w, plan, callable, args as readonly unknown[]);
  plan.push(MEMO, value);
  if (isThere(listItems)) plan.push(APPENDED, itemsOf(w, listItems));
  if (isThere(dictItems)) plan.push(SET_ITEMS, entriesOf(w, dictItems));
  if (isThere(stateSetter)) {
    if (isThere(state)) planSetter(plan, new PyObject(stateSetter, [value, state], 'reduce'), value);
  } else if (isThere(state)) {
    plan.push(SAVE_STATE, state, OPCODE, BUILD);
  }
  return plan;
}

function planReduce(w: Writer, plan: Plan, callable: unknown, args: readonly unknown[]): void {
  const name = w.protocol >= 2 && callable instanceof PyGlobal && callable.module === 'copyreg' ? callable.name : '';
  if (name === '__newobj__' && args.length > 0) {
    planNew(w, plan, args[0], args.slice(1), undefined);
  } else if (name === '__newobj_ex__' && args.length === 3 && Array.isArray(args[1])) {
    planNew(w, plan, args[0], args[1] as readonly unknown[], args[2]);
  } else {
    plan.push(SAVE, callable, SAVE_TUPLE, args, OPCODE, REDUCE);
  }
}

const isThere = (part: unknown): boolean => part !== undefined && part !== null;

function itemsOf(w: Writer, items: unknown): unknown[] {
  if (!isIterable(items)) throw w.error('INVALID_REDUCTION', 'The listItems are not iterable.');
  return Array.from(items);
}

/** Keys and values in turn. */
function entriesOf(w: Writer, entries: unknown): unknown[] {
  const flat: unknown[] = [];
  if (!isIterable(entries)) throw w.error('INVALID_REDUCTION', 'The dictItems are not iterable.');
  for (const entry of entries) {
    if (!Array.isArray(entry) || entry.length !== 2) throw w.error('INVALID_REDUCTION', 'The dictItems are no pairs.');
    flat.push(entry[0], entry[1]);
  }
  return flat;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function';
}
