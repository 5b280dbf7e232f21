/** Readable JSON of what a decoder gives, which the main entry has too, and values of readable JSON. */
export { toJsonText, jsonTextPieces, type JsonTextOptions } from './values/jsonable.ts';
export { fromJsonPieces, fromJsonText, type FromJsonOptions } from './lossless/plain.ts';
export type { TextPieces } from './lossless/parse.ts';
export { JsonError } from './spec/json-error.ts';
