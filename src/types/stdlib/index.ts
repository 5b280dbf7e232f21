/** The classes that stand for values of Python's library. */
export {
  PyChainMap,
  PyCounter,
  PyDefaultDict,
  PyDeque,
  PyNamespace,
  PyOrderedDict,
  PyPartial,
  PyUserCollection,
  type Attributes,
} from './collections.ts';
export { PyDate, PyDateTime, PyTime } from './dates.ts';
export { PyException } from './exceptions.ts';
export { PyAddress, PyPath, PyPattern, PyUUID, type AddressKind, type PathKind } from './identifiers.ts';
export { PyComplex, PyDecimal, PyFraction, PyRange, PySlice } from './numbers.ts';
export { PyTimeDelta, PyTimezone } from './spans.ts';
export { PyTypeHint, type TypeHintKind } from './type-hints.ts';
export { PyArray } from './typed-array.ts';
export { PyPytzZone, PyZoneInfo } from './zones.ts';
export { PyDateutilZone } from './dateutil-zones.ts';
