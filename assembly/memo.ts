/**
 * The memo: a dense array of slots for numbers near the count, a hash table for the rest, so that it costs by entries
 * and never by number. And the table of shared strings, which GET fills.
 */
import { REG_ERROR, REG_ERROR_ACTUAL, REG_MAX_MEMO, REG_SHARED, REG_SHARED_COUNT } from './generated/abi';
import { LIMIT_MEMO } from './generated/errors';
import { CONST_ABSENT, TAG_SHARED } from './generated/layout';
import { NO_SLOT, constant } from './graph';
import { MEMO_HOME, SHARED_HOME, grownSize, growTable, mix, takeChunks } from './memory';

let memo: usize = MEMO_HOME;
let memoBytes: u32 = <u32>(SHARED_HOME - MEMO_HOME);
/** Dense numbers: 0 .. size - 1 are there or absent. */
let memoSize: u32 = 0;
/** Entries, dense and sparse: the number that MEMOIZE takes. */
let memoCount: u32 = 0;

// The sparse table: open addressing, entries of 16 bytes [number, used] [slot].
let sparse: usize = 0;
let sparseBytes: u32 = 0;
let sparseCount: u32 = 0;

let sharedBytes: u32 = 0;

export function resetMemo(): void {
  memo = MEMO_HOME;
  memoBytes = <u32>(SHARED_HOME - MEMO_HOME);
  memoSize = 0;
  memoCount = 0;
  sparse = 0;
  sparseBytes = 0;
  sparseCount = 0;
  store<u32>(REG_SHARED, <u32>SHARED_HOME);
  store<u32>(REG_SHARED_COUNT, 0);
  sharedBytes = 0x20000;
}

/** MEMOIZE. False with the error set. */
// @ts-expect-error: decorator
@inline
export function memoize(slot: u64): bool {
  const number = memoCount;
  if (number != memoSize || sparseCount != 0 || number >= memoBytes >> 3 || number >= load<u32>(REG_MAX_MEMO)) {
    return memoPut(number, slot);
  }
  store<u64>(memo + ((<usize>number) << 3), slot);
  memoSize = number + 1;
  memoCount = number + 1;
  return true;
}

/** PUT and its like. False with the error set. */
export function memoPut(number: u32, slot: u64): bool {
  if (number < memoSize) {
    const place = memo + ((<usize>number) << 3);
    if (load<u64>(place) == constant(CONST_ABSENT) && !countOneMore()) return false;
    store<u64>(place, slot);
    return true;
  }
  // A gap of up to as many numbers as there are entries is filled; beyond it the number is sparse.
  if (number - memoSize > memoCount + 1024) return sparsePut(number, slot);
  while (<u64>number >= <u64>(memoBytes >> 3)) {
    const moved = growTable(memo, memoBytes);
    if (moved == 0) return false;
    memo = moved;
    memoBytes = grownSize(memoBytes);
  }
  for (; memoSize <= number; memoSize++) {
    // What was sparse so far and is now covered moves over.
    const before = sparseCount != 0 ? sparseGet(memoSize) : constant(CONST_ABSENT);
    store<u64>(memo + ((<usize>memoSize) << 3), before);
  }
  const place = memo + ((<usize>number) << 3);
  if (load<u64>(place) == constant(CONST_ABSENT) && !countOneMore()) return false;
  store<u64>(place, slot);
  return true;
}

/** The slot under a number, or CONST_ABSENT. */
// @ts-expect-error: decorator
@inline
export function memoGet(number: u32): u64 {
  if (number < memoSize) return load<u64>(memo + ((<usize>number) << 3));
  return sparseCount == 0 ? constant(CONST_ABSENT) : sparseGet(number);
}

/** Replaces what is under a number that is there. */
export function memoReplace(number: u32, slot: u64): void {
  if (number < memoSize) store<u64>(memo + ((<usize>number) << 3), slot);
  else store<u64>(sparsePlace(number), slot, 8);
}

/** Gives a string its place among the shared ones. NO_SLOT with the error set. */
export function share(slot: u64): u64 {
  const index = load<u32>(REG_SHARED_COUNT);
  if ((<u64>index) << 4 >= <u64>sharedBytes) {
    const moved = growTable(load<u32>(REG_SHARED), sharedBytes);
    if (moved == 0) return NO_SLOT;
    store<u32>(REG_SHARED, <u32>moved);
    sharedBytes = grownSize(sharedBytes);
  }
  const place = <usize>load<u32>(REG_SHARED) + ((<usize>index) << 4);
  store<u64>(place, slot);
  store<u64>(place, 0, 8);
  store<u32>(REG_SHARED_COUNT, index + 1);
  return ((<u64>TAG_SHARED) << 48) | index;
}

function countOneMore(): bool {
  if (memoCount >= load<u32>(REG_MAX_MEMO)) {
    store<i32>(REG_ERROR, LIMIT_MEMO);
    store<f64>(REG_ERROR_ACTUAL, <f64>memoCount + 1);
    return false;
  }
  memoCount++;
  return true;
}

/** Address of a number's entry, or of the free one where it would go. */
function sparsePlace(number: u32): usize {
  const mask = (sparseBytes >> 4) - 1;
  let hash = mix(number) & mask;
  while (true) {
    const place = sparse + ((<usize>hash) << 4);
    if (load<u32>(place, 4) == 0 || load<u32>(place) == number) return place;
    hash = (hash + 1) & mask;
  }
}

function sparseGet(number: u32): u64 {
  const place = sparsePlace(number);
  return load<u32>(place, 4) == 0 ? constant(CONST_ABSENT) : load<u64>(place, 8);
}

function sparsePut(number: u32, slot: u64): bool {
  if (<u64>sparseCount * 32 >= <u64>sparseBytes && !growSparse()) return false;
  const place = sparsePlace(number);
  if (load<u32>(place, 4) == 0) {
    if (!countOneMore()) return false;
    store<u32>(place, number);
    store<u32>(place, 1, 4);
    sparseCount++;
  }
  store<u64>(place, slot, 8);
  return true;
}

function growSparse(): bool {
  const old = sparse;
  const oldBytes = sparseBytes;
  const bytes = grownSize(oldBytes);
  const place = takeChunks(bytes >> 20);
  if (place == 0) return false;
  memory.fill(place, 0, bytes);
  sparse = place;
  sparseBytes = bytes;
  for (let at: usize = old; at < old + oldBytes; at += 16) {
    if (load<u32>(at, 4) == 0) continue;
    const to = sparsePlace(load<u32>(at));
    store<u64>(to, load<u64>(at));
    store<u64>(to, load<u64>(at, 8), 8);
  }
  return true;
}
