/**
 * What a value means, told in the words of the corpora. `made` has one form of words, `made-older` and `real` another; a
 * Teller knows some kinds of values in both.
 */
export type Tell = (value: unknown) => unknown;

/** Gives the node of a value; undefined where the value is none of its kinds. `tell` is for what lies inside. */
export interface Teller {
  made(value: unknown, tell: Tell): unknown;
  older(value: unknown, tell: Tell): unknown;
}

export type Form = 'made' | 'older';

/** Values shared many times over are told each time: some pickles are made so that there is no end to it. */
const MOST = 500_000;

/** Tells a value by the first teller that knows it. A value within itself is told as `cycle`. */
export function tellWith(tellers: readonly Teller[], form: Form): Tell {
  const open: unknown[] = [];
  let told = 0;
  const tell: Tell = (value) => {
    if (++told > MOST) throw new Error(`more than ${MOST} values are told`);
    const isObject = typeof value === 'object' && value !== null;
    if (isObject && open.includes(value)) return { kind: 'cycle', up: open.length - open.lastIndexOf(value) };
    if (isObject) open.push(value);
    try {
      for (const teller of tellers) {
        const node = teller[form](value, tell);
        if (node !== undefined) return node;
      }
      return { kind: 'untold', class: classOf(value) };
    } finally {
      if (isObject) open.pop();
    }
  };
  return tell;
}

function classOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? `${value.constructor?.name} ${String(value)}` : typeof value;
}
