/** A stream being read. Only one call at a time. */
export interface ByteSource {
  /** Bytes of the whole, as far as is known, else undefined. A promise of speed, not of truth. */
  readonly byteLength: number | undefined;
  /** The next bytes, at least one, in a buffer that nobody writes to again; or null at the end. */
  read(): Promise<Uint8Array | null>;
  /** Reads straight into a buffer, where the source can: the number of bytes, 0 at the end. */
  readInto?(target: Uint8Array): Promise<number>;
  /**
   * Bytes from anywhere, without a change to what `read` gives next, where the source can: fewer than were asked for only
   * at its end. They may be a view that must not be written to.
   */
  readAt?(offset: number, length: number): Promise<Uint8Array>;
  /** Lets go of the source: what was not read is given up. */
  close(): Promise<void>;
}

/**
 * All that is left of a source, in one piece. It is not closed.
 * @param check is told the number of bytes after each chunk, and may throw
 */
export async function gather(source: ByteSource, check?: (byteLength: number) => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let byteLength = 0;
  for (let chunk = await source.read(); chunk !== null; chunk = await source.read()) {
    chunks.push(chunk);
    byteLength += chunk.length;
    check?.(byteLength);
  }
  if (chunks.length === 1) return chunks[0]!;
  const all = new Uint8Array(byteLength);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
