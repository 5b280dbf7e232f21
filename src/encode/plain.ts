/** What Python's own types are written for: lists, tuples, dicts, sets, bytes, buffers, and what was kept of a pickle. */
import { shortLatin1 } from '../bytes/latin1.ts';
import { MAX_STRING_UNITS } from '../bytes/where.ts';
import { PyBuffer, PyByteArray, PyDict, PyFloat, PyFrozenSet, PyGlobal, PySet } from '../values/py.ts';
import { mapEntries, setItems } from './classes.ts';
import { putDict, putList, putProperties, putSet } from './containers.ts';
import { writeFloat, writeFloatBits } from './numbers.ts';
import { MEMO, OPCODE, SAVE, SAVE_NAME, SAVE_TEXT, SAVE_TUPLE, type Plan } from './plan.ts';
import { pushPlan } from './run-plan.ts';
import { putFrozenSet } from './tuples.ts';
import type { Writer } from './writer.ts';

const NEXT_BUFFER = 0x97;
const READONLY_BUFFER = 0x98;
const MARK = 0x28;
const TUPLE = 0x74;
const TUPLE2 = 0x86;
const REDUCE = 0x52;

const ENCODE = /* @__PURE__ */ new PyGlobal('_codecs', 'encode');
const BYTES = /* @__PURE__ */ new PyGlobal('builtins', 'bytes');
const BYTEARRAY = /* @__PURE__ */ new PyGlobal('builtins', 'bytearray');
const SET = /* @__PURE__ */ new PyGlobal('builtins', 'set');
const FROZENSET = /* @__PURE__ */ new PyGlobal('builtins', 'frozenset');

type Put = (w: Writer, value: never) => boolean;

const PUTS: ReadonlyMap<unknown, Put> = /* @__PURE__ */ new Map<unknown, Put>([
  [Map.prototype, (w: Writer, value: Map<unknown, unknown>) => putDict(w, mapEntries(value), value)],
  [PyDict.prototype, (w: Writer, value: PyDict) => putDict(w, mapEntries(value), value)],
  [Set.prototype, putAnySet],
  [PySet.prototype, putAnySet],
  [PyFrozenSet.prototype, putAnyFrozenSet],
  [Uint8Array.prototype, (w: Writer, value: Uint8Array) => putBytes(w, value, value)],
  [ArrayBuffer.prototype, (w: Writer, value: ArrayBuffer) => putBytes(w, new Uint8Array(value), value)],
  [PyByteArray.prototype, (w: Writer, value: PyByteArray) => putByteArray(w, value, value)],
  [PyFloat.prototype, putFloat],
  [PyBuffer.prototype, putBuffer],
]);

/**
 * Writes a value that is no instance of another class, or begins to; undefined where it is one. Objects, Arrays and tuples
 * of this realm are so many that the encoder knows them itself.
 */
export function putPlain(w: Writer, value: object, prototype: object): boolean | undefined {
  const put = PUTS.get(prototype);
  return put === undefined ? putForeign(w, value, prototype) : put(w, value as never);
}

/** Node's Buffers, and what another realm has made, as a frame of a page or a test runner: their classes are others. */
function putForeign(w: Writer, value: object, prototype: object): boolean | undefined {
  if (typeof Buffer !== 'undefined' && prototype === Buffer.prototype) return putBytes(w, value as Uint8Array, value);
  // A built-in class lies right upon Object, and the prototype of Object upon nothing.
  const base = Object.getPrototypeOf(prototype) as object | null;
  if (base === null) return Object.hasOwn(prototype, 'isPrototypeOf') ? putProperties(w, value, value) : undefined;
  if (Array.isArray(value)) return Array.isArray(prototype) ? putList(w, value, value) : undefined;
  switch (Object.prototype.toString.call(value)) {
    case '[object Uint8Array]':
      if (!isForeign(value, Uint8Array, prototype, 'Uint8Array') || !ArrayBuffer.isView(value)) return undefined;
      return putBytes(w, new Uint8Array(value.buffer, value.byteOffset, value.byteLength), value);
    case '[object Map]':
      if (!isForeign(value, Map, prototype, 'Map')) return undefined;
      return putDict(w, mapEntries(value as Map<unknown, unknown>), value);
    case '[object Set]':
      return isForeign(value, Set, prototype, 'Set') ? putAnySet(w, value as Set<unknown>) : undefined;
    default:
      return undefined;
  }
}

/** Whether a value is of the class of that name of another realm, and not of one that extends it. */
function isForeign(value: object, own: abstract new () => object, prototype: object, name: string): boolean {
  const cls: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return !(value instanceof own) && typeof cls === 'function' && cls.name === name;
}

function putFloat(w: Writer, { value, nanBits }: PyFloat): boolean {
  if (nanBits === undefined) writeFloat(w.out, value, w.protocol);
  else writeFloatBits(w.out, nanBits, w.protocol);
  return true;
}

/** @param value for the memo */
function putBytes(w: Writer, bytes: Uint8Array, value: object): boolean {
  if (w.protocol >= 3) {
    w.bytes(bytes);
    w.memoize(value);
    return true;
  }
  if (bytes.length === 0) return putCall(w, BYTES, [], value);
  if (bytes.length > MAX_STRING_UNITS) throw w.error('NEEDS_PROTOCOL', 'Bytes are text here, which cannot be so long.');
  // `_codecs.encode(text, 'latin1')`.
  const plan: Plan = [SAVE, ENCODE];
  if (w.protocol < 2) plan.push(OPCODE, MARK);
  plan.push(SAVE_TEXT, shortLatin1(bytes), SAVE_NAME, 'latin1', OPCODE, w.protocol < 2 ? TUPLE : TUPLE2);
  plan.push(MEMO, null, OPCODE, REDUCE, MEMO, value);
  return pushPlan(w, plan, value);
}

/** @param value for the memo */
function putByteArray(w: Writer, bytes: Uint8Array, value: object): boolean {
  if (w.protocol >= 5) {
    w.byteArray(bytes);
    w.memoize(value);
    return true;
  }
  const args = bytes.length === 0 ? [] : [new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)];
  return putCall(w, BYTEARRAY, args, value);
}

function putAnySet(w: Writer, value: ReadonlySet<unknown>): boolean {
  const items = setItems(value);
  return w.protocol >= 4 ? putSet(w, items, value) : putCall(w, SET, [items], value);
}

function putAnyFrozenSet(w: Writer, value: PyFrozenSet): boolean {
  const items = setItems(value);
  return w.protocol >= 4 ? putFrozenSet(w, items, value) : putCall(w, FROZENSET, [items], value);
}

function putCall(w: Writer, callable: PyGlobal, args: readonly unknown[], value: object): boolean {
  return pushPlan(w, [SAVE, callable, SAVE_TUPLE, args, OPCODE, REDUCE, MEMO, value], value);
}

/** Out of band where the callback takes it, and then each time anew, as in CPython; else in band, as bytes or a bytearray. */
function putBuffer(w: Writer, buffer: PyBuffer): boolean {
  const { data, readonly: isReadonly } = buffer;
  const { bufferCallback } = w.settings;
  if (bufferCallback === undefined || w.protocol < 5 || bufferCallback(data)) {
    return isReadonly ? putBytes(w, data, buffer) : putByteArray(w, data, buffer);
  }
  w.out.byte(NEXT_BUFFER);
  if (isReadonly) w.out.byte(READONLY_BUFFER);
  return true;
}
