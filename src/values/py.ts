/** The classes that stand for Python values without a twin in JavaScript. */
export { PyBuffer, PyByteArray, PyFloat, PyTuple } from './py-data.ts';
export { PyDict } from './py-dict.ts';
export { PyExtension, PyGlobal, PyInert, PyObject, PyPersistent, type How } from './py-objects.ts';
export { PyFrozenSet, PySet } from './py-set.ts';
