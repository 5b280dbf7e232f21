/**
 * Text: gathered in chunks, one-byte (Latin-1) and two-byte (UTF-16) apart. A string never crosses the end of a chunk,
 * so that JavaScript can make one long string of each chunk and cut it up.
 */
import { REG_ERROR, REG_SHARED, REG_TEXT1_TOP, REG_TEXT2_TOP } from './generated/abi';
import { INVALID_UTF8 } from './generated/errors';
import { TAG_SHARED, TAG_STR1, TAG_STR2, TEXT2_CHUNK_BITS } from './generated/layout';
import { NO_SLOT } from './graph';
import { share } from './memo';
import { CHUNK, REPEATS, TEXT1_HOME, TEXT2_HOME, takeAligned, takeChunks } from './memory';

const CHUNK2: u32 = 1 << TEXT2_CHUNK_BITS;

let text1Top: usize = TEXT1_HOME;
let text1End: usize = TEXT1_HOME + CHUNK;
let text2Top: usize = TEXT2_HOME;
let text2End: usize = TEXT1_HOME;

export function resetText(): void {
  text1Top = TEXT1_HOME;
  text1End = TEXT1_HOME + CHUNK;
  text2Top = TEXT2_HOME;
  text2End = TEXT1_HOME;
  resetRepeats();
}

/** Tells the host how far the newest chunks are filled. */
export function publishText(): void {
  store<u32>(REG_TEXT1_TOP, <u32>text1Top);
  store<u32>(REG_TEXT2_TOP, <u32>text2Top);
}

// @ts-expect-error: decorator
@inline
function oneByte(offset: usize, length: u32): u64 {
  return ((<u64>((TAG_STR1 << 16) | length)) << 32) | offset;
}

// --- repeats ---
//
// Many programs write the same few short texts over and over as different objects, so that the memo does not know them.
// A table of the latest ones makes them shared strings: JavaScript then makes each once. Where few repeat it is let be:
// on a list of dicts with such texts it saves a quarter of the time, on unique texts it would cost a tenth.
//
//   entry, 16 bytes: [slot: STR1 the first time, SHARED from the second on] [hash, decode]

/** Longest text that is looked up, in bytes. */
const MAX_REPEAT_BYTES: u32 = 32;
const REPEATS_MASK: u32 = 4095;
/** After so many look-ups the hits are counted; below a quarter, the next so many texts are not looked up. */
const TRIAL: u32 = 2048;
const PAUSE: u32 = 65536;

let decode: u32 = 0;
let tries: u32 = 0;
let hits: u32 = 0;
let pause: u32 = 0;

function resetRepeats(): void {
  decode++;
  tries = 0;
  hits = 0;
  pause = 0;
}

/** As `utf8Slot`, for 1 to MAX_REPEAT_BYTES bytes. */
function repeatableSlot(from: usize, length: u32): u64 {
  if (++tries == TRIAL) {
    if (hits << 2 < TRIAL) pause = PAUSE;
    tries = 0;
    hits = 0;
  }
  const hash = hashOf(from, length);
  const entry = REPEATS + ((<usize>((hash >> 8) & REPEATS_MASK)) << 4);
  if (load<u32>(entry, 8) == hash && load<u32>(entry, 12) == decode) {
    const known = load<u64>(entry);
    const isShared = <u32>(known >> 48) == TAG_SHARED;
    const text = isShared ? load<u64>(<usize>load<u32>(REG_SHARED) + ((<usize>(<u32>known)) << 4)) : known;
    if (<u32>(text >> 32) == ((TAG_STR1 << 16) | length) && isSame(<usize>(<u32>text), from, length)) {
      hits++;
      if (isShared) return known;
      const slot = share(known);
      if (slot != NO_SLOT) store<u64>(entry, slot);
      return slot;
    }
  }
  const place = ascii(from, length);
  if (place == 0) return load<i32>(REG_ERROR) == 0 ? wideSlot(from, length) : NO_SLOT;
  const slot = oneByte(place, length);
  store<u64>(entry, slot);
  store<u32>(entry, hash, 8);
  store<u32>(entry, decode, 12);
  return slot;
}

/** The last bytes of a text, up to 8 of them, the rest zero. */
// @ts-expect-error: decorator
@inline
function tail(from: usize, length: u32): u64 {
  const rest = ((length - 1) & 7) + 1;
  return load<u64>(from + length - rest) << ((8 - rest) << 3);
}

function hashOf(from: usize, length: u32): u32 {
  let hash: u64 = length;
  for (let i: u32 = 8; i < length; i += 8) hash = (hash ^ load<u64>(from + i - 8)) * 0x9e3779b97f4a7c15;
  hash = (hash ^ tail(from, length)) * 0x9e3779b97f4a7c15;
  return (<u32>(hash >> 32)) ^ (<u32>hash);
}

