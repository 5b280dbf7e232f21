/** The compressed files of joblib up to 0.9: 'ZF', the length in hex, spaces, then zlib data. */
import type { ByteSource } from '../bytes/byte-source.ts';
import type { Budget } from '../container/budget.ts';
import { truncated } from '../container/errors.ts';
import { inflate } from '../container/inflate.ts';
import { zFileHeadLength } from './marks.ts';

/** What such a file holds. Its length stands at the end of the zlib data too, as a checksum does. */
export function openZFile(source: ByteSource, head: Uint8Array, budget: Budget): ByteSource {
  return inflate(without(source, zFileHeadLength(head)), 'zlib', budget);
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
