/**
 * Keys and shapes: what makes 200,000 dicts of the same few keys cheap. They live on from call to call.
 *
 * ```text
 * 0x100000  key table      131,072 x u32           key number + 1, open addressing
 * 0x180000  keys           65,536 x 16 bytes       [address, length in bytes | two-byte flag << 31] [hash, -]
 * 0x280000  key text       2 MiB
 * 0x480000  shape table    8,192 x u32             shape number + 1, open addressing
 * 0x488000  predictions    256 x u32               shape number + 1, by first key and count
 * 0x488400  guesses      64 x u32                shape number + 1, by the number of look-ups by text before
 * 0x490000  shapes         4,096 x 32 bytes        [columns, count] [hash, version] [epoch, next key + 1] [next shape, merged]
 * 0x4b0000  columns        204,800 x 16 bytes      [slot that held the key last] [key number, kinds]
 * ```
 */
import { REG_EPOCH_OF_TABLES, REG_ERROR, REG_SHAPE_COUNT, REG_SHARED } from './generated/abi';
import { FLAG_SHAPED, KEY_KINDS_SHIFT, MAX_SHAPES, MAX_SHAPE_KEYS, TAG_SHARED } from './generated/layout';
import { allocate, copySlots, extendRuns, kindOf, tooMany } from './graph';
import { NO_KEY, isKey, keyOf, keySlotOf, keysAreFull, resetKeys } from './keys';
import { TABLES, TEXT2_HOME, mix } from './memory';

const SHAPE_TABLE: usize = TABLES + 0x380000;
const SHAPE_TABLE_MASK: u32 = 8191;
const PREDICTIONS: usize = TABLES + 0x388000;
const GUESSES: usize = TABLES + 0x388400;
const GUESSES_MASK: u32 = 63;
export const SHAPES: usize = TABLES + 0x390000;
export const COLUMNS: usize = TABLES + 0x3b0000;
const COLUMNS_END: usize = TEXT2_HOME;

const NO_SHAPE: u32 = 0xffffffff;

let columnsTop: usize = COLUMNS;
/** Counts decodes: slots seen in another decode mean other strings. */
let epoch: u32 = 0;
/** Look-ups of shapes by text in this decode. */
let lookups: u32 = 0;

/** For a new decode. Where the tables are full they begin anew, and the host is told by the epoch of the tables. */
export function beginShapes(): void {
  epoch++;
  lookups = 0;
  const isFull = load<u32>(REG_SHAPE_COUNT) >= MAX_SHAPES || columnsTop + 65536 > COLUMNS_END;
  if (!isFull && !keysAreFull()) return;
  resetKeys();
  memory.fill(SHAPE_TABLE, 0, (<usize>(SHAPE_TABLE_MASK + 1)) << 2);
  memory.fill(PREDICTIONS, 0, 1024);
  memory.fill(GUESSES, 0, 256);
  columnsTop = COLUMNS;
  store<u32>(REG_SHAPE_COUNT, 0);
  store<u32>(REG_EPOCH_OF_TABLES, load<u32>(REG_EPOCH_OF_TABLES) + 1);
}

// @ts-expect-error: decorator
@inline
function shapeAt(shape: u32): usize {
  return SHAPES + ((<usize>shape) << 5);
}

// --- shapes ---

// @ts-expect-error: decorator
@inline
function extendHash(hash: u32, key: u32): u32 {
  return (hash ^ key) * 0x9e3779b1 + 0x7f4a7c15;
}

/** Key numbers of a shape to be looked up. */
const scratch: usize = memory.data(<i32>MAX_SHAPE_KEYS * 4, 8);

/** The shape of `count` keys in `scratch`, or NO_SHAPE: two keys are the same, or the tables are full. */
function findShape(count: u32, hash: u32): u32 {
  let at = mix(hash) & SHAPE_TABLE_MASK;
  while (true) {
    const found = load<u32>(SHAPE_TABLE + ((<usize>at) << 2));
    if (found == 0) break;
    const shape = shapeAt(found - 1);
    if (load<u32>(shape, 8) == hash && load<u32>(shape, 4) == count && hasScratchKeys(load<u32>(shape), count)) {
      return found - 1;
    }
    at = (at + 1) & SHAPE_TABLE_MASK;
  }
  const number = load<u32>(REG_SHAPE_COUNT);
  if (number >= MAX_SHAPES || (<usize>count) << 4 > COLUMNS_END - columnsTop || hasTwins(count)) return NO_SHAPE;
  const shape = shapeAt(number);
  store<u32>(shape, <u32>columnsTop);
  store<u32>(shape, count, 4);
  store<u32>(shape, hash, 8);
  store<u32>(shape, 0, 12);
  store<u64>(shape, 0, 16);
  store<u64>(shape, 0, 24);
  for (let i: u32 = 0; i < count; i++) {
    store<u64>(columnsTop, 0);
    store<u32>(columnsTop, load<u32>(scratch + ((<usize>i) << 2)), 8);
    store<u32>(columnsTop, 0, 12);
    columnsTop += 16;
  }
  store<u32>(SHAPE_TABLE + ((<usize>at) << 2), number + 1);
  store<u32>(REG_SHAPE_COUNT, number + 1);
  return number;
}

