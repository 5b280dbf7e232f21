/** pandas' indexes: the labels of rows and columns. */
import { lazyJson } from '../../spec/lazy-json.ts';
import { customInspect, type Inspect, type PrintOptions } from '../../arrays/print.ts';
import { printedIndex } from './print.ts';
import type { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import type { ArrayData } from '../../arrays/storage.ts';
import { codesOf } from './category-column.ts';
import { type Column, type ColumnKind, jsonLabel, lazyListOf, listOf, MAX_LIST, plainInt } from './column.ts';

/** Labels of one kind. */
export class Index {
  /** The class: 'Index', 'RangeIndex', 'DatetimeIndex', 'MultiIndex' ... */
  readonly kind: string;
  #column: Column;
  #names: readonly unknown[];

  /** @param names one, or of a MultiIndex one for each level; null where there is none */
  constructor(kind: string, column: Column, names: readonly unknown[]) {
    this.kind = kind;
    this.#column = column;
    this.#names = names;
  }

  /** What the labels are made of. */
  get column(): Column {
    return this.#column;
  }

  get names(): readonly unknown[] {
    return this.#names;
  }

  /** The name, of an index that has one level. */
  get name(): unknown {
    return this.#names.length === 1 ? this.#names[0] : null;
  }

  get dtype(): string {
    return this.#column.dtype;
  }

  get length(): number {
    return this.#column.length;
  }

  /** The label at a place: of a MultiIndex an array; null where it is missing; undefined where there is none. */
  get(i: number): unknown {
    return i >= 0 && i < this.length ? this.#column.get(i) : undefined;
  }

  /**
   * All labels: a typed array where they are numbers; counts since 1970 of times; else an array.
   * @throws RangeError where there are more than 2^28 that the pickle has no bytes for
   */
  get values(): ArrayData {
    return this.#column.values();
  }

  /** All labels as `get` gives them. */
  toArray(): unknown[] {
    return listOf(this.#column);
  }

  *[Symbol.iterator](): Generator<unknown, void> {
    for (let i = 0; i < this.length; i++) yield this.#column.get(i);
  }

  toJSON(): unknown {
    return this.toArray().map(jsonLabel);
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    return lazyListOf(this.#column, jsonLabel);
  }

  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string {
    return printedIndex(this, depth, options, inspect);
  }

  /** Takes a pickled state: the index was made before it. */
  become(column: Column, names: readonly unknown[]): void {
    this.#column = column;
    this.#names = names;
  }
}

class RangeColumn implements Column {
  readonly kind: ColumnKind = 'range';
  readonly dtype = 'int64';
  readonly length: number;
  readonly #start: bigint;
  readonly #step: bigint;

  constructor(start: bigint, step: bigint, length: number) {
    this.#start = start;
    this.#step = step;
    this.length = length;
  }

  get(i: number): number | bigint {
    return plainInt(this.#start + BigInt(i) * this.#step);
  }

  values(): BigInt64Array {
    if (this.length > MAX_LIST) throw new RangeError(`${this.length} values are too many for an array`);
    const values = new BigInt64Array(this.length);
    let value = this.#start;
    for (let i = 0; i < values.length; i++, value += this.#step) values[i] = value;
    return values;
  }
}

/** Numbers from `start` to before `stop`, in steps: none of them is stored. */
export class RangeIndex extends Index {
  readonly start: bigint;
  readonly stop: bigint;
  readonly step: bigint;

  private constructor(start: bigint, stop: bigint, step: bigint, length: number, name: unknown) {
    super('RangeIndex', new RangeColumn(start, step, length), [name]);
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  /** Undefined where the step is 0, a bound has more than 64 bits, or there are more than 2^53 of them. */
  static of(start: bigint, stop: bigint, step: bigint, name: unknown): RangeIndex | undefined {
    if (step === 0n || [start, stop, step].some((bound) => bound !== BigInt.asIntN(64, bound))) return undefined;
    const span = step > 0n ? stop - start : start - stop;
    const size = step > 0n ? step : -step;
    const length = span <= 0n ? 0 : Number((span + size - 1n) / size);
    return Number.isSafeInteger(length) ? new RangeIndex(start, stop, step, length, name) : undefined;
  }
}

class MultiColumn implements Column {
  readonly kind: ColumnKind = 'multi';
  readonly dtype = 'object';
  readonly length: number;
  readonly #levels: readonly Index[];
  readonly #codes: readonly ReturnType<typeof codesOf>[];

  constructor(levels: readonly Index[], codes: readonly ReturnType<typeof codesOf>[]) {
    this.length = codes[0]?.length ?? 0;
    this.#levels = levels;
    this.#codes = codes;
  }

  get(i: number): unknown[] {
    return this.#levels.map((level, at) => {
      const code = Number(this.#codes[at]![i]);
      return code < 0 ? null : level.get(code);
    });
  }

  values(): unknown[] {
    return listOf(this);
  }
}

/** Labels of several levels: each a code of a level's label, -1 where it is missing. */
export class MultiIndex extends Index {
  #levels: readonly Index[] = [];
  #codes: readonly ReturnType<typeof codesOf>[] = [];

  /** @throws PickleError INVALID_STATE where levels and codes do not fit each other */
  constructor(levels: readonly Index[], codes: readonly NdArray[], names: readonly unknown[]) {
    super('MultiIndex', new MultiColumn([], []), []);
    this.becomeLevels(levels, codes, names);
  }

  get levels(): readonly Index[] {
    return this.#levels;
  }

  get codes(): readonly ReturnType<typeof codesOf>[] {
    return this.#codes;
  }

  /**
   * Takes a pickled state: the index was made before it.
   * @throws PickleError INVALID_STATE where levels and codes do not fit each other
   */
  becomeLevels(levels: readonly Index[], codes: readonly NdArray[], names: readonly unknown[]): void {
    if (levels.length !== codes.length) refuse(`${levels.length} levels of an index have codes for ${codes.length}.`);
    if (names.length !== levels.length) refuse(`${levels.length} levels of an index have ${names.length} names.`);
    const checked = codes.map((array, i) => codesOf(array, levels[i]!.length));
    if (checked.some(({ length }) => length !== checked[0]!.length)) refuse('The levels of an index differ in length.');
    this.become(new MultiColumn(levels, checked), names);
    this.#levels = levels;
    this.#codes = checked;
  }
}
