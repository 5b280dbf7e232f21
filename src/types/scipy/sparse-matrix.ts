/** scipy.sparse's matrices and arrays. */
import { lazyJson, LazyList } from '../../spec/lazy-json.ts';
import { customInspect, type Inspect, type PrintOptions } from '../../arrays/print.ts';
import { printedSparse } from './print.ts';
import type { Dtype } from '../../arrays/dtype.ts';
import { NdArray } from '../../arrays/nd-array.ts';
import { type NumberArray, storageOf } from '../../arrays/storage.ts';
import { dtypeOfText } from '../../arrays/dtype-text.ts';
import { type IndexArray, newIndexArray } from './coordinates.ts';
import type { SparseFormat, SparseMatrixParts } from './layouts.ts';
import { visitEntries } from './places.ts';
import { adderOf, elementsIn, isZero, sumOf, taken, zeroOf } from './values.ts';

export interface DenseOptions {
  /** More elements than this are refused; default 2^27, a gigabyte of doubles. */
  readonly maxElements?: number | undefined;
}

/** The entries of a matrix one after another: what scipy's coo format has. */
export interface SparseEntries {
  /** An array for each dimension. */
  readonly coords: readonly IndexArray[];
  /** Their values, in one dimension. */
  readonly data: NdArray;
}

const EMPTY: SparseMatrixParts = {
  shape: [0, 0],
  data: new NdArray({ data: new Float64Array(0), descr: dtypeOfText('<f8')!.seal(), shape: [0] }),
  indices: null,
  indptr: null,
  offsets: null,
  coords: [new Int32Array(0), new Int32Array(0)],
};

/** The parts as they are set. */
type OwnParts = { -readonly [Name in keyof SparseMatrixParts]: SparseMatrixParts[Name] };

function setParts(own: OwnParts, parts: SparseMatrixParts): void {
  own.shape = parts.shape;
  own.data = parts.data;
  own.indices = parts.indices;
  own.indptr = parts.indptr;
  own.offsets = parts.offsets;
  own.coords = parts.coords;
}

/** A matrix or an array of which all entries that are not told are zero. Its arrays may share memory with the pickle. */
export class SparseMatrix {
  readonly format: SparseFormat;
  /** scipy's name of the class: 'csr_matrix', 'coo_array'. */
  readonly className: string;

  readonly shape!: readonly number[];
  /** The values: of bsr `(blocks, rows, columns)`, of dia `(diagonals, columns)`, else one after another. */
  readonly data!: NdArray;
  /** csr, csc, bsr: the column (csc: the row; bsr: the column of blocks) of each value; null of other formats. */
  readonly indices!: NdArray | null;
  /** csr, csc, bsr: where the values of each row (csc: column; bsr: row of blocks) begin; null of other formats. */
  readonly indptr!: NdArray | null;
  /** dia: how far each diagonal lies above the main one; null of other formats. */
  readonly offsets!: NdArray | null;
  /** coo, lil, dok: the coordinates of each value, an array for each dimension; null of other formats. */
  readonly coords!: readonly IndexArray[] | null;

  constructor(format: SparseFormat, className: string, parts: SparseMatrixParts = EMPTY) {
    this.format = format;
    this.className = className;
    this.become(parts);
  }

  get ndim(): number {
    return this.shape.length;
  }

  get descr(): Dtype {
    return this.data.descr;
  }

  /** numpy's name of the dtype. */
  get dtype(): string {
    return this.descr.name;
  }

  /** coo, lil, dok: the row of each value. */
  get row(): IndexArray | null {
    return this.ndim < 2 ? null : (this.coords?.[0] ?? null);
  }

  /** coo, lil, dok: the column of each value. */
  get col(): IndexArray | null {
    return this.coords?.at(-1) ?? null;
  }

  /** Stored values, as scipy counts them: explicit zeros too, and of dia all places inside of the matrix. */
  get nnz(): number {
    let count = 0;
    visitEntries(this.format, this, () => count++);
    return count;
  }

