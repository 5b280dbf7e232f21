import type { Compression } from './container.ts';
import { inflate } from './inflate.ts';

/** RFC 1950. Found by its first bytes with the usual window of 32 KiB only: 'x' is no pickle opcode. */
export const zlib: Compression = {
  name: 'zlib',
  detect: (head) => head.length >= 2 && head[0] === 0x78 && (0x7800 + head[1]!) % 31 === 0,
  open: (source, budget) => inflate(source, 'zlib', budget),
};
