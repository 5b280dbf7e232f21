/** Decoding of files and streams, and the class to subclass. The main entry has all of it too. */
export { load, loadAll, type LoadAllOptions } from './decode/load.ts';
export type { PickleSource } from './decode/source.ts';
export { Unpickler } from './decode/unpickler.ts';
