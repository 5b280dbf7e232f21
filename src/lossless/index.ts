/** Lossless JSON: what `truth/pickle_truth.py` prints of a pickle, made of what `loads(bytes, { exact: true })` returns. */
export { toLossless, type LosslessNode } from './nodes.ts';
export { losslessPieces, stringifyLossless } from './stringify.ts';
