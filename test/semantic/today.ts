/**
 * Truths in the words of today: some name what Python 2 or an older pandas called otherwise. What they tell stays as it is.
 */
import { mapImport } from '../../src/spec/imports.ts';

type Node = Readonly<Record<string, unknown>>;

/** pandas 2.2 has given its frequencies other names; of periods those that end a month, a quarter or a year kept theirs. */
const FREQUENCIES: Readonly<Record<string, string>> = { T: 'min', H: 'h', S: 's', L: 'ms', U: 'us', N: 'ns', A: 'Y' };
const ENDS: Readonly<Record<string, string>> = {
  M: 'ME',
  Q: 'QE',
  Y: 'YE',
  BM: 'BME',
  BQ: 'BQE',
  SM: 'SME',
  CBM: 'CBME',
};

/** @param from where the truth was taken from, in its own words */
export function inTodaysWords(truth: unknown, from: string): unknown {
  if (from.startsWith('the pickle itself')) return mapped(truth, withNewName);
  return /pandas (?:1\.|2\.[01]\.)/.test(from) ? mapped(truth, withNewFrequency) : truth;
}

/** As `inTodaysWords`, of truths of `made`: numpy 2 has given its bool another name. */
export const withNewBool = (truth: unknown): unknown =>
  mapped(truth, (node) => (node['class'] === 'numpy.bool_' ? { ...node, class: 'numpy.bool' } : node));

function mapped(node: unknown, one: (node: Node) => Node): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map((item) => mapped(item, one));
  const entries = Object.entries(one(node as Node));
  return Object.fromEntries(entries.map(([key, item]) => [key, mapped(item, one)]));
}

/** The pickle's own name of a class, which may be that of Python 2. */
function withNewName(node: Node): Node {
  if (node['kind'] !== 'class' || typeof node['name'] !== 'string') return node;
  const [module = '', name = ''] = node['name'].split(' ');
  return { ...node, name: mapImport(module, name).join(' ') };
}

function withNewFrequency(node: Node): Node {
  if (node['kind'] === 'other' && typeof node['text'] === 'string') {
    return { ...node, text: node['text'].replace('BusinessHours: BH=', 'BusinessHours: bh=') };
  }
  if (typeof node['freq'] !== 'string') return node;
  const isPeriod = node['kind'] === 'period' || node['class'] === 'PeriodIndex';
  const freq = node['freq'].replace(/^(-?\d*)([A-Z]+)/, (_all, count: string, old: string) => {
    const name = FREQUENCIES[old] ?? old;
    return count + (isPeriod ? name : (ENDS[name] ?? name));
  });
  return { ...node, freq };
}
