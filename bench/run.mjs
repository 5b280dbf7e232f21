// @ts-check
/** Takes the measurements that the flags ask for. What it returns is what is saved: `results/SCHEMA.md`. */
import { entrants, pythonVersions } from './lib/entrants.mjs';
import { machine } from './lib/machine.mjs';
import { say, tell } from './lib/progress.mjs';
import { cold } from './sections/cold.mjs';
import { conversions } from './sections/conversions.mjs';
import { encode } from './sections/encode.mjs';
import { growth } from './sections/growth.mjs';
import { keepAndDrop } from './sections/keep.mjs';
import { real } from './sections/real.mjs';
import { semiSpace } from './sections/semi-space.mjs';
import { measure } from './sections/table.mjs';

/** @typedef {import('./lib/flags.mjs').Flags} Flags */

/**
 * @typedef {object} Run
 * @property {1} schema
 * @property {string} date
 * @property {import('./lib/machine.mjs').Machine} machine
 * @property {Pick<Flags, 'quick' | 'rounds' | 'time' | 'scale' | 'oneProcess' | 'nodeFlags'>} flags
 * @property {string[]} absent who could not take part at all, and why
 * @property {import('./sections/table.mjs').Row[]} table
 * @property {import('./sections/cold.mjs').Cold | null} cold
 * @property {import('./sections/keep.mjs').KeepRow[] | null} keep
 * @property {import('./sections/semi-space.mjs').SemiSpaceRow[] | null} semiSpace
 * @property {import('./sections/growth.mjs').GrowthPoint[] | null} growth
 * @property {import('./sections/conversions.mjs').ConversionRow[] | null} [conversions] runs before it have none
 * @property {import('./sections/real.mjs').RealRow[] | null} [real] the same
 * @property {import('./sections/encode.mjs').EncodeRow[] | null} [encode] the same
 */

/**
 * @param {Flags} flags
 * @param {object} [steps] so that nothing measured is lost when a run is killed
 * @param {Run} [steps.begun] a run that was: what it has is not measured again
 * @param {(taken: Run) => void} [steps.onStep] is given all that was measured so far, after each workload and section
 * @returns {Promise<Run>}
 */
export async function run(flags, { begun, onStep = () => {} } = {}) {
  const { workloads, contestants, absent } = entrants(onlyConversions(flags) ? { ...flags, only: undefined } : flags);
  for (const one of absent) say(`not here: ${one}`);
  const has = (/** @type {Flags['sections'][number]} */ section) => flags.sections.includes(section);
  const { quick, rounds, time, scale, oneProcess, nodeFlags } = flags;
  /** @type {Run} */
  const taken = begun ?? {
    schema: 1,
    date: new Date().toISOString(),
    machine: machine(),
    flags: { quick, rounds, time, scale, oneProcess, nodeFlags },
    absent,
    table: [],
    cold: null,
    keep: null,
    semiSpace: null,
    growth: null,
    conversions: null,
    real: null,
    encode: null,
  };
  const setting = {
    flags,
    contestants,
    versions: pythonVersions(),
    tell,
    table: taken.table,
    ...(flags.oneProcess && { workers: new Map() }),
  };
  try {
    if (has('table')) {
      for (const one of workloads.filter(({ id }) => !taken.table.some(({ workload }) => workload === id))) {
        taken.table.push(await measured(one, setting));
        onStep(taken);
      }
    }
    /** @type {[Flags['sections'][number], keyof Run, () => unknown][]} */
    const sections = [
      ['cold', 'cold', () => cold(workloads, setting)],
      ['keep', 'keep', () => keepAndDrop(workloads, setting)],
      ['semi-space', 'semiSpace', () => semiSpace(workloads, setting)],
      ['growth', 'growth', () => growth(setting)],
      ['conversions', 'conversions', () => conversions(setting, onlyConversions(flags) ? flags.only : undefined)],
      ['real', 'real', () => real(setting)],
      ['encode', 'encode', () => encode(setting)],
    ];
    for (const [section, field, measureIt] of sections) {
      if (!has(section) || taken[field] !== null) continue;
      Object.assign(taken, { [field]: await measureIt() });
      onStep(taken);
    }
  } finally {
    for (const worker of setting.workers?.values() ?? []) await worker.end();
  }
  return taken;
}

/** `--only` names conversions then, not workloads. @param {Flags} flags */
const onlyConversions = ({ sections }) => sections.every((section) => section === 'conversions');

/**
 * @param {import('./workloads/index.mjs').Workload} workload
 * @param {import('./sections/table.mjs').Setting} setting
 */
async function measured(workload, setting) {
  const row = await measure(workload, setting);
  const wasm = row.cells.find(({ contestant }) => contestant === 'wasm');
  say(`${workload.id}: wasm ${wasm?.cpu ? `${wasm.cpu.median} ms` : wasm?.why}`);
  for (const { contestant, state, why } of row.cells) if (state === 'failed') say(`  ${contestant}: ${why}`);
  return row;
}
