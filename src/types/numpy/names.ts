/** Where the versions of numpy have what pickles name. */
import type { PyType } from '../../spec/options.ts';
import type { PyGlobal } from '../../values/py.ts';

/** ndarray and the subclasses that come with numpy, by the places where its versions have them. */
const ARRAY_CLASSES: ReadonlySet<string> = new Set([
  'numpy.ndarray',
  'numpy.matrix',
  'numpy.matrixlib.matrix',
  'numpy.matrixlib.defmatrix.matrix',
  'numpy.core.defmatrix.matrix',
  'numpy.recarray',
  'numpy.rec.recarray',
  'numpy.core.records.recarray',
  'numpy._core.records.recarray',
  'numpy.memmap',
  'numpy.core.memmap.memmap',
  'numpy._core.memmap.memmap',
  'numpy.chararray',
  'numpy.char.chararray',
  'numpy.core.defchararray.chararray',
  'numpy._core.defchararray.chararray',
]);

/** Whether a class is ndarray or comes with numpy: its instances are NdArrays. */
export const isArrayClass = (cls: PyGlobal): boolean => ARRAY_CLASSES.has(cls.toString());

/** A type under one name in several modules. */
export const inEach = (modules: readonly string[], name: string, type: PyType): [string, string, PyType][] =>
  modules.map((module) => [module, name, type]);

/** A class that is named and not called; so it is known where the option `globals` is 'strict'. What calls it stays inert. */
const NAMED: PyType = { call: () => undefined };

/** Rows of a family for classes by their full names. */
export const named = (names: Iterable<string>): [string, string, PyType][] =>
  Array.from(names, (name) => [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1), NAMED]);

const SCALARS =
  'bool bool_ generic number byte ubyte short ushort intc uintc int_ uint longlong ulonglong intp uintp int8 int16 int32 ' +
  'int64 uint8 uint16 uint32 uint64 half single double longdouble float16 float32 float64 float128 csingle cdouble ' +
  'clongdouble complex64 complex128 complex256 object_ bytes_ str_ void record datetime64 timedelta64';

const OTHER_DTYPES =
  'bfloat16 float8_e4m3fn float8_e5m2 float8_e4m3fnuz float8_e5m2fnuz float8_e4m3b11fnuz float8_e8m0fnu int4 uint4 int2 uint2';

/** What arrays, dtypes and scalars name. */
export const CLASSES: readonly string[] = [
  ...ARRAY_CLASSES,
  ...SCALARS.split(' ').map((name) => `numpy.${name}`),
  'numpy.core.records.record',
  'numpy._core.records.record',
  ...OTHER_DTYPES.split(' ').map((name) => `ml_dtypes.${name}`),
];
