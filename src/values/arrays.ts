/** Filling of arrays: lists, tuples, arguments. Where all items are of one kind, by one tight loop. */
import {
  FLAG_FETCHED,
  FLAG_SHAPED,
  CONST_NONE,
  KIND_CONST,
  KIND_DOUBLE,
  KIND_INT,
  KIND_SHARED,
  KIND_STR1,
  TEXT_CHUNK_BITS,
} from '../spec/layout.ts';
import type { Leaves } from './leaves.ts';
import { noteItems, noteProperties } from './pending.ts';
import { HI_DICT, HI_INT, IN_CHUNK, SUB } from '../spec/slot-words.ts';

const KINDS = 0xff;
/** The most items that `new Array(n)` gives room for at once; larger arrays would be hash tables. */
const MAX_ROOM = 2 ** 25;

const KIND_NUMBER = KIND_DOUBLE | KIND_INT;

/** Whether a list is made as a Float64Array: see the option `list`. */
export function isTypedList(m: Leaves, node: number): boolean {
  return m.typedLists && (m.u32[2 * node]! & KINDS) === KIND_DOUBLE && !m.keepsAll;
}

/** An empty list for as many items as the node has: they are really there. */
export function newList(m: Leaves, node: number): unknown[] | Float64Array {
  const flags = m.u32[2 * node]!;
  const count = m.u32[2 * node + 1]!;
  if (isTypedList(m, node)) return new Float64Array(count);
  if (count > MAX_ROOM) return [];
  const isNumeric = (flags & KIND_DOUBLE) !== 0 && (flags & KINDS & ~KIND_NUMBER) === 0;
  if (!isNumeric || m.exact) return new Array<unknown>(count);
  // Of doubles from the start: V8 would copy the whole array when the first one comes.
  const list = [0.5];
  list.length = count;
  return list;
}

/** Fills a list from its runs, from the item `from` on. */
export function fillList(m: Leaves, node: number, list: unknown[] | Float64Array, from = 0): void {
  const { u32 } = m;
  const kinds = u32[2 * node]! & KINDS;
  let at = 0;
  for (let run = u32[2 * node + 2]!; run !== 0; run = u32[2 * run]!) {
    const count = u32[2 * run + 1]!;
    const skip = Math.min(Math.max(from - at, 0), count);
    if (list instanceof Float64Array) list.set(m.f64.subarray(run + 1, run + 1 + count), at);
    else fillItems(m, list, at + skip, run + 1 + skip, count - skip, kinds);
    at += count;
  }
}

/** Fills a tuple. */
export function fillTuple(m: Leaves, node: number, tuple: unknown[]): void {
  fillItems(m, tuple, 0, node + 1, m.u32[2 * node + 1]!, m.u32[2 * node]! & KINDS);
}

/** Lists and tuples of up to so many items are made by `shortArray`. */
export const MAX_SHORT = 4;

/** An array of 1 to MAX_SHORT items. */
export function shortArray(m: Leaves, slot: number, count: number): unknown[] {
  const array = m.shapes.short(m, slot, count);
  if (m.handed !== 0) noteItems(m, array);
  return array;
}

/** Makes the values of `count` slots from `slot` on, as the items of `out` from `at` on. */
export function fillItems(m: Leaves, out: unknown[], at: number, slot: number, count: number, kinds: number): void {
  const end = at + count;
  switch (kinds) {
    case KIND_DOUBLE: {
      if (m.exact) break;
      const { f64 } = m;
      for (let i = at, p = slot; i < end; i++, p++) out[i] = f64[p];
      return;
    }
    case KIND_INT: {
      const { i32 } = m;
      if (m.bigInts) for (let i = at, p = 2 * slot; i < end; i++, p += 2) out[i] = BigInt(i32[p]!);
      else for (let i = at, p = 2 * slot; i < end; i++, p += 2) out[i] = i32[p];
      return;
    }
    case KIND_NUMBER: {
      if (m.bigInts) break;
      const { f64, i32 } = m;
      for (let i = at, p = slot; i < end; i++, p++) out[i] = i32[2 * p + 1] === HI_INT ? i32[2 * p] : f64[p];
      return;
    }
    case KIND_STR1:
      fillText1(m, out, at, slot, count);
      return;
    case KIND_SHARED: {
      const { u32, shared } = m;
      for (let i = at, p = 2 * slot; i < end; i++, p += 2) out[i] = shared[u32[p]!] ?? m.sharedText(u32[p]!);
      return;
    }
    case KIND_CONST: {
      const { u32 } = m;
      for (let i = at, p = slot; i < end; i++, p++) out[i] = u32[2 * p] === CONST_NONE ? null : m.value(p);
      return;
    }
    default:
  }
  fillMixed(m, out, at, end, slot);
}

function fillText1(m: Leaves, out: unknown[], at: number, slot: number, count: number): void {
  const { u32, i32 } = m;
  let number = -1;
  let chunk = '';
  for (let i = at, p = 2 * slot, end = at + count; i < end; i++, p += 2) {
    const offset = u32[p]!;
    if (offset >>> TEXT_CHUNK_BITS !== number) {
      number = offset >>> TEXT_CHUNK_BITS;
      chunk = m.chunk1(number);
    }
    const start = offset & IN_CHUNK;
    out[i] = chunk.substring(start, start + (i32[p + 1]! & SUB));
  }
}

function fillMixed(m: Leaves, out: unknown[], at: number, end: number, slot: number): void {
  const { i32 } = m;
  for (let i = at, p = slot; i < end;) {
    if (i32[2 * p + 1] === HI_DICT && m.depth < m.turn) {
      const behind = fillRows(m, out, i, end, p);
      p += behind - i;
      if (behind !== i) {
        i = behind;
        continue;
      }
    }
    out[i++] = m.value(p++);
  }
  if (m.handed !== 0) noteItems(m, out, at, end);
}

/** Fewer rows in a row than this go one by one. */
const FEW_ROWS = 4;

/** Makes as many dicts of one shape in a row as there are, by one call of compiled code. Returns the index behind them. */
function fillRows(m: Leaves, out: unknown[], at: number, end: number, slot: number): number {
  const { i32 } = m;
  const first = i32[2 * slot]!;
  if ((i32[2 * first]! & (FLAG_FETCHED | FLAG_SHAPED)) !== FLAG_SHAPED || m.keepsAll || m.rowsAreMaps) return at;
  const number = i32[2 * first + 1]!;
  const entry = m.shape(number);
  if (entry.batch === null) {
    let rows = 1;
    const last = Math.min(end - at, 1000);
    while (rows < last && isRow(i32, slot + rows, number)) rows++;
    if (rows < FEW_ROWS) return at;
    entry.use(rows);
    if (entry.batch === null) return at;
  }
  m.depth++;
  const behind = entry.batch(m, out, at, end, slot);
  m.depth--;
  if (m.handed !== 0) for (let i = at; i < behind; i++) noteProperties(m, out[i] as object);
  return behind;
}

function isRow(i32: Int32Array, slot: number, shape: number): boolean {
  if (i32[2 * slot + 1] !== HI_DICT) return false;
  const node = i32[2 * slot]!;
  return (i32[2 * node]! & (FLAG_FETCHED | FLAG_SHAPED)) === FLAG_SHAPED && i32[2 * node + 1] === shape;
}
