/** numpy's functions: a pickle has their names alone, and the truths tell of some what numpy has made them of. */
import type { PyGlobal } from '../../../src/index.ts';

/** Those that numpy dispatches, with the names of the functions that they wrap. */
const WRAPPED: ReadonlyMap<string, string> = new Map([
  ['numpy.mean', 'numpy._core.fromnumeric.mean'],
  ['numpy.linalg.norm', 'numpy.linalg._linalg.norm'],
  ['numpy.median', 'numpy.lib._function_base_impl.median'],
]);

/** Its documentation, which is in no pickle, is left untold. */
export function functionNode(value: PyGlobal): unknown {
  const path = value.toString();
  if (path === 'numpy.random.default_rng') return { kind: 'object', class: '_cython_3_2_4.cython_function_or_method' };
  const wrapped = WRAPPED.get(path);
  if (wrapped === undefined) return undefined;
  return {
    kind: 'object',
    class: 'numpy._ArrayFunctionDispatcher',
    attrs: [
      ['__module__', value.module],
      ['__name__', value.name],
      ['__qualname__', value.name],
      ['__doc__', { kind: 'untold' }],
      ['__annotations__', { kind: 'dict', items: [] }],
      ['__wrapped__', { kind: 'global', name: wrapped }],
    ],
  };
}
