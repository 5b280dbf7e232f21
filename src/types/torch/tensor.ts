/** torch's tensors: views of storages. */
import { lazyJson } from '../../spec/lazy-json.ts';
import { customInspect, type Inspect, type PrintOptions } from '../../arrays/print.ts';
import { printedTensor } from './print.ts';
import type { Dtype } from '../../arrays/dtype.ts';
import { halfToNumber } from '../../arrays/float-formats.ts';
import { NdArray } from '../../arrays/nd-array.ts';
import type { NestedOptions } from '../../arrays/nested.ts';
import { refuse } from '../../arrays/refuse.ts';
import { checkInside, isContiguous, sizeOf } from '../../arrays/shape.ts';
import { type ArrayData, storageOf } from '../../arrays/storage.ts';
import { contiguousOf, type TypedOptions } from '../../arrays/typed.ts';
import { descrOf, isPacked } from './dtypes.ts';
import type { TorchStorage } from './storage.ts';

/** How the ints of a quantised tensor become numbers: `(q - zeroPoint) * scale`, for all or along one axis. */
export type Quantizer =
  | { readonly scheme: 'per_tensor_affine'; readonly scale: number; readonly zeroPoint: number }
  | {
      readonly scheme: 'per_channel_affine' | 'per_channel_affine_float_qparams';
      readonly scales: Tensor;
      readonly zeroPoints: Tensor;
      readonly axis: number;
    };

export interface TensorParts {
  /** Null on the device 'meta', where tensors have no elements. */
  readonly storage: TorchStorage | null;
  /** torch's name: 'float32'. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Elements of the storage, as torch counts them. */
  readonly strides: readonly number[];
  readonly offset: number;
  readonly requiresGrad?: boolean | undefined;
  readonly isConj?: boolean | undefined;
  readonly isNeg?: boolean | undefined;
  readonly quantizer?: Quantizer | undefined;
}

const COMPLEX32 = 'complex32';

/**
 * A view of a storage that it may share with other tensors. `strides` and `offset` count elements of the storage; a
 * complex number is one.
 */
export class Tensor {
  readonly storage: TorchStorage | null;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  /** Whether elements are the complex conjugates of what is stored. */
  readonly isConj: boolean;
  /** Whether elements are the negatives of what is stored. */
  readonly isNeg: boolean;
  /** Of quantised tensors, whose elements are given as the ints that are stored. */
  readonly quantizer: Quantizer | undefined;
  requiresGrad: boolean;
  /** 'torch.Tensor', 'torch.nn.parameter.Parameter', or the subclass as the pickle names it. */
  className = 'torch.Tensor';
  /** Attributes that the tensor was given. */
  readonly attributes = new Map<string, unknown>();
  #array: NdArray | undefined;

  /** @throws PickleError INVALID_STATE where the tensor does not lie inside of its storage */
  constructor({ storage, dtype, shape, strides, offset, ...rest }: TensorParts) {
    const descr = descrOf(dtype);
    if (descr === undefined || isPacked(dtype)) refuse(`There are no tensors of ${dtype}.`);
    const length = storage === null ? Infinity : Math.floor(storage.byteLength / descr.itemsize);
    checkInside(shape, strides, offset, 1, length);
    this.storage = storage;
    this.dtype = dtype;
    this.shape = [...shape];
    this.strides = [...strides];
    this.offset = offset;
    this.requiresGrad = rest.requiresGrad ?? false;
    this.isConj = rest.isConj ?? false;
    this.isNeg = rest.isNeg ?? false;
    this.quantizer = rest.quantizer;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  get ndim(): number {
    return this.shape.length;
  }

  /** Where the tensor was when it was saved: 'cpu', 'cuda:0', 'meta'. */
  get device(): string {
    return this.storage?.location ?? 'meta';
  }

  /** Whether elements lie one after another, with the last axis running fastest. */
  get isContiguous(): boolean {
    return isContiguous(this.shape, this.strides, 1, 'C');
  }

  /**
   * The elements in C order: a view of the storage where the tensor is contiguous, else a copy. Of float16, bfloat16 and
   * float8 the bits; `toTyped()` has numbers. Complex numbers are pairs.
   */
  get data(): ArrayData {
    return contiguousOf(this.toNdArray());
  }

  /**
   * The tensor as an array: a view of the same storage, with its strides. Where conjugates, negatives or complex numbers
   * of halves (they become complex64) have to be worked out it is a copy.
   * @throws PickleError INVALID_STATE on the device 'meta'
   */
  toNdArray(): NdArray {
    return (this.#array ??= this.#makeArray());
  }

  /**
   * The element at an index a dimension; see `NdArray.get`.
   * @throws RangeError where there is no such element
   */
  get(...index: readonly number[]): unknown {
    return this.toNdArray().get(...index);
  }

  /** The elements in arrays within arrays; of no dimensions, the element. */
  toNested(options?: NestedOptions): unknown {
    return this.toNdArray().toNested(options);
  }

  /** All elements in C order; float16 and bfloat16 become Float32Array. See `NdArray.toTyped`. */
  toTyped(options?: TypedOptions): ArrayData {
    return this.toNdArray().toTyped(options);
  }

  toJSON(): unknown {
    const { dtype, shape } = this;
    if (this.storage === null) return { dtype, shape };
    const { data } = this.toNdArray().toJSON() as { data: unknown };
    return { dtype, shape, data };
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    const { dtype, shape } = this;
    return this.storage === null ? { dtype, shape } : { dtype, shape, data: this.toNdArray()[lazyJson]().data };
  }

  [customInspect](depth: number | null, options: PrintOptions, inspect: Inspect): string {
    return printedTensor(this, depth, options, inspect);
  }

  get [Symbol.toStringTag](): string {
    return 'Tensor';
  }

  #makeArray(): NdArray {
    const { storage, shape } = this;
    if (storage === null) refuse('A tensor on the device meta has no elements.');
    if (this.dtype === COMPLEX32) return resolved(this.#complex32(storage), descrOf('complex64')!, this);
    const descr = descrOf(this.dtype)!;
    const { width } = storageOf(descr);
    const array = new NdArray({
      data: storage.arrayOf(descr),
      descr,
      shape,
      strides: this.strides.map((stride) => stride * width),
      offset: this.offset * width,
    });
    return this.isConj || this.isNeg ? resolved(contiguousOf(array) as Float32Array, descr, this) : array;
  }

  /** Pairs of halves, as floats: no array of numpy has them. */
  #complex32(storage: TorchStorage): Float32Array {
    const bits = new NdArray({
      data: storage.arrayOf(descrOf('uint16')!),
      descr: descrOf('uint16')!,
      shape: [...this.shape, 2],
      strides: [...this.strides.map((stride) => stride * 2), 1],
      offset: this.offset * 2,
    });
    return Float32Array.from(contiguousOf(bits) as Uint16Array, halfToNumber);
  }
}

/** A copy with the numbers that are meant. */
function resolved(stored: Float32Array, descr: Dtype, { shape, isConj, isNeg }: Tensor): NdArray {
  const data = stored.slice();
  const isPairs = descr.kind === 'c';
  for (let i = 0; i < data.length; i++) {
    const isFlipped = isNeg !== (isConj && isPairs && i % 2 === 1);
    if (isFlipped) data[i] = -data[i]!;
  }
  return new NdArray({ data, descr, shape });
}
