/**
 * What numpy writes for arrays: `_frombuffer` from protocol 5 on, whose buffer may lie out of band and is no copy, where the
 * elements lie one after another and are no objects; else `_reconstruct` and a state. An array that was read from a pickle
 * is written in the form that it was read in, and by the names that its numpy has.
 */
import type { EncodeContext, Reduction } from '../../spec/reducer.ts';
import { Dtype } from '../../arrays/dtype.ts';
import type { NdArray } from '../../arrays/nd-array.ts';
import { isContiguous } from '../../arrays/shape.ts';
import { storageOf } from '../../arrays/storage.ts';
import { PyGlobal, PyObject, type PyTuple } from '../../values/py.ts';
import { tuple } from '../stdlib/reduce.ts';
import { bytesOf, objectsOf } from './array-bytes.ts';

const RECONSTRUCT = /* @__PURE__ */ new PyGlobal('numpy._core.multiarray', '_reconstruct');
/** As numpy calls it before version 2, of which those before 1.26 know no other name. */
const OLD_RECONSTRUCT = /* @__PURE__ */ new PyGlobal('numpy.core.multiarray', '_reconstruct');
const FROM_BUFFER = /* @__PURE__ */ new PyGlobal('numpy._core.numeric', '_frombuffer');
const NDARRAY = /* @__PURE__ */ new PyGlobal('numpy', 'ndarray');

/** What was called to make the array. */
interface Told {
  readonly callable: PyGlobal;
  readonly name: string;
  readonly call: PyObject;
}

export function reduceArray(array: NdArray, context: EncodeContext): Reduction {
  const told = toldOf(context.recipe(array));
  if (context.protocol >= 5 && told?.name !== '_reconstruct') {
    const reduction = fromBuffer(array, told, context);
    if (reduction !== undefined) return reduction;
  }
  const known = told?.name === '_reconstruct' ? told : undefined;
  const args = known?.call.args ?? [classOf(array.className), tuple(0), Uint8Array.of(0x62)];
  const isOld = told?.callable.module === 'numpy.core.numeric';
  return [known?.callable ?? (isOld ? OLD_RECONSTRUCT : RECONSTRUCT), args, stateOf(array, known?.call.state)];
}

function toldOf(recipe: object | undefined): Told | undefined {
  if (!(recipe instanceof PyObject) || !(recipe.callable instanceof PyGlobal)) return undefined;
  return { callable: recipe.callable, name: recipe.callable.name, call: recipe };
}

/** A class by its full name. */
export function classOf(className: string): PyGlobal {
  if (className === 'numpy.ndarray') return NDARRAY;
  const dot = className.lastIndexOf('.');
  return new PyGlobal(className.slice(0, dot), className.slice(dot + 1));
}

/**
 * `(1, shape, dtype, is_fortran, bytes or list)`.
 * @param said the state that the array was read from: its parts are taken where they are what they were
 */
export function stateOf(array: NdArray, said: unknown): PyTuple {
  const parts: readonly unknown[] = Array.isArray(said) ? said.slice(said.length === 4 ? 0 : 1) : [];
  const order = array.order === 'F' ? 'F' : 'C';
  const dtype = dtypeOf(array.descr, parts[1]);
  const contents = array.descr.hasObjects ? objectsOf(array) : bytesOf(array, order, dtype);
  return tuple(1, shapeOf(array.shape, parts[0]), dtype, order === 'F', contents);
}

function shapeOf(shape: readonly number[], said: unknown): unknown {
  const isSaid = Array.isArray(said) && said.length === shape.length && shape.every((n, i) => Number(said[i]) === n);
  return isSaid ? said : tuple(...shape);
}

/** The dtype that was read, where the array's differs from it in nothing but the byte order. */
function dtypeOf(dtype: Dtype, said: unknown): Dtype {
  if (!(said instanceof Dtype) || said === dtype) return dtype;
  const isSame = said.kind === dtype.kind && said.itemsize === dtype.itemsize && said.unit === dtype.unit;
  return isSame && said.fields === dtype.fields && said.extension === dtype.extension ? said : dtype;
}

/** `_frombuffer(buffer, dtype, shape, order[, axes])`; undefined where numpy could not, or would not, write it so. */
function fromBuffer(array: NdArray, told: Told | undefined, context: EncodeContext): Reduction | undefined {
  const { descr, shape, className } = array;
  if (className !== 'numpy.ndarray' || descr.itemsize === 0 || !isExported(descr)) return undefined;
  const said: readonly unknown[] = told?.name === '_frombuffer' ? told.call.args : [];
  const place = placeOf(array, said.length > 4);
  if (place === undefined) return undefined;
  const { lying, order, axes } = place;
  const buffer = context.buffer(bytesOf(lying, 'C'), !array.writeable);
  const args = [buffer, dtypeOf(descr, said[1]), shapeOf(axes === undefined ? shape : lying.shape, said[2]), order];
  if (axes !== undefined) args.push(tuple(...axes));
  return [said.length > 0 ? told!.callable : FROM_BUFFER, args];
}

interface Place {
  /** The array with its axes as they lie: in C order. */
  readonly lying: NdArray;
  readonly order: 'C' | 'F' | 'K';
  readonly axes: readonly number[] | undefined;
}

/** How the elements lie one after another; undefined where they do not. Axes are read by numpy 2.3 and later alone. */
function placeOf(array: NdArray, mayHaveAxes: boolean): Place | undefined {
  const { order, shape, strides } = array;
  if (order === 'C') return { lying: array, order, axes: undefined };
  if (order === 'F') return { lying: array.transpose(), order, axes: undefined };
  if (!mayHaveAxes) return undefined;
  const outermost = shape.map((_, axis) => axis).sort((a, b) => strides[b]! - strides[a]! || a - b);
  const lying = array.transpose(outermost);
  if (!isContiguous(lying.shape, lying.strides, storageOf(array.descr).width, 'C')) return undefined;
  return { lying, order, axes: shape.map((_, axis) => outermost.indexOf(axis)) };
}

/** Whether Python's buffers can tell the dtype: not times, nor fields that lie over one another or in another order. */
function isExported({ kind, fields, subarray, extension, hasObjects }: Dtype): boolean {
  if (hasObjects || kind === 'M' || kind === 'm' || extension !== undefined) return false;
  if (subarray !== undefined) return isExported(subarray.base);
  let end = 0;
  for (const { offset, dtype } of fields ?? []) {
    if (offset < end || !isExported(dtype)) return false;
    end = offset + dtype.itemsize;
  }
  return true;
}
