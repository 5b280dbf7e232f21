/** A polars.DataFrame: columns of one length, by name. */
import { lazyJson, LazyList } from '../../spec/lazy-json.ts';
import { customInspect, type Inspect, type PrintOptions } from '../../arrays/print.ts';
import { refuse } from '../../arrays/refuse.ts';
import type { ArrayData } from '../../arrays/storage.ts';
import { setOwn } from '../../values/dicts.ts';
import { readIpc } from '../arrow/ipc.ts';
import type { ArrowColumn } from '../pandas/arrow-column.ts';
import type { ArrowColumnData } from '../pandas/arrow-out.ts';
import { MAX_LIST } from '../pandas/column.ts';
import type { FrameRecord } from '../pandas/frame.ts';
import { jsonOf } from './json.ts';
import { printedFrame } from './print.ts';
import { PolarsSeries } from './series.ts';

export class PolarsDataFrame {
  /** The class, as the pickle has it: 'polars.dataframe.frame.DataFrame'. */
  readonly className: string;
  #series: readonly PolarsSeries[] = [];
  #length = 0;

  constructor(className: string) {
    this.className = className;
  }

  /** The names of the columns; all differ. */
  get columns(): readonly string[] {
    return this.#series.map(({ name }) => name);
  }

  /** Rows and columns. */
  get shape(): readonly [rows: number, columns: number] {
    return [this.#length, this.#series.length];
  }

  /** Rows. */
  get length(): number {
    return this.#length;
  }

  /** polars' names of the dtypes, in the order of the columns. */
  get dtypes(): readonly string[] {
    return this.#series.map(({ dtype }) => dtype);
  }

  /**
   * The values of a column: a typed array where they are numbers and none is missing, else an array with null where one is.
   * @throws RangeError where no column has that name
   */
  column(name: string): ArrayData {
    return this.series(name).values;
  }

  /** The column at a place, counted from 0, with what it is made of. */
  columnAt(place: number): ArrowColumn {
    const series = this.#series[place];
    if (series === undefined) throw new RangeError(`no column ${place} of ${this.#series.length}`);
    return series.column;
  }

  /** @throws RangeError where no column has that name */
  series(name: string): PolarsSeries {
    const series = this.#series.find((one) => one.name === name);
    if (series === undefined) throw new RangeError(`no column ${name}`);
    return series;
  }

  /** All columns, in order. */
  getColumns(): readonly PolarsSeries[] {
    return this.#series;
  }

  /**
   * The rows as objects, by the names of the columns; what is missing is null.
   * @throws RangeError where there are more than 2^28
   */
  toRecords(): FrameRecord[] {
    if (this.length > MAX_LIST) throw new RangeError(`${this.length} rows are too many for a list`);
    return Array.from(this);
  }

  /** The rows, one after another, as `toRecords` has them. */
  *[Symbol.iterator](): Generator<FrameRecord, void> {
    for (let row = 0; row < this.length; row++) yield this.#recordAt(row);
  }

  /** The values of all columns as `column` gives them, by their names. */
  toColumns(): Record<string, ArrayData> {
    const all: Record<string, ArrayData> = {};
    for (const { name, values } of this.#series) setOwn(all, name, values);
    return all;
  }

  /** All columns as Arrow's buffers: what ArrowColumnData tells. */
  toArrowColumns(): ArrowColumnData[] {
    return this.#series.map((series) => series.toArrowColumn());
  }

  /** As polars' write_json: an object for each row. */
  toJSON(): unknown {
    return this.toRecords().map(jsonOf);
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    return new LazyList(this.length, (row) => jsonOf(this.#recordAt(row)));
  }

  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string {
    return printedFrame(this, depth, options, inspect);
  }

  /**
   * BUILD: the bytes of an Arrow stream; of old a list of Series.
   * @throws PickleError INVALID_STATE where it is neither, two columns have one name, or they differ in length
   */
  setState(state: unknown): void {
    const [series, length] = state instanceof Uint8Array ? streamed(state) : listed(state);
    if (series.some((one) => one.length !== length)) refuse("Columns of a polars' DataFrame differ in length.");
    if (new Set(series.map(({ name }) => name)).size < series.length) {
      refuse("Two columns of a polars' DataFrame have one name.");
    }
    this.#series = series;
    this.#length = length;
  }

  #recordAt(row: number): FrameRecord {
    const record: FrameRecord = {};
    for (const { name, column } of this.#series) setOwn(record, name, column.get(row));
    return record;
  }
}

type Columns = readonly [series: readonly PolarsSeries[], length: number];

function streamed(bytes: Uint8Array): Columns {
  const stream = readIpc(bytes);
  const length = stream.batches.reduce((sum, batch) => sum + batch.length, 0);
  return [stream.fields.map((_, i) => PolarsSeries.of(stream, i)), length];
}

function listed(state: unknown): Columns {
  if (!Array.isArray(state) || !state.every((item) => item instanceof PolarsSeries)) {
    refuse("The state of a polars' DataFrame is neither bytes nor columns.");
  }
  const series = state as readonly PolarsSeries[];
  return [series, series[0]?.length ?? 0];
}
