/**
 * Values that a later pickle of a stream has added to: `l` is written, `l.append(x)` happens, `l` is written again, as a
 * reference and one more item. In Python it is the same list, and so it is here. What was added is found out when the
 * value is asked for again.
 */
import {
  FLAG_SHAPED,
  NODE_DICT,
  NODE_FROZENSET,
  NODE_LIST,
  NODE_OBJECT,
  NODE_SET,
  NODE_TUPLE,
} from '../spec/layout.ts';
import { fillList } from './arrays.ts';
import { fillDict } from './dicts.ts';
import type { Leaves } from './leaves.ts';
import { applyOps } from './ops.ts';
import { fillSet } from './sets.ts';

/** By node: how much of it is in its value. */
export type Marks = Map<number, number>;

/** Tells apart states of a node: anything added to it gives another number. */
export function markOf(m: Leaves, kind: number, node: number): number {
  const count = m.u32[2 * node + 1]!;
  switch (kind) {
    case NODE_TUPLE:
    case NODE_FROZENSET:
      return 0;
    case NODE_DICT:
      return (m.u32[2 * node]! & FLAG_SHAPED) === 0 ? count : -1 - count;
    case NODE_LIST:
    case NODE_SET:
      return count;
    default:
      return m.u32[2 * node + 9]!;
  }
}

/** Puts into a value what its node has got since the mark. */
export function grow(m: Leaves, kind: number, node: number, value: unknown, mark: number): void {
  if (kind === NODE_LIST) fillList(m, node, value as unknown[], mark);
  // Setting a dict's entries again changes nothing: values are kept, too.
  else if (kind === NODE_DICT) fillDict(m, node, value as object);
  else if (kind === NODE_SET) fillSet(m, kind, node, value as Set<unknown>);
  else if (kind >= NODE_OBJECT) applyOps(m, kind, node, value, mark === 0 ? m.u32[2 * node + 8]! : m.u32[2 * mark]!);
}
