/** Values of scikit-learn's types. */
export { PyBunch } from './bunch.ts';
export { SklearnTree } from './tree.ts';
