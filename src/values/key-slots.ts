/** Keys of dicts and items of sets, as the graph has them: what a Map needs to hold them, and what they are equal to. */
import {
  CONST_EMPTY_TUPLE,
  CONST_NONE,
  KIND_INT,
  KIND_SHARED,
  KIND_STR1,
  KIND_STR2,
  NODE_BIGINT,
  NODE_EXTENSION,
  NODE_OBJECT,
  NODE_TUPLE,
  SPECIAL_GLOBAL,
  SPECIAL_HOST,
  SPECIAL_INT64,
  SPECIAL_NAN,
} from '../spec/layout.ts';
import { bigintOf } from '../bytes/long.ts';
import { canonicalKey, KeyMemo, nanKey, UnhashableKey, type KeyRules } from './keys.ts';
import type { Leaves } from './leaves.ts';
import { tupleWithoutNans } from './nan-keys.ts';
import { CONST, HI_GLOBAL, INT, NODE, SHARED, SPECIAL, STR1, STR2, SUB } from '../spec/slot-words.ts';

/** Bits of what keys are. */
export const KEY_STR = 1;
export const KEY_NONE = 2;
export const KEY_BOOL = 4;
export const KEY_INT = 8;
export const KEY_FLOAT = 16;
/** Equal only to itself, as an object. */
export const KEY_SELF = 32;
/** JavaScript's equality is not Python's. */
export const KEY_PYTHON = 64;

const STRINGS = KIND_SHARED | KIND_STR1 | KIND_STR2;

/**
 * What the keys of a container are, as bits: of all runs from `run` on.
 * @param kinds mask of the keys' slots
 * @param stride slots from one key to the next
 */
export function keyTypes(m: Leaves, run: number, stride: number, kinds: number): number {
  if (kinds === 0) return 0;
  if ((kinds & ~STRINGS) === 0) return KEY_STR;
  if (kinds === KIND_INT) return KEY_INT;
  const { u32 } = m;
  let types = 0;
  for (let at = run; at !== 0; at = u32[2 * at]!) {
    types |= typesOf(m, at + 1, u32[2 * at + 1]!, stride);
  }
  return types;
}

/** The same of `count` slots from `slot` on. */
export function typesOf(m: Leaves, slot: number, count: number, stride: number): number {
  let types = 0;
  for (let p = slot, end = slot + count; p < end; p += stride) types |= keyType(m, p);
  return types;
}

/** Adds the numbers in `count` slots from `slot` on to `numbers`, as they will be keys. */
export function numbersAmong(m: Leaves, slot: number, count: number, stride: number, numbers: unknown[]): void {
  for (let p = slot, end = slot + count; p < end; p += stride) {
    const type = keyType(m, p);
    if (type === KEY_INT || type === KEY_FLOAT) numbers.push(m.value(p));
  }
}

/** Whether a native Map or Set tells keys of these types apart as Python does. */
export function isNative(m: Leaves, types: number): boolean {
  if ((types & KEY_PYTHON) !== 0) return false;
  if ((types & KEY_BOOL) !== 0 && (types & (KEY_INT | KEY_FLOAT)) !== 0) return false;
  return !m.bigInts || (types & (KEY_INT | KEY_FLOAT)) !== (KEY_INT | KEY_FLOAT);
}

function keyType(m: Leaves, slot: number): number {
  const hi = m.i32[2 * slot + 1]!;
  const lo = m.i32[2 * slot]!;
  switch (hi >> 16) {
    case INT:
      return KEY_INT;
    case CONST:
      return lo === CONST_NONE ? KEY_NONE : lo === CONST_EMPTY_TUPLE ? KEY_PYTHON : KEY_BOOL;
    case SHARED:
    case STR1:
    case STR2:
      return KEY_STR;
    case SPECIAL:
      return specialType(m, hi & SUB, lo);
    case NODE:
      return nodeType(m, hi & SUB, lo);
    default:
      return Object.is(m.f64[slot], -0) ? KEY_PYTHON : KEY_FLOAT;
  }
}

function specialType(m: Leaves, which: number, lo: number): number {
  switch (which) {
    case SPECIAL_INT64: {
      const rounded = m.i32[2 * lo + 1]! * 2 ** 32 + m.u32[2 * lo]!;
      return Number.isSafeInteger(rounded) ? KEY_INT : KEY_PYTHON;
    }
    case SPECIAL_HOST:
      return typeof m.hostValues[lo] === 'string' ? KEY_STR : KEY_PYTHON;
    case SPECIAL_GLOBAL:
      return KEY_SELF;
    default:
      return KEY_PYTHON;
  }
}

function nodeType(m: Leaves, kind: number, node: number): number {
  switch (kind) {
    case NODE_OBJECT: {
      const isInert = m.i32[2 * node + 3] === HI_GLOBAL && m.globals.entries[m.u32[2 * node + 2]!]!.callable === null;
      return isInert ? KEY_SELF : KEY_PYTHON;
    }
    case NODE_EXTENSION:
      return KEY_SELF;
    default:
      // Of a call, or a persistent id's object, it is not known yet what will come.
      return KEY_PYTHON;
  }
}

/** Rules for values that were made: results of calls may be plain arrays and sets. */
export function rulesOf(m: Leaves): KeyRules & { readonly memo: KeyMemo } {
  return { exact: false, memo: (m.keyMemo ??= new KeyMemo()) };
}

/**
 * What the key in a slot is equal to, as a Map compares it. `value` was made of the slot.
 * @throws PickleError UNHASHABLE_KEY where a call has given what Python cannot hash
 */
export function canonicalOf(m: Leaves, slot: number, value: unknown, rules: KeyRules): unknown {
  const hi = m.i32[2 * slot + 1]!;
  const lo = m.i32[2 * slot]!;
  const sub = hi & SUB;
  switch (hi >> 16) {
    case SPECIAL:
      if (sub === SPECIAL_NAN) return nanKey(lo);
      if (m.options.int === 'number' && typeof value === 'number') return canonicalKey(exactInt(m, sub, lo), rules);
      break;
    case NODE:
      if (sub === NODE_BIGINT && typeof value === 'number') return canonicalKey(exactBigint(m, lo), rules);
      if (sub === NODE_TUPLE && Array.isArray(value)) return keyOf(m, tupleWithoutNans(m, lo, value), rules);
      break;
    default:
  }
  return keyOf(m, value, rules);
}

function keyOf(m: Leaves, value: unknown, rules: KeyRules): unknown {
  try {
    return canonicalKey(value, rules);
  } catch (cause) {
    if (cause instanceof UnhashableKey) throw m.error('UNHASHABLE_KEY', { detail: `${cause.message}.`, cause });
    throw cause;
  }
}

/** Under `int: 'number'` a key may have been rounded; what it is equal to must not be. */
function exactInt(m: Leaves, which: number, lo: number): bigint {
  if (which === SPECIAL_HOST) return m.hostValues[lo] as bigint;
  return (BigInt(m.i32[2 * lo + 1]!) << 32n) | BigInt(m.u32[2 * lo]!);
}

function exactBigint(m: Leaves, node: number): bigint {
  return bigintOf(m.payloads.slice(m.f64[node + 1]!, m.f64[node + 2]!)!);
}
