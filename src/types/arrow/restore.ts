/** Arrow's arrays as pyarrow pickles them: a tuple of a type, counts, buffers, and such tuples for what lies within. */
import { lengthOf } from '../../arrays/dtype-state.ts';
import { refuse } from '../../arrays/refuse.ts';
import { PyBuffer } from '../../values/py.ts';
import { ArrowArray } from './array.ts';
import { ArrowType } from './type.ts';

/** A buffer's bytes; undefined for what is none. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof PyBuffer) return value.data;
  return value instanceof Uint8Array ? value : undefined;
}

/**
 * `(type, length, null_count, offset, buffers, children, dictionary)`; undefined where the type is not known.
 * @param expected the type that it must have, within another array
 * @throws PickleError INVALID_STATE where the parts do not fit each other
 */
export function restoreArray(data: unknown, expected?: ArrowType): ArrowArray | undefined {
  if (!Array.isArray(data) || data.length !== 7) refuse('An Arrow array is no tuple of 7.');
  const [type, givenLength, , givenOffset, buffers, children, dictionary] = data as unknown[];
  if (!(type instanceof ArrowType)) return undefined;
  // Before what lies within is looked at: types are limited, tuples within each other are not.
  if (expected !== undefined && String(type) !== String(expected)) refuse('A part of an Arrow array has another type.');
  const { fields, parts } = type;
  const length = lengthOf(givenLength);
  const offset = lengthOf(givenOffset);
  if (length === undefined || offset === undefined) refuse('The length or the offset of an Arrow array is none.');
  if (!Array.isArray(buffers) || !Array.isArray(children)) refuse('The buffers of an Arrow array are no list.');
  if (type.layout === 'other') return new ArrowArray({ ...NO_PARTS, type, length, offset });
  if (children.length !== fields.length) refuse('An Arrow array has other parts than its type.');
  const bytes = (buffers as unknown[]).map((buffer) =>
    buffer === null ? null : (bytesOf(buffer) ?? refuse('A buffer of an Arrow array is none.')),
  );
  const inner = (children as unknown[]).map((child, i) => restoreArray(child, fields[i]!.type));
  const values = parts.value === undefined ? null : restoreArray(dictionary, parts.value);
  if (values === undefined || !inner.every((child) => child !== undefined)) return undefined;
  return new ArrowArray({ type, length, offset, buffers: bytes, children: inner, dictionary: values });
}

const NO_PARTS = { buffers: [], children: [], dictionary: null };
