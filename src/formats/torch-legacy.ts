/**
 * torch's older file: five pickles (a magic number, the version, the system, the object, the keys of the storages), then
 * for each key the number of elements, 8 bytes little-endian, and the elements. It is what tensors that are pickled
 * without `torch.save` have inside, too.
 */
import { textOf } from '../arrays/dtype-state.ts';
import type { ResolvedOptions, TypeFamily } from '../spec/options.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { octetsOf } from '../types/stdlib/arguments.ts';
import { placed } from '../values/placed.ts';
import { isTorchLegacy } from './marks.ts';
import { nestedOptions, plainOptions, readPickle, type ReadPickle } from './pickles.ts';
import { StorageTable } from './torch-storages.ts';

const VERSION = 1001;
/**
 * The object of such a file, which begins at an offset; and where it ends. Storages are views of the bytes.
 * @throws PickleError as `loads` does; INVALID_STATE, TRUNCATED where the storages are not what the pickle tells
 */
export function readTorchLegacy(bytes: Uint8Array, options: ResolvedOptions, from = 0): ReadPickle {
  const plain = plainOptions(options);
  const magic = readPickle(bytes, from, plain);
  // Nothing but the number: a pickle of it.
  if (magic.end === bytes.length) return readPickle(bytes, from, options);
  const version = readPickle(bytes, magic.end, plain);
  if (version.value !== VERSION) {
    throw pickleError('INVALID_STATE', { offset: magic.end, detail: `The version of a torch file is not ${VERSION}.` });
  }
  const system = readPickle(bytes, version.end, plain);
  const table = new StorageTable(options.persistentLoad);
  const { value, end } = readPickle(bytes, system.end, table.options(options));
  const keys = readPickle(bytes, end, plain);
  if (!Array.isArray(keys.value)) {
    throw pickleError('INVALID_STATE', {
      offset: end,
      detail: 'The keys of the storages of a torch file are no list.',
    });
  }
  let offset = keys.end;
  for (const key of keys.value as unknown[]) offset = readStorage(bytes, offset, textOf(key), table);
  table.finish();
  return { value, end: offset };
}

/** Reads the elements of a key, and gives the offset behind them. */
function readStorage(bytes: Uint8Array, offset: number, key: string | undefined, table: StorageTable): number {
  const itemsize = key === undefined ? undefined : table.itemsizeOf(key);
  if (key === undefined || itemsize === undefined) {
    throw pickleError('INVALID_STATE', { offset, detail: 'A torch file has a storage that its object does not name.' });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (8 > bytes.length - offset) throw pickleError('TRUNCATED', { offset });
  const byteLength = Number(view.getBigUint64(offset, true)) * itemsize;
  const from = offset + 8;
  if (byteLength > bytes.length - from) throw pickleError('TRUNCATED', { offset, detail: `Storage ${key}.` });
  placed(offset, undefined, () => table.fill(key, bytes.subarray(from, from + byteLength)));
  return from + byteLength;
}

/** Tensors that were pickled without `torch.save`: their storages hold a whole file of torch. */
export const torchBytes: TypeFamily = {
  name: 'torch-bytes',
  types: [
    [
      'torch.storage',
      '_load_from_bytes',
      {
        call([content, ...rest], kwargs, { options }) {
          const bytes = octetsOf(content);
          const isKnown = bytes !== undefined && isTorchLegacy(bytes) && rest.length === 0 && (kwargs?.size ?? 0) === 0;
          return isKnown ? readTorchLegacy(bytes, nestedOptions(options)).value : undefined;
        },
      },
    ],
  ],
};
