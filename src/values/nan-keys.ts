/**
 * NaNs inside keys. A NaN is equal to itself alone, by its identity in Python's memory, and JavaScript's NaN has none. So
 * a tuple that holds one, however deep, is compared as a copy in which an object stands for each NaN of the graph.
 */
import { KIND_NODE, KIND_SPECIAL, NODE_TUPLE, SPECIAL_NAN } from '../spec/layout.ts';
import type { Leaves } from './leaves.ts';
import { NanMemo } from './nan-memo.ts';
import { HI_NODE, HI_SPECIAL } from '../spec/slot-words.ts';

/** A tuple whose items before `at` were looked at. */
interface Level {
  readonly node: number;
  readonly value: readonly unknown[];
  /** The copy, once one is needed. */
  copy: unknown[] | undefined;
  at: number;
}

/** The tuple of a node to compare by. `value` was made of the node. Linear; what is shared is walked once. */
export function tupleWithoutNans(m: Leaves, node: number, value: readonly unknown[]): readonly unknown[] {
  if (isPlain(m, node)) return value;
  const keys = (m.nanMemo ??= new NanMemo());
  const known = keys.tuples.get(value);
  if (known !== undefined) return known;
  const levels: Level[] = [{ node, value, copy: undefined, at: 0 }];
  let result = value;
  while (levels.length > 0) {
    const level = levels[levels.length - 1]!;
    if (level.at === level.value.length) {
      levels.pop();
      result = level.copy ?? level.value;
      keys.tuples.set(level.value, result);
      continue;
    }
    const slot = level.node + 1 + level.at;
    const hi = m.i32[2 * slot + 1]!;
    const lo = m.u32[2 * slot]!;
    const item = level.value[level.at];
    if (hi === (HI_SPECIAL | SPECIAL_NAN)) replace(level, keys.identityOf(lo));
    else if (hi === (HI_NODE | NODE_TUPLE) && Array.isArray(item) && !isPlain(m, lo)) {
      const inner = keys.tuples.get(item);
      if (inner === undefined) {
        levels.push({ node: lo, value: item, copy: undefined, at: 0 });
        continue;
      }
      if (inner !== item) replace(level, inner);
    }
    level.at++;
  }
  return result;
}

/** Whether a tuple's items are neither NaNs nor tuples. */
function isPlain(m: Leaves, node: number): boolean {
  return (m.i32[2 * node]! & (KIND_SPECIAL | KIND_NODE)) === 0;
}

function replace(level: Level, item: unknown): void {
  (level.copy ??= [...level.value])[level.at] = item;
}
