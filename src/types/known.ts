/**
 * The families of types that are known without being registered. The core knows Python's own containers and nothing else;
 * the package's main module makes all families known, once, as it is loaded. So a bundle of the core holds no more.
 */
import type { Reducer } from '../spec/reducer.ts';
import type { PyType, TypeFamily } from '../spec/options.ts';
import { builtins } from './builtins.ts';
import { copyreg } from './copyreg.ts';

type Table = ReadonlyMap<string, ReadonlyMap<string, PyType>>;

/** What every decode knows: without these, protocols 0 to 2 could not even tell bytes. */
export const CORE_FAMILIES: readonly TypeFamily[] = [builtins, copyreg];

let known: Table | undefined;
let knownFamilies = CORE_FAMILIES;
/** Tables of the lists that were given as an option. */
const tables = new WeakMap<readonly TypeFamily[], Table>();

/** Sets what decodes know where the option `families` is not given. For the package's entry modules. */
export function knowFamilies(families: readonly TypeFamily[]): void {
  knownFamilies = families;
  known = undefined;
  reducers = undefined;
}

/**
 * The built-in type of a global, if there is one.
 * @param families those of the option, which are known beside the core's; undefined where it is not given
 */
export function knownType(
  module: string,
  name: string,
  families: readonly TypeFamily[] | undefined,
): PyType | undefined {
  return tableOf(families).get(module)?.get(name);
}

function tableOf(families: readonly TypeFamily[] | undefined): Table {
  if (families === undefined) return (known ??= makeTable(knownFamilies));
  let table = tables.get(families);
  if (table === undefined) tables.set(families, (table = makeTable([...CORE_FAMILIES, ...families])));
  return table;
}

function makeTable(families: readonly TypeFamily[]): Table {
  const table = new Map<string, Map<string, PyType>>();
  for (const family of families) {
    for (const [module, name, type] of family.types) {
      let names = table.get(module);
      if (names === undefined) table.set(module, (names = new Map()));
      names.set(name, type);
    }
  }
  return table;
}

type Reducers = ReadonlyMap<unknown, Reducer>;

let reducers: Reducers | undefined;
const reducerTables = new WeakMap<readonly TypeFamily[], Reducers>();

/**
 * What a family says is written for instances of a class, if one does.
 * @param families those of the option, beside the core's; undefined where it is not given
 */
export function knownReducer(cls: unknown, families: readonly TypeFamily[] | undefined): Reducer | undefined {
  if (families === undefined) return (reducers ??= reducersOf(knownFamilies)).get(cls);
  let table = reducerTables.get(families);
  if (table === undefined) reducerTables.set(families, (table = reducersOf([...CORE_FAMILIES, ...families])));
  return table.get(cls);
}

const reducersOf = (families: readonly TypeFamily[]): Reducers =>
  new Map(families.flatMap(({ reducers: rows = [] }) => rows));
