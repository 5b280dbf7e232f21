/** The dtypes in a joblib stream, made as a decode makes them: they tell how long an array is. */
import { Dtype } from '../arrays/dtype.ts';
import { setDtypeState } from '../arrays/dtype-state.ts';
import { resolveOptions } from '../values/resolve-options.ts';
import { PickleError } from '../spec/pickle-error.ts';
import type { PyType, TypeContext } from '../spec/options.ts';
import { numpy } from '../types/numpy.ts';
import type { PyGlobal } from '../values/py.ts';

/** The functions of numpy that give dtypes, by module and name. */
const MAKERS: ReadonlyMap<string, PyType> = new Map(
  numpy.types
    .filter(([, name]) => name === 'dtype' || name === '_convert_to_stringdtype_kwargs')
    .map(([module, name, type]) => [`${module}.${name}`, type]),
);

/** The dtype that a call gives; undefined where it is none, or one that a decode will refuse. */
export function dtypeOfCall(callable: PyGlobal, args: unknown): Dtype | undefined {
  const make = MAKERS.get(callable.toString())?.call;
  if (make === undefined || !Array.isArray(args)) return undefined;
  const dtype = unlessRefused(() => make(args, undefined, NO_CONTEXT));
  return dtype instanceof Dtype ? dtype : undefined;
}

/** BUILD of a dtype. */
export function buildDtype(dtype: Dtype, state: unknown): void {
  unlessRefused(() => setDtypeState(dtype, state));
}

const NO_CONTEXT: TypeContext = {
  options: resolveOptions(undefined),
  typeOf: () => undefined,
  adopt: () => undefined,
};

function unlessRefused<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof PickleError) return undefined;
    throw error;
  }
}
