/** What JavaScript's own classes are in Python: dates, and typed arrays, which are numpy's arrays of one dimension. */
import type { EncodeContext, Reduction } from '../spec/reducer.ts';
import { PyGlobal, PyObject, PyTuple } from '../values/py.ts';

const DATETIME = /* @__PURE__ */ new PyGlobal('datetime', 'datetime');

/** The first and the last year that Python's datetime has. */
const MIN_YEAR = 1;
const MAX_YEAR = 9999;

/** `datetime.timezone.utc`, which Python has once. */
let utc: PyObject | undefined;

/** A datetime in UTC that knows its zone; undefined for an invalid date, and where Python's years end. */
export function reduceDate(date: Date): Reduction | undefined {
  const year = date.getUTCFullYear();
  if (!(year >= MIN_YEAR && year <= MAX_YEAR)) return undefined;
  const microseconds = date.getUTCMilliseconds() * 1000;
  const octets = Uint8Array.of(
    year >> 8,
    year,
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    microseconds >> 16,
    microseconds >> 8,
    microseconds,
  );
  return [DATETIME, [octets, (utc ??= makeUtc())]];
}

function makeUtc(): PyObject {
  const zero = new PyObject(new PyGlobal('datetime', 'timedelta'), [0, 0, 0], 'reduce');
  return new PyObject(new PyGlobal('datetime', 'timezone'), [zero], 'reduce');
}

/** numpy's names of the elements of each class; Uint8Array is bytes. */
const ELEMENTS: Readonly<Record<string, string>> = {
  Int8Array: 'i1',
  Uint8ClampedArray: 'u1',
  Int16Array: 'i2',
  Uint16Array: 'u2',
  Int32Array: 'i4',
  Uint32Array: 'u4',
  BigInt64Array: 'i8',
  BigUint64Array: 'u8',
  Float16Array: 'f2',
  Float32Array: 'f4',
  Float64Array: 'f8',
};

const NDARRAY = /* @__PURE__ */ new PyGlobal('numpy', 'ndarray');
const RECONSTRUCT = /* @__PURE__ */ new PyGlobal('numpy._core.multiarray', '_reconstruct');
const FROM_BUFFER = /* @__PURE__ */ new PyGlobal('numpy._core.numeric', '_frombuffer');

/** numpy's own dtypes, each of which it has once. */
const dtypes = new Map<string, PyObject>();

/** As numpy 2 writes an array: from protocol 5 on its bytes may lie out of band, and are not copied. */
export function reduceTypedArray(array: ArrayBufferView, context: EncodeContext): Reduction | undefined {
  const name = (array as { readonly [Symbol.toStringTag]?: string })[Symbol.toStringTag];
  if (name === undefined || !Object.hasOwn(ELEMENTS, name)) return undefined;
  const elements = ELEMENTS[name]!;
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  const shape = PyTuple.from([array.byteLength / Number(elements.slice(1))]);
  let dtype = dtypes.get(elements);
  if (dtype === undefined) dtypes.set(elements, (dtype = makeDtype(elements)));
  if (context.protocol >= 5) return [FROM_BUFFER, [context.buffer(bytes, false), dtype, shape, 'C']];
  const args = [NDARRAY, PyTuple.from([0]), Uint8Array.of(0x62)];
  return [RECONSTRUCT, args, PyTuple.from([1, shape, dtype, false, bytes])];
}

function makeDtype(elements: string): PyObject {
  const dtype = new PyObject(new PyGlobal('numpy', 'dtype'), [elements, false, true], 'reduce');
  dtype.addState(PyTuple.from([3, elements.endsWith('1') ? '|' : '<', null, null, null, -1, -1, 0]));
  return dtype;
}
