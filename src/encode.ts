/** Writing of pickles, protocols 0 to 5: `dumps` for bytes in memory, `dump` for files and streams. */
export type { Destination, PieceWriter } from './encode/destination.ts';
export { dump } from './encode/dump.ts';
export { dumps } from './encode/dumps.ts';
export { Pickler } from './encode/pickler.ts';
export type { EncodeOptions } from './spec/encode-options.ts';
export type { EncodeContext, Reducer, Reduction } from './spec/reducer.ts';
export type { PicklingCode } from './spec/encode-errors.ts';
export { PicklingError } from './spec/pickling-error.ts';
