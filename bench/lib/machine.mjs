// @ts-check
/** What the figures were measured on. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { pythonVersions } from './entrants.mjs';
import { PEERS, ROOT } from './paths.mjs';

const version = (/** @type {string} */ file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).version ?? null;
  } catch {
    return null;
  }
};

const git = (/** @type {string[]} */ ...words) => {
  try {
    return execFileSync('git', words, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
};

/**
 * GB/s at which memory that is there is copied, the median of nine: where others use the machine, this is the first to go,
 * from 10 to less than 1, and all that makes many objects goes with it.
 */
function copySpeed() {
  const from = new Uint8Array(64 * 2 ** 20).fill(1);
  const to = new Uint8Array(from.length).fill(2);
  const speeds = Array.from({ length: 9 }, () => {
    const start = performance.now();
    to.set(from);
    return from.length / 1e6 / (performance.now() - start);
  });
  return Number(speeds.sort((a, b) => a - b)[4]?.toPrecision(3));
}

export function machine() {
  const peers = ['pickleparser', 'jpickle', 'msgpackr'];
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryMb: Math.round(totalmem() / 2 ** 20),
    copyGbs: copySpeed(),
    system: `${platform()} ${release().split('-')[0]} ${arch()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    ...pythonVersions(),
    package: version(join(ROOT, 'package.json')),
    commit: git('rev-parse', '--short', 'HEAD'),
    changed: (git('status', '--porcelain', '--', 'src', 'assembly') ?? '') !== '',
    tinybench: version(join(ROOT, 'node_modules', 'tinybench', 'package.json')),
    peers: Object.fromEntries(peers.map((name) => [name, version(join(PEERS, 'node_modules', name, 'package.json'))])),
  };
}

/** @typedef {ReturnType<typeof machine>} Machine */
