// oxlint-disable no-underscore-dangle -- the name is pickleparser's
import { asBytes, type BytesLike } from '../bytes/bytes-like.ts';
import { isAllocationSaid } from '../decode/settings.ts';
import { sameKind } from '../dropin/bytes.ts';
import { decode, type Decoded } from '../dropin/decode.ts';
import type { Habits } from '../dropin/habits.ts';
import type { PyType, ResolvedOptions } from '../spec/options.ts';
import { resolveOptions } from '../values/resolve-options.ts';
import { Buffers, NoMoreBuffers } from './buffers.ts';
import { call, changes, instance, type Forms } from './instances.ts';
import { readPickle } from './one-pickle.ts';
import { checkTypes, DEFAULTS, type ParserOptions } from './options.ts';
import { BufferReader, type IReader } from './reader.ts';
import { inTheirWords } from './words.ts';

/**
 * Reads pickles as pickleparser 0.2.1 does, by the decoder of this package. What it does otherwise is told in the README of
 * this folder.
 * @example
 * new Parser().parse(await readFile('rows.pkl'))
 */
export class Parser {
  private readonly _options: ParserOptions;
  readonly #resolved: ResolvedOptions;
  readonly #type: PyType;

  /** @throws Error, TypeError where an option has a value that it does not take */
  constructor(options?: Partial<ParserOptions>) {
    this._options = { ...DEFAULTS, ...options };
    checkTypes(this._options);
    const { unpicklingTypeOfDictionary, persistentResolver, engine, errors, limits } = this._options;
    this.#resolved = resolveOptions({
      dict: unpicklingTypeOfDictionary === 'Map' ? 'map' : 'object',
      // As their bytes: what is no ASCII would be an error else.
      encoding: this._options.encoding ?? 'latin1',
      // Nothing is known but what the resolvers give.
      globals: 'inert',
      fixImports: false,
      persistentLoad: (id) => persistentResolver.resolve(id as string),
      engine,
      errors,
      limits,
    });
    this.#type = changes(this._options);
  }

  /**
   * Reads a pickle from bytes in memory. What lies behind it is ignored.
   * @throws PickleError with a `code` and an `offset`; what a resolver, class or function of the caller throws
   */
  parse<T>(buffer: BytesLike): T {
    return this.#decode(asBytes(buffer)).value as T;
  }

  /**
   * Reads a pickle from a reader, which stands behind it then.
   * @throws as `parse` does; offsets count from where the reader stood
   */
  read<T>(reader: IReader): T {
    if (!(reader instanceof BufferReader)) return this.#decode(readPickle(reader)).value as T;
    const { value, bytesUsed } = this.#decode(BufferReader.rest(reader));
    reader.skip(bytesUsed);
    return value as T;
  }

  #decode(bytes: Uint8Array): Decoded {
    const buffers = this._options.buffers == null ? undefined : new Buffers(this._options.buffers);
    try {
      return this.#decodeWith(bytes, buffers, buffers === undefined ? 0 : Buffers.MANY);
    } catch (error) {
      if (!(error instanceof NoMoreBuffers)) throw inTheirWords(error, bytes, buffers !== undefined);
    }
    try {
      // Once more, to be told where the one is that is missing: now that it is known how many there are.
      return this.#decodeWith(bytes, buffers, buffers!.count);
    } catch (error) {
      throw inTheirWords(error, bytes, true);
    }
  }

  #decodeWith(bytes: Uint8Array, buffers: Buffers | undefined, bufferCount: number): Decoded {
    const { limits } = this._options;
    return decode(bytes, this.#resolved, {
      habits: this.#habits(bytes, buffers),
      type: this.#type,
      bufferCount,
      allocationSaid: isAllocationSaid({ limits }),
    });
  }

  #habits(bytes: Uint8Array, buffers: Buffers | undefined): Habits {
    const { nameResolver, extensionResolver, unpicklingTypeOfSet } = this._options;
    const setsAreArrays = unpicklingTypeOfSet === 'array';
    const forms: Forms = {
      bytes: (made) => sameKind(bytes, made),
      set: (made) => (setsAreArrays ? Array.from(made) : made),
    };
    return {
      setsAreArrays,
      global: (module, name) => nameResolver.resolve(module, name),
      extension: (code) => extensionResolver.resolve(code),
      call: (callee, how, args, kwargs, context) =>
        how === 'reduce' ? call(callee, args, context, forms) : instance(callee, args, kwargs),
      buffer: (index) => buffers?.at(index),
    };
  }
}
