/** scikit-learn's values: trees and bunches, and estimators, which stay as they are pickled. */
import { NdArray, PyBunch, PyObject, SklearnTree } from '../../../src/index.ts';
import type { Tell, Teller } from '../teller.ts';
import { madePairs } from './base.ts';
import { attributesOf, instanceOf, type Instance } from './inert.ts';

export const sklearn: Teller = {
  made(value, tell) {
    if (value instanceof SklearnTree) {
      const { maxDepth, nodeCount, nodes, values } = value;
      return { kind: 'tree', max_depth: maxDepth, node_count: nodeCount, nodes: tell(nodes), values: tell(values) };
    }
    if (value instanceof PyBunch) {
      return { kind: 'subclass', of: 'dict', class: value.className, items: madePairs(value, tell) };
    }
    const instance = value instanceof PyObject ? instanceOf(value) : undefined;
    if (instance?.name.startsWith('_loss.')) return { kind: 'object', class: instance.name };
    return instance?.name.startsWith('sklearn.') ? instanceNode(instance, tell) : undefined;
  },
  older: () => undefined,
};

/** Classes of scikit-learn that are no estimators: what has no `get_params`. */
const OBJECTS = [
  '_loss.loss.',
  'calibration._CalibratedClassifier',
  'cluster._birch._CF',
  'ensemble._hist_gradient_boosting.predictor.',
  'metrics._scorer.',
  'model_selection._split.',
  'neural_network._stochastic_optimizers.',
  'utils._metadata_requests.',
];

/** Compiled classes, of which nothing can be told. */
const OPAQUE = ['_loss._loss.', '_loss.link.', 'linear_model._sgd_fast.'];

/** Attributes that a class sets for its base class: no parameters of its own, though they are named as such are. */
const NOT_PARAMETERS: Readonly<Record<string, string>> = {
  AdaBoostClassifier: 'estimator_params',
  BaggingClassifier: 'estimator_params',
  DecisionTreeRegressor: 'class_weight',
  ExtraTreeRegressor: 'class_weight',
  ExtraTreesRegressor: 'estimator estimator_params class_weight',
  GradientBoostingClassifier: 'alpha',
  IsolationForest: 'estimator estimator_params oob_score bootstrap_features',
  KNeighborsClassifier: 'radius',
  KNeighborsRegressor: 'radius',
  Lasso: 'l1_ratio',
  MLPClassifier: 'loss',
  Perceptron: 'learning_rate epsilon average power_t loss',
  RandomForestClassifier: 'estimator estimator_params',
  StackingRegressor: 'stack_method',
  SVC: 'epsilon nu',
  SVR: 'nu random_state probability class_weight',
};

function instanceNode(instance: Instance, tell: Tell): unknown {
  const { name, args, object } = instance;
  const tree = /^sklearn\.neighbors\._(?:kd|ball)_tree\.newObj$/.test(name);
  if (tree) {
    const [data] = object.state as readonly unknown[];
    return { kind: 'spatialtree', class: String(args[0]).split('.').at(-1)!.replace(/64$/, ''), data: tell(data) };
  }
  const path = name.slice('sklearn.'.length);
  const attrs = attributesOf(instance).filter(([key]) => key !== '_sklearn_version');
  if (path === 'isotonic.IsotonicRegression') {
    const told = estimatorNode(name, attrs, tell);
    return { ...told, fitted: [...told.fitted, ['f_', interpolation(attrs, tell)]] };
  }
  if (path === '_loss.link.Interval') return { kind: 'dataclass', class: name, attrs: madePairs(attrs, tell) };
  if (OPAQUE.some((start) => path.startsWith(start))) return { kind: 'object', class: name, opaque: true };
  if (OBJECTS.some((start) => path.startsWith(start))) {
    return { kind: 'object', class: name, ...(attrs.length > 0 && { attrs: madePairs(attrs, tell) }) };
  }
  return estimatorNode(name, attrs, tell);
}

function estimatorNode(name: string, attrs: [string, unknown][], tell: Tell): { fitted: unknown[] } {
  const others = NOT_PARAMETERS[name.split('.').at(-1)!]?.split(' ') ?? [];
  const isParameter = ([key]: [string, unknown]): boolean => !/^_|_$/.test(key) && !others.includes(key);
  const params = attrs.filter(isParameter).sort(([a], [b]) => (a < b ? -1 : 1));
  const estimator = { kind: 'estimator', class: name, params: madePairs(params, tell) };
  return {
    ...estimator,
    fitted: madePairs(
      attrs.filter((attr) => !isParameter(attr)),
      tell,
    ),
  };
}

/**
 * What `IsotonicRegression.__setstate__` makes of the state: scipy's linear interpolation between the thresholds, which
 * neither raises nor extrapolates but where `out_of_bounds` is 'raise'.
 */
function interpolation(attrs: readonly [string, unknown][], tell: Tell): unknown {
  const state = new Map(attrs);
  const [x, y] = [state.get('X_thresholds_'), state.get('y_thresholds_')];
  if (!(x instanceof NdArray) || !(y instanceof NdArray)) return undefined;
  const shaped = (values: readonly number[], shape: readonly number[]): unknown =>
    tell(new NdArray({ data: Float64Array.from(values), descr: y.descr, shape }));
  return {
    kind: 'object',
    class: 'scipy.interpolate._interpolate.interp1d',
    attrs: [
      ['_y_axis', 0],
      ['_y_extra_shape', { kind: 'tuple', items: [] }],
      ['dtype', { kind: 'global', name: 'numpy.float64' }],
      ['bounds_error', state.get('out_of_bounds') === 'raise'],
      ['copy', true],
      ['axis', 0],
      ['y', tell(y)],
      ['_y', shaped(Array.from(y.flat(), Number), [y.size, 1])],
      ['x', tell(x)],
      ['_kind', 'linear'],
      ['_call', { kind: 'global', name: 'scipy.interpolate._interpolate.interp1d._call_linear_np' }],
      ['_fill_value_below', shaped([NaN], [1])],
      ['_fill_value_above', shaped([NaN], [1])],
      ['_extrapolate', false],
      ['_fill_value_orig', shaped([NaN], [])],
    ],
  };
}
