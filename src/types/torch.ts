/**
 * torch's tensors and the small values about them. Storages come by persistent ids: what gives these is `load`, which
 * knows the file. Modules stay inert, with their parameters as tensors inside.
 */
import { lengthOf, lengthsOf } from '../arrays/dtype-state.ts';
import type { PyType, TypeContext, TypeFamily } from '../spec/options.ts';
import { isList, madeOf } from './stdlib/arguments.ts';
import {
  isTensor,
  metaTensorOf,
  parameterOf,
  quantisedOf,
  setAttributes,
  sparseOf,
  tensorOf,
  tensorOfV2,
  tensorOfV3,
  typedTensorOf,
} from './torch/build.ts';
import { refuse } from '../arrays/refuse.ts';
import { TorchDevice, TorchLayout, TorchSize } from './torch/words.ts';
import { exactOnly } from './stdlib/reduce.ts';
import { Tensor } from './torch/tensor.ts';
import { SparseTensor } from './torch/sparse.ts';
import { TorchStorage } from './torch/storage.ts';

/** A function that gives a tensor; BUILD gives it attributes. */
function tensors(make: (args: readonly unknown[], context: TypeContext) => unknown): PyType {
  return {
    call: (args, kwargs, context) => ((kwargs?.size ?? 0) > 0 ? undefined : make(args, context)),
    setState(target, state) {
      if (!isTensor(target) || !setAttributes(target, state)) refuse('A tensor was given a state that is no dict.');
    },
  };
}

function sizeOf([lengths, ...rest]: readonly unknown[]): TorchSize | undefined {
  const shape = isList(lengths) && rest.length === 0 ? lengthsOf(lengths) : undefined;
  // Not `of`: that of one length would be so many holes.
  return shape && Object.assign(new TorchSize(), shape);
}

function deviceOf([type, index, ...rest]: readonly unknown[]): TorchDevice | undefined {
  if (typeof type !== 'string' || rest.length > 0) return undefined;
  if (index === undefined) return new TorchDevice(type);
  const number = lengthOf(index);
  return number === undefined ? undefined : new TorchDevice(type, number);
}

const LAYOUT = /^torch\.(strided|jagged|sparse_(?:coo|csr|csc|bsr|bsc))$/;

function layoutOf([text, ...rest]: readonly unknown[]): TorchLayout | undefined {
  const name = typeof text === 'string' && rest.length === 0 ? LAYOUT.exec(text)?.[1] : undefined;
  return name === undefined ? undefined : new TorchLayout(name);
}

export const torch: TypeFamily = {
  name: 'torch',
  get types(): TypeFamily['types'] {
    return [
      ['torch._utils', '_rebuild_tensor', tensors(tensorOf)],
      ['torch._utils', '_rebuild_tensor_v2', tensors(tensorOfV2)],
      ['torch._utils', '_rebuild_tensor_v3', tensors(tensorOfV3)],
      ['torch._utils', '_rebuild_qtensor', tensors(quantisedOf)],
      ['torch._utils', '_rebuild_sparse_tensor', tensors(sparseOf)],
      ['torch._utils', '_rebuild_meta_tensor_no_storage', tensors(metaTensorOf)],
      ['torch._utils', '_rebuild_parameter', tensors((args) => (args.length === 3 ? parameterOf(args) : undefined))],
      ['torch._utils', '_rebuild_parameter_with_state', tensors(parameterOf)],
      ['torch.nn.parameter', 'Parameter', tensors((args) => (args.length <= 2 ? parameterOf(args) : undefined))],
      ['torch._tensor', '_rebuild_from_type_v2', tensors(typedTensorOf)],
      ['torch._tensor', '_rebuild_from_type', tensors(typedTensorOf)],
      ['torch.tensor', '_rebuild_from_type', tensors(typedTensorOf)],
      ['torch', 'Size', madeOf(sizeOf)],
      ['torch', 'device', madeOf(deviceOf)],
      ['torch.serialization', '_get_layout', madeOf(layoutOf)],
    ];
  },
  reducers: [
    exactOnly(TorchStorage, 'A storage', 'its data'),
    exactOnly(SparseTensor, 'A sparse tensor'),
    exactOnly(Tensor, 'A tensor', 'its toNdArray()'),
  ],
};
