/** Arrays and their dtypes. */
export { Datetime64, Timedelta64, type DatetimeUnit, type UnitName } from './datetime64.ts';
export { Dtype, type DtypeField, type DtypeKind, type DtypeParts, type StringOptions } from './dtype.ts';
export { dtypeOfDescr, dtypeOfText, type Descr, type DescrField } from './dtype-text.ts';
export type { NdRecord } from './elements.ts';
export { arrayFromBytes, arrayFromObjects } from './make.ts';
export { NdArray, type NdArrayParts } from './nd-array.ts';
export type { NestedOptions } from './nested.ts';
export type { ArrayData, NumberArray } from './storage.ts';
export type { TypedOptions } from './typed.ts';
