/**
 * joblib's files up to 0.9: pickles whose arrays lie in files beside them, an .npy file each. The pickle is read twice:
 * first to learn which files it wants, then with the arrays in their places.
 */
import { NdArray } from '../arrays/nd-array.ts';
import { refuse } from '../arrays/refuse.ts';
import { textOf } from '../arrays/dtype-state.ts';
import { dtypeOfText } from '../arrays/dtype-text.ts';
import type { PyType, ResolvedOptions } from '../spec/options.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { fieldsOf } from '../types/stdlib/arguments.ts';
import { PyGlobal } from '../values/py.ts';
import { isNpy } from './marks.ts';
import { readNpy } from './npy.ts';
import { readPickle, type ReadPickle, withTypes } from './pickles.ts';

/** Gives the bytes of a file that lies beside the one that is read; undefined where there is none. */
export type Siblings = (name: string) => Promise<Uint8Array | undefined> | Uint8Array | undefined;

const WRAPPER = 'NDArrayWrapper';
const MODULES = ['joblib.numpy_pickle', 'joblib.numpy_pickle_compat', 'sklearn.externals.joblib.numpy_pickle'];

/**
 * The value of such a pickle, which begins at an offset; and where it ends. Wrappers whose files are not there stay
 * inert, as all do where nothing is resolved.
 * @throws PickleError as `loads` and `readNpy` do; INVALID_STATE where a file's name leads elsewhere
 */
export async function readWithSiblings(
  bytes: Uint8Array,
  options: ResolvedOptions,
  siblings: Siblings | undefined,
  from = 0,
): Promise<ReadPickle> {
  if (options.globals === 'inert' || siblings === undefined) return readPickle(bytes, from, options);
  const wanted = new Set<string>();
  readPickle(bytes, from, withTypes(options, MODULES, WRAPPER, wrapper(wanted, new Map())));
  const found = new Map<string, NdArray>();
  for (const name of wanted) {
    const content = await siblings(name);
    const array = content !== undefined && isNpy(content) ? readNpy(content, options) : undefined;
    if (array instanceof NdArray) found.set(name, array);
  }
  // All or none: an empty array would be a wrong value.
  if (found.size < wanted.size) return readPickle(bytes, from, options);
  return readPickle(bytes, from, withTypes(options, MODULES, WRAPPER, wrapper(wanted, found)));
}

const EMPTY = dtypeOfText('|i1')!.seal();

/** A wrapper is its array, which is empty as long as its file is not read. */
function wrapper(wanted: Set<string>, found: ReadonlyMap<string, NdArray>): PyType {
  return {
    create: () => new NdArray({ data: new Int8Array(0), descr: EMPTY, shape: [0] }),
    setState(target, state) {
      const fields = fieldsOf(state);
      const name = textOf(fields?.get('filename'));
      if (!(target instanceof NdArray) || name === undefined) refuse('A wrapper of joblib names no file.');
      if (!/^[^/\\:]+$/.test(name) || name === '.' || name === '..') {
        throw pickleError('INVALID_STATE', { offset: -1, detail: 'A file beside a joblib pickle lies elsewhere.' });
      }
      wanted.add(name);
      const array = found.get(name);
      if (array === undefined) return;
      const { data, descr, shape, strides, offset } = array;
      const subclass = fields!.get('subclass');
      target.become({ data, descr, shape, strides, offset, className: classNameOf(subclass) });
    },
  };
}

/** The class of an array that a wrapper tells. A memory map is an ordinary array once it is read. */
export function classNameOf(subclass: unknown): string {
  const name = subclass instanceof PyGlobal ? subclass.toString() : '';
  return name === '' || name.endsWith('.memmap') ? 'numpy.ndarray' : name;
}
