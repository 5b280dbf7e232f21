/**
 * Linear memory, in chunks of 1 MiB.
 *
 * ```text
 * 0x000000  the compiler's own data            0x048000  memo, first 16,384 entries
 * 0x010000  registers, see REG_*               0x068000  shared strings, first 8,192
 * 0x020000  window on the input, 64 KiB        0x088000  repeated texts (assembly/text.ts)
 * 0x030000  stack, first 8,192 slots           0x098000  graph, first 416 KiB
 * 0x040000  marks, first 8,192                 0x100000  keys and shapes (assembly/shapes.ts), 7 MiB
 * 0x800000  two-byte text, 3 MiB                 0xb00000  one-byte text, then chunks as they are needed
 * ```
 *
 * Pages that are never touched cost nothing, so the fixed places are generous. Stack, marks, memo and the table of
 * shared strings move to chunks of their own when they outgrow their first place. `begin` takes all chunks back.
 */
import { REG_ERROR, REG_ERROR_ACTUAL, REG_MAX_ALLOCATION, REG_SEED } from './generated/abi';
import { LIMIT_ALLOC } from './generated/errors';

export const CHUNK_BITS: u32 = 20;
export const CHUNK: u32 = 1 << CHUNK_BITS;

export const STACK_HOME: usize = 0x30000;
export const MARKS_HOME: usize = 0x40000;
export const MEMO_HOME: usize = 0x48000;
export const SHARED_HOME: usize = 0x68000;
export const REPEATS: usize = 0x88000;
export const GRAPH_HOME: usize = 0x98000;
export const TABLES: usize = 0x100000;
/** At a multiple of a two-byte chunk's size. */
export const TEXT2_HOME: usize = 0x800000;
export const TEXT1_HOME: usize = 0xb00000;
const CHUNKS_HOME: u32 = <u32>TEXT1_HOME + CHUNK;

/** First byte that no chunk has taken yet. */
let top: u32 = CHUNKS_HOME;
/** Chunks given back, chained through their first word. */
let freeChunk: u32 = 0;

/** Set when an allocation was refused. */
export function refuse(bytes: f64): void {
  store<i32>(REG_ERROR, LIMIT_ALLOC);
  store<f64>(REG_ERROR_ACTUAL, bytes);
}

export function resetMemory(): void {
  top = CHUNKS_HOME;
  freeChunk = 0;
}

/** Address of `count` chunks in a row, or 0: over `maxAllocation`, or over what wasm can have. */
export function takeChunks(count: u32): usize {
  if (count == 1 && freeChunk != 0) {
    const chunk = freeChunk;
    freeChunk = load<u32>(chunk);
    return chunk;
  }
  return takeFresh(count);
}

/** Address of `count` chunks in a row, a power of two, at a multiple of their size; or 0. */
export function takeAligned(count: u32): usize {
  const unaligned = (0 - top) & ((count << CHUNK_BITS) - 1);
  if (unaligned != 0) {
    const between = takeFresh(unaligned >> CHUNK_BITS);
    if (between == 0) return 0;
    giveBack(between, unaligned);
  }
  return takeFresh(count);
}

/** As `takeChunks`, at the end of all that is taken. */
function takeFresh(count: u32): usize {
  const wanted = <u64>top + ((<u64>count) << CHUNK_BITS);
  const asked = <f64>(wanted - <u64>CHUNKS_HOME);
  if (asked > load<f64>(REG_MAX_ALLOCATION) || wanted > 0xfff00000) {
    refuse(asked);
    return 0;
  }
  const have = (<u64>memory.size()) << 16;
  if (wanted > have) {
    // Growing by a quarter: one step to 1 GiB costs 3.5 ms, a thousand steps of 1 MiB cost 630.
    const missing = <i32>((wanted - have + 0xffff) >> 16);
    const quarter = <i32>(have >> 18);
    if (memory.grow(max(missing, quarter)) < 0 && memory.grow(missing) < 0) {
      refuse(asked);
      return 0;
    }
  }
  const chunks = top;
  top = <u32>wanted;
  return chunks;
}

function giveBack(address: usize, bytes: u32): void {
  if (address < CHUNKS_HOME) return;
  for (let at: u32 = 0; at < bytes; at += CHUNK) {
    store<u32>(address + at, freeChunk);
    freeChunk = <u32>address + at;
  }
}

/**
 * Makes room for twice as many `bytes` and returns where the table lies then, or 0. Its size there is
 * `grownSize(bytes)`. Where nothing lies behind it, it stays: touching fresh pages costs more than filling them.
 */
export function growTable(address: usize, bytes: u32): usize {
  if (address >= CHUNKS_HOME && <u32>address + bytes == top) return takeFresh(bytes >> CHUNK_BITS) == 0 ? 0 : address;
  const place = takeChunks(grownSize(bytes) >> CHUNK_BITS);
  if (place == 0) return 0;
  memory.copy(place, address, bytes);
  giveBack(address, bytes);
  return place;
}

export function grownSize(bytes: u32): u32 {
  return max(CHUNK, bytes * 2);
}

/** Spreads a number over 32 bits, otherwise in every instance. */
export function mix(value: u32): u32 {
  let hash = value ^ load<u32>(REG_SEED);
  hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
  return hash ^ (hash >> 16);
}