function hasScratchKeys(columns: usize, count: u32): bool {
  for (let i: u32 = 0; i < count; i++) {
    if (load<u32>(columns + ((<usize>i) << 4), 8) != load<u32>(scratch + ((<usize>i) << 2))) return false;
  }
  return true;
}

/** Whether the keys of `count` entries at `from` are those of a shape, as one-byte texts; of others it does not know. */
function hasKeyTexts(shape: usize, from: usize, count: u32): bool {
  if (load<u32>(shape, 4) != count) return false;
  const columns = <usize>load<u32>(shape);
  for (let i: u32 = 0; i < count; i++) {
    let slot = load<u64>(from + ((<usize>i) << 4));
    if (<u32>(slot >> 48) == TAG_SHARED) slot = load<u64>(<usize>load<u32>(REG_SHARED) + ((<usize>(<u32>slot)) << 4));
    if (!isKey(slot, load<u32>(columns + ((<usize>i) << 4), 8))) return false;
  }
  return true;
}

function hasTwins(count: u32): bool {
  for (let i: u32 = 1; i < count; i++) {
    const key = load<u32>(scratch + ((<usize>i) << 2));
    for (let j: u32 = 0; j < i; j++) if (load<u32>(scratch + ((<usize>j) << 2)) == key) return true;
  }
  return false;
}

/**
 * The shape of `count` entries at `from` (key, value, key, ...), found by their texts. First tried is what the n-th look-up
 * of the last decode has found: messages are much like the one before, and comparing is cheaper than looking up.
 */
function shapeByText(from: usize, count: u32): u32 {
  const guess = GUESSES + ((<usize>(lookups++ & GUESSES_MASK)) << 2);
  let shape = load<u32>(guess) - 1;
  if (shape == NO_SHAPE || !hasKeyTexts(shapeAt(shape), from, count)) {
    let hash: u32 = 0;
    for (let i: u32 = 0; i < count; i++) {
      const key = keyOf(load<u64>(from + ((<usize>i) << 4)));
      if (key == NO_KEY) return NO_SHAPE;
      store<u32>(scratch + ((<usize>i) << 2), key);
      hash = extendHash(hash, key);
    }
    shape = findShape(count, hash);
    if (shape == NO_SHAPE) return NO_SHAPE;
    store<u32>(guess, shape + 1);
  }
  // From now on the same slots are known to be these keys.
  const columns = <usize>load<u32>(shapeAt(shape));
  for (let i: u32 = 0; i < count; i++) store<u64>(columns + ((<usize>i) << 4), load<u64>(from + ((<usize>i) << 4)));
  store<u32>(shapeAt(shape), epoch, 16);
  return shape;
}

/** Notes that a column's values have shown kinds. */
// @ts-expect-error: decorator
@inline
function noteKinds(shape: usize, column: usize, kinds: u32): void {
  const known = load<u32>(column, 12);
  if ((known | kinds) != known) {
    store<u32>(column, known | kinds, 12);
    store<u32>(shape, load<u32>(shape, 12) + 1, 12);
  }
}

// --- dicts ---

/** Sets `count` entries at `from` (key, value, ...) in a dict; the keys are hashable. False with the error set. */
export function setItems(node: usize, from: usize, count: u32): bool {
  if (count == 0) return true;
  const flags = load<u32>(node);
  const entries = load<u32>(node, 4);
  if (flags & FLAG_SHAPED) {
    if (count == 1 && addColumn(node, from)) return true;
    if (load<i32>(REG_ERROR) != 0) return false;
    if (!dropShape(node)) return false;
  } else if (entries == 0 && count <= MAX_SHAPE_KEYS) {
    if (setShaped(node, from, count)) return true;
    if (load<i32>(REG_ERROR) != 0) return false;
  }
  return setRuns(node, from, count);
}

/** Fills an empty dict by shape. False: it has none, or the error is set. */
function setShaped(node: usize, from: usize, count: u32): bool {
  const first = load<u64>(from);
  const prediction = PREDICTIONS + ((<usize>(((<u32>first) ^ ((<u32>first) >> 8) ^ (count << 3)) & 255)) << 2);
  let number = load<u32>(prediction) - 1;
  if (number == NO_SHAPE || !hasKeySlots(number, from, count)) {
    number = shapeByText(from, count);
    if (number == NO_SHAPE) return false;
    store<u32>(prediction, number + 1);
  }
  const shape = shapeAt(number);
  const values = allocate(count);
  if (values == 0) return false;
  let column = <usize>load<u32>(shape);
  let all: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const value = load<u64>(from + ((<usize>i) << 4), 8);
    store<u64>(values + ((<usize>i) << 3), value);
    const kind = kindOf(value);
    all |= kind;
    noteKinds(shape, column, kind);
    column += 16;
  }
  store<u32>(node, load<u32>(node) | FLAG_SHAPED | all);
  store<u32>(node, number, 4);
  store<u32>(node, <u32>(values >> 3), 8);
  store<u32>(node, count, 12);
  return true;
}

