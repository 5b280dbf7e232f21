/**
 * What scikit-learn's estimators hold beside arrays: trees and bunches. Estimators themselves stay inert: a PyObject whose
 * state has their parameters, and what they were fitted to.
 */
import { NdArray } from '../arrays/nd-array.ts';
import type { PyType, TypeFamily } from '../spec/options.ts';
import { PyBunch } from './sklearn/bunch.ts';
import { SklearnTree } from './sklearn/tree.ts';
import { entriesOf, fieldsOf, made, smallIntOf } from './stdlib/arguments.ts';
import { exactOnly } from './stdlib/reduce.ts';

const MOST = Number.MAX_SAFE_INTEGER;

/** `Tree(n_features, n_classes, n_outputs)`. */
const treeType: PyType = {
  call([features, classes, outputs, ...rest]) {
    const [featureCount, outputCount] = [smallIntOf(features, 0, MOST), smallIntOf(outputs, 0, MOST)];
    const isCalled = rest.length === 0 && featureCount !== undefined && outputCount !== undefined;
    return isCalled && classes instanceof NdArray ? new SklearnTree(featureCount, classes, outputCount) : undefined;
  },
  setState(target, state) {
    (target as SklearnTree).setState(state);
  },
};

/** A class that extends dict: `cls()`, or with entries, or with keyword arguments. */
const bunchType = (className: string): PyType => ({
  ...made((args, kwargs) => {
    const entries = args.length > 1 ? undefined : entriesOf(args[0] ?? {});
    const named = fieldsOf(kwargs);
    if (entries === undefined || named === undefined) return undefined;
    const bunch = new PyBunch(className);
    for (const [key, value] of [...entries, ...named]) bunch.set(key, value);
    return bunch;
  }),
  setItems(target, entries) {
    for (const [key, value] of entries) (target as PyBunch).set(key, value);
  },
  /** Its attributes are its entries: of what pickles of old have here too, scikit-learn makes nothing. */
  setState() {},
});

const BUNCHES = [
  ['sklearn.utils._bunch', 'Bunch'],
  ['sklearn.utils', 'Bunch'],
  ['sklearn.datasets.base', 'Bunch'],
  ['scipy.optimize._optimize', 'OptimizeResult'],
  ['scipy.optimize.optimize', 'OptimizeResult'],
] as const;

export const sklearn: TypeFamily = {
  name: 'sklearn',
  get types(): TypeFamily['types'] {
    return [
      ['sklearn.tree._tree', 'Tree', treeType],
      ...BUNCHES.map(([module, name]) => [module, name, bunchType(`${module}.${name}`)] as const),
    ];
  },
  reducers: [exactOnly(SklearnTree, 'A tree of scikit-learn')],
};
