/** A pandas.DataFrame: columns of one length, with labels for columns and rows. */
import { lazyJson, LazyList } from '../../spec/lazy-json.ts';
import { customInspect, type Inspect, type PrintOptions } from '../../arrays/print.ts';
import { printedFrame } from './print.ts';
import { refuse } from '../../arrays/refuse.ts';
import type { ArrayData } from '../../arrays/storage.ts';
import { setOwn } from '../../values/dicts.ts';
import { fieldsOf } from '../stdlib/arguments.ts';
import { type ArrowColumnData, arrowColumnOf } from './arrow-out.ts';
import { type Block, checkBlocks, columnsOfBlocks, type LazyColumn } from './blocks.ts';
import { type Column, jsonValue, listOf, MAX_LIST, orNull } from './column.ts';
import { headOf } from './head.ts';
import { Index } from './index-objects.ts';
import { labelText, sameLabel } from './labels.ts';
import { BlockManager } from './managers.ts';
import { NO_LABELS, Series } from './series.ts';

/** A row, by the texts of the columns' labels. */
export type FrameRecord = Record<string, unknown>;

export class DataFrame {
  /** The class, as the pickle has it: 'pandas.core.frame.DataFrame'. */
  readonly className: string;
  #blocks: readonly Block[] = [];
  #made: readonly LazyColumn[] | undefined;
  #columnIndex = NO_LABELS;
  #index = NO_LABELS;
  #labels: readonly unknown[] | undefined;
  #attrs: ReadonlyMap<string, unknown> = new Map();

  constructor(className: string) {
    this.className = className;
  }

  /** The labels of the columns; of several levels, arrays. */
  get columns(): readonly unknown[] {
    return (this.#labels ??= this.#columnIndex.toArray());
  }

  /** The index that holds the labels of the columns. */
  get columnIndex(): Index {
    return this.#columnIndex;
  }

  /** The labels of the rows. */
  get index(): Index {
    return this.#index;
  }

  /** Rows and columns. */
  get shape(): readonly [rows: number, columns: number] {
    return [this.#index.length, this.#columnIndex.length];
  }

  /** Rows. */
  get length(): number {
    return this.#index.length;
  }

  /** pandas' names of the dtypes, in the order of the columns. */
  get dtypes(): readonly string[] {
    return this.#columns.map((column) => column().dtype);
  }

  /** What the user has noted, under text keys. */
  get attrs(): ReadonlyMap<string, unknown> {
    return this.#attrs;
  }

  /**
   * The values of the first column of a label: a typed array where they are numbers and none is missing, counts since 1970
   * of times, else an array with null where one is missing. It shares memory with the pickle where the block of the column
   * lies row by row.
   * @throws RangeError where no column has that label
   */
  column(label: unknown): ArrayData {
    return this.columnAt(this.#placeOf(label)).values();
  }

  /** The column at a place, counted from 0, with what it is made of. */
  columnAt(place: number): Column {
    const column = this.#columns[place];
    if (column === undefined) throw new RangeError(`no column ${place} of ${this.#columns.length}`);
    return column();
  }

  /** @throws RangeError where no column has that label */
  series(label: unknown): Series {
    const place = this.#placeOf(label);
    return Series.of(this.columnAt(place), this.#index, this.columns[place]);
  }

  /**
   * The rows as objects, by the texts of the columns' labels; of equal ones the last is kept. As in pandas' to_json, what
   * is missing is null, NaN and the infinities too. The index is left out.
   * @throws RangeError where there are more than 2^28
   */
  toRecords(): FrameRecord[] {
    if (this.length > MAX_LIST) throw new RangeError(`${this.length} rows are too many for a list`);
    return Array.from(this);
  }

  /** The rows, one after another, as `toRecords` has them. */
  *[Symbol.iterator](): Generator<FrameRecord, void> {
    const columns = this.#columns.map((column) => column());
    const names = this.columns.map(labelText);
    for (let row = 0; row < this.length; row++) {
      const record: FrameRecord = {};
      for (let i = 0; i < columns.length; i++) setOwn(record, names[i]!, orNull(columns[i]!.get(row)));
      yield record;
    }
  }

  /** The values of all columns as `column` gives them, by the texts of their labels; of equal ones the last is kept. */
  toColumns(): Record<string, ArrayData> {
    const all: Record<string, ArrayData> = {};
    this.columns.forEach((label, i) => setOwn(all, labelText(label), this.columnAt(i).values()));
    return all;
  }

  /** All columns as Arrow's buffers: what ArrowColumnData tells. Numbers are not copied where they lie one after another. */
  toArrowColumns(): ArrowColumnData[] {
    return this.columns.map((label, i) => arrowColumnOf(labelText(label), this.columnAt(i)));
  }

  /** The first rows. They share memory with this frame. */
  head(n = 5): DataFrame {
    const frame = new DataFrame(this.className);
    const rows = Math.max(0, Math.min(Math.trunc(n) || 0, this.length));
    frame.#made = this.#columns.map((column) => () => headOf(column(), rows));
    frame.#columnIndex = this.#columnIndex;
    frame.#index = new Index(this.#index.kind, headOf(this.#index.column, rows), this.#index.names);
    frame.#attrs = this.#attrs;
    return frame;
  }

  /** As pandas' to_json with orient 'split': NaN and what is missing are null, times ISO text. */
  toJSON(): unknown {
    const columns = this.#columns.map((column) => listOf(column()));
    const data = Array.from({ length: columns.length === 0 ? 0 : this.length }, (_, row) =>
      columns.map((values) => jsonValue(values[row])),
    );
    return { columns: this.#columnIndex.toJSON(), index: this.#index.toJSON(), data };
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    const columns = this.#columns.map((column) => column());
    const index = this.#index[lazyJson]();
    const data = new LazyList(columns.length === 0 ? 0 : this.length, (row) => {
      return new LazyList(columns.length, (i) => jsonValue(columns[i]!.get(row)));
    });
    return { columns: this.#columnIndex[lazyJson](), index, data };
  }

  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string {
    return printedFrame(this, depth, options, inspect);
  }

  /**
   * BUILD: a dict with a block manager, or of old the block manager alone.
   * @throws PickleError INVALID_STATE where it is none, or its blocks do not fit its axes
   */
  setState(state: unknown): void {
    const fields = state instanceof BlockManager ? new Map<string, unknown>([['_data', state]]) : fieldsOf(state);
    const manager = fields?.get('_mgr') ?? fields?.get('_data');
    if (fields === undefined || !(manager instanceof BlockManager)) refuse('The state of a DataFrame has no blocks.');
    const [items, index, ...more] = manager.axes;
    if (items === undefined || index === undefined || more.length > 0) refuse('A DataFrame has two axes.');
    checkBlocks(manager.blocks, items, index.length);
    this.#blocks = manager.blocks;
    this.#made = undefined;
    this.#columnIndex = items;
    this.#index = index;
    this.#labels = undefined;
    this.#attrs = fieldsOf(fields.get('attrs')) ?? new Map();
  }

  get #columns(): readonly LazyColumn[] {
    return (this.#made ??= columnsOfBlocks(this.#blocks, this.#columnIndex));
  }

  #placeOf(label: unknown): number {
    const place = this.columns.findIndex((one) => sameLabel(one, label));
    if (place < 0) throw new RangeError(`no column ${labelText(label)}`);
    return place;
  }
}
