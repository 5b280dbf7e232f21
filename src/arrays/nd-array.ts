/** Arrays of any number of dimensions: numpy's ndarray, in the words of numpy and of scijs. */
import type { Dtype } from './dtype.ts';
import { fieldView } from './fields.ts';
import { jsonable, lazyNestedOf, nestedOf, type NestedOptions } from './nested.ts';
import { lazyJson } from '../spec/lazy-json.ts';
import { type NdRecord, type Reader, readerOf } from './elements.ts';
import { customInspect, type Inspect, printed, type PrintOptions } from './print.ts';
import { checkInside, isContiguous, placesOf, sizeOf, stridesOf } from './shape.ts';
import { type ArrayData, storageOf } from './storage.ts';
import { typedOf, type TypedOptions } from './typed.ts';

/** What an array is made of. */
export interface NdArrayParts {
  readonly data: ArrayData;
  readonly descr: Dtype;
  readonly shape: readonly number[];
  /** Entries of `data`; by default those of C order. */
  readonly strides?: readonly number[] | undefined;
  readonly offset?: number | undefined;
  readonly writeable?: boolean | undefined;
  readonly className?: string | undefined;
  readonly pickledDescr?: Dtype | undefined;
}

/** The parts with everything said, as they are set. */
type OwnParts = { -readonly [Name in keyof NdArrayParts]-?: Exclude<NdArrayParts[Name], undefined> };

function setParts(own: OwnParts, parts: OwnParts): void {
  own.data = parts.data;
  own.shape = parts.shape;
  own.strides = parts.strides;
  own.offset = parts.offset;
  own.descr = parts.descr;
  own.writeable = parts.writeable;
  own.className = parts.className;
  own.pickledDescr = parts.pickledDescr;
}

/**
 * An array over data that it may share with the input and with other arrays.
 *
 * `data` is a typed array in the machine's byte order: Int8Array to BigUint64Array, Float32Array, Float64Array;
 * Uint8Array for bool; Uint16Array, the bits, for float16; BigInt64Array, ticks, for datetime64 and timedelta64; pairs of
 * numbers for complex. Of bytes, str, void, structured dtypes and longdouble it is a Uint8Array of the elements as they
 * came, in the byte order that `descr` tells. Of object dtypes and StringDType it is an Array.
 *
 * `strides` and `offset` count entries of `data`, as those of scijs's ndarray do; an element of raw bytes takes
 * `descr.itemsize` entries, a complex two, any other one.
 */
export class NdArray {
  readonly data!: ArrayData;
  readonly shape!: readonly number[];
  readonly strides!: readonly number[];
  readonly offset!: number;
  readonly descr!: Dtype;
  /** False where the pickle tells that nobody may write to the array; an ordinary decode does not know of bytes. */
  readonly writeable!: boolean;
  /** 'numpy.ndarray', or the name of its subclass as the pickle has it: 'numpy.matrix', 'numpy.recarray' ... */
  readonly className!: string;
  /**
   * The dtype as the pickle has it. It differs from `descr` in its byte order alone: numpy gives most of what was
   * big-endian the order of the machine, as it reads it.
   */
  readonly pickledDescr!: Dtype;
  #reader: Reader | undefined;

  /** @throws PickleError INVALID_STATE where the shape has more elements than the data */
  constructor(parts: NdArrayParts) {
    this.become(parts);
  }

  /** numpy's name of the dtype: 'float32', 'datetime64[ns]', 'str128', 'object'. */
  get dtype(): string {
    return this.descr.name;
  }

