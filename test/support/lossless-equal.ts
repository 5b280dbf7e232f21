/**
 * Whether two nodes of lossless JSON tell the same value: ids are renumbered by first appearance, items of sets are
 * sorted by their text without ids. What `canon` of the vectors' check.py does, but for values a million levels deep.
 */
import { jsonPieces } from '../../src/lossless/json-text.ts';
import { sortItems } from '../../src/lossless/sort.ts';

export interface LosslessEqualOptions {
  /** Takes every nan for the same. */
  readonly anyNan?: boolean;
}

export function sameLossless(a: unknown, b: unknown, options: LosslessEqualOptions = {}): boolean {
  const [one, other] = [canonical(a, options), canonical(b, options)];
  for (;;) {
    const [left, right] = [one.next(), other.next()];
    if (left.done || right.done) return left.done === right.done;
    if (left.value !== right.value) return false;
  }
}

type Holder = Record<string | number, unknown>;

/** A container of the tree: a copy whose sets are sorted, and one without ids to sort them by. */
interface Copy {
  readonly full: Holder;
  readonly bare: Holder;
}

/** In this order ids are counted; other keys come after, in any order, for a node has but one of them. */
const ORDER = ['callable', 'args', 'kwargs', 'how', 'state', 'append', 'setitem', 'add'];

function canonical(root: unknown, options: LosslessEqualOptions): Generator<string, void> {
  const { full } = copied({ root }, options);
  const numbers = new Map<unknown, number>();
  const todo: unknown[] = [full];
  while (todo.length > 0) {
    const holder = todo.pop();
    if (typeof holder !== 'object' || holder === null) continue;
    const node = holder as Holder;
    for (const key of ['id', 'ref']) {
      if (!(key in node) || Array.isArray(node)) continue;
      if (!numbers.has(node[key])) numbers.set(node[key], numbers.size + 1);
      node[key] = numbers.get(node[key]);
    }
    const keys = Object.keys(node);
    if (!Array.isArray(node)) keys.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
    for (const key of keys.toReversed()) todo.push(node[key]);
  }
  return jsonPieces(full, { comma: ',', colon: ':', sortKeys: true, indent: 0 }, 65536);
}

function copied(root: Holder, options: LosslessEqualOptions): Copy {
  const made: Copy[] = [];
  const todo: { from: Holder; to: Copy }[] = [];
  const enter = (from: Holder): Copy => {
    const to: Copy = Array.isArray(from)
      ? { full: [] as unknown as Holder, bare: [] as unknown as Holder }
      : { full: {}, bare: {} };
    made.push(to);
    todo.push({ from, to });
    return to;
  };
  const top = enter(root);
  while (todo.length > 0) {
    const { from, to } = todo.pop()!;
    for (const key of Object.keys(from)) {
      const value = from[key];
      const child = typeof value === 'object' && value !== null ? enter(value as Holder) : null;
      to.full[key] = child === null ? plain(key, value, options) : child.full;
      if (key === 'ref' && !Array.isArray(from)) to.bare[key] = 0;
      else if (key !== 'id') to.bare[key] = child === null ? to.full[key] : child.bare;
    }
  }
  // What lies deeper was made later, and is sorted first.
  for (const { full, bare } of made.toReversed()) {
    for (const kind of ['set', 'frozenset']) {
      if (!Array.isArray(full[kind])) continue;
      const [items, keys] = [full[kind], bare[kind] as unknown[]];
      const pairs = items.map((item: unknown, i) => ({ item, key: keys[i] }));
      sortItems(pairs, (pair) => pair.key);
      pairs.forEach(({ item, key }, i) => ([items[i], keys[i]] = [item, key]));
    }
  }
  return top;
}

function plain(key: string, value: unknown, { anyNan = false }: LosslessEqualOptions): unknown {
  return anyNan && key === 'float' && /^[7f]ff(?!0{13})/.test(value as string) ? 'nan' : value;
}
