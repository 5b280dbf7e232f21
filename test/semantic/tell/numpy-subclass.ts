/** Arrays of classes that nobody has registered: the package keeps what the pickle says of them. */
import { NdArray, type PyObject } from '../../../src/index.ts';
import { partsOfState } from '../../../src/types/numpy/array-state.ts';

/** The array of `_reconstruct` and a state of numpy's, and what the class has put behind that; undefined of others. */
export function arrayOfSubclass({ callable, args, state }: PyObject): { array: NdArray; more: unknown[] } | undefined {
  if (!String(callable).endsWith('multiarray._reconstruct') || !Array.isArray(state) || state.length < 5)
    return undefined;
  const [, shape, dtype, isFortran, contents, ...more] = state as unknown[];
  const parts = partsOfState(shape, dtype, isFortran, contents);
  return { array: new NdArray({ ...parts, className: String(args[0]) }), more };
}
