/**
 * One object of each class that decoding works with, as it is when in use.
 *
 * V8 throws optimized code away when a collection finds no object left of a hidden class that the code was made for, and a
 * decode of a large input mostly ends with such a collection: 20,000 calls took 38 ms each time, and take 6 since these
 * objects stay.
 */
import type { Graph } from '../graph/graph.ts';
import { canonicalKey, KeyMemo } from './keys.ts';
import { NanMemo } from './nan-memo.ts';
import { PyDict, PyObject, PySet, PyTuple } from './py.ts';
import { HI_CONST } from '../spec/slot-words.ts';

/** A graph of nothing but None. */
export const noGraph = (): Graph => ({
  f64: new Float64Array(1),
  u32: new Uint32Array([0, HI_CONST]),
  i32: new Int32Array([0, HI_CONST]),
  root: 0,
  sharedCount: 0,
  sharedSlot: () => 0,
  chunk1: () => '',
  chunk2: () => '',
  text: () => '',
  shape: (number) => ({ number, keys: [], kinds: new Uint8Array(0), version: 0 }),
});

export function usedValues(): unknown[] {
  const object = new PyObject(undefined, [], 'reduce');
  object.addState({});
  const memo = new KeyMemo();
  const tuple = PyTuple.from([1, 'text']);
  const keys = [true, 'text', tuple];
  const canonicals = keys.map((key) => canonicalKey(key, { exact: false, memo }));
  const dict = new PyDict();
  dict.fill(canonicals, keys, keys);
  const set = new PySet();
  set.fill(canonicals, keys);
  return [object, memo, tuple, dict, set, new NanMemo()];
}
