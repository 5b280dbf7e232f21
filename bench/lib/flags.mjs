// @ts-check
/** The command line. */
import { parseArgs } from 'node:util';

export const HELP = `Usage: npm run bench -- [command] [flags]

Commands
  run        (default) measure, print a table
  conversions  run --sections conversions: of arrays, in wasm SIMD; --only takes ids of conversions
  encode     run --sections encode: writing of pickles
  save       measure, and write bench/results/NAME.json, .md and .svg
  compare    measure again what a saved run measured, and tell what moved beyond the noise
  report     write the .md and .svg of a saved run anew, without measuring
  peers      install what is compared with (bench/peers)
  fixtures   make fixtures/bench anew, with Python
  list       list workloads and contestants

Flags
  --quick                small inputs from fixtures/bench: a minute, no Python; its figures say little
  --only a,b             workloads, by id or letter
  --contestants a,b      contestants, by id; wasm is always one
  --sections a,b         of: table, cold, keep, semi-space, growth, conversions, real, encode (run: table; save: all)
  --rounds N             rounds, in each of which every contestant has its turn (5; quick: 3)
  --time MS              time of a contestant in a round, one call at least (300; quick: 20)
  --n SCALE              multiplies the size of all workloads (1)
  --growth-max N         largest N of the growth plot (1e6; save: 1e7)
  --one-process          one process for each contestant, for all workloads: everything is polluted
  --node-flags "FLAGS"   for all of Node's processes
  --dist FOLDER          another build of the package (dist)
  --name NAME            of the saved run (latest); local/NAME stays out of git
  --resume               save: go on with a run of this name that was broken off; of the same commit, you see to that
  --readme               save, report: also write the table into README.md
  --goals                also say which goals are met
  --json FILE            run: also write the JSON
  --help

Examples
  npm run bench -- --quick
  npm run bench -- --only a,b,d --contestants ts,cpython,cpython-nogc,json
  npm run bench:save -- --name 2026-11-24 --readme
  npm run bench:compare -- --name 2026-11-24 --only a
  npm run bench -- --only messages-polluted --one-process
  npm run bench -- --only a --dist ../other/dist        # the same with another build

Environment
  PYTHON                    the Python that makes workloads and takes part (python3); numpy, for its workloads
  PICKLE_WASM_BENCH_CACHE   where generated workloads are kept (the system's folder for temporary files)
`;

export const SECTIONS = /** @type {const} */ ([
  'table',
  'cold',
  'keep',
  'semi-space',
  'growth',
  'conversions',
  'real',
  'encode',
]);
const COMMANDS = new Set(['run', 'save', 'compare', 'report', 'peers', 'fixtures', 'list']);

const options = /** @type {const} */ ({
  quick: { type: 'boolean', default: false },
  only: { type: 'string' },
  contestants: { type: 'string' },
  sections: { type: 'string' },
  rounds: { type: 'string' },
  time: { type: 'string' },
  n: { type: 'string', default: '1' },
  'growth-max': { type: 'string' },
  'one-process': { type: 'boolean', default: false },
  'node-flags': { type: 'string', default: '' },
  dist: { type: 'string' },
  name: { type: 'string', default: 'latest' },
  resume: { type: 'boolean', default: false },
  readme: { type: 'boolean', default: false },
  goals: { type: 'boolean', default: false },
  json: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
});

/** @param {string[]} words */
export function parseFlags(words) {
  const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
  const [word = 'run', ...rest] = positionals;
  const isSection = word === 'conversions' || word === 'encode';
  const command = isSection ? 'run' : word;
  if (!COMMANDS.has(command) || rest.length > 0) throw new Error(`no command '${positionals.join(' ')}'`);
  const usual = command === 'save' && !values.quick ? [...SECTIONS] : ['table'];
  const sections = isSection ? [word] : (list(values.sections) ?? usual);
  for (const one of sections) {
    if (!SECTIONS.some((known) => known === one))
      throw new Error(`no section '${one}'; there are: ${SECTIONS.join(', ')}`);
  }
  return {
    command,
    sections,
    quick: values.quick,
    only: list(values.only),
    contestants: list(values.contestants),
    rounds: number('rounds', values.rounds, values.quick ? 3 : 5),
    time: number('time', values.time, values.quick ? 20 : 300),
    scale: number('n', values.n, 1),
    growthMax: number('growth-max', values['growth-max'], command === 'save' ? 1e7 : 1e6),
    oneProcess: values['one-process'],
    nodeFlags: values['node-flags'].split(' ').filter(Boolean),
    dist: values.dist,
    name: values.name,
    resume: values.resume,
    readme: values.readme,
    goals: values.goals,
    json: values.json,
    help: values.help,
  };
}

/** @typedef {ReturnType<typeof parseFlags>} Flags */

/** @param {string | undefined} text */
const list = (text) =>
  text
    ?.split(',')
    .map((one) => one.trim())
    .filter(Boolean);

/**
 * @param {string} name
 * @param {string | undefined} text
 * @param {number} otherwise
 */
function number(name, text, otherwise) {
  const value = text === undefined ? otherwise : Number(text);
  if (!(value > 0)) throw new Error(`--${name} must be a number over 0, not '${text}'`);
  return value;
}
