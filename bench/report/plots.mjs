// @ts-check
/** The plots: how many times faster wasm is, and how cost grows. */
import { workload } from '../workloads/index.mjs';
import { cellOf, head, ratio, title } from './cells.mjs';
import { colour, config, draw, DRAWN } from './theme.mjs';

/** @typedef {import('../run.mjs').Run} Run */

/** What is farther is drawn here: views against copies of hundreds of megabytes would squeeze all else together. */
const FARTHEST = 100;

const $schema = 'https://vega.github.io/schema/vega-lite/v6.json';

/** @param {readonly string[]} ids */
const palette = (ids) => ({ domain: ids.map(head), range: ids.map(colour) });

/** @param {Run} run */
export function ratioPlot({ table, machine }) {
  const ids = DRAWN.filter((id) => table.some((row) => ratio(row, id) !== undefined));
  const values = table.flatMap((row) =>
    ids.flatMap((id) => {
      const times = ratio(row, id);
      return times === undefined ? [] : [{ workload: title(row), times, contestant: head(id) }];
    }),
  );
  const rows = table.filter((row) => cellOf(row, 'wasm')?.cpu).map(title);
  const all = values.map(({ times }) => times);
  const [low, high] = [Math.min(0.5, ...all) / 1.15, Math.min(FARTHEST, Math.max(2, ...all) * 1.15)];
  const scale = { type: 'log', domain: [low, high], nice: false, clamp: true };
  const ticks = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100].filter((tick) => tick > low && tick <= high);
  const axis = {
    values: ticks,
    title: 'times faster than … (log scale): to the right of 1, wasm is ahead',
    format: '~g',
    orient: 'bottom',
  };
  const y = {
    field: 'workload',
    type: 'nominal',
    sort: rows,
    axis: { title: null, grid: false, ticks: false, labelPadding: 10 },
  };
  return draw({
    $schema,
    config,
    title: {
      text: 'How many times faster the wasm engine decodes',
      subtitle: `CPU time, medians, steady state · Node ${machine.node}, ${machine.cores} cores${machine.python ? `, CPython ${machine.python}` : ''}`,
    },
    width: 620,
    height: { step: 25 },
    data: { values },
    encoding: { y },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 3, stroke: colour('span'), strokeCap: 'round' },
        encoding: {
          x: { field: 'times', aggregate: 'min', type: 'quantitative', scale, axis },
          x2: { field: 'times', aggregate: 'max' },
        },
      },
      {
        mark: { type: 'rule', strokeWidth: 1.5, stroke: colour('strong') },
        data: { values: [{ one: 1 }] },
        encoding: { x: { field: 'one', type: 'quantitative' }, y: null },
      },
      {
        mark: { type: 'point', filled: true, size: 85, opacity: 1, stroke: colour('ground'), strokeWidth: 1 },
        encoding: {
          x: { field: 'times', type: 'quantitative', scale, axis },
          color: { field: 'contestant', type: 'nominal', scale: palette(ids), legend: { columns: 3 } },
          shape: {
            field: 'contestant',
            type: 'nominal',
            scale: {
              domain: ids.map(head),
              range: ['circle', 'square', 'diamond', 'triangle-up', 'triangle-down', 'cross'],
            },
            legend: { columns: 3 },
          },
        },
      },
    ],
  });
}

/** @param {NonNullable<Run['growth']>} points */
export function growthPlot(points) {
  const ids = ['wasm', ...DRAWN].filter((id) => points.some(({ contestant }) => contestant === id));
  const names = [...new Set(points.map((point) => point.workload))];
  const values = points.map(({ workload: id, n, contestant, cpu }) => {
    return { what: workload(id).title, n, ms: Math.max(cpu.median, 1e-4), contestant: head(contestant) };
  });
  const x = {
    field: 'n',
    type: 'quantitative',
    scale: { type: 'log' },
    axis: { title: 'N', format: '~s', values: [1e3, 1e4, 1e5, 1e6, 1e7] },
  };
  const y = {
    field: 'ms',
    type: 'quantitative',
    scale: { type: 'log' },
    axis: { title: 'CPU time, ms', format: '~g', values: [0.01, 0.1, 1, 10, 100, 1e3, 1e4, 1e5] },
  };
  return draw({
    $schema,
    config,
    title: {
      text: 'Cost grows linearly with N',
      subtitle: 'CPU time of one decode; dashed: strictly linear, from the wasm engine at the smallest N',
    },
    hconcat: names.map((id) => ({
      width: 250,
      height: 260,
      title: { text: workload(id).title, fontSize: 13, offset: 6 },
      layer: [
        {
          data: { values: linear(values.filter(({ what }) => what === workload(id).title)) },
          mark: { type: 'line', strokeDash: [4, 4], stroke: colour('faint'), strokeWidth: 1.2 },
          encoding: { x, y },
        },
        {
          data: { values: values.filter(({ what }) => what === workload(id).title) },
          mark: { type: 'line', strokeWidth: 2, point: { filled: true, size: 42 } },
          encoding: {
            x,
            y,
            color: { field: 'contestant', type: 'nominal', scale: palette(ids), legend: { columns: 4 } },
          },
        },
      ],
    })),
  });
}

/**
 * A line of slope one through wasm's first point.
 * @param {readonly { n: number, ms: number, contestant: string }[]} values
 */
function linear(values) {
  const first = values.find(({ contestant }) => contestant === head('wasm'));
  const largest = Math.max(...values.map(({ n }) => n));
  return first ? [first, { n: largest, ms: (first.ms * largest) / first.n }] : [];
}
