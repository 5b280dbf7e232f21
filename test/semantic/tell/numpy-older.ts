/** numpy's values in the words of `made-older` and `real`. */
import {
  Datetime64,
  Dtype,
  NdArray,
  NpScalar,
  PyBitGenerator,
  PyComplex,
  PyGenerator,
  PyMaskedArray,
  PyObject,
  PyPoly1d,
  Timedelta64,
} from '../../../src/index.ts';
import { storageOf } from '../../../src/arrays/storage.ts';
import type { Tell } from '../teller.ts';
import { base64, floatRepr, sha256 } from './base.ts';
import { canonicalBytes } from './numpy-bytes.ts';
import { fillOf } from './numpy-elements.ts';
import { arrayOfSubclass } from './numpy-subclass.ts';
import { longName } from './numpy-random.ts';

const FIRST = 8;

export function tellOlder(value: unknown, tell: Tell): unknown {
  if (value instanceof NdArray) return olderArray(value, tell);
  const subclass = value instanceof PyObject ? arrayOfSubclass(value) : undefined;
  if (subclass !== undefined) return olderArray(subclass.array, tell);
  if (value instanceof Dtype) return { kind: 'dtype', dtype: olderDtype(value) };
  if (value instanceof NpScalar) return olderScalar(value.value, value.dtype, tell);
  if (value instanceof PyMaskedArray) {
    const { data, mask, fillValue } = value;
    const set = fillValue instanceof NdArray ? fillValue.get() : fillValue;
    const fill = set === null ? fillOf(data.descr) : set;
    return {
      kind: 'maskedarray',
      data: olderArray(data, tell),
      mask: olderArray(mask, tell),
      fill_value: olderScalar(fill, data.descr, tell),
    };
  }
  if (value instanceof PyBitGenerator) {
    return { kind: 'other', class: longName(value).replace(/\.(\w+)$/, ' $1'), text: null };
  }
  if (value instanceof PyGenerator) {
    const name = value.bitGenerator.className.split('.').at(-1);
    return { kind: 'other', class: 'numpy.random._generator Generator', text: `Generator(${name})` };
  }
  if (value instanceof PyPoly1d) return { kind: 'poly1d', coeffs: olderArray(value.coeffs!, tell) };
  return undefined;
}

function olderArray(array: NdArray, tell: Tell): unknown {
  const { descr, pickledDescr, order, size } = array;
  const bytes = canonicalBytes(array, 'with padding');
  const node: Record<string, unknown> = {
    kind: 'ndarray',
    dtype: olderDtype(pickledDescr),
    shape: [...array.shape],
    order,
    size,
  };
  const className = array.className.split('.').at(-1);
  if (className !== 'ndarray') node['class'] = className;
  if (!array.writeable) node['readonly'] = true;
  if (bytes === null) {
    const items = Array.from(array.flat(), (element) => olderElement(element, descr, tell));
    // Some truths tell of objects no more than their number: these are compared where they are told.
    return Object.defineProperties(node, { items: { value: items }, items_order: { value: 'C' } });
  }
  const first: unknown[] = [];
  for (const element of array.flat()) {
    if (first.length === FIRST) break;
    first.push(olderElement(element, descr, tell));
  }
  return Object.assign(node, { sha256: sha256(bytes), first });
}

function olderDtype({ fields, subarray, itemsize, str }: Dtype): unknown {
  if (subarray !== undefined) return { base: olderDtype(subarray.base), shape: [...subarray.shape] };
  if (fields === undefined) return str;
  return {
    fields: fields.map(({ name, dtype, offset, title }) => {
      const field = { name, dtype: olderDtype(dtype), offset };
      return title === undefined ? field : Object.assign(field, { title });
    }),
    itemsize,
  };
}

/** A scalar has the byte order of the machine, whatever it was pickled with. */
function olderScalar(value: unknown, dtype: Dtype, tell: Tell): unknown {
  const native = dtype.withByteorder('<');
  return { kind: 'npscalar', dtype: olderDtype(native), value: olderElement(value, native, tell) };
}

const UNITS: Readonly<Record<string, string>> = {
  Y: 'years',
  M: 'months',
  W: 'weeks',
  D: 'days',
  h: 'hours',
  m: 'minutes',
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  ps: 'picoseconds',
  fs: 'femtoseconds',
  as: 'attoseconds',
  generic: 'generic time units',
};

function olderElement(value: unknown, dtype: Dtype, tell: Tell): unknown {
  const { fields, subarray, kind, itemsize } = dtype;
  if (subarray !== undefined) return olderArray(arrayOf(value, subarray), tell);
  if (fields !== undefined) {
    const record = value as Readonly<Record<string, unknown>>;
    return { record: fields.map((field) => olderElement(record[field.name], field.dtype, tell)) };
  }
  if (kind === 'i' || kind === 'u') return { int: String(value) };
  if (kind === 'f' && itemsize > 8) return { longdouble: floatRepr(value as number) };
  if (kind === 'c') {
    const [re, im] = value instanceof PyComplex ? [value.re, value.im] : (value as [number, number]);
    return { re: tell(re), im: tell(im) };
  }
  if (kind === 'S') {
    return { bytes: base64(typeof value === 'string' ? Buffer.from(value, 'latin1') : (value as Uint8Array)) };
  }
  if (kind === 'V') return { void: Buffer.from(value as Uint8Array).toString('hex') };
  if (value instanceof Datetime64) return { ticks: String(value.ticks), text: value.toString() };
  if (value instanceof Timedelta64) {
    const { ticks, unit, isNaT } = value;
    const text = isNaT ? 'NaT' : `${ticks * BigInt(unit.count)} ${UNITS[unit.name]}`;
    return { ticks: String(ticks), text };
  }
  return tell(value);
}

function arrayOf(nested: unknown, { base, shape }: { base: Dtype; shape: readonly number[] }): NdArray {
  const values = (nested as unknown[]).flat(shape.length - 1);
  const data = new (storageOf(base).type!)(values.length);
  values.forEach((value, i) => (data[i] = value as never));
  return new NdArray({ data, descr: base, shape });
}
