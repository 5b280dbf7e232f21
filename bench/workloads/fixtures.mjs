// @ts-check
/** Makes `fixtures/bench/`: every workload, small. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIXTURES } from '../lib/paths.mjs';
import { generate } from './data.mjs';
import { WORKLOADS } from './index.mjs';

/** @param {(text: string) => void} say */
export function makeFixtures(say) {
  rmSync(FIXTURES, { recursive: true, force: true });
  for (const workload of WORKLOADS) {
    if (workload.quick === 0 || workload.same) continue;
    const folder = join(FIXTURES, workload.id);
    generate(workload, workload.quick, folder);
    const file = join(folder, 'meta.json');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
    say(`${workload.id}, n = ${workload.quick}`);
  }
}
