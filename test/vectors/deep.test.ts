/** `deep.jsonl`: nesting of up to a million, told as parts to repeat. */
import { describe, it } from 'vitest';
import { loads } from '../../src/index.ts';
import { DEFAULT_LIMITS } from '../../src/spec/limits.ts';
import { toLossless } from '../support/as-truth.ts';
import { ENGINES } from '../support/engines.ts';
import { Failures } from '../support/failures.ts';
import { outcomeOf, tell } from '../support/outcome.ts';
import { deepBytes, places, rowsOf, type DeepVector } from '../support/vectors.ts';

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => value !== null && typeof value === 'object' && !Array.isArray(value);

/** What a node holds, one level down. */
function insideOf(node: unknown): unknown[] {
  if (!isNode(node)) return [];
  for (const kind of ['list', 'tuple', 'set', 'frozenset']) if (kind in node) return node[kind] as unknown[];
  if ('dict' in node) return (node['dict'] as unknown[][]).flat();
  if ('persistent' in node) return [node['persistent']];
  if ('object' in node) {
    const { callable, args } = node['object'] as Node;
    return [callable, args];
  }
  return [];
}

const KINDS = ['list', 'tuple', 'dict', 'frozenset', 'persistent', 'object'];
const kindOf = (value: unknown): string =>
  value === null ? 'none' : isNode(value) ? (KINDS.find((kind) => kind in value) ?? 'other') : 'other';

/** Levels of nodes of the kind that the row tells, counted without recursion. A reference is no level. */
function depthOf(root: unknown, kind: string): number {
  let depth = 0;
  let level = [root];
  while (level.length > 0) {
    const inside = level.filter((node) => kindOf(node) === kind);
    if (inside.length > 0) depth++;
    level = inside.flatMap((node) => insideOf(node));
  }
  return depth;
}

for (const place of places()) {
  const rows = rowsOf<DeepVector>('deep', place).map((row) => ({ row, bytes: deepBytes(row) }));
  if (rows.length === 0) continue;

  describe.each(ENGINES)(`deep vectors of ${place.name}, %s`, (engine) => {
    it('are as long as they say', () => {
      const failures = new Failures();
      for (const { row, bytes } of rows)
        failures.note(row.id, bytes.length === row.length ? null : `${bytes.length} bytes`);
      failures.report();
    });

    it('gives the value where no depth is too deep', () => {
      const failures = new Failures();
      for (const { row, bytes } of rows) {
        const got = outcomeOf(() =>
          toLossless(loads(bytes, { exact: true, globals: 'inert', engine, limits: { maxDepth: Infinity } })),
        );
        if (got.kind !== 'value') failures.note(row.id, tell(got));
        else if (kindOf(got.value) !== row.kind)
          failures.note(row.id, `is a ${kindOf(got.value)}, wanted a ${row.kind}`);
        else {
          // A wide stack (`none`) leaves one value.
          const wanted = row.kind === 'none' ? 1 : row.depth;
          const depth = depthOf(got.value, row.kind);
          failures.note(row.id, depth === wanted ? null : `${depth} levels, wanted ${wanted}`);
        }
      }
      failures.report();
    });

    it('gives the value or LIMIT_DEPTH with the limits that are set by default', () => {
      const failures = new Failures();
      for (const { row, bytes } of rows) {
        const exact = outcomeOf(() => kindOf(toLossless(loads(bytes, { exact: true, globals: 'inert', engine }))));
        const plain = outcomeOf(() => loads(bytes, { persistentLoad: (id) => [id], engine }));
        const mayFail = row.depth > DEFAULT_LIMITS.maxDepth && row.kind !== 'none';
        for (const got of [exact, plain]) {
          const good = got.kind === 'value' || (got.kind === 'error' && got.code === 'LIMIT_DEPTH' && mayFail);
          failures.note(row.id, good ? null : tell(got));
        }
        if (exact.kind === 'value' && exact.value !== row.kind) failures.note(row.id, `is a ${String(exact.value)}`);
      }
      failures.report();
    });

    it('keeps what is shared: thirty doublings are thirty-one values', () => {
      const doubling = rows.find(({ row }) => row.id === 'deep/doubling 30');
      const failures = new Failures();
      if (doubling !== undefined) {
        const text = JSON.stringify(toLossless(loads(doubling.bytes, { exact: true, globals: 'inert', engine })));
        failures.note('deep/doubling 30', text.split('"ref"').length - 1 === 30 ? null : text.slice(0, 300));
      } else failures.note('deep/doubling 30', 'the row is missing');
      failures.report();
    });
  });
}
