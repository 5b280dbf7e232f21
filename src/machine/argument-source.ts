/** The bytes that a request's argument lies in. Offsets are absolute, in bytes. */
export interface ArgumentSource {
  /** The bytes from `offset` to `offset + length` - 1, or undefined if they are not all here yet. */
  slice(offset: number, length: number): Uint8Array | undefined;
  /**
   * Offset of the next newline at or after `offset`, -1 if none is here yet. It is asked again when more bytes have come: a
   * source of many chunks does well to remember how far it has looked.
   */
  newline(offset: number): number;
  /** Whether no more bytes will come. */
  readonly final: boolean;
}

/** Whether more than `limit` bytes from `offset` on are here: then a line that has not ended is longer than the limit. */
export function isLongerThan(source: ArgumentSource, offset: number, limit: number): boolean {
  return Number.isFinite(limit) && source.slice(offset + limit, 1) !== undefined;
}
