/** The tables of zstd: FSE states, Huffman codes, and the numbers that RFC 8878 gives. */
import type { BackwardBits } from './zstd-bits.ts';

/** A table of states: each has a symbol, and where to go on. */
export interface Fse {
  readonly accuracy: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

const highBit = (value: number): number => 31 - Math.clz32(value);

/** @param counts how many states each symbol has; -1: less than one */
export function fseOf(counts: readonly number[], accuracy: number): Fse {
  const size = 1 << accuracy;
  const symbols = new Uint8Array(size);
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  const next = Uint16Array.from(counts, (count) => Math.abs(count));
  let high = size;
  counts.forEach((count, symbol) => {
    if (count === -1) symbols[--high] = symbol;
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let place = 0;
  counts.forEach((count, symbol) => {
    for (let i = 0; i < count; i++) {
      symbols[place] = symbol;
      do place = (place + step) & (size - 1);
      while (place >= high);
    }
  });
  for (let state = 0; state < size; state++) {
    const value = next[symbols[state]!]!++;
    bits[state] = accuracy - highBit(value);
    bases[state] = (value << bits[state]!) - size;
  }
  return { accuracy, symbols, bits, bases };
}

/** One state that never changes. */
export function fseOfOne(symbol: number): Fse {
  return {
    accuracy: 0,
    symbols: Uint8Array.of(symbol),
    bits: new Uint8Array(1),
    bases: new Uint16Array(1),
  };
}

/**
 * Reads the description of a table.
 * @returns the table, and where it ends; or null where it is damaged
 */
export function readFse(
  bytes: Uint8Array,
  pos: number,
  maxAccuracy: number,
  maxSymbol: number,
): { table: Fse; pos: number } | null {
  let bit = 8 * pos;
  const read = (count: number): number => {
    const at = bit >> 3;
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
    bit += count;
    return (word >> ((bit - count) & 7)) & ((1 << count) - 1);
  };
  const accuracy = read(4) + 5;
  if (accuracy > maxAccuracy) return null;
  const counts: number[] = [];
  let left = 1 << accuracy;
  while (left > 0) {
    const width = highBit(left + 1) + 1;
    let value = read(width);
    const low = (1 << (width - 1)) - 1;
    const spare = (1 << width) - 1 - (left + 1);
    if ((value & low) < spare) {
      bit--;
      value &= low;
    } else if (value > low) value -= spare;
    const count = value - 1;
    left -= Math.abs(count);
    counts.push(count);
    for (let zeros = count === 0 ? 3 : 0; zeros === 3;) {
      zeros = read(2);
      for (let i = 0; i < zeros; i++) counts.push(0);
      if (counts.length > 256) return null;
    }
    if (counts.length > maxSymbol + 1 || bit > 8 * bytes.length) return null;
  }
  return left < 0 ? null : { table: fseOf(counts, accuracy), pos: (bit + 7) >> 3 };
}

export interface Huffman {
  readonly maxBits: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
}

const MAX_HUFFMAN_BITS = 11;

/** Codes from the weights of all symbols but the last, which follows. Null where they cannot be. */
export function huffmanOf(weights: readonly number[]): Huffman | null {
  const sum = weights.reduce((all, weight) => all + (weight > 0 ? 1 << (weight - 1) : 0), 0);
  if (sum === 0 || weights.length > 255) return null;
  const maxBits = highBit(sum) + 1;
  const left = (1 << maxBits) - sum;
  if (maxBits > MAX_HUFFMAN_BITS || (left & (left - 1)) !== 0) return null;
  const all = [...weights, highBit(left) + 1];
  const symbols = new Uint8Array(1 << maxBits);
  const bits = new Uint8Array(1 << maxBits);
  let at = 0;
  for (let weight = 1; weight <= maxBits; weight++) {
    all.forEach((own, symbol) => {
      if (own !== weight) return;
      const end = at + (1 << (weight - 1));
      symbols.fill(symbol, at, end);
      bits.fill(maxBits + 1 - weight, at, end);
      at = end;
    });
  }
  return { maxBits, symbols, bits };
}

/** Weights that are FSE codes themselves: two states by turns, till the bits are used up. Null where they are damaged. */
export function readWeights(table: Fse, bits: BackwardBits): number[] | null {
  const weights: number[] = [];
  const states = [bits.read(table.accuracy), bits.read(table.accuracy)];
  if (bits.left < 0) return null;
  for (let turn = 0; weights.length < 255; turn ^= 1) {
    const state = states[turn]!;
    weights.push(table.symbols[state]!);
    states[turn] = table.bases[state]! + bits.read(table.bits[state]!);
    if (bits.left < 0) {
      weights.push(table.symbols[states[turn ^ 1]!]!);
      return weights;
    }
  }
  return null;
}

const ascending = (count: number, first: number): number[] => Array.from({ length: count }, (_, i) => first + i);
const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

/** Codes of literal lengths, and of match lengths: how many bits come on top of the least value. */
export const LITERAL_BITS = Uint8Array.of(
  ...times(16, 0), // these are the lengths themselves
  ...times(4, 1),
  ...times(2, 2),
  ...times(2, 3),
  4,
  ...ascending(11, 6),
);
export const MATCH_BITS = Uint8Array.of(
  ...times(32, 0),
  ...times(4, 1),
  ...times(2, 2),
  ...times(2, 3),
  ...times(2, 4),
  5,
  ...ascending(10, 7),
);
export const LITERAL_BASES = basesOf(LITERAL_BITS, 0);
export const MATCH_BASES = basesOf(MATCH_BITS, 3);

/** Each code begins where the values of the one before end. */
function basesOf(bits: Uint8Array, first: number): Uint32Array {
  let next = first;
  return Uint32Array.from(bits, (count) => {
    const base = next;
    next += 2 ** count;
    return base;
  });
}

/** The tables that need no description. */
export const DEFAULT_LITERALS = fseOf(
  [4, 3, ...times(11, 2), 1, 1, 1, ...times(9, 2), 3, 2, ...times(5, 1), ...times(4, -1)],
  6,
);
export const DEFAULT_MATCHES = fseOf([1, 4, 3, ...times(6, 2), ...times(37, 1), ...times(7, -1)], 6);
export const DEFAULT_OFFSETS = fseOf([...times(6, 1), 2, 2, 2, ...times(15, 1), ...times(5, -1)], 5);
