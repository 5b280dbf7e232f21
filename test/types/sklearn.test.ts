/** What scikit-learn pickles. */
import { describe, expect, it } from 'vitest';
import { loads, PickleError, PyBunch, PyObject, SklearnTree } from '../../src/index.ts';
import { structDtype, bytes, dtype, reconstructed, tuple } from '../arrays/pickles.ts';
import { ENGINES } from '../support/engines.ts';
import { array, dict, instance, pickle } from './library-pickles.ts';

/** Two fields of the nodes of a tree, left child and threshold, for two nodes. */
const record = structDtype(
  [
    ['left_child', dtype('i4'), 0],
    ['threshold', dtype('f4'), 4],
  ],
  8,
);
const nodes = String.fromCharCode(
  ...reconstructed(tuple([2]), record, bytes([1, 0, 0, 0, 0, 0, 0, 63, 255, 255, 255, 255, 0, 0, 0, 0])).slice(0, -1),
);

const tree = (state: Readonly<Record<string, string>>): Uint8Array =>
  pickle(`csklearn.tree._tree\nTree\n(I3\n${array('i8', [2])}I1\ntR${dict(state)}b`);

const STATE = { max_depth: 'I1\n', node_count: 'I2\n', nodes, values: array('f8', [1, 0, 0.5, 0.5], [2, 1, 2]) };

describe.each(ENGINES)("scikit-learn's values, %s", (engine) => {
  it('trees have nodes as records', () => {
    const value = loads(tree(STATE), { engine }) as SklearnTree;
    expect(value).toBeInstanceOf(SklearnTree);
    expect([value.featureCount, value.outputCount, value.maxDepth, value.nodeCount]).toEqual([3, 1, 1, 2]);
    expect(value.nodes.row(0)).toEqual({ left_child: 1, threshold: 0.5 });
    expect(Array.from(value.nodes.field('left_child'))).toEqual([1, -1]);
    expect(value.values.shape).toEqual([2, 1, 2]);
  });

  it.each([
    ['no nodes', { ...STATE, nodes: 'N' }],
    ['nodes that are no records', { ...STATE, nodes: array('f8', [1, 2]) }],
    ['values for other nodes', { ...STATE, values: array('f8', [1, 2], [1, 1, 2]) }],
    ['no depth', { ...STATE, max_depth: 'N' }],
  ])('trees of %s are refused', (_what, state) => {
    expect(() => loads(tree(state), { engine })).toThrow(expect.objectContaining({ code: 'INVALID_STATE' }));
    expect(() => loads(tree(state), { engine })).toThrow(PickleError);
  });

  it('bunches are maps', () => {
    const bunch = loads(pickle('csklearn.utils._bunch\nBunch\n)\x81(Vdata\nI1\nV__proto__\nI2\nu}b'), { engine });
    expect(bunch).toBeInstanceOf(PyBunch);
    expect([...(bunch as PyBunch)]).toEqual([['data', 1], ['__proto__', 2]]); // prettier-ignore
    expect((bunch as PyBunch).className).toBe('sklearn.utils._bunch.Bunch');
  });

  it('estimators stay inert, with arrays in their state', () => {
    const state = dict({ alpha: 'F0.5\n', coef_: array('f8', [1, 2]) });
    const ridge = loads(pickle(instance('sklearn.linear_model._ridge', 'Ridge', state)), { engine }) as PyObject;
    expect(ridge).toBeInstanceOf(PyObject);
    expect(ridge.className).toBe('sklearn.linear_model._ridge.Ridge');
    const { coef_: coefficients } = ridge.state as { coef_: { toNested(): unknown } };
    expect(coefficients.toNested()).toEqual([1, 2]);
  });
});
