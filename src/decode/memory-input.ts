import type { ArgumentSource } from '../machine/host.ts';

export const NO_BYTES = new Uint8Array(0);

/** Input that is wholly in memory: arguments and payloads are views of it. */
export class MemoryInput implements ArgumentSource {
  readonly final = true;
  bytes: Uint8Array = NO_BYTES;

  slice(offset: number, length: number): Uint8Array | undefined {
    const { bytes } = this;
    if (length > bytes.length - offset) return undefined;
    // Not `subarray`: of a Buffer that would be another Buffer.
    return new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length);
  }

  newline(offset: number): number {
    return this.bytes.indexOf(0x0a, offset);
  }
}
