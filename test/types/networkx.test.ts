/** networkx's graphs. */
import { describe, expect, it } from 'vitest';
import { type DecodeOptions, loads, NxGraph } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { dict, instance, pickle } from './library-pickles.ts';

const graph = (kind: string, nodes: string, adjacency: string): Uint8Array =>
  pickle(instance(`networkx.classes.${kind.toLowerCase()}`, kind, dict({ graph: '}', _node: nodes, _adj: adjacency })));

/** a and b, and an edge from each to the other of one weight. */
const NODES = '(Va\n}Vb\n(Vid\nI7\ndd';
const ADJACENCY = '(Va\n(Vb\n(Vweight\nI2\ndp9\ndVb\n(Va\ng9\ndd';

describe.each(ENGINES)('graphs, %s', (engine) => {
  const read = (bytes: Uint8Array, options: DecodeOptions = {}): NxGraph =>
    loads(bytes, { engine, ...options }) as NxGraph;

  it('have nodes, and each edge once', () => {
    const value = read(graph('Graph', NODES, ADJACENCY));
    expect(value).toBeInstanceOf(NxGraph);
    expect(value.nodes()).toEqual([['a', {}], ['b', { id: 7 }]]); // prettier-ignore
    expect([...value.edges()]).toEqual([{ source: 'a', target: 'b', key: undefined, attrs: { weight: 2 } }]);
    expect(value.neighbors('b')).toEqual([['a', { weight: 2 }]]);
    expect(value.neighbors('toString')).toBeUndefined();
    expect(JSON.parse(JSON.stringify(value))).toEqual({
      directed: false,
      multigraph: false,
      graph: {},
      nodes: [{ id: 'a' }, { id: 'b' }],
      edges: [{ weight: 2, source: 'a', target: 'b' }],
    });
  });

  it('that are directed have both', () => {
    const value = read(graph('DiGraph', NODES, ADJACENCY), { dict: 'map' });
    expect([...value.edges()].map(({ source, target }) => [source, target])).toEqual([['a', 'b'], ['b', 'a']]); // prettier-ignore
  });

  it('of several edges between nodes have their keys', () => {
    const value = read(graph('MultiGraph', NODES, '(Va\n(Vb\n(I0\n}Vx\n}ddVb\n}d'));
    expect([...value.edges()].map(({ key }) => key)).toEqual([0, 'x']);
  });

  it('know tuples as equal by what they hold', () => {
    const [one, other] = ['(I0\nI1\nt', '(I0\nI2\nt'];
    const bytes = graph('Graph', `(${one}}${other}}d`, `(${one}(${other}}d${other}(${one}}dd`);
    expect([...read(bytes).edges()]).toHaveLength(1);
    expect([...read(bytes, { exact: true }).edges()]).toHaveLength(1);
  });

  it('without nodes or edges are refused', () => {
    const bytes = pickle(instance('networkx.classes.graph', 'Graph', dict({ graph: '}' })));
    expect(() => read(bytes)).toThrow(expect.objectContaining({ code: 'INVALID_STATE' }));
  });

  it('that are views of others say so when they are asked', () => {
    const value = read(graph('Graph', NODES, 'cnetworkx.classes.coreviews\nFilterAdjacency\n)\x81'));
    expect(() => [...value.edges()]).toThrow(TypeError);
  });
});
