/**
 * Lossless JSON: what `loads(bytes, { exact: true, globals: 'inert' })` returns, with every Python type apart from every
 * other, as JSON and back.
 */
export { toLossless, type LosslessNode, type ToLosslessOptions } from './nodes.ts';
export { losslessPieces, stringifyLossless, type LosslessTextOptions } from './stringify.ts';
export { fromLossless, type FromLosslessOptions } from './reader.ts';
export { parseLossless, parseLosslessPieces } from './from-text.ts';
export type { TextPieces } from './parse.ts';
export { JsonError } from '../spec/json-error.ts';
