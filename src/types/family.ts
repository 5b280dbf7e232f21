import type { PyType } from '../spec/options.ts';

/** Types that belong together: one file each, one line in the list. */
export interface TypeFamily {
  readonly name: string;
  /** Module, name, how its values are made. Names as Python 3 has them: fix_imports comes before. */
  readonly types: readonly (readonly [module: string, name: string, type: PyType])[];
}