  /**
   * The value at an index for each dimension; the sum where several entries have that place. Formats csr, csc and bsr
   * look through a row or a column, others through all entries.
   * @throws RangeError where there is no such place
   */
  get(...index: readonly number[]): unknown {
    const { shape, format, descr } = this;
    if (index.length !== shape.length) throw new RangeError(`${index.length} indices for ${shape.length} dimensions`);
    index.forEach((i, axis) => {
      if (!(Number.isInteger(i) && i >= 0 && i < shape[axis]!)) throw new RangeError(`no index ${i} on axis ${axis}`);
    });
    const values = elementsIn(this.data);
    let found: unknown;
    const add = (place: number): void => {
      found = found === undefined ? values(place) : sumOf(found, values(place), descr);
    };
    if (shape.length > 2) {
      for (let i = 0; i < this.data.size; i++) if (index.every((at, axis) => this.coords![axis]![i] === at)) add(i);
    } else {
      const [row, column] = index.length === 1 ? [0, index[0]!] : (index as [number, number]);
      visitEntries(format, this, (r, c, place) => (r === row && c === column ? add(place) : undefined), index);
    }
    return found ?? zeroOf(descr);
  }

  /** All entries in the order in which they are held. Of dia, those that are not zero: what scipy's `tocoo` gives. */
  toCoo(): SparseEntries {
    const { format, shape, coords, data } = this;
    if (coords !== null) return { coords, data };
    const values = elementsIn(data);
    const isKept = format === 'dia' ? (place: number): boolean => !isZero(values(place)) : (): boolean => true;
    const places = newIndexArray(data.size, data.size);
    const arrays = shape.map((length) => newIndexArray(data.size, length));
    let count = 0;
    visitEntries(format, this, (row, column, place) => {
      if (!isKept(place)) return;
      if (arrays.length > 1) arrays[0]![count] = row;
      arrays.at(-1)![count] = column;
      places[count++] = place;
    });
    return { coords: arrays.map((axis) => axis.slice(0, count)), data: taken(data, places.subarray(0, count)) };
  }

  /** As `toCoo`, one by one: the coordinates and the value. */
  *entries(): Generator<readonly [index: readonly number[], value: unknown], void> {
    const { coords, data } = this.toCoo();
    let i = 0;
    for (const value of data.flat()) {
      yield [coords.map((axis) => axis[i]!), value];
      i++;
    }
  }

  [Symbol.iterator](): Generator<readonly [index: readonly number[], value: unknown], void> {
    return this.entries();
  }

  /**
   * The whole matrix, zeros and all; entries at one place are added.
   * @throws RangeError where it has more elements than the limit; TypeError where the dtype is not of numbers
   */
  toDense({ maxElements = 2 ** 27 }: DenseOptions = {}): NdArray {
    const { shape, descr } = this;
    const size = shape.reduce((product, length) => product * length, 1);
    if (!(size <= maxElements)) {
      throw new RangeError(`a dense array of ${size} elements is above the limit of ${maxElements}`);
    }
    const { type, width, isRaw } = storageOf(descr);
    if (type === null || isRaw || !'biufc'.includes(descr.kind) || (descr.kind === 'f' && descr.itemsize < 4)) {
      throw new TypeError(`a sparse matrix of ${descr.name} has no dense array`);
    }
    const dense = new type(size * width);
    const { coords, data } = this.toCoo();
    const add = adderOf(dense, data.toTyped() as NumberArray, descr);
    for (let i = 0; i < data.size; i++) {
      let at = 0;
      for (let axis = 0; axis < shape.length; axis++) at = at * shape[axis]! + coords[axis]![i]!;
      add(at, i);
    }
    return new NdArray({ data: dense, descr, shape });
  }

  /** The entries as JSON can say them. */
  toJSON(): unknown {
    const { format, className, shape } = this;
    const { coords, data } = this.toCoo();
    const axes = coords.map((axis) => Array.from<number>(axis));
    return { format, className, shape, dtype: this.descr.toJSON(), coords: axes, data: data.toJSON() };
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    const { format, className, shape } = this;
    const { coords, data } = this.toCoo();
    const axes = coords.map((axis) => new LazyList(axis.length, (i) => axis[i]));
    return { format, className, shape, dtype: this.descr.toJSON(), coords: axes, data: data[lazyJson]() };
  }

  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string {
    return printedSparse(this, depth, options, inspect);
  }

  get [Symbol.toStringTag](): string {
    return 'SparseMatrix';
  }

  /** Takes the parts of a pickled state: for a matrix that was made before its contents. */
  become(parts: SparseMatrixParts): void {
    setParts(this, parts);
  }
}
