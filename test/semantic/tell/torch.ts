/** torch's values. */
import {
  type Dtype,
  type NdArray,
  PyGlobal,
  PyObject,
  SparseTensor,
  Tensor,
  TorchDevice,
  TorchLayout,
  TorchSize,
  TorchStorage,
} from '../../../src/index.ts';
import { contiguousOf } from '../../../src/arrays/typed.ts';
import type { Tell, Teller } from '../teller.ts';
import { bitsOf, floatRepr, madePairs, sha256 } from './base.ts';
import { elementsOf } from './numpy-elements.ts';

/** Tensors of more elements are told by their first ones. */
const MANY = 64;
const FIRST = 8;
/** Keys of storages in files without names for them are addresses, which the truths do not tell. */
const LONGEST_KEY = 6;

export const torch: Teller = {
  made(value, tell) {
    if (value instanceof Tensor) return madeTensor(value, tell, true);
    if (value instanceof SparseTensor) return madeSparse(value, tell);
    if (value instanceof TorchStorage) {
      const { dtype, byteLength: nbytes, bytes } = value;
      return { class: 'TypedStorage', kind: 'storage', dtype, nbytes, sha256: sha256(bytes), ...keyOf(value) };
    }
    if (value instanceof TorchSize) return { kind: 'torch.size', items: [...value] };
    if (value instanceof TorchDevice) return { kind: 'torch.device', text: String(value) };
    if (value instanceof TorchLayout) return { kind: 'torch.layout', text: value.name };
    if (value instanceof PyGlobal && value.module === 'torch') return madeGlobal(value);
    return value instanceof PyObject ? madeObject(value, tell) : undefined;
  },

  older(value) {
    if (value instanceof Tensor) return olderTensor(value);
    if (value instanceof TorchStorage) {
      const { key, length: elements, byteLength: length, bytes } = value;
      return { kind: 'storage', key, offset: bytes.byteOffset, length, elements };
    }
    return undefined;
  },
};

const keyOf = (storage: TorchStorage | null): { storage?: string } =>
  storage === null || storage.key.length > LONGEST_KEY ? {} : { storage: storage.key };

