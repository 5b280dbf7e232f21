/** The storages that a pickle of torch names by persistent ids: their bytes come when the pickle is read. */
import { lengthOf, textOf } from '../arrays/dtype-state.ts';
import type { ResolvedOptions } from '../spec/options.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { descrOf, dtypeOfStorage } from '../types/torch/dtypes.ts';
import { TorchStorage } from '../types/torch/index.ts';
import { PyGlobal } from '../values/py.ts';

/** A part of another storage. */
interface Part {
  readonly storage: TorchStorage;
  readonly root: TorchStorage;
  readonly offset: number;
}

const NOTHING_ELSE = 'A persistent id of a torch file is neither a storage nor a module.';

export class StorageTable {
  /** By key, then by class: a storage may be read as several dtypes. */
  readonly #storages = new Map<string, Map<string, TorchStorage>>();
  readonly #parts: Part[] = [];
  readonly #otherwise: ((id: unknown) => unknown) | undefined;

  /** @param otherwise for ids that are not torch's */
  constructor(otherwise: ((id: unknown) => unknown) | undefined) {
    this.#otherwise = otherwise;
  }

  get keys(): Iterable<string> {
    return this.#storages.keys();
  }

  /** The options with which the pickle that names the storages is read. */
  options(options: ResolvedOptions): ResolvedOptions {
    return { ...options, persistentLoad: (id) => this.load(id) };
  }

  /**
   * What a persistent id stands for: `('storage', class, key, location, length[, view])` a storage; `('module', class,
   * path, source)` the class.
   * @throws PickleError INVALID_STATE where it is neither
   */
  load(id: unknown): unknown {
    const [word, cls, key, location, length, view] = Array.isArray(id) ? (id as unknown[]) : [];
    if (textOf(word) === 'module' && cls instanceof PyGlobal) return cls;
    if (textOf(word) !== 'storage') {
      if (this.#otherwise !== undefined) return this.#otherwise(id);
      throw invalid(NOTHING_ELSE);
    }
    const storage = this.add(textOf(key), textOf(location), cls, lengthOf(length));
    return view === undefined || view === null ? storage : this.#viewOf(storage, view);
  }

  /**
   * The storage of a key and class, made if it is new.
   * @param length elements
   * @throws PickleError INVALID_STATE where an argument is wrong, or differs from what was told before
   */
  add(key: string | undefined, location: string | undefined, cls: unknown, length: number | undefined): TorchStorage {
    const dtype = dtypeOfStorage(cls);
    const byteLength = dtype === undefined || length === undefined ? NaN : length * descrOf(dtype)!.itemsize;
    if (key === undefined || location === undefined || !Number.isSafeInteger(byteLength)) {
      throw invalid('A storage is not told as torch tells it.');
    }
    const { name: className } = cls as PyGlobal;
    let classes = this.#storages.get(key);
    if (classes === undefined) this.#storages.set(key, (classes = new Map()));
    const known = classes.get(className);
    if (known === undefined) {
      const made = new TorchStorage({ key, location, className, dtype: dtype!, byteLength });
      classes.set(className, made);
      return made;
    }
    if (known.byteLength !== byteLength) throw invalid(`Storage ${key} is told with two lengths.`);
    return known;
  }

  /** Bytes that a storage's key is told to have; undefined where it is not told, or differently. */
  byteLengthOf(key: string): number | undefined {
    const [first, ...others] = this.#storages.get(key)?.values() ?? [];
    return others.every(({ byteLength }) => byteLength === first?.byteLength) ? first?.byteLength : undefined;
  }

  /** Elements that lie in so many bytes of a key's storage. */
  itemsizeOf(key: string): number | undefined {
    const [first] = this.#storages.get(key)?.values() ?? [];
    return first && descrOf(first.dtype)!.itemsize;
  }

  /** @throws PickleError INVALID_STATE where they are not as many as were told */
  fill(key: string, bytes: Uint8Array, isBigEndian = false): void {
    for (const storage of this.#storages.get(key)?.values() ?? []) storage.fill(bytes, isBigEndian);
  }

  /**
   * Gives views their bytes, when all storages have theirs.
   * @throws PickleError INVALID_STATE where a storage has got none
   */
  finish(): void {
    for (const { storage, root, offset } of this.#parts) {
      if (root.isFilled) storage.fill(root.bytes.subarray(offset, offset + storage.byteLength), false);
    }
    for (const classes of this.#storages.values()) {
      for (const { isFilled, key } of classes.values()) {
        if (!isFilled) throw invalid(`The bytes of storage ${key} are missing.`);
      }
    }
  }

  /** `(key, offset, length)` of a part, as torch before 1.0 wrote it. */
  #viewOf(root: TorchStorage, view: unknown): TorchStorage {
    const [key, first, length] = Array.isArray(view) ? (view as unknown[]) : [];
    const { itemsize } = descrOf(root.dtype)!;
    const offset = (lengthOf(first) ?? NaN) * itemsize;
    const byteLength = (lengthOf(length) ?? NaN) * itemsize;
    const name = textOf(key);
    const isInside = offset <= root.byteLength && byteLength <= root.byteLength - offset;
    if (name === undefined || !isInside) throw invalid('A view of a storage lies outside of it.');
    const { className, location, dtype } = root;
    const known = this.#parts.find((part) => part.root === root && part.storage.key === name);
    if (known !== undefined && known.offset === offset && known.storage.byteLength === byteLength) return known.storage;
    const storage = new TorchStorage({ key: name, location, className, dtype, byteLength });
    this.#parts.push({ storage, root, offset });
    return storage;
  }
}

const invalid = (detail: string): Error => pickleError('INVALID_STATE', { offset: 0, detail });
