/** numpy's .npz files: zip archives of .npy files, by the names of their arrays. */
import type { ZipArchive } from '../container/zip.ts';
import type { ResolvedOptions } from '../spec/options.ts';
import { isNpy, NPZ_ENDING } from './marks.ts';
import { readNpy } from './npy.ts';

/**
 * The arrays of an archive by name, in its order, as `numpy.load` names them.
 * @returns views of the archive where that is in memory and its members are stored and aligned
 * @throws PickleError as `readNpy` does, with offsets within the member; what reading the archive throws
 */
export async function readNpz(archive: ZipArchive, options: ResolvedOptions): Promise<Map<string, unknown>> {
  const arrays = new Map<string, unknown>();
  for (const { name } of archive.entries()) {
    const bytes = await archive.read(name);
    // As numpy gives members that are something else.
    arrays.set(name.slice(0, -NPZ_ENDING.length), isNpy(bytes) ? readNpy(bytes, options) : bytes);
  }
  return arrays;
}
