/** Nodes: making them and filling them. Drawn in src/graph/README.md. */
import { REG_ERROR, REG_ERROR_ACTUAL, REG_LAST_PAYLOAD, REG_MAX_ITEMS } from './generated/abi';
import { LIMIT_CONTAINER } from './generated/errors';
import {
  CONST_ABSENT,
  CONST_EMPTY_TUPLE,
  FLAG_UNHASHABLE,
  KIND_NODE,
  NODE_BYTEARRAY,
  NODE_DICT,
  NODE_FROZENSET,
  NODE_LIST,
  NODE_OBJECT,
  NODE_SET,
  NODE_TUPLE,
  SPECIAL_GLOBAL,
  TAG_CONST,
  TAG_INT,
  TAG_NODE,
  TAG_SPECIAL,
} from './generated/layout';
import { CHUNK, CHUNK_BITS, GRAPH_HOME, TABLES, takeChunks } from './memory';

let graphTop: usize = GRAPH_HOME;
let graphEnd: usize = TABLES;

export function resetGraph(): void {
  graphTop = GRAPH_HOME;
  graphEnd = TABLES;
}

// @ts-expect-error: decorator
@inline
export function constant(which: u32): u64 {
  return ((<u64>TAG_CONST) << 48) | which;
}

// @ts-expect-error: decorator
@inline
export function intSlot(value: i32): u64 {
  return ((<u64>TAG_INT) << 48) | ((<u64>value) & 0xffffffff);
}

// @ts-expect-error: decorator
@inline
export function special(which: u32, index: u32): u64 {
  return ((<u64>((TAG_SPECIAL << 16) | which)) << 32) | index;
}

// @ts-expect-error: decorator
@inline
export function nodeSlot(kind: u32, node: usize): u64 {
  return ((<u64>((TAG_NODE << 16) | kind)) << 32) | (node >> 3);
}

/** In place of a slot that could not be made: the error is set. No slot has these bits, while 0 is the float 0.0. */
export const NO_SLOT: u64 = ((<u64>TAG_CONST) << 48) | 0xffffffff;

/** Address of a NODE slot's node. */
// @ts-expect-error: decorator
@inline
export function nodeOf(slot: u64): usize {
  return (<usize>(<u32>slot)) << 3;
}

/** Whether a slot is a node of that kind. */
// @ts-expect-error: decorator
@inline
export function isNode(slot: u64, kind: u32): bool {
  return <u32>(slot >> 32) == ((TAG_NODE << 16) | kind);
}

/** OBJECT, PERSISTENT or EXTENSION. */
// @ts-expect-error: decorator
@inline
export function isObjectNode(slot: u64): bool {
  return <u32>(slot >> 32) - ((TAG_NODE << 16) | NODE_OBJECT) < 3;
}

export function isCallable(slot: u64): bool {
  return isObjectNode(slot) || <u32>(slot >> 32) == ((TAG_SPECIAL << 16) | SPECIAL_GLOBAL);
}

// @ts-expect-error: decorator
@inline
export function isTuple(slot: u64): bool {
  return isNode(slot, NODE_TUPLE) || slot == constant(CONST_EMPTY_TUPLE);
}

/** The bit of a slot's kind. */
// @ts-expect-error: decorator
@inline
export function kindOf(slot: u64): u32 {
  const tag = <u32>(slot >> 48);
  return 1 << select<u32>(tag - 0xfff8, 0, tag > 0xfff8);
}

/** Address of `slots` fresh slots, or 0 with the error set. */
// @ts-expect-error: decorator
@inline
export function allocate(slots: u32): usize {
  const place = graphTop;
  if (<usize>slots > (graphEnd - place) >> 3) return allocateInNewChunk(slots);
  graphTop = place + ((<usize>slots) << 3);
  return place;
}

function allocateInNewChunk(slots: u32): usize {
  const bytes = (<u64>slots) << 3;
  const chunks = <u32>((bytes + CHUNK - 1) >> CHUNK_BITS);
  const place = takeChunks(chunks);
  if (place == 0) return 0;
  const size = (<usize>chunks) << CHUNK_BITS;
  if (place == graphEnd && <u64>(graphEnd - graphTop + size) >= bytes) {
    const start = graphTop;
    graphEnd += size;
    graphTop = start + <usize>bytes;
    return start;
  }
  graphEnd = place + size;
  graphTop = place + <usize>bytes;
  return place;
}

/** Copies slots and returns the mask of their kinds. */
export function copySlots(to: usize, from: usize, count: u32): u32 {
  let mask: u32 = 0;
  const end = from + ((<usize>count) << 3);
  while (from < end) {
    const slot = load<u64>(from);
    store<u64>(to, slot);
    mask |= kindOf(slot);
    from += 8;
    to += 8;
  }
  return mask;
}

/** Whether Python can hash what the slot stands for. */
export function isHashable(slot: u64): bool {
  if (<u32>(slot >> 48) != TAG_NODE) return true;
  const kind = (<u32>(slot >> 32)) & 0xffff;
  if (kind == NODE_TUPLE || kind == NODE_FROZENSET) return (load<u32>(nodeOf(slot)) & FLAG_UNHASHABLE) == 0;
  return kind != NODE_LIST && kind != NODE_DICT && kind != NODE_SET && kind != NODE_BYTEARRAY;
}

