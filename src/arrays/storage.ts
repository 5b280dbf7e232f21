/** What the data of an array is, by its dtype. */
import type { Dtype } from './dtype.ts';

export type NumberArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** Numbers, the raw bytes of what no typed array holds, or the objects themselves. */
export type ArrayData = NumberArray | unknown[];

export interface NumberArrayClass {
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): NumberArray;
  new (length: number): NumberArray;
  readonly BYTES_PER_ELEMENT: number;
}

export interface Storage {
  /** Null for objects. */
  readonly type: NumberArrayClass | null;
  /** Entries of the data that one element takes: 2 for a complex, the itemsize for raw bytes, else 1. */
  readonly width: number;
  /** Whether the data are bytes as they came, in the dtype's own byte order; numbers are in the machine's. */
  readonly isRaw: boolean;
}

const numbers = (type: NumberArrayClass, width = 1): Storage => ({ type, width, isRaw: false });

const OBJECTS: Storage = { type: null, width: 1, isRaw: false };

const BY_CODE: ReadonlyMap<string, Storage> = new Map<string, Storage>([
  ['b1', numbers(Uint8Array)],
  ['i1', numbers(Int8Array)],
  ['i2', numbers(Int16Array)],
  ['i4', numbers(Int32Array)],
  ['i8', numbers(BigInt64Array)],
  ['u1', numbers(Uint8Array)],
  ['u2', numbers(Uint16Array)],
  ['u4', numbers(Uint32Array)],
  ['u8', numbers(BigUint64Array)],
  ['f2', numbers(Uint16Array)],
  ['f4', numbers(Float32Array)],
  ['f8', numbers(Float64Array)],
  ['c8', numbers(Float32Array, 2)],
  ['c16', numbers(Float64Array, 2)],
  ['m8', numbers(BigInt64Array)],
  ['M8', numbers(BigInt64Array)],
]);

/** Dtypes that another library has added; others are raw bytes. */
const BY_EXTENSION: ReadonlyMap<string, Storage> = new Map<string, Storage>([
  ['bfloat16', numbers(Uint16Array)],
  ...['float8_e4m3fn', 'float8_e5m2', 'float8_e4m3fnuz', 'float8_e5m2fnuz', 'float8_e4m3b11fnuz', 'float8_e8m0fnu'].map(
    (name): [string, Storage] => [name, numbers(Uint8Array)],
  ),
  ['int4', numbers(Int8Array)],
  ['int2', numbers(Int8Array)],
  ['uint4', numbers(Uint8Array)],
  ['uint2', numbers(Uint8Array)],
]);

export function storageOf(dtype: Dtype): Storage {
  if (dtype.hasObjects) return OBJECTS;
  const { extension, kind, itemsize } = dtype;
  const known = extension === undefined ? BY_CODE.get(`${kind}${itemsize}`) : BY_EXTENSION.get(extension);
  if (known !== undefined && known.width * known.type!.BYTES_PER_ELEMENT === itemsize) return known;
  return { type: Uint8Array, width: itemsize, isRaw: true };
}

/** The byte order of this machine. */
export const NATIVE_ORDER = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? '<' : '>';
