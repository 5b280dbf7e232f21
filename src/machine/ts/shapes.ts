import type { Shape } from '../../graph/graph.ts';
import { MAX_KEY_BYTES, MAX_SHAPE_KEYS, MAX_SHAPES } from '../../spec/layout.ts';
import { Keys } from './keys.ts';
import type { Slots } from './slots.ts';
import type { Text } from './text.ts';
import type { WordsArea } from './words-area.ts';
import { HI_NODE, HI_SHARED, HI_STR1, HI_STR2 } from '../../spec/slot-words.ts';
import { kindOf } from './words.ts';

const NO_SHAPE = -1;
const PLACES = 4 * MAX_SHAPES;
const TRIES = 24;
/** Guesses of a dict's shape, by its first and last key and its size. */
const GUESSES = 256;

/**
 * Dict shapes: sequences of different short text keys, each under a number.
 *
 * A shape remembers the key slots with which it was seen last. Keys that come from the memo have the same slots in each
 * dict, and so a dict is known by comparing words. Only where that fails are the keys looked at, as text.
 */
export class Shapes {
  count = 0;
  /** The mask of the kinds of the values placed last. */
  kinds = 0;
  private readonly keys = new Keys();
  private readonly text: Text;
  private readonly slots: Slots;
  /** By number of a shared string, the slot index of its STR1 or STR2 slot. */
  private readonly shared: WordsArea;

  /** The decode that slots seen belong to: they mean nothing in another. */
  private epoch = 1;
  /** Never goes back, so that a number and a version together tell shapes apart even after a new start. */
  private versions = 0;

  // Of each shape. Its keys lie in the pools from `starts` on.
  private starts = new Int32Array(MAX_SHAPES + 1);
  private hashes = new Int32Array(MAX_SHAPES);
  private epochs = new Int32Array(MAX_SHAPES);
  private version = new Float64Array(MAX_SHAPES);
  private parentVersion = new Float64Array(MAX_SHAPES);
  /** By shape number + 1, as a dict without keys has a first key as well: the key that came next, and the shape then. */
  private nextEpoch = new Int32Array(MAX_SHAPES + 1);
  private nextLo = new Int32Array(MAX_SHAPES + 1);
  private nextHi = new Int32Array(MAX_SHAPES + 1);
  private nextShape = new Int32Array(MAX_SHAPES + 1);
  private readonly views: (Shape | undefined)[] = [];

  // Of each key of each shape.
  private poolKeys = new Int32Array(1024);
  private poolSeen = new Int32Array(2048);
  private poolKinds = new Uint8Array(1024);

  private readonly table = new Int32Array(PLACES);
  private readonly guesses = new Int32Array(GUESSES);
  /** The keys of the dict at hand. */
  private readonly numbers = new Int32Array(MAX_SHAPE_KEYS);

  constructor(text: Text, slots: Slots, shared: WordsArea) {
    this.text = text;
    this.slots = slots;
    this.shared = shared;
  }

  begin(): void {
    this.epoch++;
    if (!this.keys.full && this.count < MAX_SHAPES) return;
    this.count = 0;
    this.keys.clear();
    this.views.length = 0;
    this.table.fill(0);
    this.epochs.fill(0);
    this.nextEpoch.fill(0);
  }

  /**
   * Fits `count` keys and values (`from`: index of the first word of the first key) to a shape, and copies the values to
   * the graph's slot `free`, where there is room.
   * @returns the shape, or -1: then nothing has happened
   */
  place(stack: Int32Array, from: number, count: number, words: Int32Array, free: number): number {
    const last = from + 4 * count - 4;
    const guess = (stack[from]! * 31 + stack[last]! * 7 + count) & (GUESSES - 1);
    let shape = this.guesses[guess]!;
    if (!this.isSeen(shape, stack, from, count)) {
      shape = this.find(stack, from, count);
      if (shape === NO_SHAPE) return NO_SHAPE;
      this.guesses[guess] = shape;
    }
    const kinds = this.poolKinds;
    const start = this.starts[shape]!;
    let missing = 0;
    let all = 0;
    let to = 2 * free;
    for (let i = 0, at = from + 2; i < count; i++, at += 4, to += 2) {
      const hi = stack[at + 1]!;
      words[to] = stack[at]!;
      words[to + 1] = hi;
      const kind = kindOf(hi);
      all |= kind;
      missing |= kind & ~kinds[start + i]!;
    }
    this.kinds = all;
    if (missing !== 0) {
      for (let i = 0, at = from + 3; i < count; i++, at += 4) this.widen(shape, i, kindOf(stack[at]!));
    }
    return shape;
  }

