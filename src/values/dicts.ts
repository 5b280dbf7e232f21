/** Dicts and sets: which JavaScript container each becomes, and how it is filled. */
import {
  FLAG_SHAPED,
  KEY_KINDS_SHIFT,
  KIND_INT,
  KIND_SHARED,
  KIND_STR1,
  KIND_STR2,
  NODE_FROZENSET,
  SPECIAL_HOST,
  SPECIAL_NAN,
  TAG_SHARED,
  TAG_SPECIAL,
  TAG_STR1,
  TAG_STR2,
} from '../spec/layout.ts';
import { MAX_MAP_ENTRIES } from '../spec/limits.ts';
import { canonicalKey, isHashFlood, KeyMemo, nanKey, UnhashableKey } from './keys.ts';
import { PyDict } from './py-dict.ts';
import { PyFrozenSet, PySet } from './py-set.ts';
import type { Reader } from './reader.ts';

/** Fewer ints than these are not worth a look whether they were chosen to collide. */
const FLOOD_ENTRIES = 1024;
const TEXT_KINDS = KIND_SHARED | KIND_STR1 | KIND_STR2;

/** Defines an own property as JSON.parse does, whatever its name: `__proto__` is a name like any other. */
export function setOwn(target: object, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  } else (target as Record<string, unknown>)[key] = value;
}

/** The container that the dict at `node` becomes, still empty: a plain object, a Map, or a PyDict. */
export function dictShell(reader: Reader, node: number): object {
  const flags = reader.u32[2 * node]!;
  const { dict } = reader.options;
  if (dict === 'exact') return new PyDict();
  if (dict === 'object') return {};
  const isShaped = (flags & FLAG_SHAPED) !== 0;
  if (dict === 'auto' && (isShaped || hasOnlyText(reader, node))) return {};
  if (isShaped) return new Map();
  const plainKeys = reader.options.int === 'bigint' ? TEXT_KINDS : TEXT_KINDS | KIND_INT;
  const isPlain = ((flags >>> KEY_KINDS_SHIFT) & ~plainKeys) === 0;
  const isFlood = isPlain && reader.u32[2 * node + 1]! >= FLOOD_ENTRIES && isHashFlood(keysOf(reader, node));
  return isPlain && !isFlood ? new Map() : new PyDict();
}

/** Fills what `dictShell` gave. */
export function fillDict(reader: Reader, node: number, target: object): void {
  const isShaped = (reader.u32[2 * node]! & FLAG_SHAPED) !== 0;
  if (isShaped) fillFromShape(reader, node, target);
  else if (target instanceof PyDict) fillPyDict(reader, node, target);
  else if (target instanceof Map) fillMap(reader, node, target as Map<unknown, unknown>);
  else fillObject(reader, node, target);
}

function fillFromShape(reader: Reader, node: number, target: object): void {
  const { u32 } = reader;
  const { keys } = reader.graph.shape(u32[2 * node + 1]!);
  const values = u32[2 * node + 2]!;
  if (target instanceof Map) for (let i = 0; i < keys.length; i++) target.set(keys[i]!, reader.slot(values + i));
  else for (let i = 0; i < keys.length; i++) setOwn(target, keys[i]!, reader.slot(values + i));
}

/** Whether every key of an unshaped dict is a str. */
function hasOnlyText(reader: Reader, node: number): boolean {
  const { u32 } = reader;
  if (((u32[2 * node]! >>> KEY_KINDS_SHIFT) & ~TEXT_KINDS) === 0) return true;
  for (let run = u32[2 * node + 2]!; run !== 0; run = u32[2 * run]!) {
    const end = run + 1 + u32[2 * run + 1]!;
    for (let key = run + 1; key < end; key += 2) if (!isText(reader, key)) return false;
  }
  return true;
}

function isText(reader: Reader, key: number): boolean {
  const hi = reader.u32[2 * key + 1]!;
  const tag = hi >>> 16;
  if (tag === TAG_SHARED || tag === TAG_STR1 || tag === TAG_STR2) return true;
  return hi === ((TAG_SPECIAL << 16) | SPECIAL_HOST) >>> 0 && typeof reader.slot(key) === 'string';
}

function fillObject(reader: Reader, node: number, target: object): void {
  const { u32 } = reader;
  // Keys that are no text become text as in Python's json.dumps; only these may fall together with others.
  const made = new Map<string, unknown>();
  for (let run = u32[2 * node + 2]!; run !== 0; run = u32[2 * run]!) {
    const end = run + 1 + u32[2 * run + 1]!;
    for (let at = run + 1; at < end; at += 2) {
      const key = reader.slot(at);
      if (typeof key === 'string') {
        if (made.size !== 0 && made.has(key))
          throw reader.fail('UNREPRESENTABLE_KEY', { detail: `Two keys are ${key}.` });
        setOwn(target, key, reader.slot(at + 1));
      } else {
        const text = keyText(reader, key);
        const canonical = canonicalKey(key, { exact: false });
        if (Object.hasOwn(target, text) && !(made.has(text) && made.get(text) === canonical)) {
          throw reader.fail('UNREPRESENTABLE_KEY', { detail: `Two keys are ${text}.` });
        }
        made.set(text, canonical);
        setOwn(target, text, reader.slot(at + 1));
      }
    }
  }
}

