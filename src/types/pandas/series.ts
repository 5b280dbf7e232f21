/** A pandas.Series: one column of values, and the labels of its rows. */
import { lazyJson } from '../../spec/lazy-json.ts';
import { customInspect, type Inspect, type PrintOptions } from '../../arrays/print.ts';
import { printedSeries } from './print.ts';
import { refuse } from '../../arrays/refuse.ts';
import type { ArrayData } from '../../arrays/storage.ts';
import { fieldsOf } from '../stdlib/arguments.ts';
import { type Column, jsonLabel, jsonValue, lazyListOf, listOf } from './column.ts';
import { ExtensionArray } from './extension-array.ts';
import { Index } from './index-objects.ts';
import { BlockManager } from './managers.ts';
import { columnOf } from './new-index.ts';

/** Of what has no state yet. */
export const NO_LABELS = new Index('Index', new ExtensionArray('').column, [null]);

export class Series {
  /** The class, as the pickle has it: 'pandas.core.series.Series'. */
  readonly className: string;
  #name: unknown = null;
  #index = NO_LABELS;
  #column: Column = NO_LABELS.column;
  #attrs: ReadonlyMap<string, unknown> = new Map();

  constructor(className: string) {
    this.className = className;
  }

  get name(): unknown {
    return this.#name;
  }

  /** The labels of the rows. */
  get index(): Index {
    return this.#index;
  }

  /** What the values are made of. */
  get column(): Column {
    return this.#column;
  }

  get dtype(): string {
    return this.#column.dtype;
  }

  get length(): number {
    return this.#column.length;
  }

  /** What the user has noted, under text keys. */
  get attrs(): ReadonlyMap<string, unknown> {
    return this.#attrs;
  }

  /**
   * All values: a typed array where they are numbers and none is missing, counts since 1970 of times, else an array with
   * null where one is missing. It shares memory with the pickle where that is so.
   */
  get values(): ArrayData {
    return this.#column.values();
  }

  /** The value at a place, counted from 0; null where it is missing; undefined where there is none. */
  get(i: number): unknown {
    return i >= 0 && i < this.length ? this.#column.get(i) : undefined;
  }

  /** All values as `get` gives them. */
  toArray(): unknown[] {
    return listOf(this.#column);
  }

  *[Symbol.iterator](): Generator<unknown, void> {
    for (let i = 0; i < this.length; i++) yield this.#column.get(i);
  }

  /** As pandas' to_json with orient 'split': NaN and what is missing are null, times ISO text. */
  toJSON(): unknown {
    return { name: jsonLabel(this.#name), index: this.#index.toJSON(), data: this.toArray().map(jsonValue) };
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    return { name: jsonLabel(this.#name), index: this.#index[lazyJson](), data: lazyListOf(this.#column, jsonValue) };
  }

  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string {
    return printedSeries(this, depth, options, inspect);
  }

  /** A Series of a column, as that of a DataFrame. */
  static of(column: Column, index: Index, name: unknown): Series {
    const series = new Series('pandas.Series');
    series.become(column, index, name);
    return series;
  }

  /**
   * BUILD: a dict with a block manager of one block; its name is in the dict.
   * @throws PickleError INVALID_STATE where it is none
   */
  setState(state: unknown): void {
    const fields = fieldsOf(state);
    const manager = fields?.get('_mgr') ?? fields?.get('_data');
    if (fields === undefined || !(manager instanceof BlockManager)) refuse('The state of a Series has no blocks.');
    const [index, ...others] = manager.axes;
    const [block, ...more] = manager.blocks;
    if (index === undefined || block === undefined || others.length + more.length > 0) {
      refuse('A Series has one block and one axis.');
    }
    const { values } = block;
    const rows = values instanceof ExtensionArray ? values.rows : undefined;
    const column = rows === undefined ? columnOf(values) : rows.length === 1 ? rows[0] : undefined;
    if (column === undefined) refuse('The values of a Series are none that are known.');
    this.become(column, index, fields.get('_name') ?? fields.get('name') ?? null);
    this.#attrs = fieldsOf(fields.get('attrs')) ?? new Map();
  }

  /**
   * Takes a pickled state: the Series was made before it.
   * @throws PickleError INVALID_STATE where the two differ in length
   */
  become(column: Column, index: Index, name: unknown): void {
    if (column.length !== index.length) refuse(`${index.length} rows have a block of ${column.length}.`);
    this.#column = column;
    this.#index = index;
    this.#name = name;
  }
}
