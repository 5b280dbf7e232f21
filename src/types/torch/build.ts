/** Tensors from the arguments of torch's functions that pickles call. Undefined declines: the call stays inert. */
import { lengthOf, lengthsOf } from '../../arrays/dtype-state.ts';
import { refuse } from '../../arrays/refuse.ts';
import type { TypeContext } from '../../spec/options.ts';
import { PyGlobal } from '../../values/py.ts';
import { floatOf, fieldsOf, isList } from '../stdlib/arguments.ts';
import { dtypeNameOf } from './dtypes.ts';
import { SparseTensor, type SparseLayout } from './sparse.ts';
import { TorchStorage } from './storage.ts';
import { Tensor, type Quantizer, type TensorParts } from './tensor.ts';
import { TorchLayout } from './words.ts';

export type AnyTensor = Tensor | SparseTensor;

export const isTensor = (value: unknown): value is AnyTensor =>
  value instanceof Tensor || value instanceof SparseTensor;

type Args = readonly unknown[];

/** `_rebuild_tensor(storage, offset, size, stride)`. */
export function tensorOf(args: Args): Tensor | undefined {
  const parts = args.length === 4 ? placeOf(args) : undefined;
  return parts && new Tensor(parts);
}

/** `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks[, metadata])`. */
export function tensorOfV2(args: Args): Tensor | undefined {
  const parts = args.length === 6 || args.length === 7 ? placeOf(args) : undefined;
  return parts && new Tensor({ ...parts, requiresGrad: isTrue(args[4]), ...flagsOf(args[6]) });
}

/** `_rebuild_tensor_v3(storage, offset, size, stride, requires_grad, hooks, dtype[, metadata])`: the storage has no dtype. */
export function tensorOfV3(args: Args): Tensor | undefined {
  const parts = args.length === 7 || args.length === 8 ? placeOf(args) : undefined;
  const dtype = dtypeNameOf(args[6]);
  if (parts === undefined || dtype === undefined) return undefined;
  return new Tensor({ ...parts, dtype, requiresGrad: isTrue(args[4]), ...flagsOf(args[7]) });
}

/** `_rebuild_qtensor(storage, offset, size, stride, quantizer, requires_grad, hooks)`. */
export function quantisedOf(args: Args): Tensor | undefined {
  const parts = args.length === 7 ? placeOf(args) : undefined;
  const quantizer = quantizerOf(args[4]);
  return parts && quantizer && new Tensor({ ...parts, quantizer, requiresGrad: isTrue(args[5]) });
}

/** `_rebuild_meta_tensor_no_storage(dtype, size, stride, requires_grad)`. */
export function metaTensorOf([cls, size, stride, requiresGrad, ...rest]: Args): Tensor | undefined {
  const [dtype, shape, strides] = [dtypeNameOf(cls), lengthsOf(size), lengthsOf(stride)];
  if (dtype === undefined || shape === undefined || strides === undefined || rest.length > 0) return undefined;
  return new Tensor({ storage: null, dtype, shape, strides, offset: 0, requiresGrad: isTrue(requiresGrad) });
}

/** `_rebuild_sparse_tensor(layout, data)`: data are the indices, the values and the size. */
export function sparseOf([layout, data, ...rest]: Args): SparseTensor | undefined {
  if (!(layout instanceof TorchLayout) || !isList(data) || rest.length > 0) return undefined;
  const name = layout.name.replace('sparse_', '');
  if (name === 'coo') {
    const [indices, values, size, isCoalesced, ...more] = data;
    const shape = lengthsOf(size);
    if (!(indices instanceof Tensor && values instanceof Tensor) || shape === undefined || more.length > 0) {
      return undefined;
    }
    const coalesced = typeof isCoalesced === 'boolean' ? isCoalesced : undefined;
    return new SparseTensor({ layout: 'coo', shape, indices, values, isCoalesced: coalesced });
  }
  const [compressed, plain, values, size, ...more] = data;
  const shape = lengthsOf(size);
  if (!COMPRESSED.has(name) || shape === undefined || more.length > 0) return undefined;
  if (!(compressed instanceof Tensor && plain instanceof Tensor && values instanceof Tensor)) return undefined;
  return new SparseTensor({ layout: name as SparseLayout, shape, compressed, plain, values });
}

