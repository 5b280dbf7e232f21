/**
 * Values nested too deep for recursion: every node is made after all that it refers to, by a stack in memory. What may
 * hold itself through the memo is found in the reader's cache, half made.
 */
import {
  FLAG_SHAPED,
  NODE_BYTES,
  NODE_DICT,
  NODE_FROZENSET,
  NODE_LIST,
  NODE_SET,
  NODE_TUPLE,
  OP_BUILD,
  OP_SETTER,
  TAG_NODE,
} from '../spec/layout.ts';
import type { DeepReader } from './reader.ts';

/** A node that is being worked on: its children not yet begun. */
interface Level {
  readonly kind: number;
  readonly index: number;
  readonly children: number[];
  /** The empty container, undefined for a call. */
  readonly shell: object | undefined;
}

/**
 * @param depth levels above the node
 * @param tooDeep makes the error for more than `maxDepth` levels
 */
export function makeDeep(
  reader: DeepReader,
  kind: number,
  index: number,
  depth: number,
  maxDepth: number,
  tooDeep: () => Error,
): unknown {
  const levels: Level[] = [enter(reader, kind, index)];
  let value: unknown;
  while (levels.length > 0) {
    const level = levels[levels.length - 1]!;
    const slot = level.children.pop();
    if (slot !== undefined) {
      const child = reader.u32[2 * slot]!;
      // A cycle ends here too: what closes it is there, still empty.
      if (reader.has(child)) continue;
      if (depth + levels.length >= maxDepth) throw tooDeep();
      levels.push(enter(reader, reader.u32[2 * slot + 1]! & 0xffff, child));
      continue;
    }
    levels.pop();
    value = reader.kept(level.index);
    if (level.shell === undefined) value = reader.make(level.kind, level.index);
    else reader.fill(level.kind, level.index, level.shell);
    if (!reader.has(level.index)) reader.keep(level.index, value);
  }
  return value;
}

function enter(reader: DeepReader, kind: number, index: number): Level {
  const children: number[] = [];
  const { u32 } = reader;
  const flags = u32[2 * index]!;
  const count = u32[2 * index + 1]!;
  const add = (from: number, n: number): void => {
    for (let slot = from + n - 1; slot >= from; slot--) {
      const hi = u32[2 * slot + 1]!;
      if (hi >>> 16 === TAG_NODE && (hi & 0xffff) < NODE_BYTES) children.push(slot);
    }
  };
  if (kind === NODE_TUPLE || kind === NODE_FROZENSET) add(index + 1, count);
  else if (kind === NODE_DICT && (flags & FLAG_SHAPED) !== 0)
    add(u32[2 * index + 2]!, reader.graph.shape(count).keys.length);
  else if (kind === NODE_LIST || kind === NODE_DICT || kind === NODE_SET) {
    for (let run = u32[2 * index + 2]!; run !== 0; run = u32[2 * run]!) add(run + 1, u32[2 * run + 1]!);
  } else {
    add(index + 1, 3);
    for (let op = u32[2 * index + 8]!; op !== 0; op = u32[2 * op]!) {
      const what = u32[2 * op + 1]!;
      if (what === OP_BUILD || what === OP_SETTER) add(op + 2, 1);
      else add(op + 3, u32[2 * op + 5]!);
    }
  }
  const shell = reader.shell(kind, index);
  if (shell !== undefined) reader.keep(index, shell);
  return { kind, index, children, shell };
}
