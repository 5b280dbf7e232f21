/** Writing of pickles, protocols 0 to 5: `dumps` for bytes in memory. */
export { dumps } from './encode/dumps.ts';
export type { EncodeContext, EncodeOptions, Reducer, Reduction } from './spec/encode-options.ts';
export type { PicklingCode } from './spec/encode-errors.ts';
export { PicklingError } from './spec/pickling-error.ts';
