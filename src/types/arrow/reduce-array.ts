/** Arrow's arrays as pyarrow pickles them. */
import { PyByteArray, PyGlobal, PyObject } from '../../values/py.ts';
import { tuple } from '../stdlib/reduce.ts';
import type { ArrowArray } from './array.ts';
import { typeOfAlias } from './type.ts';

const LIB = 'pyarrow.lib';
const RESTORE = /* @__PURE__ */ new PyGlobal(LIB, '_restore_array');
const ALIAS = /* @__PURE__ */ new PyGlobal(LIB, 'type_for_alias');
const BUFFER = /* @__PURE__ */ new PyGlobal(LIB, 'py_buffer');

const call = (callable: PyGlobal, ...args: unknown[]): PyObject => new PyObject(callable, args, 'reduce');

/**
 * `_restore_array((type, length, null_count, offset, buffers, children, dictionary))`, and the type alone; undefined for
 * arrays that hold others, or views, and for types that no alias names.
 */
export function arrowPartsOf(array: ArrowArray): { readonly array: PyObject; readonly type: PyObject } | undefined {
  const { type, length, offset, validity, data, offsets, children, dictionary, views } = array;
  const isPlain = children.length === 0 && dictionary === null && views.length === 0 && type.layout !== 'view';
  if (!isPlain || typeOfAlias(String(type)) === undefined) return undefined;
  const buffers = type.layout === 'null' ? [null] : [validity, ...(offsets === undefined ? [] : [offsets]), data];
  const name = call(ALIAS, String(type));
  const parts = tuple(name, length, array.nullCount, offset, buffers.map(bufferOf), [], null);
  return { array: call(RESTORE, parts), type: name };
}

function bufferOf(data: ArrayBufferView | null): PyObject | null {
  if (data === null) return null;
  return call(BUFFER, new PyByteArray(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength));
}