function bytesOf(array: NdArray): Uint8Array {
  const data = contiguousOf(array) as Uint8Array;
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

const CLASS_NAMES: ReadonlyMap<string, string> = new Map([['torch.nn.parameter.Parameter', 'torch.Parameter']]);

function madeTensor(tensor: Tensor, tell: Tell, isWhole: boolean): unknown {
  const { dtype, shape, strides, offset, className, attributes, quantizer, storage } = tensor;
  const place = { kind: 'tensor', dtype, shape: [...shape], stride: [...strides], offset };
  const more = {
    ...(tensor.requiresGrad && { requires_grad: true }),
    ...(className !== 'torch.Tensor' && { class: CLASS_NAMES.get(className) ?? className }),
    ...(attributes.size > 0 && { attrs: madePairs(attributes, tell) }),
    ...(tensor.isConj && { conj: true }),
    ...(tensor.isNeg && { neg: true }),
  };
  if (storage === null) return { ...place, ...more, device: 'meta' };
  const array = tensor.toNdArray();
  return {
    ...place,
    ...more,
    ...(isWhole && quantizer === undefined && keyOf(storage)),
    sha256: sha256(storedBytes(tensor, array)),
    values: elementsOf(array, tensor.size > MANY ? FIRST : MANY, tell),
    ...quantizerNode(tensor, tell),
  };
}

/** Complex numbers of halves are told as they are stored. */
function storedBytes(tensor: Tensor, array: NdArray): Uint8Array {
  if (tensor.dtype !== 'complex32') return bytesOf(array);
  const bits = tensor.storage!.bytes;
  return Buffer.concat(
    Array.from({ length: tensor.size }, (_, i) => bits.subarray(4 * (tensor.offset + i), 4 * (tensor.offset + i + 1))),
  );
}

function quantizerNode({ quantizer }: Tensor, tell: Tell): Record<string, unknown> {
  if (quantizer === undefined) return {};
  if (quantizer.scheme === 'per_tensor_affine') {
    return { scheme: quantizer.scheme, scale: quantizer.scale, zero_point: quantizer.zeroPoint };
  }
  const { scheme, scales, zeroPoints, axis } = quantizer;
  const items = (tensor: Tensor): unknown[] => elementsOf(tensor.toNdArray(), tensor.size, tell);
  return { scheme, scales: items(scales), zero_points: items(zeroPoints), axis };
}

function madeSparse(tensor: SparseTensor, tell: Tell): unknown {
  const { layout, dtype, shape, values, indices, compressed, plain, isCoalesced } = tensor;
  const part = (one: Tensor): unknown => madeTensor(one, tell, false);
  return {
    kind: 'tensor',
    layout,
    dtype,
    shape: [...shape],
    entries: part(values),
    ...(indices && { indices: part(indices), coalesced: isCoalesced }),
    ...(compressed && { compressed: part(compressed), plain: part(plain!) }),
  };
}

const DTYPES = /^(?:u?int|float|complex|bfloat|bool|q?u?int)\w*$/;

function madeGlobal({ name }: PyGlobal): unknown {
  if (name.startsWith('per_')) return { kind: 'object', class: 'torch.qscheme' };
  return DTYPES.test(name) ? { kind: 'torch.dtype', text: name } : undefined;
}

function madeObject(object: PyObject, tell: Tell): unknown {
  const { state, className } = object;
  if (className === 'torch.nn.utils.rnn.PackedSequence') {
    return { kind: 'namedtuple', class: className, fields: SEQUENCE_FIELDS, items: object.args.map(tell) };
  }
  if (!(state instanceof Map)) return undefined;
  const [parameters, buffers, modules] = ['_parameters', '_buffers', '_modules'].map(
    (name) => state.get(name) as unknown,
  );
  if (!(parameters instanceof Map && buffers instanceof Map && modules instanceof Map)) return undefined;
  return {
    kind: 'module',
    class: className,
    training: state.get('training') as unknown,
    parameters: madePairs(present(parameters), tell),
    buffers: madePairs(present(buffers), tell),
    modules: madePairs(present(modules), tell),
  };
}

/** A module may lack parameters that others of its class have: then they are None. */
const present = (dict: ReadonlyMap<unknown, unknown>): [unknown, unknown][] =>
  [...dict].filter(([, item]) => item !== null);

const SEQUENCE_FIELDS = ['data', 'batch_sizes', 'sorted_indices', 'unsorted_indices'];

/** numpy's name of a dtype, or that of the corpus where numpy has none. */
const OLDER_DTYPES: ReadonlyMap<string, string> = new Map([['bfloat16', 'bf16']]);

function olderTensor(tensor: Tensor): unknown {
  const { storage, offset, shape, strides, requiresGrad, dtype } = tensor;
  const array = tensor.toNdArray();
  const { descr } = array;
  const first = [...array.flat()].slice(0, FIRST);
  const data = contiguousOf(array) as Uint16Array;
  return {
    kind: 'tensor',
    storage: storage!.className,
    key: storage!.key,
    offset,
    shape: [...shape],
    stride: [...strides],
    requires_grad: requiresGrad,
    dtype: OLDER_DTYPES.get(dtype) ?? (descr.kind === 'b' ? '|b1' : descr.str.replace('|', '<')),
    sha256: sha256(bytesOf(array)),
    ...(descr.extension === undefined
      ? { first: first.map((value) => olderElement(value, descr)) }
      : { first_bits: [...data.subarray(0, FIRST)] }),
  };
}

function olderElement(value: unknown, { kind }: Dtype): unknown {
  if (typeof value === 'boolean') return value;
  if (kind === 'c') {
    const [re, im] = value as [number, number];
    return { re: floatNode(re), im: floatNode(im) };
  }
  return kind === 'i' || kind === 'u' ? { int: String(value) } : floatNode(value as number);
}

const floatNode = (value: number): unknown => ({ float: bitsOf(value), text: floatRepr(value) });
