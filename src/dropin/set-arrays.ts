/** Sets and frozensets as Arrays. */
import { canonicalOf, rulesOf } from '../values/key-slots.ts';
import { keyKind, type KeyKind } from '../values/keys.ts';
import { isPending } from '../values/calls.ts';
import type { Leaves } from '../values/leaves.ts';
import { PySet } from '../values/py.ts';
import { eachRun, newSet } from '../values/sets.ts';

/** An Array for the items of a frozenset, which as a key is equal to a frozenset and to no tuple. */
export function newFrozenArray(): unknown[] {
  return Object.defineProperty([], keyKind, { value: 'frozenset' satisfies KeyKind });
}

/** Adds the items of a set to an Array, equal ones once. */
export function fillSetArray(m: Leaves, kind: number, node: number, array: unknown[]): void {
  const unique = newSet(m, kind, node);
  const rules = unique instanceof PySet ? rulesOf(m) : undefined;
  const items: unknown[] = [];
  const canonicals: unknown[] = [];
  eachRun(m, kind, node, (slot, count) => {
    for (let p = slot, end = slot + count; p < end; p++) {
      const item = m.value(p);
      if (isPending(m, item)) {
        item.note((made) => array.push(made));
        continue;
      }
      items.push(item);
      if (rules !== undefined) canonicals.push(canonicalOf(m, p, item, rules));
    }
  });
  if (unique instanceof PySet) unique.fill(canonicals, items);
  else for (const item of items) unique.add(item);
  for (const item of unique) array.push(item);
}
