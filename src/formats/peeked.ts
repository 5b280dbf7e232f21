/** A source whose first bytes can be looked at before they are read. */
import type { ByteSource } from '../bytes/byte-source.ts';
import { accessTo } from '../container/random-access.ts';

export class Peeked implements ByteSource {
  readonly byteLength: number | undefined;
  /** Only where the source can. */
  readonly readInto?: (target: Uint8Array) => Promise<number>;
  readonly #source: ByteSource;
  #head: Uint8Array | null = null;

  constructor(source: ByteSource) {
    this.#source = source;
    this.byteLength = source.byteLength;
    const { readInto } = source;
    if (readInto !== undefined) {
      this.readInto = async (target) => {
        const head = this.#head;
        if (head === null) return readInto.call(source, target);
        const part = head.subarray(0, target.length);
        target.set(part);
        this.#head = part.length < head.length ? head.subarray(part.length) : null;
        return part.length;
      };
    }
  }

  get canReadAt(): boolean {
    return this.#source.readAt !== undefined;
  }

  /**
   * The first bytes. To be called before anything is read.
   * @param wanted how many bytes there must be, if there are so many, by those that have come
   */
  async peek(wanted: (head: Uint8Array) => number): Promise<Uint8Array> {
    let head: Uint8Array = new Uint8Array(0);
    while (head.length < wanted(head)) {
      const more = await this.#source.read();
      if (more === null) break;
      if (head.length === 0) head = more;
      else {
        const joined = new Uint8Array(head.length + more.length);
        joined.set(head);
        joined.set(more, head.length);
        head = joined;
      }
    }
    this.#head = head.length === 0 ? null : head;
    return head;
  }

  async read(): Promise<Uint8Array | null> {
    const head = this.#head;
    if (head === null) return this.#source.read();
    this.#head = null;
    return head;
  }

  readAt(offset: number, length: number): Promise<Uint8Array> {
    return this.#source.readAt!(offset, length);
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}

/** Bytes in memory as a source: what is read are views of them. */
export function memorySource(bytes: Uint8Array): ByteSource {
  let isRead = bytes.length === 0;
  const { byteLength, readAt } = accessTo(bytes);
  return {
    byteLength,
    read: async () => {
      if (isRead) return null;
      isRead = true;
      return bytes;
    },
    readAt,
    close: async () => undefined,
  };
}