/** Whether all of `count` slots, `step` bytes apart, are hashable. */
export function areHashable(from: usize, count: u32, step: usize): bool {
  for (let i: u32 = 0; i < count; i++) {
    if (!isHashable(load<u64>(from))) return false;
    from += step;
  }
  return true;
}

export function tooMany(count: u32): bool {
  if (count <= load<u32>(REG_MAX_ITEMS)) return false;
  store<i32>(REG_ERROR, LIMIT_CONTAINER);
  store<f64>(REG_ERROR_ACTUAL, <f64>count);
  return true;
}

/** A new empty list, dict or set: header and run pointers. NO_SLOT with the error set. */
export function newContainer(kind: u32): u64 {
  const node = allocate(2);
  if (node == 0) return NO_SLOT;
  store<u64>(node, 0);
  store<u64>(node, 0, 8);
  return nodeSlot(kind, node);
}

/** A tuple or frozenset of `count` slots. NO_SLOT with the error set. */
export function newTuple(kind: u32, from: usize, count: u32): u64 {
  if (tooMany(count)) return NO_SLOT;
  const node = allocate(count + 1);
  if (node == 0) return NO_SLOT;
  let flags = copySlots(node + 8, from, count);
  if (flags & KIND_NODE && kind == NODE_TUPLE && !areHashable(from, count, 8)) flags |= FLAG_UNHASHABLE;
  store<u32>(node, flags);
  store<u32>(node, count, 4);
  return nodeSlot(kind, node);
}

/**
 * Appends `count` slots to a list's, set's or dict's runs. `header` words 2 and 3 are the run pointers.
 * Returns the address at which the slots are to be written, or 0 with the error set.
 */
export function extendRuns(node: usize, count: u32): usize {
  const last = (<usize>load<u32>(node, 12)) << 3;
  if (last != 0) {
    const held = load<u32>(last, 4);
    const end = last + 8 + ((<usize>held) << 3);
    if (end == graphTop && <usize>count <= (graphEnd - end) >> 3) {
      graphTop = end + ((<usize>count) << 3);
      store<u32>(last, held + count, 4);
      return end;
    }
  }
  const run = allocate(count + 1);
  if (run == 0) return 0;
  store<u32>(run, 0);
  store<u32>(run, count, 4);
  if (last != 0) store<u32>(last, <u32>(run >> 3));
  else store<u32>(node, <u32>(run >> 3), 8);
  store<u32>(node, <u32>(run >> 3), 12);
  return run + 8;
}

/** Appends `count` slots to a list or set. False with the error set. */
export function appendItems(node: usize, from: usize, count: u32): bool {
  if (count == 0) return true;
  const total = load<u32>(node, 4) + count;
  if (tooMany(total)) return false;
  const place = extendRuns(node, count);
  if (place == 0) return false;
  store<u32>(node, load<u32>(node) | copySlots(place, from, count));
  store<u32>(node, total, 4);
  return true;
}

/** A node of 6 slots: OBJECT, PERSISTENT or EXTENSION. NO_SLOT with the error set. */
export function newObject(kind: u32, how: u32, callable: u64, args: u64, kwargs: u64, offset: f64): u64 {
  const node = allocate(6);
  if (node == 0) return NO_SLOT;
  store<u32>(node, 0);
  store<u32>(node, how, 4);
  store<u64>(node, callable, 8);
  store<u64>(node, args, 16);
  store<u64>(node, kwargs, 24);
  store<u64>(node, 0, 32);
  store<f64>(node, offset, 40);
  return nodeSlot(kind, node);
}

export function newNamed(kind: u32, name: u64, offset: f64): u64 {
  return newObject(kind, 0, name, constant(CONST_ABSENT), constant(CONST_ABSENT), offset);
}

/** Adds an op to an object node: `slots` operand slots, whose address is returned, or 0 with the error set. */
export function newOp(node: usize, what: u32, slots: u32, offset: f64): usize {
  const op = allocate(slots + 2);
  if (op == 0) return 0;
  store<u32>(op, 0);
  store<u32>(op, what, 4);
  store<f64>(op, offset, 8);
  const last = (<usize>load<u32>(node, 36)) << 3;
  if (last != 0) store<u32>(last, <u32>(op >> 3));
  else store<u32>(node, <u32>(op >> 3), 32);
  store<u32>(node, <u32>(op >> 3), 36);
  return op + 16;
}

/** An op with one operand slot. False with the error set. */
export function addOp(node: usize, what: u32, operand: u64, offset: f64): bool {
  const place = newOp(node, what, 1, offset);
  if (place == 0) return false;
  store<u64>(place, operand);
  return true;
}

/** An op with a run of operand slots. False with the error set. */
export function addRunOp(node: usize, what: u32, from: usize, count: u32, offset: f64): bool {
  const place = newOp(node, what, count + 1, offset);
  if (place == 0) return false;
  store<u32>(place, copySlots(place + 8, from, count));
  store<u32>(place, count, 4);
  return true;
}

/** Bytes that stay in the input. NO_SLOT with the error set. */
export function newPayload(kind: u32, offset: f64, length: f64): u64 {
  const node = allocate(3);
  if (node == 0) return NO_SLOT;
  store<u32>(node, 0);
  store<u32>(node, load<u32>(REG_LAST_PAYLOAD), 4);
  store<f64>(node, offset, 8);
  store<f64>(node, length, 16);
  store<u32>(REG_LAST_PAYLOAD, <u32>(node >> 3));
  return nodeSlot(kind, node);
}
