import { beginsWith, type Compression } from './container.ts';
import { inflate } from './inflate.ts';

/** RFC 1952; members one after another are one stream. */
export const gzip: Compression = {
  name: 'gzip',
  detect: (head) => beginsWith(head, [0x1f, 0x8b, 8]),
  open: (source, budget) => inflate(source, 'gzip', budget),
};
