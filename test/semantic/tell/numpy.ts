/** numpy's values. */
import {
  Dtype,
  NdArray,
  NpScalar,
  PyBitGenerator,
  PyGenerator,
  PyGlobal,
  PyMaskedArray,
  PyMaskedConstant,
  PyObject,
  PyPoly1d,
  PyRandomState,
  PySeedSequence,
} from '../../../src/index.ts';
import type { Tell, Teller } from '../teller.ts';
import { madePairs, sha256 } from './base.ts';
import { canonicalBytes } from './numpy-bytes.ts';
import { elementsOf, fillOf, madeElement, scalarOf } from './numpy-elements.ts';
import { tellOlder } from './numpy-older.ts';
import { functionNode } from './numpy-functions.ts';
import { arrayOfSubclass } from './numpy-subclass.ts';
import { firstOf, longName } from './numpy-random.ts';

/** Arrays of more elements are told by their first ones. */
const MANY = 64;
const FIRST = 8;

export const numpy: Teller = {
  made(value, tell) {
    if (value instanceof NdArray) return madeArray(value, tell);
    if (value instanceof PyGlobal) return functionNode(value);
    const tagged = value instanceof PyObject ? madeTagged(value, tell) : undefined;
    if (tagged !== undefined) return tagged;
    if (value instanceof Dtype) return { kind: 'dtype', dtype: madeDtype(value, tell) };
    if (value instanceof NpScalar) {
      return {
        kind: 'scalar',
        class: `numpy.${scalarClass(value.dtype)}`,
        dtype: madeDtype(value.dtype.byteorder === '>' ? value.dtype.withByteorder('<') : value.dtype, tell),
        value: scalarOf(value, tell),
      };
    }
    if (value instanceof PyMaskedArray) {
      return {
        kind: 'maskedarray',
        data: madeArray(value.data, tell),
        mask: madeArray(value.mask, tell),
        fill_value: fillValue(value, tell),
      };
    }
    if (value instanceof PyMaskedConstant) return { kind: 'masked' };
    if (value instanceof PyPoly1d) {
      return { kind: 'poly1d', coeffs: madeArray(value.coeffs!, tell), variable: value.variable };
    }
    return madeRandom(value, tell);
  },

  older: tellOlder,
};

function madeRandom(value: unknown, tell: Tell): unknown {
  if (value instanceof PySeedSequence) {
    return { kind: 'object', class: 'numpy.random.bit_generator.SeedSequence', opaque: true };
  }
  if (value instanceof PyObject && value.args.length === 0 && value.className.startsWith('numpy.')) {
    if (value.state instanceof Map)
      return { kind: 'object', class: value.className, attrs: madePairs(value.state, tell) };
  }
  if (value instanceof PyBitGenerator) {
    return { kind: 'bitgenerator', class: longName(value), state: tell(value.state) };
  }
  if (value instanceof PyGenerator) {
    return { kind: 'generator', bit_generator: tell(value.bitGenerator), next: firstOf(value, 3) };
  }
  if (value instanceof PyRandomState) {
    return { kind: 'randomstate', state: tell(value.state), next: firstOf(value, 3) };
  }
  return undefined;
}

/** A subclass of the sample application: what it appends to the state is its tag. */
function madeTagged(value: PyObject, tell: Tell): unknown {
  if (String(value.args[0]) !== 'sampleapp.arrays.Tagged') return undefined;
  const { array, more } = arrayOfSubclass(value)!;
  return { ...(madeArray(array, tell) as object), attrs: madePairs([['tag', more[0]]], tell) };
}

function madeArray(array: NdArray, tell: Tell): unknown {
  const { descr, order } = array;
  const bytes = canonicalBytes(array, 'without padding');
  return {
    kind: 'ndarray',
    dtype: madeDtype(descr, tell),
    shape: [...array.shape],
    order,
    ...(order === 'K' && { strides: byteStrides(array) }),
    ...(bytes !== null && { sha256: sha256(bytes) }),
    values: elementsOf(array, array.size > MANY ? FIRST : MANY, tell),
    ...(!array.writeable && { writeable: false }),
    ...(array.className !== 'numpy.ndarray' && { class: CLASS_NAMES.get(array.className) ?? array.className }),
    ...(array.className.endsWith('.matrix') && { attrs: [['_getitem', false]] }),
  };
}

/** What today's numpy calls the classes of older pickles. */
const CLASS_NAMES: ReadonlyMap<string, string> = new Map([['numpy.matrixlib.defmatrix.matrix', 'numpy.matrix']]);

function byteStrides({ data, strides, descr }: NdArray): number[] {
  const size = Array.isArray(data) ? descr.itemsize : data.BYTES_PER_ELEMENT;
  return strides.map((stride) => stride * size);
}

function madeDtype(dtype: Dtype, tell: Tell): unknown {
  if (dtype.metadata !== undefined) {
    const entries = dtype.metadata as ReadonlyMap<unknown, unknown>;
    return { dtype: plainDtype(dtype, tell), metadata: madePairs(entries, tell) };
  }
  return plainDtype(dtype, tell);
}

function plainDtype(dtype: Dtype, tell: Tell): unknown {
  const { extension, strings, fields, subarray } = dtype;
  if (extension !== undefined) return extension;
  if (strings !== undefined) {
    return { string: { coerce: strings.coerce, ...(strings.na !== undefined && { na: tell(strings.na) }) } };
  }
  if (subarray !== undefined) return { base: madeDtype(subarray.base, tell), shape: [...subarray.shape] };
  if (fields === undefined) return dtype.str;
  return {
    fields: fields.map(({ name, dtype: inner, offset, title }) => {
      const field = { name, dtype: madeDtype(inner, tell), offset };
      return title === undefined ? field : Object.assign(field, { title });
    }),
    itemsize: dtype.itemsize,
    ...(dtype.isAligned && { aligned: true }),
  };
}

function scalarClass(dtype: Dtype): string {
  const { kind, itemsize } = dtype;
  if (dtype.unit !== undefined) return kind === 'M' ? 'datetime64' : 'timedelta64';
  if (dtype.isRecord) return 'record';
  if (kind === 'f' && itemsize > 8) return 'longdouble';
  if (kind === 'c' && itemsize > 16) return 'clongdouble';
  if (kind === 'U' || kind === 'S') return kind === 'U' ? 'str_' : 'bytes_';
  return kind === 'V' ? 'void' : dtype.name;
}

/** What numpy fills in where nothing was set. */
function fillValue({ fillValue: value, data: { descr } }: PyMaskedArray, tell: Tell): unknown {
  if (value instanceof NdArray && value.ndim === 0) return madeElement(value.get(), descr, tell);
  return value === null ? fillOf(descr) : tell(value);
}
