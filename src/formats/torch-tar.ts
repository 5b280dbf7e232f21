/**
 * torch's files before 0.1.10: tar archives of `storages`, `tensors` and the `pickle` that names the tensors. Other writers
 * leave `tensors` out, and name the storages in the pickle as later files do.
 */
import { lengthOf, lengthsOf, textOf } from '../arrays/dtype-state.ts';
import type { ResolvedOptions } from '../spec/options.ts';
import { pickleError, type PickleError } from '../spec/pickle-error.ts';
import { Tensor, TorchStorage } from '../types/torch/index.ts';
import { placed } from '../values/placed.ts';
import { PyGlobal } from '../values/py.ts';
import { TORCH_MEMBERS } from './marks.ts';
import { plainOptions, readPickle } from './pickles.ts';
import { StorageTable } from './torch-storages.ts';

/**
 * The object of such an archive. Storages are views of its members.
 * @param members by name, without './'
 * @throws PickleError as `loads` does, with offsets within the member; INVALID_STATE, TRUNCATED
 */
export function readTorchTar(members: ReadonlyMap<string, Uint8Array>, options: ResolvedOptions): unknown {
  const [storages, pickle] = TORCH_MEMBERS.map((name) => members.get(name)!) as [Uint8Array, Uint8Array];
  const tensors = members.get('tensors');
  const plain = plainOptions(options);
  const objects = new Map<string, TorchStorage | Tensor>();
  const table = new StorageTable(options.persistentLoad);
  readStorages(new Reader(storages, plain), objects, table);
  if (tensors !== undefined) readTensors(new Reader(tensors, plain), objects);
  const persistentLoad = (id: unknown): unknown => {
    if (Array.isArray(id) && id[0] instanceof PyGlobal) return id[0];
    const object = objects.get(keyOf(id) ?? '');
    if (object !== undefined) return object;
    return table.load(id);
  };
  const { value } = readPickle(pickle, 0, { ...options, persistentLoad });
  table.finish();
  return value;
}

/** Pickles and numbers one after another. */
class Reader {
  readonly bytes: Uint8Array;
  readonly #plain: ResolvedOptions;
  readonly #view: DataView;
  offset = 0;

  constructor(bytes: Uint8Array, plain: ResolvedOptions) {
    this.bytes = bytes;
    this.#plain = plain;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  pickle(): unknown {
    const { value, end } = readPickle(this.bytes, this.offset, this.#plain);
    this.offset = end;
    return value;
  }

  count(): number {
    const { offset } = this;
    return lengthOf(this.pickle()) ?? refuseAt(offset, 'A count of a torch file is no int.');
  }

  row(length: number): readonly unknown[] {
    const { offset } = this;
    const row = this.pickle();
    if (Array.isArray(row) && row.length === length) return row as unknown[];
    throw invalid(offset, `A tuple of a torch file has not ${length} items.`);
  }

  take(byteLength: number): Uint8Array {
    const from = this.offset;
    if (byteLength > this.bytes.length - from) throw pickleError('TRUNCATED', { offset: from });
    this.offset = from + byteLength;
    return this.bytes.subarray(from, this.offset);
  }

  int64(): number {
    const at = this.offset;
    this.take(8);
    return Number(this.#view.getBigInt64(at, true));
  }
}

/** How many, then of each its key, location and class as a pickle, and its elements; then views of them. */
function readStorages(from: Reader, objects: Map<string, TorchStorage | Tensor>, table: StorageTable): void {
  for (let left = from.count(); left > 0; left--) {
    const at = from.offset;
    const [id, location, cls] = from.row(3);
    const key = keyOf(id);
    const length = from.int64();
    const storage = table.add(key, textOf(location), cls, length >= 0 ? length : undefined);
    placed(at, undefined, () => storage.fill(from.take(storage.byteLength), false));
    objects.set(key!, storage);
  }
  const at = from.offset;
  if (at === from.bytes.length) return;
  const views = from.pickle();
  for (const view of Array.isArray(views) ? (views as unknown[]) : refuseAt(at, 'The views of storages are no list.')) {
    const [id, rootId, first, length] = Array.isArray(view) ? (view as unknown[]) : [];
    const root = objects.get(keyOf(rootId) ?? '');
    const key = keyOf(id);
    if (!(root instanceof TorchStorage) || key === undefined) throw invalid(at, 'A view is of no storage.');
    const itemsize = root.byteLength / root.length || 0;
    const begin = (lengthOf(first) ?? NaN) * itemsize;
    const byteLength = (lengthOf(length) ?? NaN) * itemsize;
    const isInside = begin <= root.byteLength && byteLength <= root.byteLength - begin;
    if (!isInside) throw invalid(at, 'A view of a storage lies outside of it.');
    const { className, location, dtype } = root;
    const part = new TorchStorage({ key, location, className, dtype, byteLength });
    part.fill(root.bytes.subarray(begin, begin + byteLength), false);
    objects.set(key, part);
  }
}

/** How many, then of each its key, storage and class as a pickle, and its shape, strides and offset. */
function readTensors(from: Reader, objects: Map<string, TorchStorage | Tensor>): void {
  for (let left = from.count(); left > 0; left--) {
    const at = from.offset;
    const [id, storageId] = from.row(3);
    const key = keyOf(id);
    const storage = objects.get(keyOf(storageId) ?? '');
    const ndim = new DataView(from.take(8).slice().buffer).getInt32(0, true);
    if (ndim < 0 || 16 * ndim > from.bytes.length - from.offset) throw pickleError('TRUNCATED', { offset: at });
    const shape = lengthsOf(Array.from({ length: ndim }, () => from.int64()));
    const strides = lengthsOf(Array.from({ length: ndim }, () => from.int64()));
    const offset = from.int64();
    if (!(storage instanceof TorchStorage) || key === undefined || shape === undefined || strides === undefined) {
      throw invalid(at, 'A tensor of a torch file is not told as torch tells it.');
    }
    const { dtype } = storage;
    objects.set(
      key,
      placed(at, undefined, () => new Tensor({ storage, dtype, shape, strides, offset })),
    );
  }
}

/** Keys are ints, or their text. */
function keyOf(id: unknown): string | undefined {
  return typeof id === 'number' || typeof id === 'bigint' ? String(id) : textOf(id);
}

function refuseAt(offset: number, detail: string): never {
  throw invalid(offset, detail);
}

const invalid = (offset: number, detail: string): PickleError => pickleError('INVALID_STATE', { offset, detail });
