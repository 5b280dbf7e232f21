/** Python's own plain values, as an exact decode gives them. */
import { createHash } from 'node:crypto';
import { PyBuffer, PyByteArray, PyFloat, PyFrozenSet, PyGlobal, PyTuple } from '../../../src/index.ts';
import type { Tell, Teller } from '../teller.ts';

/** Sequences of more items are told by their first ones. */
const MANY = 64;
const FIRST = 8;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export const base: Teller = {
  made(value, tell) {
    if (value instanceof PyFloat) return value.nanBits === undefined ? value.value : { kind: 'float', text: 'nan' };
    if (value instanceof PyBuffer) return madeBytes(value.readonly ? 'bytes' : 'bytearray', value.data);
    if (isPlain(value, Uint8Array, PyByteArray)) {
      return madeBytes(value instanceof PyByteArray ? 'bytearray' : 'bytes', value);
    }
    if (isPlain(value, Array, PyTuple)) return madeSequence(value instanceof PyTuple ? 'tuple' : 'list', value, tell);
    if (isDict(value)) return madeDict(value, tell);
    if (isSet(value)) {
      return { kind: value instanceof PyFrozenSet ? 'frozenset' : 'set', items: [...value].map(tell) };
    }
    if (value instanceof PyGlobal) return { kind: 'global', name: `${value.module}.${value.name}` };
    return madeScalar(value);
  },

  older(value, tell) {
    if (value instanceof PyBuffer) return olderBytes(value.readonly ? 'bytes' : 'bytearray', value.data);
    if (isPlain(value, Uint8Array, PyByteArray)) {
      return olderBytes(value instanceof PyByteArray ? 'bytearray' : 'bytes', value);
    }
    if (isPlain(value, Array, PyTuple)) return { [value instanceof PyTuple ? 'tuple' : 'list']: value.map(tell) };
    if (isDict(value)) return { dict: [...value].map(([key, item]) => [tell(key), tell(item)]) };
    if (isSet(value)) return { [value instanceof PyFrozenSet ? 'frozenset' : 'set']: [...value].map(tell) };
    if (value instanceof PyGlobal) return { kind: 'class', name: `${value.module} ${value.name}` };
    return olderScalar(value);
  },
};

/** Whether a value is of one of two classes itself, not of a class that extends them. */
function isPlain<T extends object, U extends object>(
  value: unknown,
  first: new (...args: never[]) => T,
  second: new (...args: never[]) => U,
): value is T | U {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === first.prototype || prototype === second.prototype;
}

const isDict = (value: unknown): value is Map<unknown, unknown> =>
  value instanceof Map && ['Map', 'PyDict'].includes(value.constructor.name);

const isSet = (value: unknown): value is Set<unknown> =>
  value instanceof Set && ['Set', 'PySet', 'PyFrozenSet'].includes(value.constructor.name);

/** A sequence: whole, or by its length and first items. A list that is whole is no node but the items. */
export function madeSequence(kind: string, items: readonly unknown[], tell: Tell): unknown {
  const told =
    items.length > MANY
      ? { kind: 'list', length: items.length, first: items.slice(0, FIRST).map(tell) }
      : Array.from(items, tell);
  return kind === 'list' ? told : { kind, items: told };
}

export function madePairs(entries: Iterable<readonly [unknown, unknown]>, tell: Tell): unknown[] {
  return Array.from(entries, ([key, item]) => [tell(key), tell(item)]);
}

function madeDict(dict: ReadonlyMap<unknown, unknown>, tell: Tell): unknown {
  const items = madePairs([...dict].slice(0, MANY), tell);
  return dict.size > MANY ? { kind: 'dict', length: dict.size, items } : { kind: 'dict', items };
}

function madeBytes(kind: string, bytes: Uint8Array): unknown {
  const content = bytes.length > MANY ? { sha256: sha256(bytes) } : { b64: base64(bytes) };
  return { kind, length: bytes.length, ...content };
}

/** An int as a number where JSON's readers take it exactly; a float always, unless JSON has no word for it. */
function madeScalar(value: unknown): unknown {
  if (typeof value === 'bigint') {
    return value === BigInt.asIntN(54, value) && value !== -(2n ** 53n)
      ? Number(value)
      : { kind: 'int', text: String(value) };
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return { kind: 'float', text: Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf' };
  }
  return isJsonScalar(value) ? value : undefined;
}

function olderScalar(value: unknown): unknown {
  if (typeof value === 'bigint') return { int: String(value) };
  if (value instanceof PyFloat) return { float: hexOf(value.bits), text: floatRepr(value.value) };
  if (typeof value === 'number') return { float: bitsOf(value), text: floatRepr(value) };
  return isJsonScalar(value) ? value : undefined;
}

const hexOf = (bits: bigint): string => bits.toString(16).padStart(16, '0');

const isJsonScalar = (value: unknown): boolean =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

export function bitsOf(float: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, float);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

/** Python's repr of a float. */
export function floatRepr(float: number): string {
  if (Number.isNaN(float)) return 'nan';
  if (!Number.isFinite(float)) return float > 0 ? 'inf' : '-inf';
  const [digits, power] = float.toExponential().split('e') as [string, string];
  const exponent = Number(power);
  if (float !== 0 && (exponent < -4 || exponent >= 16)) {
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const text = Object.is(float, -0) ? '-0' : String(float);
  return Number.isInteger(float) ? `${text}.0` : text;
}

/** Bytes of up to 300 are told whole. */
function olderBytes(kind: string, bytes: Uint8Array): unknown {
  const content = bytes.length > OLDER_LONG ? { length: bytes.length, sha256: sha256(bytes) } : base64(bytes);
  return { [kind]: content };
}

const OLDER_LONG = 256;
