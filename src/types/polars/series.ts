/** A polars.Series: one column of values, and its name. */
import { lazyJson } from '../../spec/lazy-json.ts';
import { customInspect, type Inspect, type PrintOptions } from '../../arrays/print.ts';
import { refuse } from '../../arrays/refuse.ts';
import type { ArrayData } from '../../arrays/storage.ts';
import { ArrowChunkedArray } from '../arrow/chunked.ts';
import { type IpcStream, readIpc } from '../arrow/ipc.ts';
import type { IpcField } from '../arrow/ipc-schema.ts';
import { typeOfAlias } from '../arrow/type.ts';
import { ArrowColumn } from '../pandas/arrow-column.ts';
import { type ArrowColumnData, arrowColumnOf } from '../pandas/arrow-out.ts';
import { lazyListOf, listOf } from '../pandas/column.ts';
import { dtypeText } from './dtype.ts';
import { jsonOf } from './json.ts';
import { printedSeries } from './print.ts';

const NOTHING: IpcField = {
  name: '',
  type: typeOfAlias('null')!,
  nullable: true,
  metadata: new Map(),
  dictionary: undefined,
  children: [],
};

export class PolarsSeries {
  /** The class, as the pickle has it: 'polars.series.series.Series'. */
  readonly className: string;
  #field = NOTHING;
  #column = columnOf(NOTHING, []);

  constructor(className: string) {
    this.className = className;
  }

  get name(): string {
    return this.#field.name;
  }

  /** The name and the type as Arrow has them. */
  get field(): IpcField {
    return this.#field;
  }

  /** What the values are made of. */
  get column(): ArrowColumn {
    return this.#column;
  }

  /** As polars prints it: 'Int64', 'List(String)', "Datetime(time_unit='us', time_zone=None)". */
  get dtype(): string {
    return this.#column.dtype;
  }

  get length(): number {
    return this.#column.length;
  }

  /** How many values are missing. */
  get nullCount(): number {
    return this.#column.chunks.reduce((sum, { nullCount }) => sum + nullCount, 0);
  }

  /**
   * All values: a typed array where they are numbers and none is missing, else an array with null where one is. It shares
   * memory with the pickle where that is so.
   * @throws RangeError where a list would have more than 2^28
   */
  get values(): ArrayData {
    return this.#column.values();
  }

  /** The value at a place, counted from 0; null where it is missing; undefined where there is none. Structs are objects. */
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

  /** The values as Arrow's buffers. */
  toArrowColumn(): ArrowColumnData {
    return arrowColumnOf(this.name, this.#column);
  }

  /** Times are ISO text; NaN and the infinities are null. */
  toJSON(): unknown {
    return { name: this.name, dtype: this.dtype, data: this.toArray().map(jsonOf) };
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    return { name: this.name, dtype: this.dtype, data: lazyListOf(this.#column, jsonOf) };
  }

  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string {
    return printedSeries(this, depth, options, inspect);
  }

  /**
   * BUILD: the bytes of an Arrow stream with one column.
   * @throws PickleError INVALID_STATE where it is none
   */
  setState(state: unknown): void {
    if (!(state instanceof Uint8Array)) refuse("The state of a polars' Series is no bytes.");
    const stream = readIpc(state);
    if (stream.fields.length !== 1) refuse("A polars' Series has one column.");
    this.#become(stream, 0);
  }

  /** One of the columns of a stream. */
  static of(stream: IpcStream, place: number): PolarsSeries {
    const series = new PolarsSeries('polars.series.series.Series');
    series.#become(stream, place);
    return series;
  }

  #become({ fields, batches }: IpcStream, place: number): void {
    this.#field = fields[place]!;
    const chunks = batches.map(({ columns }) => columns[place]!);
    this.#column = columnOf(this.#field, chunks);
  }
}

function columnOf(field: IpcField, chunks: ConstructorParameters<typeof ArrowChunkedArray>[1]): ArrowColumn {
  return new ArrowColumn(dtypeText(field), new ArrowChunkedArray(field.type, chunks));
}
