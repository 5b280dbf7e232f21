/** pyarrow's tables and record batches. */
import { lazyJson, LazyList } from '../../spec/lazy-json.ts';
import { refuse } from '../../arrays/refuse.ts';
import { setOwn } from '../../values/dicts.ts';
import type { ArrowArray } from '../arrow/array.ts';
import type { ArrowChunkedArray } from '../arrow/chunked.ts';
import type { ArrowSchema } from './schema.ts';

export type ArrowTableColumn = ArrowArray | ArrowChunkedArray;

/** Rows and columns; methods are named as those of apache-arrow's Table. */
export class ArrowTable {
  readonly kind: 'Table' | 'RecordBatch';
  readonly schema: ArrowSchema;
  /** In the order of the schema's fields. */
  readonly columns: readonly ArrowTableColumn[];
  readonly numRows: number;

  /** @throws PickleError INVALID_STATE where columns and schema do not fit each other */
  constructor(kind: 'Table' | 'RecordBatch', columns: readonly ArrowTableColumn[], schema: ArrowSchema) {
    const { fields } = schema;
    const fits = fields.length === columns.length;
    if (!fits || columns.some(({ type }, i) => String(type) !== String(fields[i]!.type))) {
      refuse('The columns of an Arrow table are not those of its schema.');
    }
    const numRows = columns[0]?.length ?? 0;
    if (columns.some(({ length }) => length !== numRows)) refuse('The columns of an Arrow table differ in length.');
    this.kind = kind;
    this.schema = schema;
    this.columns = columns;
    this.numRows = numRows;
  }

  get numCols(): number {
    return this.columns.length;
  }

  /** The first column of a name; null where there is none. */
  getChild(name: string): ArrowTableColumn | null {
    return this.columns[this.schema.fields.findIndex((field) => field.name === name)] ?? null;
  }

  getChildAt(index: number): ArrowTableColumn | null {
    return this.columns[index] ?? null;
  }

  /** A row as an object, by the names of the columns; null where there is none. */
  get(row: number): Record<string, unknown> | null {
    if (!(row >= 0 && row < this.numRows)) return null;
    const record: Record<string, unknown> = {};
    this.schema.fields.forEach(({ name }, i) => setOwn(record, name, this.columns[i]!.get(row)));
    return record;
  }

  *[Symbol.iterator](): Generator<Record<string, unknown>, void> {
    for (let row = 0; row < this.numRows; row++) yield this.get(row)!;
  }

  toArray(): Record<string, unknown>[] {
    return Array.from(this);
  }

  /** All columns by their names. */
  toColumns(): Record<string, unknown[]> {
    const columns: Record<string, unknown[]> = {};
    this.schema.fields.forEach(({ name }, i) => setOwn(columns, name, this.columns[i]!.toArray()));
    return columns;
  }

  toJSON(): unknown {
    return this.toArray();
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    return new LazyList(this.numRows, (row) => this.get(row));
  }
}
