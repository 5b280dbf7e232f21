/**
 * Formats around pickles that the package opens as a whole: a line here for each, where a plain pickle is not what the
 * file is. The bytes of plain pickles are found by the manifest's own steps.
 */
import { load, type DecodeOptions } from '../../src/index.ts';

/** How a pickle lies in its file. */
export interface Layout {
  readonly family: string;
  /** The whole file, as it is. */
  file(): Uint8Array;
  /** The bytes of the stream, by the manifest's steps. */
  bytes(): Uint8Array;
  /** Names of what surrounds the pickle, outermost first. */
  readonly wrapper: readonly string[];
  /** Whether the value of the whole file is wanted, not that of the stream. */
  readonly isWhole: boolean;
  /** The member of the outermost zip archive that the stream is in. */
  readonly member?: string | undefined;
  /** `pickle`, `pickles`, `joblib`, `torch-legacy`. */
  readonly kind: string;
  /** Gives the files that lie beside it, by their names, where there are some that belong to it. */
  readonly siblings?: (name: string) => Uint8Array | undefined;
}

export type Opener = (layout: Layout, options: DecodeOptions) => unknown;

/** What `load` takes off by itself, in the words of both kinds of manifests. */
const TAKEN_OFF: ReadonlySet<string> = new Set('gzip zlib bz2 bzip2 xz lzma zstd lz4 zip tar'.split(' '));

const OPENERS: readonly { readonly opens: (layout: Layout) => boolean; readonly open: Opener }[] = [
  {
    opens: ({ family, wrapper }) => family === 'torch' && wrapper.length > 0,
    open: ({ file }, options) => load(file(), options),
  },
  {
    // An archive of archives.
    opens: ({ wrapper }) => wrapper[0] === 'zip' && wrapper[1] === 'torch-zip',
    open: ({ file, member }, options) => load(file(), { ...options, member }),
  },
  {
    opens: ({ wrapper, kind }) => kind === 'joblib' || wrapper.some((one) => /^(?:torch|joblib)-/.test(one)),
    open: ({ file }, options) => load(file(), options),
  },
  {
    opens: ({ wrapper, isWhole }) => isWhole && /^np[yz]$/.test(wrapper[0] ?? ''),
    open: ({ file }, options) => load(file(), options),
  },
  {
    opens: ({ wrapper, kind }) => kind === 'pickle' && wrapper.length > 0 && wrapper.every((one) => TAKEN_OFF.has(one)),
    open: ({ file, member }, options) => load(file(), { ...options, member }),
  },
  {
    opens: ({ siblings }) => siblings !== undefined,
    open: ({ file, siblings }, options) => load(file(), { ...options, siblings }),
  },
];

export const openerFor = (layout: Layout): Opener | undefined => OPENERS.find(({ opens }) => opens(layout))?.open;
