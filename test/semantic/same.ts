/** Compares what is told of a value with what should be. */

type Node = Record<string, unknown>;

/** One place where the two differ. */
export interface Difference {
  /** `$.attrs[2].name`; of lists of other lengths `$.attrs.length`, beside the items that both have. */
  readonly path: string;
  readonly text: string;
}

/** More are not told: where everything differs, one knows it by then. */
const MOST = 64;

/** Where and how the two differ. Sets have no order, and dicts of JSON neither. */
export function differencesOf(got: unknown, want: unknown, path = '$'): readonly Difference[] {
  const found: Difference[] = [];
  compare(got, want, path, found);
  return found;
}

function compare(got: unknown, want: unknown, path: string, found: Difference[]): void {
  if (found.length >= MOST) return;
  if (typeof got !== 'object' || typeof want !== 'object' || got === null || want === null) {
    if (!Object.is(got, want)) found.push(differs(path, got, want));
  } else if (Array.isArray(got) !== Array.isArray(want)) {
    found.push(differs(path, got, want));
  } else if (Array.isArray(got)) {
    compareLists(got, want as unknown[], path, found);
  } else {
    compareNodes(got as Node, want as Node, path, found);
  }
}

function compareNodes(got: Node, want: Node, path: string, found: Difference[]): void {
  for (const key of new Set([...Object.keys(want), ...Object.keys(got)])) {
    const [one, other] = [got[key], want[key]];
    const isSet = key === 'set' || key === 'frozenset' || (key === 'items' && SETS.has(want['kind']));
    if (!(key in got) || !(key in want)) {
      found.push(differs(`${path}.${key}`, one, other));
    } else if (isSet && Array.isArray(one) && Array.isArray(other)) {
      compareLists(inOrder(one), inOrder(other), `${path}.${key}`, found);
    } else {
      compare(one, other, `${path}.${key}`, found);
    }
  }
}

const SETS: ReadonlySet<unknown> = new Set(['set', 'frozenset']);

function compareLists(got: readonly unknown[], want: readonly unknown[], path: string, found: Difference[]): void {
  if (got.length !== want.length) found.push(differs(`${path}.length`, got.length, want.length));
  for (let i = 0; i < Math.min(got.length, want.length); i++) compare(got[i], want[i], `${path}[${i}]`, found);
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

function differs(path: string, got: unknown, want: unknown): Difference {
  return { path, text: `${path}: ${shown(got)}, wanted ${shown(want)}` };
}

function shown(node: unknown): string {
  const text = Object.is(node, -0) ? '-0' : (JSON.stringify(node) ?? 'nothing');
  return text.length > 160 ? `${text.slice(0, 160)} ...` : text;
}