  /** The shape of a dict of `shape` (-1: of no keys) after one more key, or -1. */
  extend(shape: number, lo: number, hi: number): number {
    const from = shape + 1;
    let next: number;
    if (this.nextLo[from] === lo && this.nextHi[from] === hi && this.nextEpoch[from] === this.epoch) {
      next = this.nextShape[from]!;
    } else {
      next = this.findNext(shape, lo, hi);
      if (next === NO_SHAPE) return NO_SHAPE;
      this.nextLo[from] = lo;
      this.nextHi[from] = hi;
      this.nextShape[from] = next;
      this.nextEpoch[from] = this.epoch;
    }
    if (shape >= 0 && this.parentVersion[next] !== this.version[shape]) this.inherit(next, shape);
    return next;
  }

  /** Adds a kind to what a shape's key has shown. */
  widen(shape: number, key: number, kind: number): void {
    const at = this.starts[shape]! + key;
    const kinds = this.poolKinds[at]!;
    if ((kinds & kind) === kind) return;
    this.poolKinds[at] = kinds | kind;
    this.version[shape] = ++this.versions;
  }

  length(shape: number): number {
    return this.starts[shape + 1]! - this.starts[shape]!;
  }

  /** The key slots of a dict of this decode: `lo` at the even, `hi` at the odd of `2 * length(shape)` words. */
  seen(shape: number): Int32Array {
    return this.poolSeen.subarray(2 * this.starts[shape]!, 2 * this.starts[shape + 1]!);
  }

  view(shape: number): Shape {
    if (!(shape >= 0 && shape < this.count)) throw new RangeError(`there is no shape ${shape}`);
    const made = this.views[shape];
    const version = this.version[shape]!;
    if (made !== undefined && made.version === version) return made;
    const start = this.starts[shape]!;
    const end = this.starts[shape + 1]!;
    const keys = made?.keys ?? Array.from(this.poolKeys.subarray(start, end), (key) => this.keys.string(key));
    const view = { number: shape, keys, kinds: this.poolKinds.slice(start, end), version };
    this.views[shape] = view;
    return view;
  }

  private isSeen(shape: number, stack: Int32Array, from: number, count: number): boolean {
    if (shape >= this.count || this.epochs[shape] !== this.epoch) return false;
    const start = this.starts[shape]!;
    if (this.starts[shape + 1]! - start !== count) return false;
    const seen = this.poolSeen;
    for (let i = 0, at = from, s = 2 * start; i < count; i++, at += 4, s += 2) {
      if (seen[s] !== stack[at] || seen[s + 1] !== stack[at + 1]) return false;
    }
    return true;
  }

  /** Finds or makes the shape of keys by their text, and remembers their slots. */
  private find(stack: Int32Array, from: number, count: number): number {
    const numbers = this.numbers;
    let hash = count;
    for (let i = 0, at = from; i < count; i++, at += 4) {
      const key = this.keyOf(stack[at]!, stack[at + 1]!);
      if (key < 0) return NO_SHAPE;
      numbers[i] = key;
      hash = mix(hash, key);
    }
    const shape = this.lookUp(hash, count);
    if (shape === NO_SHAPE) return NO_SHAPE;
    const seen = this.poolSeen;
    for (let i = 0, at = from, s = 2 * this.starts[shape]!; i < count; i++, at += 4, s += 2) {
      seen[s] = stack[at]!;
      seen[s + 1] = stack[at + 1]!;
    }
    this.epochs[shape] = this.epoch;
    return shape;
  }

