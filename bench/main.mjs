// @ts-check
/** The benchmark's command: `npm run bench -- --help`. */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CONTESTANTS } from './contestants/index.mjs';
import { settlePython } from './lib/entrants.mjs';
import { HELP, parseFlags } from './lib/flags.mjs';
import { PEERS, ROOT } from './lib/paths.mjs';
import { say } from './lib/progress.mjs';
import { compare } from './report/compare.mjs';
import { goals } from './report/goals.mjs';
import { markdown } from './report/markdown.mjs';
import { loadPart, loadRun, savePart, saveRun, writeReports } from './report/save.mjs';
import { WORKLOADS } from './workloads/index.mjs';

/** @typedef {import('./lib/flags.mjs').Flags} Flags */

/** @type {Record<string, (flags: Flags) => void | Promise<void>>} */
const COMMANDS = {
  async run(flags) {
    const { run } = await import('./run.mjs');
    const taken = await run(flags);
    console.log(markdown(taken));
    if (flags.goals) console.log(goals(taken));
    if (flags.json) writeFileSync(flags.json, `${JSON.stringify(taken, null, 2)}\n`);
  },
  async save(flags) {
    const { run } = await import('./run.mjs');
    const begun = flags.resume ? loadPart(flags.name) : undefined;
    const taken = await run(flags, { begun, onStep: (part) => savePart(part, flags.name) });
    await saveRun(taken, flags.name);
    await writeReports(taken, flags);
    if (flags.goals) console.log(goals(taken));
  },
  async compare(flags) {
    const before = loadRun(flags.name);
    const { run } = await import('./run.mjs');
    const asBefore = {
      only: before.table.map(({ workload }) => workload),
      contestants: before.table[0].cells.map(({ contestant }) => contestant),
    };
    const after = await run({
      ...flags,
      quick: flags.quick || before.flags.quick,
      scale: before.flags.scale,
      only: flags.only ?? asBefore.only,
      contestants: flags.contestants ?? asBefore.contestants,
      sections: ['table'],
    });
    console.log(compare(before, after));
  },
  async report(flags) {
    const run = loadRun(flags.name);
    await writeReports(run, flags);
    if (flags.goals) console.log(goals(run));
  },
  peers() {
    const lock = existsSync(join(PEERS, 'package-lock.json'));
    execFileSync('npm', [lock ? 'ci' : 'install', '--no-audit', '--no-fund'], { cwd: PEERS, stdio: 'inherit' });
  },
  async fixtures() {
    const { makeFixtures } = await import('./workloads/fixtures.mjs');
    makeFixtures(say);
  },
  list() {
    console.log('Workloads');
    for (const { id, letter, title } of WORKLOADS) console.log(`  ${letter ?? ' '}  ${id.padEnd(22)} ${title}`);
    console.log('\nContestants');
    for (const { id, title } of CONTESTANTS) console.log(`     ${id.padEnd(22)} ${title}`);
  },
};

try {
  const flags = parseFlags(process.argv.slice(2));
  const dist = resolve(flags.dist ?? process.env.PICKLE_WASM_DIST ?? join(ROOT, 'dist'));
  // Workers read it.
  process.env.PICKLE_WASM_DIST = dist;
  settlePython();
  if (flags.help) console.log(HELP);
  else if (['run', 'save', 'compare'].includes(flags.command) && !existsSync(join(dist, 'index.js'))) {
    throw new Error(`${dist} has no build: npm run build`);
  } else await COMMANDS[flags.command](flags);
} catch (error) {
  say(`bench: ${error instanceof Error ? error.message : error}`);
  if (process.env.DEBUG) console.error(error);
  process.exitCode = 1;
}
