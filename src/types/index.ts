/** The families of types, one file each: what the package knows by itself. */
import type { TypeFamily } from '../spec/options.ts';
import { builtins } from './builtins.ts';
import { copyreg } from './copyreg.ts';

export const FAMILIES: readonly TypeFamily[] = [builtins, copyreg];
