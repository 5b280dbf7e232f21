/** A stream being read. Only one call at a time. */
export interface ByteSource {
  /** Bytes of the whole, as far as is known, else undefined. A promise of speed, not of truth. */
  readonly byteLength: number | undefined;
  /** The next bytes, at least one, in a buffer that nobody writes to again; or null at the end. */
  read(): Promise<Uint8Array | null>;
  /** Reads straight into a buffer, where the source can: the number of bytes, 0 at the end. */
  readInto?(target: Uint8Array): Promise<number>;
  /** Lets go of the source: what was not read is given up. */
  close(): Promise<void>;
}
