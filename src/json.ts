/** Readable JSON of what a decoder gives. The main entry has it too. */
export { toJsonText, jsonTextPieces, type JsonTextOptions } from './values/jsonable.ts';