function hasKeySlots(number: u32, from: usize, count: u32): bool {
  const shape = shapeAt(number);
  if (load<u32>(shape, 16) != epoch || load<u32>(shape, 4) != count) return false;
  let column = <usize>load<u32>(shape);
  for (let i: u32 = 0; i < count; i++) {
    if (load<u64>(column) != load<u64>(from)) return false;
    column += 16;
    from += 16;
  }
  return true;
}

/**
 * One more entry for a shaped dict: protocol 0 and pickle.py set them one by one. False: the dict has to give its shape
 * up, or the error is set. The second run pointer is the room of the values' run, so that most additions copy nothing.
 */
function addColumn(node: usize, from: usize): bool {
  const number = load<u32>(node, 4);
  const shape = shapeAt(number);
  const count = load<u32>(shape, 4);
  if (count >= MAX_SHAPE_KEYS) return false;
  const key = keyOf(load<u64>(from));
  if (key == NO_KEY) return false;
  let next: u32;
  if (load<u32>(shape, 20) == key + 1) next = load<u32>(shape, 24);
  else {
    const columns = <usize>load<u32>(shape);
    for (let i: u32 = 0; i < count; i++) {
      store<u32>(scratch + ((<usize>i) << 2), load<u32>(columns + ((<usize>i) << 4), 8));
    }
    store<u32>(scratch + ((<usize>count) << 2), key);
    next = findShape(count + 1, extendHash(load<u32>(shape, 8), key));
    if (next == NO_SHAPE) return false;
    store<u32>(shape, key + 1, 20);
    store<u32>(shape, next, 24);
    // Its kinds have not been merged into the next shape's yet.
    store<u32>(shape, NO_SHAPE, 28);
  }
  let values = (<usize>load<u32>(node, 8)) << 3;
  if (count == load<u32>(node, 12)) {
    const room = min(count * 2, <u32>MAX_SHAPE_KEYS);
    const moved = allocate(room);
    if (moved == 0) return false;
    copySlots(moved, values, count);
    values = moved;
    store<u32>(node, <u32>(values >> 3), 8);
    store<u32>(node, room, 12);
  }
  const value = load<u64>(from, 8);
  store<u64>(values + ((<usize>count) << 3), value);
  const nextShape = shapeAt(next);
  let column = <usize>load<u32>(nextShape);
  if (load<u32>(shape, 28) != load<u32>(shape, 12)) {
    const columns = <usize>load<u32>(shape);
    for (let i: u32 = 0; i < count; i++) {
      noteKinds(nextShape, column + ((<usize>i) << 4), load<u32>(columns + ((<usize>i) << 4), 12));
    }
    store<u32>(shape, load<u32>(shape, 12), 28);
  }
  column += (<usize>count) << 4;
  const kind = kindOf(value);
  noteKinds(nextShape, column, kind);
  store<u32>(node, load<u32>(node) | kind);
  store<u32>(node, next, 4);
  return true;
}

/** Turns a shaped dict into runs of keys and values. False with the error set. */
function dropShape(node: usize): bool {
  const shape = shapeAt(load<u32>(node, 4));
  const values = (<usize>load<u32>(node, 8)) << 3;
  const count = load<u32>(shape, 4);
  store<u32>(node, load<u32>(node) & ~(FLAG_SHAPED | 0xff));
  store<u32>(node, 0, 4);
  store<u64>(node, 0, 8);
  const place = extendRuns(node, count * 2);
  if (place == 0) return false;
  const columns = <usize>load<u32>(shape);
  let kinds: u32 = 0;
  let keyKinds: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const key = keySlotOf(load<u32>(columns + ((<usize>i) << 4), 8));
    const value = load<u64>(values + ((<usize>i) << 3));
    store<u64>(place + ((<usize>i) << 4), key);
    store<u64>(place + ((<usize>i) << 4), value, 8);
    keyKinds |= kindOf(key);
    kinds |= kindOf(value);
  }
  store<u32>(node, load<u32>(node) | kinds | (keyKinds << KEY_KINDS_SHIFT));
  store<u32>(node, count, 4);
  return true;
}

function setRuns(node: usize, from: usize, count: u32): bool {
  const entries = load<u32>(node, 4) + count;
  if (tooMany(entries)) return false;
  const place = extendRuns(node, count * 2);
  if (place == 0) return false;
  let kinds: u32 = 0;
  let keyKinds: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const key = load<u64>(from + ((<usize>i) << 4));
    const value = load<u64>(from + ((<usize>i) << 4), 8);
    store<u64>(place + ((<usize>i) << 4), key);
    store<u64>(place + ((<usize>i) << 4), value, 8);
    keyKinds |= kindOf(key);
    kinds |= kindOf(value);
  }
  store<u32>(node, load<u32>(node) | kinds | (keyKinds << KEY_KINDS_SHIFT));
  store<u32>(node, entries, 4);
  return true;
}
