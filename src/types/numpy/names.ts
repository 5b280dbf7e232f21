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
