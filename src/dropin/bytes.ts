/** Bytes as the caller has them: parts of a Buffer are Buffers, with their methods. */

interface BufferClass {
  isBuffer(value: unknown): boolean;
  from(buffer: ArrayBufferLike, offset: number, length: number): Uint8Array;
}

/** Some bytes, as a Buffer over the same memory where the input is one. */
export function sameKind<T extends Uint8Array | undefined>(input: Uint8Array, bytes: T): T | Uint8Array {
  const { Buffer } = globalThis as { readonly Buffer?: BufferClass };
  if (bytes === undefined || Buffer?.isBuffer(input) !== true) return bytes;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
