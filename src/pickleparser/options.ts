/** The options of a Parser. */
import type { DecodeOptions } from '../spec/options.ts';
import type { NameResolver } from './name-registry.ts';
import { createPObject } from './p-object.ts';

export type UnpicklingTypeOfSet = 'array' | 'Set';
export type UnpicklingTypeOfDictionary = 'object' | 'Map';

/** Gives the object of a persistent id. */
export interface PersistentResolver {
  resolve(pid: string): unknown;
}

/** Gives what an extension code stands for. */
export interface ExtensionResolver {
  resolve(extCode: number): unknown;
}

export interface ParserOptions extends Pick<DecodeOptions, 'encoding' | 'engine' | 'errors' | 'limits'> {
  nameResolver: NameResolver;
  persistentResolver: PersistentResolver;
  extensionResolver: ExtensionResolver;
  unpicklingTypeOfSet: UnpicklingTypeOfSet;
  unpicklingTypeOfDictionary: UnpicklingTypeOfDictionary;
  /** Out-of-band buffers of protocol 5, in order. They become values of the result as they are. */
  buffers?: Iterator<unknown> | undefined;
}

export const DEFAULTS: ParserOptions = {
  nameResolver: { resolve: (module, name) => createPObject(module, name) },
  persistentResolver: {
    resolve: (pid) => {
      throw new Error(`Unregistered persistent id: \`${pid}\`.`);
    },
  },
  extensionResolver: {
    resolve: (extCode) => {
      throw new Error(`Unregistered extension code: \`${extCode.toString(16)}\`.`);
    },
  },
  unpicklingTypeOfSet: 'array',
  unpicklingTypeOfDictionary: 'object',
};

/** @throws Error where one of the two types is none that there is */
export function checkTypes({ unpicklingTypeOfSet: set, unpicklingTypeOfDictionary: dict }: ParserOptions): void {
  if (set !== 'array' && set !== 'Set') throw new Error(`Unknown unpickling type [${String(set)}] of Set.`);
  if (dict !== 'object' && dict !== 'Map') {
    throw new Error(`Unknown unpickling type [${String(dict)}] of Dictionary.`);
  }
}
