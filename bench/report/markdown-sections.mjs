// @ts-check
/** The tables beside the table of speed. */
import { CONVERSIONS } from '../workloads/conversions.mjs';
import { workload } from '../workloads/index.mjs';
import { cellOf, digits, head, opponents, table, time, times, title } from './cells.mjs';

/** @param {import('../sections/cold.mjs').Cold} cold */
export function coldTables({ imports, first }) {
  const importing = imports.map(({ what, wall, cpu }) => [
    what,
    time(wall.median),
    `${time(wall.min)} – ${time(wall.max)}`,
    time(cpu.median),
  ]);
  const decoding = first.flatMap(({ workload: id, cells }) =>
    cells.map(({ contestant, cpu, wall, memoryMb }) => [
      `${workload(id).title}: ${head(contestant)}`,
      time(wall.median),
      `${time(wall.p25)} – ${time(wall.p75)}`,
      time(cpu.median),
      digits(memoryMb.median),
    ]),
  );
  return [
    'Importing, in a new process:',
    table(['', 'wall, median', 'all', 'CPU, median'], importing),
    'The first decode of a new process, the import apart; memory is the peak over what the process had with its input read:',
    table(['', 'wall, median', 'quartiles', 'CPU, median', 'memory, MB'], decoding),
  ].join('\n\n');
}

/** @param {readonly import('../sections/keep.mjs').KeepRow[]} rows */
export function keepTable(rows) {
  const body = rows.flatMap(({ drop, keep }) =>
    ['wasm', ...opponents([drop])].map((id) => {
      const [dropped, kept] = [cellOf(drop, id)?.cpu, cellOf(keep, id)?.cpu];
      return [`${title(drop)}: ${head(id)}`, dropped ? time(dropped.median) : '', kept ? time(kept.median) : ''];
    }),
  );
  return `CPU time where each value is dropped at once, and where all of a round are kept:\n\n${table(['', 'dropped', 'kept'], body)}`;
}

/** @param {readonly import('../sections/semi-space.mjs').SemiSpaceRow[]} rows */
export function semiSpaceTable(rows) {
  const body = rows.flatMap(({ usual, large }) =>
    ['wasm', ...opponents([usual])].map((id) => {
      const [before, after] = [cellOf(usual, id)?.cpu, cellOf(large, id)?.cpu];
      if (!before || !after) return [`${title(usual)}: ${head(id)}`, '', '', ''];
      return [
        `${title(usual)}: ${head(id)}`,
        time(before.median),
        time(after.median),
        (before.median / after.median).toFixed(2),
      ];
    }),
  );
  return `CPU time by default, and with \`node --max-semi-space-size=64\`:\n\n${table(['', 'default', '64 MB', 'times faster'], body)}`;
}

/** @param {readonly import('../sections/growth.mjs').GrowthPoint[]} points */
export function growthTable(points) {
  const steps = [...new Set(points.map(({ n }) => n))].sort((a, b) => a - b);
  const lines = [...new Set(points.map(({ workload: id, contestant }) => `${id} ${contestant}`))];
  const body = lines.map((line) => {
    const [id, who] = line.split(' ');
    const cells = steps.map((n) => {
      const point = points.find((one) => one.workload === id && one.contestant === who && one.n === n);
      return point ? time(point.cpu.median / n) : '';
    });
    return [`${workload(id).title}: ${head(who)}`, ...cells];
  });
  return `CPU time an item (a dict, a float, a buffer), by how many there are:\n\n${table(['', ...steps.map((n) => n.toLocaleString('en'))], body)}`;
}

/** @param {readonly import('../sections/conversions.mjs').ConversionRow[]} rows */
export function conversionsTable(rows) {
  const body = rows.flatMap(({ id, bytes, wasm, ts, numpy }) => {
    const conversion = CONVERSIONS.find((one) => one.id === id);
    if (conversion === undefined) return [];
    const factor = conversion.of === 'output' ? 2 : 1; /* bytes of output for one of input */
    const speed = (/** @type {number | undefined} */ ms) => (ms ? digits((bytes * factor) / ms / 1e6) : '');
    const numpyMs = numpy ? (numpy.ms * bytes) / numpy.bytes : undefined;
    return [
      [
        `${conversion.title} (${conversion.of})`,
        speed(wasm.reused.min),
        speed(ts.reused.min),
        times(ts.reused.min / wasm.reused.min),
        numpyMs ? times(numpyMs / wasm.reused.min) : '',
        speed(wasm.fresh?.min),
        speed(ts.fresh?.min),
      ],
    ];
  });
  const heads = ['', 'wasm', 'TypeScript', '× TypeScript', '× numpy', 'wasm, new output', 'TypeScript, new output'];
  return `GB/s of input or output, copies into and out of linear memory included: the best of many calls, the result in an array that is used again (strings are always new); the last two columns with a new array for each call. In between, how many times the time of wasm the others take.\n\n${table(heads, body)}`;
}

/** Who loads, in words. @type {Record<string, string>} */
const LOADERS = { wasm: 'wasm', ts: 'TypeScript engine', python: 'Python, by the library that wrote it' };

/** @param {readonly import('../sections/real.mjs').RealRow[]} rows */
export function realTable(rows) {
  const body = rows.flatMap(({ file, inputBytes, loads }) =>
    loads.map(({ loader, wall, cpu, peakMb }) => [
      `${file}: ${LOADERS[loader]}`,
      digits(inputBytes / 2 ** 20),
      time(wall.median),
      time(cpu.median),
      digits(peakMb.median),
    ]),
  );
  const what =
    'One load in a new process, imports apart; the first one, so nothing is compiled. Memory is what the peak rises by.';
  return `${what}\n\n${table(['', 'file, MB', 'wall, median', 'CPU, median', 'memory, MB'], body)}`;
}