const COMPRESSED: ReadonlySet<string> = new Set(['csr', 'csc', 'bsr', 'bsc']);

/**
 * `_rebuild_from_type_v2(function, type, args, state)`: a tensor of another class, or with attributes. The older
 * `_rebuild_from_type` takes the attributes as a dict.
 */
export function typedTensorOf(args: Args, context: TypeContext): AnyTensor | undefined {
  const [make, type, inner, state, ...rest] = args;
  if (!isList(inner) || rest.length > 0 || !(type instanceof PyGlobal)) return undefined;
  const tensor = context.typeOf(make)?.call?.(inner, undefined, context);
  if (!isTensor(tensor) || !setAttributes(tensor, state)) return undefined;
  const name = type.toString();
  if (name !== 'torch.Tensor' && name !== 'torch._tensor.Tensor') tensor.className = name;
  return tensor;
}

/** `_rebuild_parameter(data, requires_grad, hooks)`, and with the parameter's attributes behind them. */
export function parameterOf([data, requiresGrad, , state, ...rest]: Args): AnyTensor | undefined {
  if (!isTensor(data) || rest.length > 0) return undefined;
  const parameter = sameTensor(data);
  if (!setAttributes(parameter, state)) return undefined;
  parameter.className = 'torch.nn.parameter.Parameter';
  parameter.requiresGrad = requiresGrad === undefined || isTrue(requiresGrad);
  return parameter;
}

/** Another tensor over the same data. */
export function sameTensor(tensor: AnyTensor): AnyTensor {
  return tensor instanceof Tensor ? new Tensor(tensor) : new SparseTensor(tensor);
}

/** A dict of attributes, or a pair of it and that of the slots; false where the state is neither. */
export function setAttributes(tensor: AnyTensor, state: unknown): boolean {
  for (const part of isList(state) && state.length === 2 ? state : [state]) {
    if (part === null || part === undefined) continue;
    const fields = fieldsOf(part);
    if (fields === undefined) return false;
    for (const [name, value] of fields) tensor.attributes.set(name, value);
  }
  return true;
}

const isTrue = (value: unknown): boolean => value === true;

type Place = Pick<TensorParts, 'storage' | 'dtype' | 'shape' | 'strides' | 'offset'>;

const isWhole = (value: unknown): boolean => typeof value === 'bigint' || Number.isInteger(value);

/** Of the first four arguments. @throws PickleError INVALID_STATE where an int is none that torch takes */
function placeOf([storage, first, size, stride]: Args): Place | undefined {
  const offset = lengthOf(first);
  const [shape, strides] = [isList(size) && lengthsOf(size), isList(stride) && lengthsOf(stride)];
  if (!(storage instanceof TorchStorage)) return undefined;
  if (offset === undefined || !shape || !strides) {
    const isPlace = isWhole(first) && [size, stride].every((list) => isList(list) && list.every(isWhole));
    return isPlace ? refuse('The shape, the strides or the offset of a tensor are negative or too large.') : undefined;
  }
  return { storage, dtype: storage.dtype, shape, strides, offset };
}

/** Of the last argument: what is done to the elements when they are read. */
function flagsOf(metadata: unknown): { isConj: boolean; isNeg: boolean } {
  const fields = fieldsOf(metadata);
  return { isConj: isTrue(fields?.get('conj')), isNeg: isTrue(fields?.get('neg')) };
}

function quantizerOf(value: unknown): Quantizer | undefined {
  if (!isList(value) || !(value[0] instanceof PyGlobal) || value[0].module !== 'torch') return undefined;
  const [{ name: scheme }, first, second, third] = value as [PyGlobal, ...unknown[]];
  if (scheme === 'per_tensor_affine') {
    const [scale, zeroPoint] = [floatOf(first), Number(second)];
    if (scale === undefined || !Number.isSafeInteger(zeroPoint)) return undefined;
    return { scheme, scale, zeroPoint };
  }
  if (scheme !== 'per_channel_affine' && scheme !== 'per_channel_affine_float_qparams') return undefined;
  const axis = lengthOf(third);
  if (!(first instanceof Tensor && second instanceof Tensor) || axis === undefined) return undefined;
  return { scheme, scales: first, zeroPoints: second, axis };
}
