/**
 * In the place of the package pickleparser 0.2.1: the same names, the same options and values, by the decoder of this
 * package. `src/pickleparser/README.md` lists what is different.
 * @example
 * import { Parser } from 'pickle-wasm/pickleparser';
 * const rows = new Parser().parse(bytes);
 */
import { knowTsEngine } from './machine/auto.ts';
import { createTsMachine } from './machine/ts/machine.ts';

knowTsEngine(createTsMachine);

export { Parser } from './pickleparser/parser.ts';
export { BufferReader, type IReader } from './pickleparser/reader.ts';
export { NameRegistry, type NameResolver } from './pickleparser/name-registry.ts';
export type { PObject } from './pickleparser/p-object.ts';
export type {
  ExtensionResolver,
  ParserOptions,
  PersistentResolver,
  UnpicklingTypeOfDictionary,
  UnpicklingTypeOfSet,
} from './pickleparser/options.ts';
export { PickleError } from './spec/pickle-error.ts';
