/** What is written for Arrow's values. */
import { fixed, type ReducerRow, unwritable } from '../stdlib/reduce.ts';
import { ArrowArray } from './array.ts';
import { ArrowChunkedArray } from './chunked.ts';
import { arrowPartsOf } from './reduce-array.ts';

export const ARROW_REDUCERS: readonly ReducerRow[] = [
  fixed(ArrowArray, (array) => arrowPartsOf(array)?.array ?? unwritable(`An array of Arrow's ${String(array.type)}`)),
  fixed(ArrowChunkedArray, ({ type }) => unwritable(`A chunked array of Arrow's ${String(type)}`)),
];
