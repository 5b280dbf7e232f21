/** numpy's .npy files: a header, then the elements of one array; objects as a pickle. */
import { dtypeOfDescr, subarrayOf, type Descr } from '../arrays/dtype-text.ts';
import type { Dtype } from '../arrays/dtype.ts';
import { arrayFromBytes } from '../arrays/make.ts';
import { sizeOf } from '../arrays/shape.ts';
import type { ResolvedOptions } from '../spec/options.ts';
import { pickleError, type PickleError } from '../spec/pickle-error.ts';
import { placed } from '../values/placed.ts';
import { isNpy } from './marks.ts';
import { parseLiteral, type Literal } from './npy-header.ts';
import { readPickle } from './pickles.ts';

/** numpy itself refuses longer ones, lest a parser be kept busy. */
const MAX_HEADER_BYTES = 2 ** 16;

/** What an .npy file says of its array. */
export interface NpyHeader {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly order: 'C' | 'F';
  /** Bytes before the elements. */
  readonly byteLength: number;
}

/**
 * The array of an .npy file, of versions 1 to 3: a view of the bytes where byte order and alignment allow that.
 * @returns an NdArray; of objects, what the pickle inside holds
 * @throws PickleError TRUNCATED where elements are missing; TRAILING_DATA where more follows; INVALID_HEADER, INVALID_STATE
 *   where the header is wrong
 */
export function readNpy(bytes: Uint8Array, options: ResolvedOptions): unknown {
  const { dtype, shape, order, byteLength } = readNpyHeader(bytes);
  if (dtype.hasObjects) return readPickle(bytes, byteLength, options).value;
  const size = placed(0, undefined, () => sizeOf(shape));
  const left = bytes.length - byteLength;
  const wanted = size * dtype.itemsize;
  const limit = options.limits.maxAllocation;
  if (wanted > limit) throw pickleError('LIMIT_ALLOC', { offset: 0, limit, actual: wanted });
  if (wanted > left) {
    const detail = `An array of shape (${shape.join(', ')}) takes ${wanted} bytes, and there are ${left}.`;
    throw pickleError('TRUNCATED', { offset: byteLength, detail });
  }
  if (wanted < left) throw pickleError('TRAILING_DATA', { offset: byteLength + wanted });
  const content = bytes.subarray(byteLength);
  return placed(0, undefined, () => arrayFromBytes(options.copyBytes ? content.slice() : content, dtype, shape, order));
}

/** @throws PickleError TRUNCATED, INVALID_HEADER, UNSUPPORTED_CONTAINER on an unknown version */
export function readNpyHeader(bytes: Uint8Array): NpyHeader {
  const version = bytes[6];
  const lengthBytes = version === 1 ? 2 : 4;
  const from = 8 + lengthBytes;
  if (!isNpy(bytes) || from > bytes.length)
    throw pickleError('TRUNCATED', { offset: 0, detail: 'The header of an .npy file is cut short.' });
  if (version !== 1 && version !== 2 && version !== 3) {
    throw pickleError('UNSUPPORTED_CONTAINER', { offset: 6, detail: `An .npy file of version ${version}.` });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = lengthBytes === 2 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > bytes.length - from) {
    throw pickleError('TRUNCATED', { offset: 0, detail: 'The header of an .npy file is cut short.' });
  }
  if (length > MAX_HEADER_BYTES) {
    throw headerError(`The header of an .npy file is longer than ${MAX_HEADER_BYTES} bytes.`);
  }
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(from, from + length));
  const header = parseLiteral(text, from);
  if (!(header instanceof Map)) throw headerError('The header of an .npy file is no dict.');
  const descr = header.get('descr') as Literal | undefined;
  const shape = header.get('shape') as Literal | undefined;
  const isFortran = header.get('fortran_order') as Literal | undefined;
  if (descr === undefined || !isShape(shape) || typeof isFortran !== 'boolean' || header.size !== 3) {
    throw headerError('The header of an .npy file lacks its descr, shape or fortran_order.');
  }
  const dtype = placed(from, undefined, () => dtypeOf(descr));
  return { dtype, shape, order: isFortran ? 'F' : 'C', byteLength: from + length };
}

/** A text or fields; or `(descr, shape)` of a subarray. */
function dtypeOf(descr: Literal): Dtype {
  // Fields are arrays themselves, so their second is no shape: it is a text or a list of fields.
  if (Array.isArray(descr) && descr.length === 2 && isShape(descr[1] as Literal)) {
    return subarrayOf(dtypeOfDescr(descr[0] as Descr), descr[1] as readonly number[]).seal();
  }
  return dtypeOfDescr(descr as Descr).seal();
}

function isShape(value: Literal | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every((length) => typeof length === 'number');
}

function headerError(detail: string): PickleError {
  return pickleError('INVALID_HEADER', { offset: 0, detail });
}
