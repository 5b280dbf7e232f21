// @ts-check
/** Reading a run: which cell is which, how they compare, and how they are written. */
import { contestant } from '../contestants/index.mjs';
import { geometricMean } from '../lib/stats.mjs';
import { workload } from '../workloads/index.mjs';

/** @typedef {import('../run.mjs').Run} Run */
/** @typedef {import('../sections/table.mjs').Row} Row */
/** @typedef {import('../sections/table.mjs').Cell} Cell */

/** Short names, for heads of columns. */
const HEADS = /** @type {Record<string, string>} */ ({
  wasm: 'wasm',
  ts: 'TypeScript engine',
  auto: 'auto',
  'cpython-nogc': 'CPython, gc off',
  cpython: 'CPython, gc on',
  json: 'JSON.parse',
  msgpackr: 'msgpackr',
  'msgpackr-records': 'msgpackr, records',
  pickleparser: 'pickleparser',
  jpickle: 'jpickle',
  'python-json': 'starting Python',
});

/** @param {string} id */
export const head = (id) => HEADS[id] ?? contestant(id).title;

/**
 * @param {Row} row
 * @param {string} id
 */
export const cellOf = (row, id) => row.cells.find(({ contestant: one }) => one === id);

/**
 * How many times faster wasm is, by the medians of CPU time; undefined where one of the two has no figure.
 * @param {Row} row
 * @param {string} id
 */
export function ratio(row, id) {
  const wasm = cellOf(row, 'wasm')?.cpu;
  const other = cellOf(row, id)?.cpu;
  return wasm && other ? Math.max(other.median, 1e-6) / Math.max(wasm.median, 1e-6) : undefined;
}

/**
 * @param {readonly Row[]} rows
 * @param {string} id
 */
export function meanRatio(rows, id) {
  const ratios = rows.map((row) => ratio(row, id)).filter((one) => one !== undefined);
  return ratios.length > 0 ? { mean: geometricMean(ratios), count: ratios.length } : undefined;
}

/** The workloads of the project's notes, a to l: what a mean over all is taken of, first. */
export const lettered = (/** @type {readonly Row[]} */ rows) => rows.filter(({ workload: id }) => workload(id).letter);

/** @param {Row} row */
export function title(row) {
  const { letter, title: text, group } = workload(row.workload);
  return `${letter ? `${letter} ` : ''}${text}${group === 'in band' ? ', in band' : ''}`;
}

/** The contestants of a run that have a figure anywhere, wasm left out. @param {readonly Row[]} rows */
export function opponents(rows) {
  const ids = new Set(rows.flatMap(({ cells }) => cells.filter(({ cpu }) => cpu).map((cell) => cell.contestant)));
  ids.delete('wasm');
  return [...ids];
}

/** Milliseconds, readable from a nanosecond to minutes. @param {number} ms */
export function time(ms) {
  if (ms < 0.001) return `${digits(ms * 1e6)} ns`;
  if (ms < 1) return `${digits(ms * 1000)} µs`;
  return ms < 10_000 ? `${digits(ms)} ms` : `${digits(ms / 1000)} s`;
}

/** Three digits. @param {number} value */
export function digits(value) {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** A ratio; losses are marked. @param {number | undefined} value */
export function times(value) {
  if (value === undefined) return '';
  const text = value >= 10 ? digits(value) : value.toFixed(2);
  return Number(value.toFixed(2)) < 1 ? `▼ ${text}` : text;
}

/**
 * A table in Markdown.
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 */
export function table(heads, rows) {
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), `| --- |${' ---: |'.repeat(heads.length - 1)}`, ...rows.map(line)].join('\n');
}
