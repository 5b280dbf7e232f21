// @ts-check
/** A run as Markdown. */
import { cellOf, digits, head, lettered, meanRatio, opponents, ratio, table, time, times, title } from './cells.mjs';
import { encodeTable } from './encode.mjs';
import {
  coldTables,
  conversionsTable,
  growthTable,
  keepTable,
  realTable,
  semiSpaceTable,
} from './markdown-sections.mjs';

/** @typedef {import('../run.mjs').Run} Run */
/** @typedef {import('../sections/table.mjs').Row} Row */

/**
 * Everything.
 * @param {Run} run
 */
export function markdown(run) {
  const parts = [setup(run)];
  if (run.table.length > 0)
    parts.push('## Speed', ratios(run), '## Figures', figures(run.table), memory(run.table), left(run.table));
  if (run.cold) parts.push('## Cold start', coldTables(run.cold));
  if (run.keep) parts.push('## Kept and dropped', keepTable(run.keep));
  if (run.semiSpace) parts.push('## With a larger semi-space', semiSpaceTable(run.semiSpace));
  if (run.growth) parts.push('## Growth', growthTable(run.growth));
  if (run.conversions) parts.push('## Conversions of arrays', conversionsTable(run.conversions));
  if (run.real) parts.push('## Files of other programs', realTable(run.real));
  if (run.encode) parts.push('## Writing', encodeTable(run.encode));
  return parts.filter(Boolean).join('\n\n');
}

/** What was measured, on what. @param {Run} run */
export function setup({ machine, flags, date }) {
  const peers = Object.entries(machine.peers).map(([name, version]) => version && `${name} ${version}`);
  const software = [
    `Node ${machine.node}`,
    machine.python && `CPython ${machine.python}`,
    machine.numpy && `numpy ${machine.numpy}`,
    ...peers,
  ];
  const how = [
    flags.quick && '**quick: small inputs, whose figures say little**',
    `${flags.rounds} rounds`,
    flags.scale !== 1 && `sizes × ${flags.scale}`,
    flags.oneProcess && 'one process for each contestant',
    flags.nodeFlags.length > 0 && flags.nodeFlags.join(' '),
    machine.copyGbs && `memory copied at ${machine.copyGbs} GB/s when it began`,
  ];
  const commit = machine.commit ? ` (${machine.commit}${machine.changed ? ', changed' : ''})` : '';
  return `${date.slice(0, 10)}, pickle-wasm ${machine.package}${commit}; ${machine.cpu}, ${machine.cores} cores, ${machine.system}; ${software.filter(Boolean).join(', ')}; ${how.filter(Boolean).join(', ')}.`;
}

/** How many times faster wasm is than each of the others. @param {Run} run */
export function ratios({ table: rows }) {
  const others = opponents(rows);
  const body = rows.map((row) => [title(row), wasmTime(row), ...others.map((id) => shown(row, id))]);
  const means = [
    ['**geometric mean, a to l**', lettered(rows)],
    ['**geometric mean, all but 64 MB views**', rows.filter(({ workload }) => !workload.endsWith('-64m'))],
  ];
  for (const [name, over] of means) {
    if (over.length > 1) body.push([String(name), '', ...others.map((id) => mean(/** @type {Row[]} */ (over), id))]);
  }
  const words =
    'How many times the CPU time of the wasm engine each takes, medians, steady state: over 1 wasm is faster, ▼ is a loss. The JSON and MessagePack columns decode the same data in their own format. A blank: does not apply.';
  return `${words}\n\n${table(['workload', 'wasm', ...others.map(head)], body)}`;
}

/** @param {Row} row */
const wasmTime = (row) => {
  const cell = cellOf(row, 'wasm');
  return cell?.cpu ? time(cell.cpu.median) : 'failed';
};

/**
 * @param {Row} row
 * @param {string} id
 */
function shown(row, id) {
  const value = ratio(row, id);
  if (value !== undefined) return times(value);
  return cellOf(row, id)?.state === 'failed' ? (cellOf(row, id)?.why === 'wrong value' ? 'wrong' : 'fails') : '';
}

/**
 * @param {readonly Row[]} rows
 * @param {string} id
 */
function mean(rows, id) {
  const found = meanRatio(rows, id);
  return found ? `**${times(found.mean)}**${found.count < rows.length ? ` (of ${found.count})` : ''}` : '';
}

/** Milliseconds and their spread. @param {readonly Row[]} rows */
function figures(rows) {
  const body = rows.flatMap((row) =>
    row.cells.flatMap(({ contestant, cpu, wall, state, calls }) =>
      cpu && wall
        ? [
            [
              `${title(row)}: ${head(contestant)}`,
              time(cpu.median),
              `${time(cpu.p25)} – ${time(cpu.p75)}`,
              `${time(cpu.min)} – ${time(cpu.max)}`,
              time(wall.median),
              `${cpu.count}${calls && calls > 1 ? ` × ${calls}` : ''}`,
              state,
            ],
          ]
        : [],
    ),
  );
  return `CPU time of the whole process, V8's threads included; wall time; samples × decodes a sample; whether the value was compared before.\n\n${table(['', 'CPU, median', 'quartiles', 'all', 'wall, median', 'samples', 'value'], body)}`;
}

/** @param {readonly Row[]} rows */
function memory(rows) {
  const others = ['wasm', ...opponents(rows)];
  const body = rows.map((row) => [
    title(row),
    digits(row.inputBytes / 2 ** 20),
    ...others.map((id) => cellOf(row, id)?.peakMb?.toString() ?? ''),
  ]);
  return `Peak memory of the process after all samples, in MB; the input is part of it.\n\n${table(['workload', 'input', ...others.map(head)], body)}`;
}

/** Who has no figure, and why. @param {readonly Row[]} rows */
function left(rows) {
  const failed = rows.flatMap((row) =>
    row.cells
      .filter(({ state }) => state === 'failed')
      .map(({ contestant, why }) => `- ${title(row)}: ${head(contestant)}: ${why}`),
  );
  return failed.length > 0 ? `Left out, because they fail or give a wrong value:\n\n${failed.join('\n')}` : '';
}
