/** Arrow's arrays as pyarrow pickles them: a tuple of a type, counts, buffers, and such tuples for what lies within. */
import { lengthOf } from '../../arrays/dtype-state.ts';
import { refuse } from '../../arrays/refuse.ts';
import { PyBuffer } from '../../values/py.ts';
import { ArrowArray } from './array.ts';
import { ArrowType } from './type.ts';

/** Levels of arrays within arrays: as of types. */
const MAX_DEPTH = 64;

/** A buffer's bytes; undefined for what is none. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof PyBuffer) return value.data;
  return value instanceof Uint8Array ? value : undefined;
}

/**
 * `(type, length, null_count, offset, buffers, children, dictionary)`; undefined where the type is not known.
 * @throws PickleError INVALID_STATE where the parts do not fit each other
 */
export function restoreArray(data: unknown, depth = 0): ArrowArray | undefined {
  if (!Array.isArray(data) || data.length !== 7 || depth > MAX_DEPTH) refuse('An Arrow array is no tuple of 7.');
  const [type, givenLength, , givenOffset, buffers, children, dictionary] = data as unknown[];
  if (!(type instanceof ArrowType)) return undefined;
  const length = lengthOf(givenLength);
  const offset = lengthOf(givenOffset);
  if (length === undefined || offset === undefined) refuse('The length or the offset of an Arrow array is none.');
  if (!Array.isArray(buffers) || !Array.isArray(children)) refuse('The buffers of an Arrow array are no list.');
  const bytes = (buffers as unknown[]).map((buffer) =>
    buffer === null ? null : (bytesOf(buffer) ?? refuse('A buffer of an Arrow array is none.')),
  );
  const inner: ArrowArray[] = [];
  for (const child of children as unknown[]) {
    const array = restoreArray(child, depth + 1);
    if (array === undefined) return undefined;
    inner.push(array);
  }
  const values = dictionary === null ? null : restoreArray(dictionary, depth + 1);
  if (values === undefined) return undefined;
  return new ArrowArray({ type, length, offset, buffers: bytes, children: inner, dictionary: values });
}
