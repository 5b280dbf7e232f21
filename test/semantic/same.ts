/** Compares what is told of a value with what should be. */

type Node = Record<string, unknown>;

/** Where and how the two differ first; null where they are the same. Sets have no order, and dicts of JSON neither. */
export function differenceOf(got: unknown, want: unknown, path = '$'): string | null {
  if (typeof got !== 'object' || typeof want !== 'object' || got === null || want === null) {
    return Object.is(got, want) ? null : differs(path, got, want);
  }
  if (Array.isArray(got) !== Array.isArray(want)) return differs(path, got, want);
  if (Array.isArray(got)) return differenceOfLists(got, want as unknown[], path);
  const [one, other] = [got as Node, want as Node];
  for (const key of new Set([...Object.keys(other), ...Object.keys(one)])) {
    if (!(key in one) || !(key in other)) return differs(`${path}.${key}`, one[key], other[key]);
    const isSet = key === 'set' || key === 'frozenset' || (key === 'items' && SETS.has(other['kind']));
    const difference =
      isSet && Array.isArray(one[key]) && Array.isArray(other[key])
        ? differenceOfLists(inOrder(one[key]), inOrder(other[key]), `${path}.${key}`)
        : differenceOf(one[key], other[key], `${path}.${key}`);
    if (difference !== null) return difference;
  }
  return null;
}

const SETS: ReadonlySet<unknown> = new Set(['set', 'frozenset']);

function differenceOfLists(got: readonly unknown[], want: readonly unknown[], path: string): string | null {
  if (got.length !== want.length) return `${path}: ${got.length} items, wanted ${want.length}`;
  for (let i = 0; i < got.length; i++) {
    const difference = differenceOf(got[i], want[i], `${path}[${i}]`);
    if (difference !== null) return difference;
  }
  return null;
}

/** The items of a set, by their text with the keys of all objects sorted. */
function inOrder(items: readonly unknown[]): unknown[] {
  const texts = items.map((item) => ({ item, text: JSON.stringify(item, sortedKeys) }));
  return texts.sort((a, b) => (a.text < b.text ? -1 : 1)).map(({ item }) => item);
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function differs(path: string, got: unknown, want: unknown): string {
  return `${path}: ${shown(got)}, wanted ${shown(want)}`;
}

function shown(node: unknown): string {
  const text = Object.is(node, -0) ? '-0' : (JSON.stringify(node) ?? 'nothing');
  return text.length > 160 ? `${text.slice(0, 160)} ...` : text;
}
