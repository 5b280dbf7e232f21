/** Bytes by their place: `ByteSource.readAt`, of an input of known size. */
export interface RandomAccess {
  readonly byteLength: number;
  /** Fewer bytes than were asked for only at the end. They may be a view of the input. */
  readAt(offset: number, length: number): Promise<Uint8Array>;
}

/** Bytes in memory: what is read are views of them. */
export function accessTo(bytes: Uint8Array): RandomAccess {
  return {
    byteLength: bytes.length,
    readAt: async (offset, length) => {
      const from = Math.min(offset, bytes.length);
      return new Uint8Array(bytes.buffer, bytes.byteOffset + from, Math.min(length, bytes.length - from));
    },
  };
}
