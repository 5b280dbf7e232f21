/** An array of module array, where it has to tell its type. */

/** What the numbers of an array become: 64-bit ints are bigints. */
export type TypedArrayData =
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

/** An array.array of an exact decode. In other decodes it is its `data` alone. */
export class PyArray {
  /** As `d` for doubles; `u` and `w` are text. */
  readonly typecode: string;
  readonly data: TypedArrayData | string;

  constructor(typecode: string, data: TypedArrayData | string) {
    this.typecode = typecode;
    this.data = data;
  }

  toJSON(): unknown {
    const items = typeof this.data === 'string' ? this.data : Array.from<number | bigint>(this.data).map(jsonNumber);
    return { $array: this.typecode, items };
  }
}

function jsonNumber(value: number | bigint): number | string {
  return typeof value === 'bigint' && !Number.isSafeInteger(Number(value)) ? String(value) : Number(value);
}
