// @ts-check
/** Who takes part: what is asked for, less what this machine does not have. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { contestant, CONTESTANTS } from '../contestants/index.mjs';
import { WORKLOADS, workload } from '../workloads/index.mjs';
import { PEERS, python } from './paths.mjs';

/** @typedef {import('./flags.mjs').Flags} Flags */
/** @typedef {import('../contestants/contestant.mjs').Contestant} Contestant */
/** @typedef {import('../workloads/index.mjs').Workload} Workload */

/** @param {string} script */
const printed = (script) => {
  const { status, stdout } = spawnSync(python(), ['-c', script], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
};

/** Names the interpreter itself: a launcher in front of it would be timed too. */
export function settlePython() {
  process.env.PYTHON = printed('import sys; print(sys.executable)') ?? python();
}

/** @returns {{ python: string | null, numpy: string | null }} versions, null for what is not here */
export function pythonVersions() {
  const version = printed('import platform; print(platform.python_version())');
  return { python: version, numpy: version && printed('import numpy; print(numpy.__version__)') };
}

/** @param {string} name */
const hasPeer = (name) => existsSync(join(PEERS, 'node_modules', name));

/**
 * @param {Flags} flags
 * @returns {{ workloads: Workload[], contestants: Contestant[], absent: string[] }}
 */
export function entrants(flags) {
  const versions = pythonVersions();
  /** @type {string[]} */
  const absent = [];
  const asked = flags.contestants && new Set(['wasm', ...flags.contestants].map(contestant));
  const contestants = CONTESTANTS.filter((one) => {
    if (asked && !asked.has(one)) return false;
    if (one.peer && !hasPeer(one.peer)) absent.push(`${one.id}: 'npm run bench:peers' installs it`);
    else if ((one.runtime === 'python' || one.id === 'python-json') && !versions.python)
      absent.push(`${one.id}: no ${python()} here`);
    else return true;
    return false;
  });
  const workloads = (flags.only ? flags.only.map(workload) : [...WORKLOADS]).filter((one) => {
    if (flags.quick) return one.quick > 0;
    if (one.special !== 'numpy' || versions.numpy) return true;
    absent.push(`${one.id}: ${python()} has no numpy to make it`);
    return false;
  });
  if (!flags.quick && !versions.python)
    throw new Error(`no ${python()} here to make the workloads: take --quick, or set PYTHON`);
  return { workloads, contestants, absent };
}

/**
 * Why a contestant does not take part in a workload, if so.
 * @param {Contestant} one
 * @param {Workload} on
 * @param {{ numpy: string | null }} versions
 */
export function whyUnfit(one, on, versions) {
  if (one.runtime === 'python' && on.special === 'numpy' && !versions.numpy) return 'no numpy here';
  return one.unfit(on);
}
