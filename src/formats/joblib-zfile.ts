/** The compressed files of joblib up to 0.9: 'ZF', the length in hex, spaces, then zlib data. */
import type { ByteSource } from '../bytes/byte-source.ts';
import type { Budget } from '../container/budget.ts';
import { truncated } from '../container/errors.ts';
import { zlib } from '../container/zlib.ts';

/** 'ZF' and a length of at most 20 characters: Python 2 wrote an L behind it. */
const HEADER = /^ZF0x[0-9a-f]{1,16}L? *(?=x)/;
const MAX_HEADER_BYTES = 24;

/** Bytes before the zlib data; 0 where bytes begin otherwise. */
function headerLength(head: Uint8Array): number {
  const text = String.fromCharCode(...head.subarray(0, MAX_HEADER_BYTES));
  return HEADER.exec(text)?.[0].length ?? 0;
}

export const isZFile = (head: Uint8Array): boolean => headerLength(head) > 0;

/** What such a file holds. Its length stands at the end of the zlib data too, as a checksum does. */
export function openZFile(source: ByteSource, head: Uint8Array, budget: Budget): ByteSource {
  return zlib.open(without(source, headerLength(head)), budget);
}

/** The same bytes but for the first ones. */
function without(source: ByteSource, byteLength: number): ByteSource {
  let left = byteLength;
  return {
    byteLength: source.byteLength === undefined ? undefined : Math.max(0, source.byteLength - byteLength),
    async read() {
      for (;;) {
        const bytes = await source.read();
        if (left === 0) return bytes;
        if (bytes === null) throw truncated('file of joblib', byteLength - left);
        const part = Math.min(left, bytes.length);
        left -= part;
        if (part < bytes.length) return bytes.subarray(part);
      }
    },
    close: () => source.close(),
  };
}
