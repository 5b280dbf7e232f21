/** One field of a structured array. */
import { Dtype } from './dtype.ts';
import { numbersOf } from './from-bytes.ts';
import { placesOf, sizeOf, stridesOf } from './shape.ts';
import { type ArrayData, NATIVE_ORDER, storageOf } from './storage.ts';
import type { ArrayView } from './view.ts';

interface FieldParts {
  readonly data: ArrayData;
  readonly descr: Dtype;
  readonly shape: readonly number[];
  readonly strides?: readonly number[];
  readonly offset?: number;
}

/**
 * The parts of a field's array: a view where the numbers can be addressed where they lie, else a copy.
 * @throws RangeError where there is no such field
 */
export function fieldView(array: ArrayView, name: string): FieldParts {
  const { descr, shape } = array;
  const field = descr.field(name);
  if (field === undefined) throw new RangeError(`no field ${JSON.stringify(name)} in ${descr.toString()}`);
  const { base, shape: inner } = field.dtype.subarray ?? { base: field.dtype, shape: [] };
  if (Array.isArray(array.data)) {
    const index = descr.fields!.indexOf(field);
    const data = Array.from(placesOf(shape, array.strides, array.offset), (at) => {
      return (array.data[at] as readonly unknown[])[index];
    });
    return { data, descr: field.dtype.hasObjects ? field.dtype : OBJECT, shape };
  }
  const bytes = array.data as Uint8Array;
  const { width, isRaw, type } = storageOf(base);
  const full = [...shape, ...inner];
  const places = {
    strides: [...array.strides, ...stridesOf(inner, base.itemsize, 'C')],
    offset: array.offset + field.offset,
  };
  if (isRaw) return { data: bytes, descr: base, shape: full, ...places };
  const size = type!.BYTES_PER_ELEMENT;
  const start = bytes.byteOffset % size;
  const isNative = base.byteorder === '|' || base.byteorder === NATIVE_ORDER;
  const isAligned = [start + places.offset, ...places.strides].every((bytesAt) => bytesAt % size === 0);
  if (isNative && isAligned && sizeOf(full) > 0) {
    const from = bytes.byteOffset - start;
    const data = new type!(bytes.buffer, from, Math.floor((start + bytes.length) / size));
    const strides = places.strides.map((step) => step / size);
    return { data, descr: base, shape: full, strides, offset: (start + places.offset) / size };
  }
  const copy = new Uint8Array(sizeOf(full) * base.itemsize);
  let to = 0;
  for (const at of placesOf(full, places.strides, places.offset)) {
    copy.set(bytes.subarray(at, at + base.itemsize), to);
    to += base.itemsize;
  }
  return { data: numbersOf(copy, base), descr: base, shape: full, strides: stridesOf(full, width, 'C') };
}

const OBJECT = new Dtype({ kind: 'O', itemsize: 8, byteorder: '|' }).seal();
