/** What is needed of an array to read it. */
import type { Dtype } from './dtype.ts';
import type { ArrayData } from './storage.ts';

export interface ArrayView {
  readonly data: ArrayData;
  readonly descr: Dtype;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}
