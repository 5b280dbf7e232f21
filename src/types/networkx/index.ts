/** Values of networkx's types. */
export { type NxEdge, NxGraph, type NxGraphKind } from './graph.ts';
