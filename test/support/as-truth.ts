/** Lossless JSON as the truths of vectors and corpora have it. */
import { toLossless as tell } from '../../src/lossless/index.ts';

/** Long bytes are told by their digest. */
export const toLossless = (value: unknown): unknown => tell(value, { digests: true });
