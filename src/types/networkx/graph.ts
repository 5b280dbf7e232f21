/** networkx's graphs. */
import { setOwn } from '../../values/dicts.ts';
import { PyDict } from '../../values/py.ts';
import { NpScalar } from '../numpy/scalar.ts';
import { entriesOf } from '../stdlib/arguments.ts';

export type NxGraphKind = 'Graph' | 'DiGraph' | 'MultiGraph' | 'MultiDiGraph';

/** An edge and its attributes; between the nodes of a multigraph there may be several, told apart by their keys. */
export interface NxEdge {
  readonly source: unknown;
  readonly target: unknown;
  /** Undefined where the graph is no multigraph. */
  readonly key: unknown;
  /** A dict, as the decode has dicts. */
  readonly attrs: unknown;
}

type Pair = readonly [key: unknown, value: unknown];

export class NxGraph {
  readonly kind: NxGraphKind;
  /** Attributes of the graph itself: a dict, as the decode has dicts. */
  attrs: unknown = {};
  /** A dict of nodes, with a dict of attributes each. */
  nodeDict: unknown = {};
  /** A dict of nodes, with a dict each of those that edges lead to: of attributes, or of keys and attributes. */
  adjacency: unknown = {};

  constructor(kind: NxGraphKind) {
    this.kind = kind;
  }

  get directed(): boolean {
    return this.kind.endsWith('DiGraph');
  }

  get multigraph(): boolean {
    return this.kind.startsWith('Multi');
  }

  /** Each node and its attributes, a dict. */
  nodes(): Pair[] {
    return pairsOf(this.nodeDict);
  }

  /** Each edge, in networkx's order; of undirected graphs once. */
  *edges(): Generator<NxEdge, void> {
    // Nodes are equal as keys in Python are: tuples by what they hold.
    const seen = new PyDict<unknown, true>();
    for (const [source, targets] of pairsOf(this.adjacency)) {
      for (const [target, data] of pairsOf(targets)) {
        if (seen.has(plain(target))) continue;
        if (!this.multigraph) yield { source, target, key: undefined, attrs: data };
        else for (const [key, attrs] of pairsOf(data)) yield { source, target, key, attrs };
      }
      if (!this.directed) seen.set(plain(source), true);
    }
  }

  /** Nodes that edges lead to from a node, with what the adjacency has for them; undefined where there is no such node. */
  neighbors(node: unknown): Pair[] | undefined {
    const dict = this.adjacency;
    if (dict instanceof Map) return dict.has(node) ? pairsOf(dict.get(node)) : undefined;
    const found = pairsOf(dict).find(([key]) => key === node);
    return found && pairsOf(found[1]);
  }

  /** As networkx's `node_link_data`: what d3 and others read. */
  toJSON(): unknown {
    return {
      directed: this.directed,
      multigraph: this.multigraph,
      graph: this.attrs,
      nodes: this.nodes().map(([id, attrs]) => record(attrs, { id })),
      edges: Array.from(this.edges(), ({ source, target, key, attrs }) => {
        return record(attrs, key === undefined ? { source, target } : { source, target, key });
      }),
    };
  }
}

/** @throws TypeError where it is no dict: views of graphs have objects of networkx's own in their place */
function pairsOf(dict: unknown): Pair[] {
  const pairs = entriesOf(dict);
  if (pairs === undefined) throw new TypeError('a part of the graph is no dict: the graph is a view of another');
  return pairs;
}

/** An exact decode has a class for numpy's scalars. */
const plain = (node: unknown): unknown => (node instanceof NpScalar ? node.value : node);

function record(attrs: unknown, own: Readonly<Record<string, unknown>>): unknown {
  const result: Record<string, unknown> = {};
  for (const [key, value] of pairsOf(attrs)) setOwn(result, String(key), value);
  for (const [key, value] of Object.entries(own)) setOwn(result, key, value);
  return result;
}
