/** networkx's graphs: directed or not, with one edge between two nodes or with several. */
import { refuse } from '../arrays/refuse.ts';
import type { PyType, TypeFamily } from '../spec/options.ts';
import { NxGraph, type NxGraphKind } from './networkx/graph.ts';
import { fieldsOf } from './stdlib/arguments.ts';
import { exactOnly } from './stdlib/reduce.ts';

const graphType = (kind: NxGraphKind): PyType => ({
  create: (args) => (args.length === 0 ? new NxGraph(kind) : undefined),
  setState(target, state) {
    const fields = fieldsOf(state);
    // Names without the underscore are of networkx 1.
    const [nodes, adjacency] = [fields?.get('_node') ?? fields?.get('node'), fields?.get('_adj') ?? fields?.get('adj')];
    if (nodes === undefined || adjacency === undefined) refuse('The state of a graph has no nodes or no edges.');
    const graph = target as NxGraph;
    graph.nodeDict = nodes;
    graph.adjacency = adjacency;
    graph.attrs = fields?.get('graph') ?? {};
  },
});

const KINDS: readonly NxGraphKind[] = ['Graph', 'DiGraph', 'MultiGraph', 'MultiDiGraph'];

export const networkx: TypeFamily = {
  name: 'networkx',
  get types(): TypeFamily['types'] {
    return [
      ...KINDS.map((kind) => [`networkx.classes.${kind.toLowerCase()}`, kind, graphType(kind)] as const),
      // Up to networkx 2.8.
      ...KINDS.map((kind) => ['networkx.classes.ordered', `Ordered${kind}`, graphType(kind)] as const),
    ];
  },
  reducers: [exactOnly(NxGraph, 'A graph of networkx')],
};
