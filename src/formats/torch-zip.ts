/** torch's file since 1.6: a zip archive of a pickle, `data.pkl`, and of its storages, each a member of its own. */
import type { ZipArchive } from '../container/zip.ts';
import type { ResolvedOptions } from '../spec/options.ts';
import { pickleError, type PickleError } from '../spec/pickle-error.ts';
import { TORCH_PICKLE } from './marks.ts';
import { readPickle } from './pickles.ts';
import { StorageTable } from './torch-storages.ts';

/**
 * The object of such an archive. Storages are views of the archive where that is in memory and they are stored.
 * @param prefix what `torchPrefix` gives
 * @throws PickleError as `loads` does, with offsets within `data.pkl`; INVALID_STATE where a storage is not as long as the
 *   pickle tells; what reading the archive throws
 */
export async function readTorchZip(archive: ZipArchive, prefix: string, options: ResolvedOptions): Promise<unknown> {
  const isBigEndian = await saysBig(archive, `${prefix}byteorder`);
  const table = new StorageTable(options.persistentLoad);
  const { value } = readPickle(await archive.read(prefix + TORCH_PICKLE), 0, table.options(options));
  const lengths = new Map(archive.entries().map(({ name, byteLength }) => [name, byteLength]));
  for (const key of table.keys) {
    const name = `${prefix}data/${key}`;
    const byteLength = lengths.get(name);
    if (byteLength === undefined) throw invalid(`The archive has no member ${JSON.stringify(name)}.`);
    // Before it is read: a small member may become large.
    if (byteLength !== table.byteLengthOf(key)) throw invalid(`Storage ${key} is not as long as the pickle tells.`);
    table.fill(key, await archive.read(name), isBigEndian);
  }
  table.finish();
  return value;
}

async function saysBig(archive: ZipArchive, name: string): Promise<boolean> {
  if (!archive.has(name)) return false;
  const order = new TextDecoder().decode(await archive.read(name));
  if (order !== 'little' && order !== 'big') throw invalid('The byte order of a torch file is neither little nor big.');
  return order === 'big';
}

const invalid = (detail: string): PickleError => pickleError('INVALID_STATE', { offset: 0, detail });
