/** Values of scipy's types. */
export type { IndexArray } from './coordinates.ts';
export type { SparseFormat, SparseMatrixParts } from './layouts.ts';
export { type DenseOptions, type SparseEntries, SparseMatrix } from './sparse-matrix.ts';
