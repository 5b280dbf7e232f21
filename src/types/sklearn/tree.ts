/** scikit-learn's decision trees: what estimators of trees and forests hold as `tree_`. */
import { lazyJson } from '../../spec/lazy-json.ts';
import { dtypeOfText } from '../../arrays/dtype-text.ts';
import { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import { fieldsOf, smallIntOf } from '../stdlib/arguments.ts';

const NOTHING = new NdArray({ data: [], descr: dtypeOfText('|O')!.seal(), shape: [0] });

/** A sklearn.tree._tree.Tree. */
export class SklearnTree {
  readonly featureCount: number;
  readonly outputCount: number;
  /** For each output how many classes it has; 1 where the tree is a regressor's. */
  readonly classCounts: NdArray;
  /** Levels below the root. */
  maxDepth = 0;
  /**
   * A record a node, the root first: `left_child` and `right_child` are places in this array, -1 at a leaf; `feature`,
   * `threshold` (left where the feature is not above it), `impurity`, `n_node_samples`, `weighted_n_node_samples`, and by
   * version more.
   */
  nodes = NOTHING;
  /** What each node predicts: `(nodes, outputs, classes)`. */
  values = NOTHING;

  constructor(featureCount: number, classCounts: NdArray, outputCount: number) {
    this.featureCount = featureCount;
    this.classCounts = classCounts;
    this.outputCount = outputCount;
  }

  get nodeCount(): number {
    return this.nodes.size;
  }

  /**
   * BUILD: `{max_depth, node_count, nodes, values}`.
   * @throws PickleError INVALID_STATE where the arrays are no such tree's
   */
  setState(state: unknown): void {
    const fields = fieldsOf(state);
    const [nodes, values] = [fields?.get('nodes'), fields?.get('values')];
    const maxDepth = smallIntOf(fields?.get('max_depth'), -1, Number.MAX_SAFE_INTEGER);
    const isTree = nodes instanceof NdArray && nodes.ndim === 1 && nodes.descr.fields !== undefined;
    if (!isTree || maxDepth === undefined) refuse('The state of a tree has no nodes.');
    const fits = values instanceof NdArray && values.ndim === 3 && values.shape[0] === nodes.shape[0];
    if (!fits) refuse('The state of a tree has other values than nodes.');
    this.maxDepth = maxDepth;
    this.nodes = nodes;
    this.values = values;
  }

  toJSON(): unknown {
    const { featureCount, outputCount, maxDepth, nodes, values } = this;
    return { featureCount, outputCount, maxDepth, nodes: nodes.toJSON(), values: values.toJSON() };
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    const { featureCount, outputCount, maxDepth, nodes, values } = this;
    return { featureCount, outputCount, maxDepth, nodes: nodes[lazyJson](), values: values[lazyJson]() };
  }
}
