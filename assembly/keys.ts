/**
 * Keys of dicts, interned: the same text is the same number, from call to call. Where they lie is drawn in `shapes.ts`.
 */
import { KEYS, REG_SEED, REG_SHARED } from './generated/abi';
import { MAX_KEYS, MAX_KEY_BYTES, MAX_SHAPE_KEYS, TAG_SHARED, TAG_STR1, TAG_STR2 } from './generated/layout';
import { CHUNK_BITS, TABLES, mix } from './memory';
import { isSame } from './text';

const KEY_TABLE: usize = TABLES;
const KEY_TABLE_MASK: u32 = 131071;
const KEY_TEXT: usize = TABLES + 0x180000;
const KEY_TEXT_END: usize = TABLES + 0x380000;

export const NO_KEY: u32 = 0xffffffff;

let keyCount: u32 = 0;
let keyTextTop: usize = KEY_TEXT;

/** Whether there may be no room for the keys of another decode. */
export function keysAreFull(): bool {
  return keyCount >= MAX_KEYS - MAX_SHAPE_KEYS || keyTextTop + 65536 > KEY_TEXT_END;
}

export function resetKeys(): void {
  memory.fill(KEY_TABLE, 0, (<usize>(KEY_TABLE_MASK + 1)) << 2);
  keyCount = 0;
  keyTextTop = KEY_TEXT;
}

/** Number of the key that a slot holds, or NO_KEY: no short text, or the table is full. */
export function keyOf(slot: u64): u32 {
  const tag = <u32>(slot >> 48);
  if (tag == TAG_SHARED) {
    const entry = <usize>load<u32>(REG_SHARED) + ((<usize>(<u32>slot)) << 4);
    const known = load<u32>(entry, 8);
    if (known != 0) return known - 1;
    const key = internKey(load<u64>(entry));
    if (key != NO_KEY) store<u32>(entry, key + 1, 8);
    return key;
  }
  return tag == TAG_STR1 || tag == TAG_STR2 ? internKey(slot) : NO_KEY;
}

function internKey(slot: u64): u32 {
  const wide = <u32>(<u32>(slot >> 48) == TAG_STR2);
  const bytes = ((<u32>(slot >> 32)) & 0xffff) << wide;
  if (bytes > MAX_KEY_BYTES) return NO_KEY;
  const text = <usize>(<u32>slot);
  const size = bytes | (wide << 31);
  let hash = size ^ load<u32>(REG_SEED);
  for (let i: u32 = 0; i < bytes; i++) hash = (hash ^ (<u32>load<u8>(text + i))) * 0x01000193;
  hash = mix(hash);
  let at = hash & KEY_TABLE_MASK;
  while (true) {
    const found = load<u32>(KEY_TABLE + ((<usize>at) << 2));
    if (found == 0) break;
    const key = KEYS + ((<usize>(found - 1)) << 4);
    if (load<u32>(key, 8) == hash && load<u32>(key, 4) == size && memory.compare(load<u32>(key), text, bytes) == 0) {
      return found - 1;
    }
    at = (at + 1) & KEY_TABLE_MASK;
  }
  if (keyCount >= MAX_KEYS || <usize>bytes > KEY_TEXT_END - keyTextTop) return NO_KEY;
  // Text must not cross the end of a chunk: see text.ts.
  if (keyTextTop >> CHUNK_BITS != (keyTextTop + bytes) >> CHUNK_BITS) {
    keyTextTop = ((keyTextTop >> CHUNK_BITS) + 1) << CHUNK_BITS;
    if (<usize>bytes > KEY_TEXT_END - keyTextTop) return NO_KEY;
  }
  const key = KEYS + ((<usize>keyCount) << 4);
  memory.copy(keyTextTop, text, bytes);
  store<u32>(key, <u32>keyTextTop);
  store<u32>(key, size, 4);
  store<u32>(key, hash, 8);
  // Two-byte text stays aligned.
  keyTextTop += (bytes + 1) & ~1;
  store<u32>(KEY_TABLE + ((<usize>at) << 2), keyCount + 1);
  return keyCount++;
}

/** Whether a slot holds the text of a key, one-byte text of at least one character; of others it does not know. */
// @ts-expect-error: decorator
@inline
export function isKey(slot: u64, number: u32): bool {
  const key = KEYS + ((<usize>number) << 4);
  const bytes = load<u32>(key, 4);
  if (<u32>(slot >> 32) != ((TAG_STR1 << 16) | bytes) || bytes == 0) return false;
  return isSame(<usize>(<u32>slot), <usize>load<u32>(key), bytes);
}

/** A slot with a key's text, which lies where it was interned. */
export function keySlotOf(number: u32): u64 {
  const key = KEYS + ((<usize>number) << 4);
  const size = load<u32>(key, 4);
  const wide = size >> 31;
  const length = (size & 0x7fffffff) >> wide;
  return ((<u64>(((wide ? TAG_STR2 : TAG_STR1) << 16) | length)) << 32) | load<u32>(key);
}
