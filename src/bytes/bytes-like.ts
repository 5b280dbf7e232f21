/** What may be given as bytes in memory. */
export type BytesLike = Uint8Array | ArrayBuffer | SharedArrayBuffer | ArrayBufferView;

export function isBytes(value: unknown): value is BytesLike {
  return value instanceof Uint8Array || ArrayBuffer.isView(value) || isBuffer(value);
}

/** The same bytes as a Uint8Array: nothing is copied. Throws a TypeError on what is no bytes. */
export function asBytes(value: BytesLike): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (isBuffer(value)) return new Uint8Array(value);
  throw new TypeError(
    typeof value === 'string'
      ? 'A pickle is bytes, not a string: read the file without an encoding. To read the file of a path use load().'
      : 'A pickle must be given as a Uint8Array, a Buffer, an ArrayBuffer or another view of bytes.',
  );
}

function isBuffer(value: unknown): value is ArrayBuffer | SharedArrayBuffer {
  if (value instanceof ArrayBuffer) return true;
  const tag = Object.prototype.toString.call(value);
  // Of another realm, or shared: SharedArrayBuffer is not defined everywhere.
  return tag === '[object ArrayBuffer]' || tag === '[object SharedArrayBuffer]';
}