function keyText(reader: Reader, key: unknown): string {
  switch (typeof key) {
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(key);
    default:
      if (key === null) return 'null';
      throw reader.fail('UNREPRESENTABLE_KEY');
  }
}

/** Keys that JavaScript compares as Python does: text, and ints of 32 bits. */
function fillMap(reader: Reader, node: number, target: Map<unknown, unknown>): void {
  const { u32 } = reader;
  checkSize(reader, u32[2 * node + 1]!);
  for (let run = u32[2 * node + 2]!; run !== 0; run = u32[2 * run]!) {
    const end = run + 1 + u32[2 * run + 1]!;
    for (let at = run + 1; at < end; at += 2) target.set(reader.slot(at), reader.slot(at + 1));
  }
}

function keysOf(reader: Reader, node: number): unknown[] {
  const { u32 } = reader;
  const keys: unknown[] = [];
  for (let run = u32[2 * node + 2]!; run !== 0; run = u32[2 * run]!) {
    const end = run + 1 + u32[2 * run + 1]!;
    for (let key = run + 1; key < end; key += 2) keys.push(reader.slot(key));
  }
  return keys;
}

function fillPyDict(reader: Reader, node: number, target: PyDict): void {
  const { u32 } = reader;
  checkSize(reader, u32[2 * node + 1]!);
  const canonical: unknown[] = [];
  const keys: unknown[] = [];
  const values: unknown[] = [];
  for (let run = u32[2 * node + 2]!; run !== 0; run = u32[2 * run]!) {
    const end = run + 1 + u32[2 * run + 1]!;
    for (let at = run + 1; at < end; at += 2) {
      const key = reader.slot(at);
      keys.push(key);
      canonical.push(canonicalOf(reader, at, key));
      values.push(reader.slot(at + 1));
    }
  }
  target.fill(canonical, keys, values);
}

/** The container that the set or frozenset at `node` becomes, still empty. */
export function setShell(reader: Reader, kind: number, node: number): Set<unknown> {
  const plainKinds = reader.options.int === 'bigint' ? TEXT_KINDS : TEXT_KINDS | KIND_INT;
  const isPlain = !reader.options.exact && (reader.u32[2 * node]! & 0xff & ~plainKinds) === 0;
  const count = reader.u32[2 * node + 1]!;
  if (isPlain && !(count >= FLOOD_ENTRIES && isHashFlood(itemsOf(reader, kind, node)))) return new Set();
  return kind === NODE_FROZENSET ? new PyFrozenSet() : new PySet();
}

/** Fills what `setShell` gave. */
export function fillSet(reader: Reader, kind: number, node: number, target: Set<unknown>): void {
  checkSize(reader, reader.u32[2 * node + 1]!);
  if (!(target instanceof PySet)) {
    for (const item of itemsOf(reader, kind, node)) target.add(item);
    return;
  }
  const canonical: unknown[] = [];
  const items = itemsOf(reader, kind, node, (slot, item) => canonical.push(canonicalOf(reader, slot, item)));
  target.fill(canonical, items);
}

function itemsOf(reader: Reader, kind: number, node: number, visit?: (slot: number, item: unknown) => void): unknown[] {
  const { u32 } = reader;
  const items: unknown[] = [];
  const add = (from: number, count: number): void => {
    for (let slot = from; slot < from + count; slot++) {
      const item = reader.slot(slot);
      items.push(item);
      visit?.(slot, item);
    }
  };
  if (kind === NODE_FROZENSET) add(node + 1, u32[2 * node + 1]!);
  else for (let run = u32[2 * node + 2]!; run !== 0; run = u32[2 * run]!) add(run + 1, u32[2 * run + 1]!);
  return items;
}

/** What Python's equality of keys makes of a key: a NaN is told by its cell. */
function canonicalOf(reader: Reader, slot: number, key: unknown): unknown {
  if (reader.u32[2 * slot + 1] === ((TAG_SPECIAL << 16) | SPECIAL_NAN) >>> 0) return nanKey(reader.u32[2 * slot]!);
  try {
    return canonicalKey(key, { exact: reader.options.exact, memo: (reader.keyMemo ??= new KeyMemo()) });
  } catch (error) {
    if (error instanceof UnhashableKey) throw reader.fail('UNHASHABLE_KEY');
    throw error;
  }
}

function checkSize(reader: Reader, count: number): void {
  if (count > MAX_MAP_ENTRIES) throw reader.fail('LIMIT_CONTAINER', { limit: MAX_MAP_ENTRIES, actual: count });
}