/** Whether two texts of `length` bytes, at least 1, are the same. Reads up to 7 bytes past their ends. */
export function isSame(one: usize, other: usize, length: u32): bool {
  for (let i: u32 = 8; i < length; i += 8) {
    if (load<u64>(one + i - 8) != load<u64>(other + i - 8)) return false;
  }
  return tail(one, length) == tail(other, length);
}

/**
 * The slot of `length` bytes of UTF-8 at `from`, lone surrogates let through; at most MAX_INLINE_TEXT_BYTES.
 * Reads up to 7 bytes past the end, which are inside linear memory. NO_SLOT with the error set.
 */
export function utf8Slot(from: usize, length: u32): u64 {
  if (pause != 0) pause--;
  else if (length - 1 < MAX_REPEAT_BYTES) return repeatableSlot(from, length);
  const place = ascii(from, length);
  if (place != 0) return oneByte(place, length);
  return load<i32>(REG_ERROR) == 0 ? wideSlot(from, length) : NO_SLOT;
}

/** The slot of ASCII bytes, or NO_SLOT: with the error set, or, if it is not, some byte is not ASCII. */
export function asciiSlot(from: usize, length: u32): u64 {
  const place = ascii(from, length);
  return place == 0 ? NO_SLOT : oneByte(place, length);
}

/** Copies ASCII text, 8 bytes at a time: SWAR measured faster than SIMD here. 0: not ASCII, or the error is set. */
// @ts-expect-error: decorator
@inline
function ascii(from: usize, length: u32): usize {
  if (<usize>length + 8 > text1End - text1Top && !newChunk1()) return 0;
  const place = text1Top;
  let high: u64 = 0;
  let i: usize = 0;
  for (; i + 8 <= <usize>length; i += 8) {
    const eight = load<u64>(from + i);
    high |= eight;
    store<u64>(place + i, eight);
  }
  const rest = <u32>(<usize>length - i);
  if (rest != 0) {
    const eight = load<u64>(from + i);
    high |= eight & (((<u64>1) << (rest << 3)) - 1);
    store<u64>(place + i, eight);
  }
  if (high & 0x8080808080808080) return 0;
  text1Top = place + length;
  return place;
}

function newChunk1(): bool {
  const chunk = takeChunks(1);
  if (chunk == 0) return false;
  text1Top = chunk;
  text1End = chunk + CHUNK;
  return true;
}

/** Text with some non-ASCII: to UTF-16, and back to one byte a character where all fit. */
function wideSlot(from: usize, length: u32): u64 {
  if (<usize>length * 2 + 8 > text2End - text2Top) {
    const chunk = takeAligned(CHUNK2 / CHUNK);
    if (chunk == 0) return NO_SLOT;
    text2Top = chunk;
    text2End = chunk + CHUNK2;
  }
  const start = text2Top;
  const end = from + length;
  let to = start;
  let all: u32 = 0;
  // One load and one comparison a character; one that reaches over the end is found out behind the loop.
  while (from < end) {
    const word = load<u32>(from);
    let unit: u32;
    if ((word & 0xc0c0f0) == 0x8080e0) {
      unit = ((word & 0x0f) << 12) | ((word & 0x3f00) >> 2) | ((word >> 16) & 0x3f);
      if (unit < 0x800) return invalid();
      from += 3;
    } else if ((word & 0xc0e0) == 0x80c0) {
      unit = ((word & 0x1f) << 6) | ((word >> 8) & 0x3f);
      if (unit < 0x80) return invalid();
      from += 2;
    } else if ((word & 0x80) == 0) {
      unit = word & 0x7f;
      from += 1;
    } else {
      if ((word & 0xc0c0c0f8) != 0x808080f0) return invalid();
      const point = ((word & 0x07) << 18) | ((word & 0x3f00) << 4) | ((word >> 10) & 0xfc0) | ((word >> 24) & 0x3f);
      if (point < 0x10000 || point > 0x10ffff) return invalid();
      store<u16>(to, <u16>(0xd7c0 + (point >> 10)));
      to += 2;
      unit = 0xdc00 | (point & 0x3ff);
      from += 4;
    }
    store<u16>(to, <u16>unit);
    to += 2;
    all |= unit;
  }
  if (from > end) return invalid();
  const units = <u32>((to - start) >> 1);
  if (all < 0x100) return narrow(start, units);
  text2Top = to;
  return ((<u64>((TAG_STR2 << 16) | units)) << 32) | start;
}

function narrow(from: usize, units: u32): u64 {
  if (<usize>units > text1End - text1Top && !newChunk1()) return NO_SLOT;
  const place = text1Top;
  for (let i: usize = 0; i < <usize>units; i++) store<u8>(place + i, load<u8>(from + (i << 1)));
  text1Top = place + units;
  return oneByte(place, units);
}

function invalid(): u64 {
  store<i32>(REG_ERROR, INVALID_UTF8);
  return NO_SLOT;
}
