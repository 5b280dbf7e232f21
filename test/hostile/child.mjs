/**
 * Reads every file of a folder, in a process whose heap the parent bounds:
 *   node --max-old-space-size=256 child.mjs ENGINE FOLDER [load] < OPTIONS
 * by `load` where that is said, else by `loads`.
 * The last line of output counts the cases and lists those that threw what is no PickleError. A heap that does not
 * suffice ends the process, and the parent sees that.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { load, loads, PickleError } from '../../dist/index.js';

const [engine, folder, verb] = process.argv.slice(2);
const read = verb === 'load' ? load : loads;
const optionsByCase = JSON.parse(readFileSync(0, 'utf8'));
const foreign = [];
let cases = 0;
for (const file of readdirSync(folder).sort()) {
  const name = basename(file, '.bin');
  const bytes = readFileSync(join(folder, file));
  try {
    await read(bytes, { ...optionsByCase[name], engine });
  } catch (error) {
    if (!(error instanceof PickleError)) foreign.push(`${name}: ${error?.stack ?? error}`);
  }
  cases++;
}
console.log(JSON.stringify({ cases, foreign, maxRssMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) }));
