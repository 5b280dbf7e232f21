/**
 * Plain objects of dicts whose keys are not all str. Keys become what JavaScript makes of them as names of properties,
 * as long as no two become the same.
 */
import { FLAG_SHAPED, KEY_KINDS_SHIFT } from '../spec/layout.ts';
import { MAX_MAP_ENTRIES } from '../spec/limits.ts';
import { isPending } from '../values/calls.ts';
import { setOwn } from '../values/dicts.ts';
import { canonicalOf, KEY_STR, keyTypes, rulesOf } from '../values/key-slots.ts';
import type { Leaves } from '../values/leaves.ts';
import { textOfKey } from './key-text.ts';

/** Whether every key is a str: then the decoder's own way will do. */
export function isTextDict(m: Leaves, node: number): boolean {
  const flags = m.u32[2 * node]!;
  if ((flags & FLAG_SHAPED) !== 0) return true;
  return (keyTypes(m, m.u32[2 * node + 2]!, 2, flags >>> KEY_KINDS_SHIFT) & ~KEY_STR) === 0;
}

/** @throws PickleError UNREPRESENTABLE_KEY where a key has no text, or that of another; UNHASHABLE_KEY */
export function fillTextDict(m: Leaves, node: number, object: Record<string, unknown>): void {
  const { u32 } = m;
  const count = u32[2 * node + 1]!;
  if (count > MAX_MAP_ENTRIES) throw m.error('LIMIT_CONTAINER', { limit: MAX_MAP_ENTRIES, actual: count });
  const rules = rulesOf(m);
  const texts = new Map<unknown, string>();
  const used = new Set<string>();
  for (let run = u32[2 * node + 2]!; run !== 0; run = u32[2 * run]!) {
    for (let p = run + 1, end = p + u32[2 * run + 1]!; p < end; p += 2) {
      const key = m.value(p);
      if (isPending(m, key)) throw m.error('UNREPRESENTABLE_KEY');
      const canonical = canonicalOf(m, p, key, rules);
      let text = texts.get(canonical);
      if (text === undefined) {
        text = textOfKey(key);
        if (text === undefined) throw m.error('UNREPRESENTABLE_KEY');
        if (used.has(text)) {
          throw m.error('UNREPRESENTABLE_KEY', { detail: `Two keys would be ${JSON.stringify(text.slice(0, 100))}.` });
        }
        used.add(text);
        texts.set(canonical, text);
      }
      setField(m, object, text, p + 1);
    }
  }
}

function setField(m: Leaves, object: Record<string, unknown>, key: string, slot: number): void {
  const value = m.value(slot);
  if (!isPending(m, value)) return setOwn(object, key, value);
  setOwn(object, key, undefined);
  value.note((made) => setOwn(object, key, made));
}
