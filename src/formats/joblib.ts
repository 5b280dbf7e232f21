/** joblib's files since 0.10: pickles with the elements of arrays between their opcodes, which are no pickles as a whole. */
import { lengthsOf } from '../arrays/dtype-state.ts';
import { dtypeOfText } from '../arrays/dtype-text.ts';
import { Dtype } from '../arrays/dtype.ts';
import { partsFromBytes } from '../arrays/make.ts';
import { NdArray, type NdArrayParts } from '../arrays/nd-array.ts';
import { refuse } from '../arrays/refuse.ts';
import { sizeOf } from '../arrays/shape.ts';
import { NATIVE_ORDER, storageOf } from '../arrays/storage.ts';
import type { ErrorCode } from '../spec/errors.ts';
import { OPCODES } from '../spec/opcodes.ts';
import type { PyType, ResolvedOptions } from '../spec/options.ts';
import { pickleError, PickleError } from '../spec/pickle-error.ts';
import { placed } from '../values/placed.ts';
import { PyPersistent } from '../values/py.ts';
import { classNameOf } from './joblib-siblings.ts';
import { Scanner, type Wrapper } from './joblib-scan.ts';
import { Splice } from './joblib-splice.ts';
import { JOBLIB_WRAPPER } from './marks.ts';
import { readPickle, type ReadPickle, withTypes } from './pickles.ts';

const BUILD = 0x62;
const FRAME = 0x95;
/** The first item of the persistent ids that stand for arrays where nothing is resolved. */
const ARRAY_ID = 'joblib array';

/** An array that stands in the stream: of numbers, or an object array's own pickle. */
type Inline = { readonly parts: NdArrayParts } | { readonly value: unknown; readonly subclass: string };

/**
 * The value of a joblib stream, uncompressed, which begins at an offset; and where it ends. Arrays are NdArrays: views
 * of the bytes where byte order and alignment allow that. Where nothing is resolved, a wrapper is a PyObject whose second
 * state is the bytes, or what the pickle of an object array holds.
 * @throws PickleError as `loads` does; INVALID_STATE where a wrapper is none; TRUNCATED where elements are missing
 */
export function readJoblib(bytes: Uint8Array, options: ResolvedOptions, from = 0): ReadPickle {
  const isInert = options.globals === 'inert';
  const scanner = new Scanner(bytes, options.limits);
  const splice = new Splice(bytes);
  splice.cut(0, from);
  const inlines: Inline[] = [];
  const modules = new Set<string>();
  let at = from;
  for (;;) {
    const found = scanned(scanner, at, inlines.length > 0);
    if (found === null) return readPickle(bytes, from, options);
    if (found.wrapper === null) {
      at = found.end;
      // Frames would be of another length. They are not needed.
      if (found.opcode === FRAME) splice.cut(found.at, at);
      else break;
    } else {
      const { inline, end } = readInline(bytes, found.end, found.wrapper, options, isInert);
      modules.add(found.wrapper.module);
      splice.replace(found.at, end, isInert ? inertBuild(inlines.length) : buildWith(inlines.length));
      inlines.push(inline);
      at = end;
    }
  }
  if (inlines.length === 0) return readPickle(bytes, from, options);
  splice.cut(at, bytes.length);
  const all = isInert
    ? inertOptions(options, inlines)
    : withTypes(options, modules, JOBLIB_WRAPPER, wrapperType(inlines));
  try {
    return { value: readPickle(splice.bytes(), 0, all).value, end: at };
  } catch (error) {
    throw error instanceof PickleError ? moved(error, splice) : error;
  }
}

/** What the scan finds next; null where it finds nothing, nor did before: then it is a plain pickle, if any. */
function scanned(scanner: Scanner, at: number, hasArrays: boolean): ReturnType<Scanner['next']> | null {
  try {
    return scanner.next(at);
  } catch (error) {
    if (error instanceof PickleError && !hasArrays) return null;
    throw error;
  }
}

