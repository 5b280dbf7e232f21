/** The first values of a column. */
import type { ArrayData } from '../../arrays/storage.ts';
import { type Column, type ColumnKind, listOf } from './column.ts';

class HeadColumn implements Column {
  readonly length: number;
  readonly #column: Column;

  constructor(column: Column, length: number) {
    this.#column = column;
    this.length = length;
  }

  get kind(): ColumnKind {
    return this.#column.kind;
  }

  get dtype(): string {
    return this.#column.dtype;
  }

  get(i: number): unknown {
    return this.#column.get(i);
  }

  values(): ArrayData {
    if (!SHARED.has(this.#column.kind)) return listOf(this);
    const values = this.#column.values();
    // A complex takes two entries.
    const width = this.#column.length === 0 ? 1 : values.length / this.#column.length;
    return Array.isArray(values) ? values.slice(0, this.length) : values.subarray(0, this.length * width);
  }
}

/** Kinds whose values are there already. */
const SHARED: ReadonlySet<ColumnKind> = new Set<ColumnKind>(['numpy', 'datetime', 'timedelta', 'period']);

export const headOf = (column: Column, length: number): Column => new HeadColumn(column, length);
