/** Writing to bytes in memory. */
import type { EncodeOptions } from '../spec/encode-options.ts';
import { Encoder } from './encoder.ts';
import { Memo } from './memo.ts';
import { resolveSettings } from './settings.ts';

/** The encoder of the call before, whose buffer and tables serve the next. One that a reducer calls for meanwhile has its own. */
let idle: Encoder | undefined;

/**
 * Writes a value as a pickle, as Python's `pickle.dumps` does.
 *
 * @param value what README's table names, and instances of classes that are registered or have reducers. An Array is a
 * list, a plain object a dict whose keys are in the order that JavaScript has them (integer-like ones first), a Map a dict
 * in its own order, a number an int where it is a safe integer and not -0
 * @returns the pickle's bytes, whose memory is the caller's own
 * @throws PicklingError with the `path` of what cannot be written; what a callback or a getter throws
 * @example
 * dumps({ rows: [{ id: 1, name: 'Ada' }] })
 */
export function dumps(value: unknown, options?: EncodeOptions): Uint8Array {
  const settings = resolveSettings(options);
  const encoder = idle ?? new Encoder(settings, new Memo());
  idle = undefined;
  encoder.set(settings);
  try {
    return encodeWhole(encoder, value);
  } finally {
    encoder.reset();
    idle = encoder;
  }
}

/** The whole pickle of a value. */
export function encodeWhole(encoder: Encoder, value: unknown): Uint8Array {
  try {
    encoder.begin(value, Infinity);
    encoder.run();
    return encoder.out.whole();
  } catch (error) {
    encoder.abandon();
    throw error;
  } finally {
    encoder.out.release();
  }
}
