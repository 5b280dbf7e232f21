/** The class to subclass, as Python's `pickle.Unpickler`. */
import { engineFor, type EngineName } from '../machine/auto.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { findKnown } from './globals.ts';
import type { DecodeOptions, ResolvedOptions } from '../spec/options.ts';
import { resolveOptions } from '../values/resolve-options.ts';
import { asBytes, type BytesLike } from '../bytes/bytes-like.ts';
import type { PickleReader } from './pickle-reader.ts';
import { openReader } from './reader.ts';
import { openSession } from './session.ts';
import { checkInputBytes, isAllocationSaid } from './settings.ts';
import type { PickleSource } from './source.ts';

/**
 * Reads pickles with rules of your own: override `findClass` to say what a global stands for, and `persistentLoad` to say
 * what a persistent id stands for.
 *
 * @example
 * class MyUnpickler extends Unpickler {
 *   override findClass(module, name) {
 *     if (module === 'shop' && name === 'Order') return Order;
 *     return super.findClass(module, name);
 *   }
 * }
 * const orders = await new MyUnpickler('orders.pkl').load();
 */
export class Unpickler<Options extends DecodeOptions = DecodeOptions> {
  readonly #source: PickleSource | undefined;
  readonly #options: Options | undefined;
  #resolved: ResolvedOptions | undefined;
  #reader: Promise<PickleReader> | undefined;
  /** The reader, once it is open. */
  #opened: PickleReader | undefined;

  /**
   * @param source what `load()` reads: see the function `load`. Not needed for `loads(bytes)`
   * @param options as for `loads`
   */
  constructor(source?: PickleSource | null, options?: Options) {
    this.#source = source ?? undefined;
    this.#options = options;
  }

  /** The engine that reads the source: known once the first `load()` has begun, till then the one that would. */
  get engine(): EngineName {
    return this.#opened?.engine ?? engineFor(this.#options?.engine ?? 'auto', Infinity);
  }

  /** Bytes that the pickles read so far take. */
  get position(): number {
    return this.#opened?.position ?? 0;
  }

  /**
   * Reads the next pickle of the source. The memo is kept from one to the next, as Python's Unpickler keeps it, so that
   * what one Pickler has written by several `dump`s is read with its references.
   *
   * The source stays open: call `close` if it is not read to its end.
   * @throws PickleError as the function `load`; EMPTY_INPUT where the source has ended
   */
  async load(): Promise<unknown> {
    const reader = await this.#open();
    if (reader.position > 0 && (await reader.atEnd())) {
      throw pickleError('EMPTY_INPUT', { offset: reader.position, detail: 'There is no further pickle.' });
    }
    return this.#next(reader);
  }

  /** The pickles that are left in the source, each as `load()` gives it; the source is closed behind the last. */
  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, undefined> {
    const reader = await this.#open();
    try {
      while (!(await reader.atEnd())) yield await this.#next(reader);
    } finally {
      await this.close();
    }
  }

  /** Reads a pickle from bytes in memory, with a memo of its own: see the function `loads`. */
  loads(bytes: BytesLike): unknown {
    const input = asBytes(bytes);
    const options = this.#resolve();
    checkInputBytes(options, input.length);
    const session = openSession(options, input.length, isAllocationSaid(this.#options));
    try {
      session.begin(true);
      return session.read(input, 0);
    } finally {
      session.close(input.buffer.byteLength);
    }
  }

  /** Lets go of the source. Nothing can be read from it then. */
  async close(): Promise<void> {
    const reader = this.#reader ?? Promise.resolve(undefined);
    this.#reader = Promise.reject(new Error('The Unpickler is closed.'));
    this.#reader.catch(() => undefined);
    await (await reader.catch(() => undefined))?.close();
  }

  /**
   * What a global stands for: a class, a function or a PyType; or undefined, to keep it inert. As it is, this gives what is
   * registered or built in. Nothing is ever imported.
   * @param module as Python 3 calls it, unless fixImports is false
   * @param name may be dotted
   */
  findClass(module: string, name: string): unknown {
    return findKnown(module, name, this.#resolve());
  }

  /**
   * What a persistent id stands for. As it is, this calls the option `persistentLoad`.
   * @throws PickleError NO_PERSISTENT_LOAD where there is none
   */
  persistentLoad(id: unknown): unknown {
    const given = this.#options?.persistentLoad;
    if (given === undefined) throw pickleError('NO_PERSISTENT_LOAD', { offset: this.position });
    return given(id);
  }

  /**
   * Opens the source: for classes of the package that read more than plain pickles.
   * @internal
   */
  protected openPickles(
    source: PickleSource,
    options: Options | undefined,
    resolved: ResolvedOptions,
  ): Promise<PickleReader> {
    return openReader(source, options, resolved);
  }

  #resolve(): ResolvedOptions {
    if (this.#resolved !== undefined) return this.#resolved;
    const resolved = resolveOptions(this.#options);
    const base = Unpickler.prototype;
    return (this.#resolved = {
      ...resolved,
      findClass: this.findClass === base.findClass ? undefined : (module, name) => this.findClass(module, name),
      persistentLoad:
        this.persistentLoad === base.persistentLoad ? resolved.persistentLoad : (id) => this.persistentLoad(id),
    });
  }

  async #open(): Promise<PickleReader> {
    if (this.#source === undefined) throw new TypeError('The Unpickler was made without a source to read from.');
    this.#reader ??= this.openPickles(this.#source, this.#options, this.#resolve());
    return (this.#opened = await this.#reader);
  }

  async #next(reader: PickleReader): Promise<unknown> {
    try {
      return await reader.next(false);
    } catch (error) {
      // What lies behind a damaged pickle cannot be found.
      await this.close();
      throw error;
    }
  }
}
