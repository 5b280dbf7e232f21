/** Making of sets and frozensets: native Sets where these tell items apart as Python does. */
import { NODE_FROZENSET } from '../spec/layout.ts';
import { MAX_MAP_ENTRIES } from '../spec/limits.ts';
import { canonicalOf, isNative, KEY_FLOAT, KEY_INT, numbersAmong, rulesOf, typesOf } from './key-slots.ts';
import { isHashFlood } from './keys.ts';
import type { Leaves } from './leaves.ts';
import { noteMembers } from './pending.ts';
import { PyFrozenSet, PySet } from './py.ts';

const FEW_ITEMS = 1024;

/** Calls back for each row of slots that holds items of a set or frozenset. */
export function eachRun(m: Leaves, kind: number, node: number, run: (slot: number, count: number) => void): void {
  const { u32 } = m;
  if (kind === NODE_FROZENSET) run(node + 1, u32[2 * node + 1]!);
  else for (let at = u32[2 * node + 2]!; at !== 0; at = u32[2 * at]!) run(at + 1, u32[2 * at + 1]!);
}

/** An empty container for a set or frozenset. */
export function newSet(m: Leaves, kind: number, node: number): Set<unknown> {
  const isFrozen = kind === NODE_FROZENSET;
  const count = m.u32[2 * node + 1]!;
  if (count > MAX_MAP_ENTRIES) throw m.error('LIMIT_CONTAINER', { limit: MAX_MAP_ENTRIES, actual: count });
  let types = 0;
  if (!m.exact) eachRun(m, kind, node, (slot, length) => (types |= typesOf(m, slot, length, 1)));
  if (m.exact || !isNative(m, types)) return isFrozen ? new PyFrozenSet() : new PySet();
  if (count >= FEW_ITEMS && (types & (KEY_INT | KEY_FLOAT)) !== 0) {
    const numbers: unknown[] = [];
    eachRun(m, kind, node, (slot, length) => numbersAmong(m, slot, length, 1, numbers));
    if (isHashFlood(numbers)) return isFrozen ? new PyFrozenSet() : new PySet();
  }
  return new Set();
}

/** Puts the items of a set or frozenset into what `newSet` gave. */
export function fillSet(m: Leaves, kind: number, node: number, set: Set<unknown>): void {
  if (set instanceof PySet) {
    const rules = rulesOf(m);
    const canonicals: unknown[] = [];
    const items: unknown[] = [];
    eachRun(m, kind, node, (slot, count) => {
      for (let p = slot, end = slot + count; p < end; p++) {
        const item = m.value(p);
        items.push(item);
        canonicals.push(canonicalOf(m, p, item, rules));
      }
    });
    set.fill(canonicals, items);
  } else {
    eachRun(m, kind, node, (slot, count) => {
      for (let p = slot, end = slot + count; p < end; p++) set.add(m.value(p));
    });
  }
  if (m.handed !== 0) noteMembers(m, set);
}
