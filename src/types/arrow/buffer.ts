/**
 * A buffer of Arrow, as an exact decode gives it: a view of its bytes, which are no `bytes` when they are written again. What
 * pyarrow restores an array from has to be a buffer.
 */
export class ArrowBuffer extends Uint8Array {
  static get [Symbol.species](): Uint8ArrayConstructor {
    return Uint8Array;
  }
}
