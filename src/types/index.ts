/** The families of types that are known without being registered. */
import type { PyType } from '../spec/options.ts';
import { builtins } from './builtins.ts';
import { copyreg } from './copyreg.ts';
import type { TypeFamily } from './family.ts';

export const FAMILIES: readonly TypeFamily[] = [builtins, copyreg];

const byName = new Map<string, Map<string, PyType>>();
for (const family of FAMILIES) {
  for (const [module, name, type] of family.types) {
    let names = byName.get(module);
    if (names === undefined) byName.set(module, (names = new Map()));
    names.set(name, type);
  }
}

/** The built-in type of a global, if there is one. */
export function builtinType(module: string, name: string): PyType | undefined {
  return byName.get(module)?.get(name);
}
