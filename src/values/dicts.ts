/** Making of dicts, by the option `dict`. What a dict becomes is told by its keys alone, before any value is made. */
import { FLAG_SHAPED, KEY_KINDS_SHIFT } from '../spec/layout.ts';
import { MAX_MAP_ENTRIES } from '../spec/limits.ts';
import { canonicalOf, isNative, KEY_FLOAT, KEY_INT, KEY_STR, keyTypes, numbersAmong, rulesOf } from './key-slots.ts';
import { isHashFlood } from './keys.ts';
import type { Leaves } from './leaves.ts';
import { noteEntries, noteProperties } from './pending.ts';
import { PyDict } from './py.ts';
import { plainRow } from './shape-cache.ts';
import { textOfKey } from './text-keys.ts';

/** Numbers as keys of fewer entries cannot make a Map slow. */
const FEW_KEYS = 1024;

/** An empty container for a dict: what it will be when filled. */
export function newDict(m: Leaves, node: number): object {
  const { dict } = m.options;
  if (dict === 'exact') return new PyDict();
  if (dict === 'object') return {};
  const flags = m.u32[2 * node]!;
  if ((flags & FLAG_SHAPED) !== 0) return dict === 'map' ? new Map() : {};
  const run = m.u32[2 * node + 2]!;
  const types = keyTypes(m, run, 2, flags >>> KEY_KINDS_SHIFT);
  if ((types & ~KEY_STR) === 0) return dict === 'map' ? new Map() : {};
  if (!isNative(m, types)) return new PyDict();
  const isNumeric = (types & (KEY_INT | KEY_FLOAT)) !== 0 && m.u32[2 * node + 1]! >= FEW_KEYS;
  return isNumeric && isFlood(m, run) ? new PyDict() : new Map();
}

/** Whether the numbers among a dict's keys were chosen to collide. */
function isFlood(m: Leaves, run: number): boolean {
  const numbers: unknown[] = [];
  const { u32 } = m;
  for (let at = run; at !== 0; at = u32[2 * at]!) numbersAmong(m, at + 1, u32[2 * at + 1]!, 2, numbers);
  return isHashFlood(numbers);
}

/** A dict of a shape, as an object: what most dicts of most pickles are. */
export function shapedObject(m: Leaves, number: number, slot: number): object {
  const entry = m.shape(number);
  if (entry.row === null) entry.use(1);
  return entry.row === null ? plainRow(m, entry, slot) : entry.row(m, slot);
}

/** Puts a dict's entries into what `newDict` gave. */
export function fillDict(m: Leaves, node: number, dict: object): void {
  if (dict instanceof PyDict) fillPyDict(m, node, dict as PyDict);
  else if (dict instanceof Map) fillMap(m, node, dict as Map<unknown, unknown>);
  else fillObject(m, node, dict as Record<string, unknown>);
}

function fillObject(m: Leaves, node: number, object: Record<string, unknown>): void {
  const { u32 } = m;
  const flags = u32[2 * node]!;
  if ((flags & FLAG_SHAPED) !== 0) {
    const { keys } = m.shape(u32[2 * node + 1]!).shape;
    const slot = u32[2 * node + 2]!;
    for (let i = 0; i < keys.length; i++) setOwn(object, keys[i]!, m.value(slot + i));
  } else if (m.options.dict === 'object' && !hasTextKeys(m, node, flags)) {
    fillByText(m, node, object);
  } else {
    checkEntries(m, node);
    for (let run = u32[2 * node + 2]!; run !== 0; run = u32[2 * run]!) {
      for (let p = run + 1, end = p + u32[2 * run + 1]!; p < end; p += 2) {
        setOwn(object, m.value(p) as string, m.value(p + 1));
      }
    }
  }
  if (m.handed !== 0) noteProperties(m, object);
}

function hasTextKeys(m: Leaves, node: number, flags: number): boolean {
  return (keyTypes(m, m.u32[2 * node + 2]!, 2, flags >>> KEY_KINDS_SHIFT) & ~KEY_STR) === 0;
}

/** Sets an own property, whatever it is called: an assignment to `__proto__` would set the prototype. */
export function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Under `dict: 'object'`, where not every key is a str. */
function fillByText(m: Leaves, node: number, object: Record<string, unknown>): void {
  checkEntries(m, node);
  const { u32 } = m;
  const rules = rulesOf(m);
  const texts = new Map<unknown, string>();
  const used = new Set<string>();
  for (let run = u32[2 * node + 2]!; run !== 0; run = u32[2 * run]!) {
    for (let p = run + 1, end = p + u32[2 * run + 1]!; p < end; p += 2) {
      const key = m.value(p);
      const canonical = canonicalOf(m, p, key, rules);
      let text = texts.get(canonical);
      if (text === undefined) {
        text = textOfKey(m, p, key);
        if (text === undefined) throw m.error('UNREPRESENTABLE_KEY');
        if (used.has(text)) {
          throw m.error('UNREPRESENTABLE_KEY', { detail: `Two keys would be ${JSON.stringify(text.slice(0, 100))}.` });
        }
        used.add(text);
        texts.set(canonical, text);
      }
      setOwn(object, text, m.value(p + 1));
    }
  }
}

function fillMap(m: Leaves, node: number, map: Map<unknown, unknown>): void {
  const { u32 } = m;
  if ((u32[2 * node]! & FLAG_SHAPED) !== 0) {
    const { keys } = m.shape(u32[2 * node + 1]!).shape;
    const slot = u32[2 * node + 2]!;
    for (let i = 0; i < keys.length; i++) map.set(keys[i], m.value(slot + i));
  } else {
    checkEntries(m, node);
    for (let run = u32[2 * node + 2]!; run !== 0; run = u32[2 * run]!) {
      for (let p = run + 1, end = p + u32[2 * run + 1]!; p < end; p += 2) map.set(m.value(p), m.value(p + 1));
    }
  }
  if (m.handed !== 0) noteEntries(m, map);
}

function fillPyDict(m: Leaves, node: number, dict: PyDict): void {
  const { u32 } = m;
  const rules = rulesOf(m);
  const canonicals: unknown[] = [];
  const keys: unknown[] = [];
  const values: unknown[] = [];
  if ((u32[2 * node]! & FLAG_SHAPED) !== 0) {
    const names = m.shape(u32[2 * node + 1]!).shape.keys;
    const slot = u32[2 * node + 2]!;
    for (let i = 0; i < names.length; i++) {
      const name = names[i]!;
      canonicals.push(name.charCodeAt(0) === 0xffff ? canonicalOf(m, slot, name, rules) : name);
      keys.push(name);
      values.push(m.value(slot + i));
    }
  } else {
    checkEntries(m, node);
    for (let run = u32[2 * node + 2]!; run !== 0; run = u32[2 * run]!) {
      for (let p = run + 1, end = p + u32[2 * run + 1]!; p < end; p += 2) {
        const key = m.value(p);
        canonicals.push(canonicalOf(m, p, key, rules));
        keys.push(key);
        values.push(m.value(p + 1));
      }
    }
  }
  dict.fill(canonicals, keys, values);
  if (m.handed !== 0) noteEntries(m, dict);
}

/** V8 ends with a RangeError, or altogether, where a Map or an object's hash table has more. */
function checkEntries(m: Leaves, node: number): void {
  const actual = m.u32[2 * node + 1]!;
  if (actual > MAX_MAP_ENTRIES) throw m.error('LIMIT_CONTAINER', { limit: MAX_MAP_ENTRIES, actual });
}
