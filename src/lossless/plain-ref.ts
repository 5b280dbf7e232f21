/** Paths of `$ref`, as `values/jsonable.ts` writes them: `$.key["any key"][0]`. */
import { JsonObject } from './plain-maker.ts';

const STEP = /\.([A-Za-z_$][\w$]*)|\[(\d{1,9})\]|\["((?:[^"\\]|\\.)*)"\]/gy;
/** Longer ones are not written. */
const MAX_LENGTH = 1000;

/** The steps of a path; undefined where the text is none. */
export function stepsOf(path: string): (string | number)[] | undefined {
  if (!path.startsWith('$') || path.length > MAX_LENGTH) return undefined;
  const steps: (string | number)[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (match === null) return undefined;
    const [, name, index, quoted] = match;
    if (quoted !== undefined) {
      const key = unquoted(quoted);
      if (key === undefined) return undefined;
      steps.push(key);
    } else steps.push(name ?? Number(index));
  }
  return steps;
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return undefined;
  }
}

/** The list or object that a path leads to; of two entries with one key the last, as everywhere in JSON. */
export function treeAt(root: unknown, steps: readonly (string | number)[]): object | undefined {
  let tree: unknown = root;
  for (const step of steps) {
    if (typeof step === 'number') tree = Array.isArray(tree) ? (tree as unknown[])[step] : undefined;
    else tree = tree instanceof JsonObject ? tree.values[tree.keys.lastIndexOf(step)] : undefined;
  }
  return typeof tree === 'object' && tree !== null ? tree : undefined;
}
