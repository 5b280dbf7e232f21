/** The list of compressions: one file each. Zip and tar hold several members and are opened otherwise. */
import { bz2 } from './bz2.ts';
import type { Compression } from './container.ts';
import { gzip } from './gzip.ts';
import { lz4 } from './lz4.ts';
import { lzma } from './lzma.ts';
import { xz } from './xz.ts';
import { zlib } from './zlib.ts';
import { zstd } from './zstd.ts';

export const COMPRESSIONS: readonly Compression[] = [gzip, zlib, bz2, xz, lzma, zstd, lz4];
