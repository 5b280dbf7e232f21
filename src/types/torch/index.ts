/** Tensors and what belongs to them. */
export { SparseTensor, type SparseLayout, type SparseParts as SparseTensorParts } from './sparse.ts';
export { TorchStorage, type StorageParts } from './storage.ts';
export { Tensor, type Quantizer, type TensorParts } from './tensor.ts';
export { TorchDevice, TorchLayout, TorchSize } from './words.ts';
