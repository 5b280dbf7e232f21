/** The contents of arrays as pickles have them: the state that BUILD gives, and the arguments of `_frombuffer`. */
import type { TypeContext } from '../../spec/options.ts';
import { swapBytes } from '../../arrays/convert/index.ts';
import { Dtype } from '../../arrays/dtype.ts';
import { lengthOf, lengthsOf, textOf } from '../../arrays/dtype-state.ts';
import { partsFromBytes, partsFromObjects } from '../../arrays/make.ts';
import { NdArray, type NdArrayParts } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import { storageOf } from '../../arrays/storage.ts';
import { PyBuffer, PyByteArray } from '../../values/py.ts';
import { octetsOf } from '../stdlib/arguments.ts';

/**
 * BUILD of an array: `(version, shape, dtype, is_fortran, bytes or list)`, of old without the version.
 * @throws PickleError INVALID_STATE where the state is none
 */
export function setArrayState(array: NdArray, state: unknown): void {
  if (!Array.isArray(state) || state.length < 4 || state.length > 5) refuse('The state of an array is no tuple of 5.');
  const [shape, dtype, isFortran, contents] = state.slice(-4) as unknown[];
  const version = state.length === 5 ? lengthOf(state[0]) : 0;
  if (version === undefined || version > 1) refuse('The version of an array is not known.');
  array.become(partsOfState(shape, dtype, isFortran, contents));
}

export function partsOfState(shape: unknown, dtype: unknown, isFortran: unknown, contents: unknown): NdArrayParts {
  const lengths = lengthsOf(shape);
  if (lengths === undefined || !Array.isArray(shape)) refuse('The shape of an array is no tuple of lengths.');
  if (!(dtype instanceof Dtype)) refuse('The dtype of an array is none.');
  const order = isFortran === false || Number(isFortran) === 0 ? 'C' : 'F';
  if (dtype.hasObjects) {
    if (!Array.isArray(contents)) refuse('The objects of an array are no list.');
    return partsFromObjects(contents, dtype, lengths, order);
  }
  const bytes = octetsOf(contents);
  if (bytes === undefined) refuse('The contents of an array are no bytes.');
  const parts = partsFromBytes(...inLittleEndian(bytes, dtype), lengths, order);
  return dtype.byteorder === '>' ? { ...parts, pickledDescr: dtype } : parts;
}

/** numpy gives what was big-endian the byte order of the machine, as it reads a state; but not within structured ones. */
function inLittleEndian(bytes: Uint8Array, dtype: Dtype): [Uint8Array, Dtype] {
  if (dtype.byteorder !== '>') return [bytes, dtype];
  const { isRaw } = storageOf(dtype);
  const unit = dtype.kind === 'U' ? 4 : dtype.kind === 'c' ? dtype.itemsize / 2 : dtype.itemsize;
  // Numbers are swapped anyway, as they become those of this machine; but for the odd longdouble of 12 bytes.
  if (!isRaw && unit > 1) return [swapBytes(bytesOfItems(bytes, unit), unit as 2 | 4 | 8), dtype.withByteorder('<')];
  if (unit !== 4 && unit !== 16) return [bytes, dtype];
  return [swapBytes(bytesOfItems(bytes, unit), unit), dtype.withByteorder('<')];
}

function bytesOfItems(bytes: Uint8Array, unit: number): Uint8Array {
  return bytes.length % unit === 0 ? bytes : refuse('The contents of an array end within an element.');
}

/**
 * `_frombuffer(buffer, dtype, shape, order[, axes])`; undefined for other arguments.
 * @throws PickleError INVALID_STATE where the buffer is not that of such an array
 */
export function arrayOfBuffer(args: readonly unknown[], context: TypeContext): NdArray | undefined {
  const [source, dtype, shape, givenOrder, axes] = args;
  if (args.length < 4 || args.length > 5 || !(dtype instanceof Dtype)) return undefined;
  const bytes = source instanceof PyBuffer ? source.data : octetsOf(source);
  const lengths = lengthsOf(shape);
  const order = textOf(givenOrder);
  if (bytes === undefined || lengths === undefined) refuse('The buffer or the shape of an array is none.');
  if (order !== 'C' && order !== 'F' && order !== 'K' && order !== 'A') refuse('The order of an array is not known.');
  const parts = partsFromBytes(bytes, dtype, lengths, order === 'F' ? 'F' : 'C');
  const array = new NdArray({ ...parts, writeable: isWriteable(source, context) });
  if (order !== 'K' || axes === undefined || axes === null) return array;
  const places = lengthsOf(axes);
  const isOrder = places?.length === lengths.length && new Set(places).size === lengths.length;
  if (!isOrder || !places.every((axis) => axis < lengths.length)) refuse('The axes of an array are no order of them.');
  return array.transpose(places);
}

/** An ordinary decode cannot tell bytes from a bytearray. */
function isWriteable(source: unknown, { options }: TypeContext): boolean {
  if (source instanceof PyBuffer) return !source.readonly;
  return !options.exact || source instanceof PyByteArray;
}
