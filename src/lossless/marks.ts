/** Nodes of lossless JSON as they are written: what marks them, and which have ids. */

export type Node = Readonly<Record<string, unknown>>;

export interface Marks {
  readonly mark: string;
  readonly content: unknown;
  readonly id: number | undefined;
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The mark of a node and its id; a sentence where it is no node. */
export function readMarks(node: object): Marks | string {
  if (!isNode(node)) return 'A bare list is no node: {"list": [...]} and {"tuple": [...]} are.';
  let mark: string | undefined;
  let id: unknown;
  for (const key of Object.keys(node)) {
    if (key === 'id') {
      id = node[key];
      if (typeof id !== 'number') return 'An id is a number.';
    } else if (key !== 'readonly' || !Object.hasOwn(node, 'buffer')) {
      if (key === 'message' && mark === 'error') continue;
      if (mark !== undefined) return `A node has one mark, not both "${mark}" and ${JSON.stringify(key.slice(0, 40))}.`;
      mark = key;
    }
  }
  if (mark === undefined) return 'A node that is an object has a mark, such as "int" or "list".';
  return { mark, content: node[mark], id: id as number | undefined };
}

/** The nodes of a tree by their ids; of two with one id the first that is met. */
export function idsIn(root: unknown): ReadonlyMap<unknown, Node> {
  const ids = new Map<unknown, Node>();
  const todo: unknown[] = [root];
  while (todo.length > 0) {
    const value = todo.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) todo.push(item);
      continue;
    }
    const node = value as Node;
    for (const key of Object.keys(node)) {
      if (key === 'id') ids.set(node[key], node);
      else todo.push(node[key]);
    }
  }
  return ids;
}