/** @param from the offset behind the wrapper's BUILD */
function readInline(
  bytes: Uint8Array,
  from: number,
  { state }: Wrapper,
  options: ResolvedOptions,
  isRaw: boolean,
): { readonly inline: Inline; readonly end: number } {
  return placed(from - 1, BUILD, () => {
    const [shape, dtype, order] = [lengthsOf(state?.get('shape')), state?.get('dtype'), state?.get('order')];
    const subclass = subclassOf(state?.get('subclass'));
    const alignment = state?.get('numpy_array_alignment_bytes');
    if (shape === undefined || !(dtype instanceof Dtype) || (order !== 'C' && order !== 'F')) {
      refuse('A NumpyArrayWrapper of joblib does not tell the shape, dtype and order of its array.');
    }
    // Pickles of objects stand there without padding.
    if (dtype.seal().hasObjects) {
      if (from >= bytes.length) throw pickleError('TRUNCATED', { offset: from });
      const { value, end } = readPickle(bytes, from, options);
      return { inline: { value, subclass }, end };
    }
    let start = from;
    if (alignment !== undefined && alignment !== null) {
      if (from >= bytes.length) throw pickleError('TRUNCATED', { offset: from });
      start += 1 + bytes[from]!;
    }
    const byteLength = sizeOf(shape) * dtype.itemsize;
    if (byteLength > bytes.length - start) throw pickleError('TRUNCATED', { offset: from });
    const end = start + byteLength;
    const content = options.copyBytes ? bytes.slice(start, end) : bytes.subarray(start, end);
    if (isRaw)
      return { inline: { value: new Uint8Array(content.buffer, content.byteOffset, byteLength), subclass }, end };
    const parts = partsFromBytes(content, dtype, shape, order);
    return { inline: { parts: { ...parts, descr: nativeOf(parts.descr), className: subclass } }, end };
  });
}

/**
 * joblib makes the subclass again by a method that numpy 2 has no more: there arrays are plain ones. It is numpy 2 that
 * names the classes so.
 */
const NUMPY_2: ReadonlySet<string> = new Set(['numpy.matrix', 'numpy.rec.recarray']);

function subclassOf(subclass: unknown): string {
  const name = classNameOf(subclass);
  return NUMPY_2.has(name) ? 'numpy.ndarray' : name;
}

/** As joblib gives arrays: in the machine's byte order, which the data of all but raw elements are in anyway. */
function nativeOf(dtype: Dtype): Dtype {
  const isSwapped = dtype.byteorder !== '|' && dtype.byteorder !== NATIVE_ORDER && !storageOf(dtype).isRaw;
  return isSwapped ? dtype.withByteorder(NATIVE_ORDER).seal() : dtype;
}

/** BININT, TUPLE2, BUILD: the state becomes a pair of what it was and the array's number. */
function buildWith(index: number): Uint8Array {
  return Uint8Array.of(0x4a, ...intBytes(index), 0x86, BUILD);
}

/** BUILD, then BUILD with what a persistent id stands for. */
function inertBuild(index: number): Uint8Array {
  const id = Array.from(ARRAY_ID, (char) => char.charCodeAt(0));
  return Uint8Array.of(BUILD, 0x8c, id.length, ...id, 0x4a, ...intBytes(index), 0x86, 0x51, BUILD);
}

const intBytes = (value: number): Uint8Array => new Uint8Array(Uint32Array.of(value).buffer);

const EMPTY = dtypeOfText('|i1')!.seal();

/** A wrapper is its array from the beginning, and gets the elements by BUILD. */
function wrapperType(inlines: readonly Inline[]): PyType {
  return {
    create: () => new NdArray({ data: new Int8Array(0), descr: EMPTY, shape: [0] }),
    setState(target, state) {
      const inline = Array.isArray(state) ? inlines[Number(state[1])] : undefined;
      if (!(target instanceof NdArray) || inline === undefined) refuse('A wrapper of joblib was built twice.');
      if ('parts' in inline) return target.become(inline.parts);
      const { value } = inline;
      if (!(value instanceof NdArray)) refuse('The pickle of an object array of joblib holds something else.');
      const { data, descr, shape, strides, offset, writeable } = value;
      target.become({ data, descr, shape, strides, offset, writeable, className: inline.subclass });
    },
  };
}

function inertOptions(options: ResolvedOptions, inlines: readonly Inline[]): ResolvedOptions {
  const otherwise = options.persistentLoad ?? ((id: unknown) => new PyPersistent(id));
  return {
    ...options,
    persistentLoad(id) {
      const [word, index] = Array.isArray(id) ? (id as unknown[]) : [];
      const inline = word === ARRAY_ID ? inlines[Number(index)] : undefined;
      return inline !== undefined && 'value' in inline ? inline.value : otherwise(id);
    },
  };
}

/** The same error, where it is in the stream as it was. */
function moved(error: PickleError, splice: Splice): PickleError {
  const opcode = OPCODES.find(({ name }) => name === error.opcode)?.code;
  return pickleError(error.code as ErrorCode, { offset: splice.originOf(error.offset), opcode, cause: error });
}
