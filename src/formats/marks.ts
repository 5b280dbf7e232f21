/** What tells files of numpy, torch and joblib, apart from what reads them: telling one loads no reader. */
import type { ZipArchive } from '../container/zip.ts';

const NPY = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** LONG1 of torch's older magic number, 0x1950A86A20F9469CFC6C. */
const TORCH = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
/** The same as protocols 0 and 1 write it. */
const TORCH_TEXT = 'L119547037146038801333356L\n';
/** PROTO and FRAME may come before. */
const MAX_START = 11;
/** So many bytes of it are enough, where no more have come. */
const ENOUGH = 6;

/** The class of joblib's wrappers, whose arrays follow in the stream. */
export const JOBLIB_WRAPPER = 'NumpyArrayWrapper';
/** How far that name is looked for before the pickle is read. Where it comes later, reading fails first. */
const JOBLIB_HEAD_BYTES = 2 ** 20;

/** 'ZF' and a length of at most 20 characters: Python 2 wrote an L behind it. */
const ZFILE = /^ZF0x[0-9a-f]{1,16}L? *(?=x)/;
const MAX_ZFILE_BYTES = 24;

/** What ends the names of the members of an .npz file. */
export const NPZ_ENDING = '.npy';
/** The member of torch's zip archives that is the pickle. */
export const TORCH_PICKLE = 'data.pkl';
/** Members of torch's tar archives, by name. */
export const TORCH_MEMBERS = ['storages', 'pickle'];
const OTHER_TORCH_MEMBERS = ['tensors', 'sys_info'];

/** Whether bytes begin as .npy files do. */
export const isNpy = (head: Uint8Array): boolean => NPY.every((byte, i) => head[i] === byte);

/** Whether bytes begin as torch's older files do. */
export function isTorchLegacy(head: Uint8Array): boolean {
  return [TORCH, codesOf(TORCH_TEXT)].some((magic) => {
    for (let from = 0; from <= MAX_START; from++) {
      if (magic.every((byte, i) => head[from + i] === byte || (i >= ENOUGH && from + i >= head.length))) return true;
    }
    return false;
  });
}

/** Whether the first bytes hold the name that joblib's streams have before their first array. */
export const beginsJoblib = (bytes: Uint8Array): boolean => namesJoblib(bytes.subarray(0, JOBLIB_HEAD_BYTES));

/** Whether bytes hold that name. */
export function namesJoblib(bytes: Uint8Array): boolean {
  const word = codesOf(JOBLIB_WRAPPER);
  for (let at = bytes.indexOf(word[0]!); at >= 0; at = bytes.indexOf(word[0]!, at + 1)) {
    if (word.every((byte, i) => bytes[at + i] === byte)) return true;
  }
  return false;
}

/** Whether the first bytes of a pickle name a wrapper of joblib's older kind. */
export function namesSiblings(head: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(head.subarray(0, 2 ** 16));
  return text.includes('numpy_pickle') && /(?<![A-Za-z])NDArrayWrapper/.test(text);
}

/** Bytes before the zlib data of a compressed file of joblib up to 0.9; 0 where bytes begin otherwise. */
export function zFileHeadLength(head: Uint8Array): number {
  const text = String.fromCharCode(...head.subarray(0, MAX_ZFILE_BYTES));
  return ZFILE.exec(text)?.[0].length ?? 0;
}

/** Whether all members of an archive are .npy files, and there is one at least. */
export function isNpz(archive: ZipArchive): boolean {
  const entries = archive.entries();
  return entries.length > 0 && entries.every(({ name }) => name.endsWith(NPZ_ENDING));
}

/** What stands before the names of all members, as 'archive/'; undefined where the archive is not torch's. */
export function torchPrefix(archive: ZipArchive): string | undefined {
  for (const { name } of archive.entries()) {
    if (name === TORCH_PICKLE) return '';
    // The folder's name may be anything, but it is one folder.
    if (name.endsWith(`/${TORCH_PICKLE}`) && name.indexOf('/') === name.length - TORCH_PICKLE.length - 1) {
      return name.slice(0, -TORCH_PICKLE.length);
    }
  }
  return undefined;
}

/** Whether a member of this name may be torch's. */
export const isTorchMember = (name: string): boolean =>
  [...TORCH_MEMBERS, ...OTHER_TORCH_MEMBERS].includes(name.replace(/^\.\//, ''));

/** Whether members of these names are those of a tar archive of torch's. */
export function isTorchTar(names: readonly string[]): boolean {
  const bare = new Set(names.map((name) => name.replace(/^\.\//, '')));
  return TORCH_MEMBERS.every((name) => bare.has(name));
}

const codesOf = (text: string): number[] => Array.from(text, (char) => char.charCodeAt(0));