  private findNext(shape: number, lo: number, hi: number): number {
    const length = shape < 0 ? 0 : this.length(shape);
    if (length >= MAX_SHAPE_KEYS) return NO_SHAPE;
    const key = this.keyOf(lo, hi);
    if (key < 0) return NO_SHAPE;
    const start = shape < 0 ? 0 : this.starts[shape]!;
    const numbers = this.numbers;
    let hash = length + 1;
    for (let i = 0; i < length; i++) {
      numbers[i] = this.poolKeys[start + i]!;
      hash = mix(hash, numbers[i]!);
    }
    numbers[length] = key;
    const next = this.lookUp(mix(hash, key), length + 1);
    if (next === NO_SHAPE) return NO_SHAPE;
    const nextStart = this.starts[next]!;
    this.poolSeen.copyWithin(2 * nextStart, 2 * start, 2 * (start + length));
    this.poolSeen[2 * (nextStart + length)] = lo;
    this.poolSeen[2 * (nextStart + length) + 1] = hi;
    this.epochs[next] = this.epoch;
    return next;
  }

  /** The number of a key slot's text, or -1: no text, too long, or no room. */
  private keyOf(lo: number, hi: number): number {
    if (hi === HI_SHARED) {
      const slot = this.shared.words[lo]!;
      lo = this.slots.words[2 * slot]!;
      hi = this.slots.words[2 * slot + 1]!;
    }
    if (hi < HI_STR1 || hi >= HI_NODE) return -1;
    const length = hi & 0xffff;
    if (length * (hi >= HI_STR2 ? 2 : 1) > MAX_KEY_BYTES) return -1;
    this.text.read(lo, hi, this.keys.units);
    return this.keys.number(length);
  }

  /** The shape of the first `count` of `numbers`. */
  private lookUp(hash: number, count: number): number {
    const numbers = this.numbers;
    for (let t = 0; t < TRIES; t++) {
      const place = (hash + t) & (PLACES - 1);
      const shape = this.table[place]! - 1;
      if (shape < 0) return this.add(hash, count, place);
      if (this.hashes[shape] !== hash || this.length(shape) !== count) continue;
      const start = this.starts[shape]!;
      let i = 0;
      while (i < count && this.poolKeys[start + i] === numbers[i]) i++;
      if (i === count) return shape;
    }
    return NO_SHAPE;
  }

  private add(hash: number, count: number, place: number): number {
    if (this.count >= MAX_SHAPES) return NO_SHAPE;
    const numbers = this.numbers;
    for (let i = 1; i < count; i++) {
      for (let j = 0; j < i; j++) if (numbers[i] === numbers[j]) return NO_SHAPE;
    }
    const shape = this.count++;
    const start = this.starts[shape]!;
    const end = start + count;
    if (end > this.poolKeys.length) this.growPools();
    this.poolKeys.set(numbers.subarray(0, count), start);
    this.poolKinds.fill(0, start, end);
    this.starts[shape + 1] = end;
    this.hashes[shape] = hash;
    this.epochs[shape] = 0;
    this.nextEpoch[shape + 1] = 0;
    this.version[shape] = ++this.versions;
    this.parentVersion[shape] = 0;
    this.table[place] = shape + 1;
    return shape;
  }

  private growPools(): void {
    const length = 2 * this.poolKeys.length;
    const keys = new Int32Array(length);
    keys.set(this.poolKeys);
    this.poolKeys = keys;
    const seen = new Int32Array(2 * length);
    seen.set(this.poolSeen);
    this.poolSeen = seen;
    const kinds = new Uint8Array(length);
    kinds.set(this.poolKinds);
    this.poolKinds = kinds;
  }

  /** A dict that grows key by key carries what it showed under the shorter shape over to the longer one. */
  private inherit(shape: number, parent: number): void {
    const length = this.length(parent);
    const from = this.starts[parent]!;
    for (let i = 0; i < length; i++) this.widen(shape, i, this.poolKinds[from + i]!);
    this.parentVersion[shape] = this.version[parent]!;
  }
}

function mix(hash: number, key: number): number {
  const mixed = Math.imul(hash ^ key, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
