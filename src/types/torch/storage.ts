/** torch's storages: the bytes that tensors are views of. */
import type { Dtype } from '../../arrays/dtype.ts';
import { numbersOf } from '../../arrays/from-bytes.ts';
import { refuse } from '../../arrays/refuse.ts';
import { NATIVE_ORDER, type NumberArray } from '../../arrays/storage.ts';
import { descrOf } from './dtypes.ts';

/** What a storage is, as the pickle tells it. */
export interface StorageParts {
  /** Its name in the file. */
  readonly key: string;
  /** Where it was: 'cpu', 'cuda:0'. */
  readonly location: string;
  /** Name of the class, without its module: 'FloatStorage'. */
  readonly className: string;
  /** torch's name of the dtype; 'uint8' for one without a dtype. */
  readonly dtype: string;
  /** Bytes of the whole. */
  readonly byteLength: number;
}

/** The elements of one or more tensors. `bytes` is a view of the file where it lies in one piece in memory. */
export class TorchStorage {
  readonly key: string;
  readonly location: string;
  readonly className: string;
  readonly dtype: string;
  readonly byteLength: number;
  #bytes: Uint8Array | undefined;
  #isBigEndian = false;
  /** By dtype: all tensors of a storage share one array, also where that had to be a copy. */
  readonly #arrays = new Map<Dtype, NumberArray>();

  constructor({ key, location, className, dtype, byteLength }: StorageParts) {
    this.key = key;
    this.location = location;
    this.className = className;
    this.dtype = dtype;
    this.byteLength = byteLength;
  }

  /** As they lie in the file. */
  get bytes(): Uint8Array {
    return this.#bytes ?? refuse('A storage is used before it is read.');
  }

  /** Whether the bytes of the storage have come. */
  get isFilled(): boolean {
    return this.#bytes !== undefined;
  }

  /** Elements. */
  get length(): number {
    return this.byteLength / descrOf(this.dtype)!.itemsize;
  }

  /** The elements; of complex numbers pairs, of float16 and bfloat16 their bits. */
  get data(): NumberArray {
    return this.arrayOf(descrOf(this.dtype)!);
  }

  /** All whole elements of a dtype that the storage has room for. Tensors of one dtype share one array. */
  arrayOf(descr: Dtype): NumberArray {
    let array = this.#arrays.get(descr);
    if (array === undefined) {
      const whole = this.bytes.subarray(0, this.byteLength - (this.byteLength % descr.itemsize));
      const isSwapped = this.#isBigEndian !== (NATIVE_ORDER === '>');
      array = numbersOf(whole, isSwapped ? swapped(descr) : descr);
      this.#arrays.set(descr, array);
    }
    return array;
  }

  /**
   * Gives the storage its bytes.
   * @throws PickleError INVALID_STATE where they are not as many as the pickle tells
   */
  fill(bytes: Uint8Array, isBigEndian: boolean): void {
    if (bytes.length !== this.byteLength) {
      refuse(`Storage ${this.key} has ${bytes.length} bytes, and should have ${this.byteLength}.`);
    }
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#isBigEndian = isBigEndian;
  }

  toJSON(): unknown {
    return { $storage: this.key, dtype: this.dtype, length: this.length };
  }

  get [Symbol.toStringTag](): string {
    return 'TorchStorage';
  }
}

const swapped = (descr: Dtype): Dtype => descr.withByteorder(NATIVE_ORDER === '<' ? '>' : '<');