  /** The strides, as scijs calls them. */
  get stride(): readonly number[] {
    return this.strides;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  get ndim(): number {
    return this.shape.length;
  }

  /** Elements along the first axis; 1 where there is none. */
  get length(): number {
    return this.shape[0] ?? 1;
  }

  /** 'C' where elements lie one after another with the last axis running fastest, 'F' with the first, else 'K'. */
  get order(): 'C' | 'F' | 'K' {
    if (this.#isContiguous('C')) return 'C';
    return this.#isContiguous('F') ? 'F' : 'K';
  }

  /**
   * The element at an index a dimension: boolean, number, bigint (64 bits), `[re, im]`, string (bytes as Latin-1),
   * Datetime64, Timedelta64, an object of a structured element's fields, Uint8Array (void), or the object itself.
   * @throws RangeError where there is no such element
   */
  get(...index: readonly number[]): unknown {
    const { shape, strides } = this;
    if (index.length !== shape.length) throw new RangeError(`${index.length} indices for ${shape.length} dimensions`);
    let at = this.offset;
    for (let axis = 0; axis < index.length; axis++) {
      const i = index[axis]!;
      if (!(Number.isInteger(i) && i >= 0 && i < shape[axis]!)) throw new RangeError(`no index ${i} on axis ${axis}`);
      at += i * strides[axis]!;
    }
    return this.#read(at);
  }

  /**
   * What lies at an index of the first axis: an element, or a view of fewer dimensions; undefined where nothing does.
   * Negative indices count from the end.
   */
  at(index: number): unknown {
    const i = Math.trunc(index) || 0;
    const [length = 0, ...shape] = this.shape;
    const place = i < 0 ? i + length : i;
    if (!(place >= 0 && place < length)) return undefined;
    const [stride = 0, ...strides] = this.strides;
    const offset = this.offset + place * stride;
    return shape.length === 0 ? this.#read(offset) : this.#view({ shape, strides, offset });
  }

  /** What lies along the first axis, as numpy iterates: elements, or views of fewer dimensions. */
  *[Symbol.iterator](): Generator<unknown, void> {
    if (this.ndim === 0) throw new TypeError('an array of no dimensions cannot be iterated over');
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }

  /** All elements, in C order. */
  *flat(): Generator<unknown, void> {
    const { shape, strides, offset } = this;
    for (const at of placesOf(shape, strides, offset)) yield this.#read(at);
  }

  /** The elements in arrays within arrays; of no dimensions, the element. */
  toNested(options: NestedOptions = {}): unknown {
    return nestedOf(this, (at) => this.#read(at), options);
  }

  /**
   * All elements in C order, one after another, in the machine's byte order; float16 becomes Float32Array, longdouble
   * Float64Array. Shares memory with `data` where that is so already.
   */
  toTyped(options: TypedOptions = {}): ArrayData {
    return typedOf(this, options);
  }

  /** A view of every `step`th place of the first axis from `start` to before `stop`. Negative ones count from the end. */
  slice(start = 0, stop = this.length, step = 1): NdArray {
    if (this.ndim === 0) throw new RangeError('an array of no dimensions has no slices');
    if (!(Number.isInteger(step) && step > 0)) throw new RangeError(`a step of ${step}`);
    const [length = 0, ...shape] = this.shape;
    const [stride = 0, ...strides] = this.strides;
    const clamp = (at: number): number => Math.min(length, Math.max(0, Math.trunc(at < 0 ? at + length : at) || 0));
    const first = clamp(start);
    const count = Math.max(0, Math.ceil((clamp(stop) - first) / step));
    const offset = this.offset + (count === 0 ? 0 : first * stride);
    return this.#view({ shape: [count, ...shape], strides: [stride * step, ...strides], offset });
  }

  /** A view with the axes in another order; by default in reverse. */
  transpose(axes: readonly number[] = this.shape.map((_, axis) => this.ndim - 1 - axis)): NdArray {
    const isOrder = axes.length === this.ndim && new Set(axes).size === axes.length;
    if (!isOrder || !axes.every((axis) => axis in this.shape)) throw new RangeError(`no order of axes: ${axes.join()}`);
    return this.#view({
      shape: axes.map((axis) => this.shape[axis]!),
      strides: axes.map((axis) => this.strides[axis]!),
    });
  }

  /**
   * One field of a structured array, for all elements. It shares memory with this array unless its numbers lie where no
   * typed array can begin.
   * @throws RangeError where there is no such field
   */
  field(name: string): NdArray {
    return new NdArray(fieldView(this, name));
  }

  /** The record at an index of the first axis, of a structured array of one dimension. */
  row(index: number): NdRecord | undefined {
    if (this.descr.fields === undefined) throw new TypeError(`an array of ${this.dtype} has no rows`);
    if (this.ndim !== 1) throw new TypeError('only an array of one dimension has rows');
    return this.at(index) as NdRecord | undefined;
  }

  /** All records of a structured array, in C order. */
  rows(): Generator<NdRecord, void> {
    if (this.descr.fields === undefined) throw new TypeError(`an array of ${this.dtype} has no rows`);
    return this.flat() as Generator<NdRecord, void>;
  }

  /** What JSON can say: 64-bit ints that a number does not hold become text, complex pairs, times ISO text. */
  toJSON(): unknown {
    const { descr, shape } = this;
    const data = nestedOf(this, (at) => jsonable(this.#read(at), descr), {});
    return { dtype: descr.toJSON(), shape, data };
  }

  /** As toJSON. */
  [lazyJson](): { readonly dtype: unknown; readonly shape: readonly number[]; readonly data: unknown } {
    const { descr, shape } = this;
    const data = lazyNestedOf(this, (at) => jsonable(this.#read(at), descr));
    return { dtype: descr.toJSON(), shape, data };
  }

  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string {
    return printed(this, depth, options, inspect);
  }

  get [Symbol.toStringTag](): string {
    return 'NdArray';
  }

  /** Takes the parts of a pickled state: for an array that was made before its contents. */
  become(parts: NdArrayParts): void {
    const { data, descr, shape, offset = 0, writeable = true } = parts;
    const { width } = storageOf(descr.seal());
    const strides = parts.strides ?? stridesOf(shape, width, 'C');
    checkInside(shape, strides, offset, width, data.length);
    const className = parts.className ?? this.className ?? 'numpy.ndarray';
    setParts(this, {
      data,
      descr,
      shape: shape.slice(),
      strides: strides.slice(),
      offset,
      writeable,
      className,
      pickledDescr: parts.pickledDescr ?? descr,
    });
    this.#reader = undefined;
  }

  #isContiguous(order: 'C' | 'F'): boolean {
    return isContiguous(this.shape, this.strides, storageOf(this.descr).width, order);
  }

  #read(at: number): unknown {
    return (this.#reader ??= readerOf(this.data, this.descr))(at);
  }

  #view(parts: Pick<NdArrayParts, 'shape' | 'strides' | 'offset'>): NdArray {
    const { data, descr, offset, writeable, className, pickledDescr } = this;
    return new NdArray({ data, descr, offset, writeable, className, pickledDescr, ...parts });
  }
}
