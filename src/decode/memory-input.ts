import type { ArgumentSource } from '../machine/host.ts';

/** Input that is wholly in memory: arguments and payloads are views of it. */
export class MemoryInput implements ArgumentSource {
  readonly final = true;
  bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  slice(offset: number, length: number): Uint8Array | undefined {
    return length > this.bytes.length - offset ? undefined : this.bytes.subarray(offset, offset + length);
  }

  newline(offset: number): number {
    return this.bytes.indexOf(0x0a, offset);
  }
}
