/** networkx's graphs. */
import { NxGraph } from '../../../src/index.ts';
import type { Teller } from '../teller.ts';
import { madePairs } from './base.ts';

export const networkx: Teller = {
  made(value, tell) {
    if (!(value instanceof NxGraph)) return undefined;
    const { kind, attrs, multigraph } = value;
    return {
      kind: 'graph',
      class: kind,
      graph: madePairs(attrs as ReadonlyMap<unknown, unknown>, tell),
      nodes: madePairs(value.nodes(), tell),
      edges: Array.from(value.edges(), ({ source, target, key, attrs: own }) =>
        (multigraph ? [source, target, key, own] : [source, target, own]).map(tell),
      ),
    };
  },
  older: () => undefined,
};
