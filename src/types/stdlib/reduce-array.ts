/** What is written for an array of module array. */
import type { EncodeContext, Reduction } from '../../spec/reducer.ts';
import { NATIVE_ORDER, type NumberArray } from '../../arrays/storage.ts';
import { exactFloat } from '../../values/py-data.ts';
import { PyGlobal } from '../../values/py.ts';
import type { PyArray } from './typed-array.ts';

const ARRAY = /* @__PURE__ */ new PyGlobal('array', 'array');
const RECONSTRUCTOR = /* @__PURE__ */ new PyGlobal('array', '_array_reconstructor');

/** The machine format of little-endian numbers; that of big-endian ones is the next. */
const FORMATS: Readonly<Record<string, number>> = {
  Uint8Array: 0,
  Int8Array: 1,
  Uint16Array: 2,
  Int16Array: 4,
  Uint32Array: 6,
  Int32Array: 8,
  BigUint64Array: 10,
  BigInt64Array: 12,
  Float32Array: 14,
  Float64Array: 16,
};
const UTF32_LITTLE = 20;

export function reduceArray({ typecode, data }: PyArray, { protocol }: EncodeContext): Reduction {
  if (protocol < 3) return [ARRAY, [typecode, itemsOf(data)]];
  if (typeof data === 'string') return [RECONSTRUCTOR, [ARRAY, typecode, UTF32_LITTLE, wideBytes(data)]];
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const swapped = data.BYTES_PER_ELEMENT > 1 && NATIVE_ORDER === '>' ? 1 : 0;
  return [RECONSTRUCTOR, [ARRAY, typecode, FORMATS[data.constructor.name]! + swapped, bytes]];
}

function itemsOf(data: NumberArray | string): unknown[] {
  if (typeof data === 'string') return Array.from(data);
  const isFloat = data instanceof Float32Array || data instanceof Float64Array;
  return isFloat ? Array.from(data, exactFloat) : Array.from<number | bigint>(data);
}

function wideBytes(text: string): Uint8Array {
  const codes = Array.from(text, (character) => character.codePointAt(0)!);
  const view = new DataView(new ArrayBuffer(4 * codes.length));
  codes.forEach((code, i) => view.setUint32(4 * i, code, true));
  return new Uint8Array(view.buffer);
}
